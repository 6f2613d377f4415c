// Starts the learning thread and waits for what it learned.
import { Worker } from 'node:worker_threads';
import type { Lessons } from './lessons.ts';
import type { Learned } from './training.ts';

/**
 * @returns what was learned, and how to give up early
 * Rejects when the thread fails or is stopped.
 */
export function learnInThread(lessons: Lessons): { learned: Promise<Learned>; stop(): void } {
  const worker = startThread(lessons);
  const learned = new Promise<Learned>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`learning stopped with ${code}`)));
  });
  return { learned, stop: () => void worker.terminate() };
}

/** The built product is plain JavaScript; from source the thread brings the loader that this one may not have. */
function startThread(workerData: Lessons): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./trainWorker.js', import.meta.url), { workerData });
  const file = JSON.stringify(new URL('./trainWorker.ts', import.meta.url).href);
  return new Worker(`import('tsx/esm/api').then(({ tsImport }) => tsImport(${file}, ${file}))`, { eval: true, workerData });
}
