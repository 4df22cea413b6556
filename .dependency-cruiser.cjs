/** Layers from below; a lib may import those of the rows above its own in this list, and no neighbour of its row. */
const LAYERS = [
  ['core'],
  ['channels'],
  ['config'],
  ['database', 'queue', 'embedded-postgres'],
  ['security'],
  ['accounts'],
  ['directory'],
  ['assets'],
  ['templates'],
  ['messages'],
  ['imports'],
  ['dispatch', 'insight', 'webhooks'],
];

/** Libs whose tables TypeORM maps. */
const TABLE_OWNERS = [
  'accounts',
  'assets',
  'database',
  'directory',
  'imports',
  'insight',
  'messages',
  'security',
  'templates',
  'webhooks',
];

const TEST_CODE = '(\\.spec\\.ts$|/testing/|^test/|^bench/)';

const anyOf = (names) => `(${names.join('|')})`;

const layerRules = LAYERS.flatMap((layer, index) => {
  const lower = LAYERS.slice(0, index).flat();
  return layer.map((lib) => ({
    name: `layer-of-${lib}`,
    comment: `Of the libs, ${lib} may import ${lower.join(', ') || 'none'}.`,
    severity: 'error',
    from: { path: `^libs/${lib}/`, pathNot: TEST_CODE },
    to: { path: '^(libs|apps|migrations|test)/', pathNot: `^libs/${anyOf([lib, ...lower])}/` },
  }));
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...layerRules,
    {
      name: 'lib-by-its-face',
      comment: 'A lib is imported as #libs/<lib>, never by a path into it.',
      severity: 'error',
      from: { path: '^(apps|libs|migrations)/([^/]+)/' },
      to: { path: '^libs/', pathNot: ['^libs/$2/', '^libs/[^/]+/index\\.ts$'] },
    },
    {
      name: 'no-cycle',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphan',
      comment: 'A module that nobody imports is dead, unless it starts a process or a test.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: ['\\.spec\\.ts$', '^libs/testing/', '^apps/[^/]+/src/main\\.ts$', '^apps/console/'],
      },
      to: {},
    },
    {
      name: 'channels-stand-alone',
      comment:
        'A channel imports nothing of another one; what two of a vendor share lies in a folder beginning with _.',
      severity: 'error',
      from: { path: '^libs/channels/([^_/][^/]*)/', pathNot: '^libs/channels/testing/' },
      to: { path: '^libs/channels/[^_/][^/]*/', pathNot: ['^libs/channels/$1/', '^libs/channels/testing/'] },
    },
    {
      name: 'shared-channel-code-knows-no-channel',
      severity: 'error',
      from: { path: '^libs/channels/_[^/]+/', pathNot: TEST_CODE },
      to: { path: '^libs/channels/[^_/][^/]*/' },
    },
    {
      name: 'only-the-registry-names-channels',
      severity: 'error',
      from: { path: '^libs/channels/[^/]+\\.ts$', pathNot: ['^libs/channels/registry\\.ts$', TEST_CODE] },
      to: { path: '^libs/channels/[^/]+/' },
    },
    {
      name: 'api-never-sends',
      comment: 'The API plans and stores; pipelines, steps and claims belong to the worker.',
      severity: 'error',
      from: { path: '^apps/api/' },
      to: { path: '^(libs/dispatch/|apps/worker/)' },
    },
    {
      name: 'worker-serves-no-api',
      severity: 'error',
      from: { path: '^apps/worker/' },
      to: { path: '^apps/(api|sandbox|standalone|console)/' },
    },
    {
      name: 'sandbox-knows-the-protocol-only',
      comment: 'The fake vendors share no code with the channels they test.',
      severity: 'error',
      from: { path: '^apps/sandbox/', pathNot: TEST_CODE },
      to: { path: '^(apps/(api|worker|standalone)/|libs/(?!core/|config/))' },
    },
    {
      name: 'queue-engine-in-its-place',
      severity: 'error',
      from: { path: '^(apps|libs|migrations)/', pathNot: ['^libs/queue/', '^apps/worker/src/dispatch/'] },
      to: { path: 'node_modules/(bullmq|ioredis)/' },
    },
    {
      name: 'orm-in-its-place',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: `^libs/${anyOf(TABLE_OWNERS)}/` },
      to: { path: 'node_modules/(typeorm|@nestjs/typeorm)/' },
    },
    {
      name: 'core-is-pure',
      comment: 'No framework and no I/O in core.',
      severity: 'error',
      from: { path: '^libs/core/', pathNot: TEST_CODE },
      to: { path: 'node_modules/(@nestjs|pg|undici|fastify|typeorm|bullmq|ioredis)/' },
    },
    {
      name: 'core-does-no-io',
      severity: 'error',
      from: { path: '^libs/core/', pathNot: TEST_CODE },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
    {
      name: 'tests-stay-outside',
      comment: 'The product imports no test code.',
      severity: 'error',
      from: { path: '^(apps|libs|migrations)/', pathNot: TEST_CODE },
      to: { path: TEST_CODE },
    },
    {
      name: 'only-declared-packages',
      severity: 'error',
      from: { path: '^(apps|libs|migrations)/', pathNot: TEST_CODE },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'] },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^dist/', '^apps/console/'] },
    // The face of a lib is found by its source, as the types condition of package.json says.
    enhancedResolveOptions: { conditionNames: ['types', 'import', 'default'], exportsFields: ['exports'] },
  },
};
