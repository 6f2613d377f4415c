// The arrows of the house: contract ← desk ← { nlu, channels, permits, store, http, realtime } ← main.
// `npm run arrows` checks them; test/arrows.test.ts plants forbidden imports and expects this file to catch each.
// That browsers import types only, and rooms only the types of config and log, is checked in that test: swc does not tell them apart.
const rooms = ['nlu', 'channels', 'permits', 'store', 'http', 'realtime'];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'contract-imports-zod-only',
      severity: 'error',
      from: { path: '^src/contract/' },
      to: { pathNot: ['^src/contract/', '/zod/'] },
    },
    {
      name: 'desk-imports-contract-only',
      severity: 'error',
      from: { path: '^src/desk/' },
      to: { pathNot: ['^src/desk/', '^src/contract/', '/zod/', '^(node:)?crypto$'] },
    },
    ...rooms.map((room) => ({
      name: `${room}-knows-no-side-room`,
      severity: 'error',
      from: { path: `^src/${room}/` },
      to: { path: '^src/', pathNot: [`^src/${room}/`, '^src/desk/', '^src/contract/', '^src/(config|log)\\.ts$'] },
    })),
    {
      name: 'browsers-import-contract-only',
      severity: 'error',
      from: { path: '^(web-widget|officer-console)/' },
      to: { path: '^(src|test|bench|scripts)/', pathNot: '^src/contract/' },
    },
    {
      name: 'widget-and-console-are-siblings',
      severity: 'error',
      from: { path: '^(web-widget|officer-console)/' },
      to: { path: '^(web-widget|officer-console)/', pathNot: '^$1/' },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { path: '^(src|web-widget|officer-console)/' },
      to: { path: '^(test|bench|scripts)/' },
    },
    {
      name: 'heavy-libraries-behind-their-door',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/channels/telegram/'] },
      to: { path: 'node_modules/telegraf' },
    },
    {
      name: 'sqlite-behind-the-store',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/store/sqlite/'] },
      to: { path: 'node_modules/(@types/)?better-sqlite3' },
    },
    {
      name: 'mongoose-behind-the-store',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/store/mongo/'] },
      to: { path: 'node_modules/(mongoose|mongodb)' },
    },
    {
      name: 'mongodb-by-mongoose-only',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: 'node_modules/mongodb/' },
    },
    {
      name: 'natural-by-deep-import-in-nlu',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/nlu/'] },
      to: { path: 'node_modules/natural' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['(^|/)dist/', '(^|/)node_modules/[^/]+/node_modules/'] },
    tsPreCompilationDeps: true,
    parser: 'swc',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.cjs', '.mjs', '.json'],
    },
  },
};
