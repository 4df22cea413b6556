import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const NODE_GLOBALS = Object.fromEntries(
  ['AbortController', 'AbortSignal', 'Buffer', 'URL', 'clearTimeout', 'console', 'fetch', 'performance', 'process'].map(
    (name) => [name, 'readonly'],
  ),
);

const syntax = [
  { selector: 'ExportAllDeclaration', message: 'Name what you export: the index of a lib is its face.' },
  { selector: 'TSEnumDeclaration', message: 'Use an `as const` object.' },
  { selector: 'TSImportEqualsDeclaration, TSExportAssignment', message: 'Use ES modules.' },
  {
    selector:
      'ClassDeclaration[superClass=null] > ClassBody > MethodDefinition[kind="constructor"] > FunctionExpression[params.length>4]',
    message: 'At most four constructor parameters: this class does too much.',
  },
  {
    selector: ':matches(ClassDeclaration, TSInterfaceDeclaration)[id.name=/(Impl|Manager|Helper|Utils?|Data|Info)$/]',
    message: 'Name it by the words of the domain.',
  },
  { selector: 'TSInterfaceDeclaration[id.name=/^I[A-Z][a-z]/]', message: 'No prefix for interfaces.' },
];

const HTTP_EXCEPTIONS = {
  group: ['@nestjs/common'],
  importNamePattern: 'Exception$',
  message: 'Throw an error of libs/core; HTTP statuses are given in apps/api/src/http.',
};
const MODULE_GRAPH = {
  name: '@nestjs/common',
  importNames: ['forwardRef', 'Global', 'Scope'],
  message: 'The module graph has no cycles, no global modules and one instance of each service.',
};
const QUEUE_ENGINE = { name: 'bullmq', message: 'The queue engine is known to libs/queue only.' };
const ORM = ['typeorm', '@nestjs/typeorm'].map((name) => ({
  name,
  message: 'Tables are known to the libs that own them and to the migrations.',
}));
const DEEP_IMPORTS = { group: ['#libs/*/*'], message: 'Import a lib by its face: #libs/<lib>.' };

/** Later entries of a flat configuration replace a rule as a whole, so each folder gets its full list. */
const imports = (...bans) => {
  const paths = bans.filter((ban) => 'name' in ban);
  const patterns = [DEEP_IMPORTS, ...bans.filter((ban) => 'group' in ban)];
  return { '@typescript-eslint/no-restricted-imports': ['error', { paths, patterns }] };
};

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

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', '.data/', '**/*.d.ts'] },
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      complexity: ['error', { max: 15, variant: 'modified' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-depth': ['error', 3],
      'max-lines': ['error', 300],
      'max-lines-per-function': ['error', 50],
      'no-console': 'error',
      // Texts are searched for control characters on purpose.
      'no-control-regex': 'off',
      'no-restricted-syntax': ['error', ...syntax],
      'object-shorthand': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: { globals: { ...NODE_GLOBALS, module: 'writable', require: 'readonly', setTimeout: 'readonly' } },
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.ts'],
    ignores: ['apps/console/**'],
    extends: [tseslint.configs.recommendedTypeChecked],
    // One program for the whole tree: an eighth faster here than the project service, which suits editors.
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...imports(HTTP_EXCEPTIONS, MODULE_GRAPH, QUEUE_ENGINE, ...ORM),
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-expect-error': true, 'ts-ignore': true, 'ts-nocheck': true },
      ],
      // Off on purpose: a class that Nest injects must stay a value import, also where it stands in type positions only.
      '@typescript-eslint/consistent-type-imports': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/prefer-nullish-coalescing': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/unbound-method': ['error', { ignoreStatic: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true }],
      '@typescript-eslint/prefer-promise-reject-errors': ['error', { allowThrowingUnknown: true }],
    },
  },
  {
    // The console has a program of its own: another library, and JSX.
    files: ['apps/console/src/**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { project: './apps/console/tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true }],
      'max-lines-per-function': ['error', 100],
      'no-restricted-syntax': [
        'error',
        ...syntax,
        { selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]', message: 'Content is text, never markup.' },
      ],
    },
  },
  {
    files: [`libs/{${TABLE_OWNERS.join(',')}}/**/*.ts`, 'migrations/**/*.ts'],
    rules: imports(HTTP_EXCEPTIONS, MODULE_GRAPH, QUEUE_ENGINE),
  },
  {
    files: ['libs/queue/**/*.ts', 'apps/worker/src/dispatch/**/*.ts'],
    rules: imports(HTTP_EXCEPTIONS, MODULE_GRAPH, ...ORM),
  },
  {
    files: ['apps/api/src/http/**/*.ts', 'apps/sandbox/**/*.ts'],
    rules: imports(MODULE_GRAPH, QUEUE_ENGINE, ...ORM),
  },
  { files: ['apps/*/src/main.ts'], rules: { 'no-console': 'off' } },
  // A migration is a list of SQL statements.
  { files: ['migrations/**/*.ts'], rules: { 'max-lines-per-function': 'off' } },
  {
    files: ['**/*.spec.ts', 'test/**/*.ts', '**/testing/**/*.ts', 'bench/**/*.ts'],
    rules: {
      ...imports(),
      // Answers of the API are read as they come.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/only-throw-error': 'off',
      '@typescript-eslint/unbound-method': 'off',
      'max-lines-per-function': 'off',
    },
  },
);
