// dependency-cruiser 17 asks swc to parse every file as TypeScript without JSX; this makes .tsx files parse as what they are.
const swc = require('@swc/core');

const parseFileSync = swc.parseFileSync.bind(swc);
swc.parseFileSync = (file, options) => parseFileSync(file, { ...options, tsx: file.endsWith('.tsx') });
