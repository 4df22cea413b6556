import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ROOT, filesBelow, textOf } from './project-files.js';

const documents = filesBelow('.').filter((path) => path.endsWith('.md'));

/** Its channel is made up, and so are the files of it. */
const MADE_UP = 'docs/adding-a-channel.md';

const FENCE = /^```.*?^```/gms;
const proseOf = (document: string): string => textOf(document).replaceAll(FENCE, '');

const exists = (path: string): boolean => existsSync(join(ROOT, path));

/** What is wrong in any document, each with the document's name before it. */
const inAll = (faultsIn: (document: string) => readonly string[], among = documents): string[] =>
  among.flatMap((document) => faultsIn(document).map((fault) => `${document}: ${fault}`));

interface Link {
  readonly path: string;
  readonly anchor: string | undefined;
}

/** Links to files and headings of the project: `[text](target)`. */
function linksOf(document: string): Link[] {
  const prose = proseOf(document).replaceAll(/`[^`\n]*`/g, '');
  const targets = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? '');
  return targets
    .filter((target) => !/^[a-z]+:/i.test(target))
    .map((target) => {
      const [path = '', anchor] = target.split('#');
      return { path: path === '' ? document : normalize(join(dirname(document), path)), anchor };
    });
}

/** The anchor that a heading gets. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');

const anchorsOf = (document: string): Set<string> =>
  new Set([...proseOf(document).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchorOf(heading ?? '')));

const isBroken = ({ anchor, path }: Link): boolean =>
  !exists(path) || (anchor !== undefined && !anchorsOf(path).has(anchor));

/** Paths named in `code`, without patterns such as `libs/<lib>` and `test/*`. */
const pathsNamedIn = (document: string): string[] =>
  [...proseOf(document).matchAll(/`((?:apps|libs|docs|migrations|scripts|test)\/[\w./-]+)`/g)]
    .map(([, path]) => path ?? '')
    .filter((path) => !path.includes('NNNN'));

/** `npm start`, `npm test`, `npm run <script>`, wherever they stand. */
const scriptsNamedIn = (document: string): string[] =>
  [...textOf(document).matchAll(/npm (?:run (?:-s |--silent )?([\w:]+)|(start|test)\b)/g)].map(
    ([, script, short]) => script ?? short ?? '',
  );

/** Folders of the tree in ARCHITECTURE.md: one to a line, or indented ones below it that end in `/`. */
function foldersInTree(): string[] {
  const tree = /\n## Folders\n+```\n(.*?)```/s.exec(textOf('ARCHITECTURE.md'))?.[1] ?? '';
  let parent = '';
  return tree.split('\n').flatMap((line) => {
    if (line.startsWith('  ')) return [...line.matchAll(/(\S+)\//g)].map(([, name]) => `${parent}/${name}`);
    parent = line.split(' ')[0] ?? '';
    return parent === '' ? [] : [parent];
  });
}

describe('documents', () => {
  it('link only to files and headings that exist', () => {
    const brokenIn = (document: string): string[] =>
      linksOf(document)
        .filter(isBroken)
        .map(({ anchor, path }) => (anchor === undefined ? path : `${path}#${anchor}`));
    expect(inAll(brokenIn)).toEqual([]);
  });

  it('name only paths that exist', () => {
    const among = documents.filter((document) => document !== MADE_UP);
    expect(inAll((document) => pathsNamedIn(document).filter((path) => !exists(path)), among)).toEqual([]);
  });

  it('name only npm scripts that exist', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { readonly scripts: object };
    const unknownIn = (document: string): string[] =>
      scriptsNamedIn(document).filter((script) => !Object.hasOwn(scripts, script));
    expect(inAll(unknownIn)).toEqual([]);
  });

  it('are all listed in an index', () => {
    const indexes = ['docs/README.md', 'docs/decisions/README.md'];
    const listed = new Set([...indexes, ...indexes.flatMap(linksOf).map(({ path }) => path)]);
    expect(documents.filter((path) => path.startsWith('docs/') && !listed.has(path))).toEqual([]);
  });
});

describe('the README', () => {
  it('shows the two first commands and names the same commands in both languages', () => {
    const english = new Set(scriptsNamedIn('README.md'));
    expect([...english]).toEqual(expect.arrayContaining(['start', 'test']));
    expect(new Set(scriptsNamedIn('README.zh-CN.md'))).toEqual(english);
  });
});

describe('the folder tree of ARCHITECTURE.md', () => {
  it('names only folders that exist', () => {
    expect(foldersInTree().filter((folder) => !exists(folder))).toEqual([]);
  });

  it('names every library and application', () => {
    const folders = filesBelow('.').flatMap((path) => /^(?:libs\/[^/]+|apps\/[^/]+\/src)(?=\/)/.exec(path)?.[0] ?? []);
    const named = new Set(foldersInTree());
    expect([...new Set(folders)].filter((folder) => !named.has(folder))).toEqual([]);
  });
});
