// A thread of its own for learning: lessons in, what was learned out, so that the server answers meanwhile.
import { parentPort, workerData } from 'node:worker_threads';
import type { Lessons } from './lessons.ts';
import { learn } from './training.ts';

parentPort?.postMessage(learn(workerData as Lessons));
