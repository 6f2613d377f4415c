// `node scripts/precompress.mjs DIR`: beside each built text file a `.br` and a `.gz`, compressed once as hard as it goes; the server
// hands them out as they are.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const [dir] = process.argv.slice(2);
if (dir === undefined) throw new Error('Usage: node scripts/precompress.mjs DIR');
for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
  if (!/\.(js|css|html)$/.test(name)) continue;
  const file = path.join(dir, name);
  const bytes = readFileSync(file);
  writeFileSync(`${file}.br`, brotliCompressSync(bytes));
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
}
