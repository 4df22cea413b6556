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
        pathNot: [
          '\\.spec\\.ts$',
          '^libs/testing/',
          '^apps/[^/]+/src/main\\.ts$',
          '^apps/console/(vite\\.config\\.mjs$|src/main\\.tsx$|src/.*\\.d\\.ts$)',
        ],
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
      name: 'console-knows-the-http-api-only',
      comment: 'What it knows of the product it reads from the API; types are made from its description.',
      severity: 'error',
      from: { path: '^apps/console/', pathNot: TEST_CODE },
      to: { path: '^(libs|migrations|test|apps/(?!console/))' },
    },
    {
      name: 'console-ui-knows-no-page',
      comment: 'From below: session, texts, api, ui, app without its routes, pages.',
      severity: 'error',
      from: { path: '^apps/console/src/(session|texts|api|ui)/' },
      to: { path: '^apps/console/src/(app|pages)/' },
    },
    {
      name: 'console-only-the-frame-knows-pages',
      severity: 'error',
      from: { path: '^apps/console/src/', pathNot: '^apps/console/src/(pages/|app/(frame|routes)\\.tsx$)' },
      to: { path: '^apps/console/src/pages/' },
    },
    {
      name: 'console-page-by-its-face',
      comment: 'A page uses another one through its index.ts only.',
      severity: 'error',
      from: { path: '^apps/console/src/pages/([^/]+)/' },
      to: { path: '^apps/console/src/pages/', pathNot: ['^apps/console/src/pages/$1/', '/index\\.ts$'] },
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
      // The console is built before it is shipped: its packages are of the build.
      from: { path: '^(apps|libs|migrations)/', pathNot: [TEST_CODE, '^apps/console/'] },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'] },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^dist/'] },
    // The face of a lib is found by its source, as the types condition of package.json says.
    enhancedResolveOptions: { conditionNames: ['types', 'import', 'default'], exportsFields: ['exports'] },
  },
};
