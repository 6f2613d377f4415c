// A thread of its own for learning: folder in, what was learned out, so that the server answers meanwhile.
import { parentPort, workerData } from 'node:worker_threads';
import type { IntentFolder } from './intentFiles.ts';
import { learn } from './training.ts';

parentPort?.postMessage(learn(workerData as IntentFolder));
