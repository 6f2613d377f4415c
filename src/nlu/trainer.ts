// Starts the learning thread and waits for what it learned.
import { Worker } from 'node:worker_threads';
import type { IntentFolder } from './intentFiles.ts';
import type { Learned } from './training.ts';

/**
 * @returns what was learned, and how to give up early
 * Rejects when the thread fails or is stopped.
 */
export function learnInThread(folder: IntentFolder): { learned: Promise<Learned>; stop(): void } {
  // From source the thread needs the same loader as this one; the built product is plain JavaScript.
  const isSource = import.meta.url.endsWith('.ts');
  const worker = new Worker(new URL(`./trainWorker.${isSource ? 'ts' : 'js'}`, import.meta.url), {
    workerData: folder,
    execArgv: isSource ? ['--import', 'tsx'] : [],
  });
  const learned = new Promise<Learned>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`learning stopped with ${code}`)));
  });
  return { learned, stop: () => void worker.terminate() };
}
