const swc = [
  '@swc/jest',
  {
    jsc: {
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      target: 'es2023',
      keepClassNames: true,
    },
    module: { type: 'es6' },
    sourceMaps: 'inline',
  },
];

const shared = {
  rootDir: import.meta.dirname,
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': swc },
  moduleNameMapper: {
    '^#libs/([a-z-]+)$': '<rootDir>/libs/$1/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  testEnvironment: 'node',
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/'],
};

/** For tests that need PostgreSQL, Redis or processes: ends what a run leaves behind, whichever way it ends. */
const onServers = {
  globalSetup: '<rootDir>/libs/testing/global-setup.mjs',
  globalTeardown: '<rootDir>/libs/testing/global-teardown.mjs',
};

const project = (name, testMatch, extra = {}) => ({ ...shared, displayName: name, testMatch, ...extra });

export default {
  // Starting servers takes as long as the machine is busy; a test that hangs fails all the same.
  testTimeout: 30_000,
  // Test files leave their modules behind in a worker: beyond this it is replaced.
  workerIdleMemoryLimit: '1GB',
  testSequencer: '<rootDir>/libs/testing/longest-first.mjs',
  projects: [
    project('unit', ['<rootDir>/{apps,libs}/**/*.spec.ts'], {
      testPathIgnorePatterns: ['/testing/'],
    }),
    project('architecture', ['<rootDir>/test/architecture/**/*.spec.ts']),
    project('contract', ['<rootDir>/libs/channels/testing/**/*.spec.ts']),
    project('integration', ['<rootDir>/test/integration/**/*.spec.ts'], onServers),
    project('e2e', ['<rootDir>/test/e2e/**/*.spec.ts'], onServers),
    project('browser', ['<rootDir>/test/browser/**/*.spec.ts'], onServers),
    project('faults', ['<rootDir>/test/faults/**/*.spec.ts'], onServers),
  ],
};
