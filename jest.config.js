// Tests run as CommonJS through swc (no type check: `npm run types` does that); the package itself is ESM.
const transform = {
  '^.+\\.tsx?$': [
    '@swc/jest',
    {
      jsc: {
        parser: { syntax: 'typescript', tsx: true },
        target: 'es2022',
        transform: { react: { runtime: 'automatic', importSource: 'preact' } },
      },
      module: { type: 'commonjs' },
    },
  ],
};

/** @type {import('jest').Config} */
const project = {
  testEnvironment: 'node',
  transform,
  // Looking these up in a test's own context costs more than what the matcher does with them: learning takes half the time.
  sandboxInjectedGlobals: [
    ...['Math', 'Map', 'Set', 'Number', 'Array', 'Object'],
    ...['Float64Array', 'Float32Array', 'Int32Array', 'Uint32Array', 'Uint8Array'],
  ],
  setupFiles: ['<rootDir>/test/support/noNetwork.ts'],
  extensionsToTreatAsEsm: [],
};

/** @type {import('jest').Config} */
export default {
  projects: [
    {
      ...project,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['/journeys/', '/browser/', '/faults/'],
    },
    {
      ...project,
      displayName: 'journeys',
      testMatch: [
        '<rootDir>/test/journeys/**/*.test.ts',
        '<rootDir>/test/faults/**/*.test.ts',
        '<rootDir>/test/browser/**/*.test.ts',
      ],
    },
  ],
  testSequencer: '<rootDir>/test/support/order.cjs',
  // No test is decided by time: this ends one that hangs.
  testTimeout: 240_000,
};
