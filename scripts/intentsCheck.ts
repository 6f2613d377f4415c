// `npm run intents:check`: what is wrong in intents/, with file and line; warnings on standard output, errors end it with 1.
import path from 'node:path';
import { parseIntents, readSources } from '../src/nlu/intentFiles.ts';
import { reviewKnowledge } from '../src/nlu/review.ts';

const dir = path.resolve(process.argv[2] ?? path.join(import.meta.dirname, '..', 'intents'));
const { folder, problems } = parseIntents(readSources(dir));
const today = new Date().toISOString().slice(0, 10);
const { errors, warnings } = folder ? reviewKnowledge(folder, today) : { errors: problems, warnings: [] };
for (const warning of warnings) process.stdout.write(`warning: ${warning}\n`);
for (const error of errors) process.stderr.write(`${error}\n`);
process.stdout.write(`${folder?.intents.size ?? 0} intents, ${errors.length} errors, ${warnings.length} warnings\n`);
process.exitCode = errors.length > 0 ? 1 : 0;
