// Learns the intents once while building, so that a first start answers at once. Run after `tsc`; reads dist, writes .cache/nlu.
import path from 'node:path';
import { openNlu } from '../dist/nlu/nlu.js';

const root = path.join(import.meta.dirname, '..');
openNlu({ intentsDir: path.join(root, 'intents'), cacheDir: path.join(root, '.cache', 'nlu'), learnHere: true }).stop();
