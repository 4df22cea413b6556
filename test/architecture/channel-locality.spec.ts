import { describe, expect, it } from '@jest/globals';
import { CHANNELS, FAMILY_NAMES } from '#libs/channels';
import { codeFiles, textOf } from './project-files.js';

/** The registry, the fake vendors, tests and measurements may name channels. */
const MAY_NAME_CHANNELS =
  /^(libs\/channels\/registry\.ts$|apps\/sandbox\/|test\/|bench\/|libs\/channels\/testing\/.*\.spec\.ts$)/;

/** The console's types are made from the API, whose paths have parameters of these names. */
const MAY_NAME_FAMILIES =
  /^(libs\/channels\/((_[^/]+|[^/]+-[^/]+|testing)\/|families\.ts$|registry\.ts$)|apps\/sandbox\/|apps\/console\/src\/api\/schema\.d\.ts$|test\/|bench\/|package\.json$)|\.spec\.ts$|\/testing\//;

/** Vendor words that are no family names but part of something a vendor defined. */
const FAMILY_EXCEPTIONS: Readonly<Record<string, string>> = {
  'libs/templates/escaping.ts': 'the scheme of links that open in the app',
  'libs/templates/compiled-content.ts': 'the same scheme in a message',
};

const withoutComments = (code: string): string => code.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');

const mentions = (path: string, words: readonly string[]): boolean =>
  new RegExp(`\\b(${words.join('|')})\\b`, 'i').test(withoutComments(textOf(path)));

describe('knowledge of channels', () => {
  it.each(CHANNELS.map(({ name }) => name))('keeps the name %s in its folder and the registry', (name) => {
    const strangers = codeFiles()
      .filter((path) => !MAY_NAME_CHANNELS.test(path) && !path.startsWith(`libs/channels/${name}/`))
      .filter((path) => mentions(path, [name]));
    expect(strangers).toEqual([]);
  });

  it('has a folder for every channel that bears its name', () => {
    const folders = new Set(codeFiles().map((path) => /^libs\/channels\/([^/_]+)\/index\.ts$/.exec(path)?.[1]));
    folders.delete(undefined);
    expect([...folders].sort()).toEqual(CHANNELS.map(({ name }) => name).sort());
  });

  it('keeps the names of the vendors in families.ts and the channel folders', () => {
    const strangers = codeFiles()
      .filter((path) => !MAY_NAME_FAMILIES.test(path))
      .filter((path) => mentions(path, FAMILY_NAMES));
    expect(strangers.sort()).toEqual(Object.keys(FAMILY_EXCEPTIONS).sort());
  });
});
