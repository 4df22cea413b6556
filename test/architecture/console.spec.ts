import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { PRESETS } from '#libs/security';
import { testConfig } from '#libs/testing';
import { PRESET_SCOPES } from '../../apps/console/src/pages/api-keys/preset-scopes.js';
import { describeApi } from '../../apps/api/src/openapi/describe-api.js';
import { ROOT, filesBelow, textOf } from './project-files.js';

const sources = filesBelow('apps/console/src').filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'));
const textsIn = (language: string): Readonly<Record<string, string>> =>
  JSON.parse(textOf(`apps/console/src/texts/${language}.json`)) as Readonly<Record<string, string>>;

const argumentsOf = (text: string): readonly string[] =>
  [...new Set([...text.matchAll(/\{([a-z]\w*)[},]/g)].map((match) => match[1] ?? ''))].sort();

describe('the console', () => {
  it('knows the API as it is: run npm run docs', async () => {
    const script = join(ROOT, 'scripts/console-types.mjs');
    const { CONSOLE_TYPES, consoleTypes } = (await import(script)) as {
      CONSOLE_TYPES: string;
      consoleTypes: (document: unknown) => Promise<string>;
    };
    const types = await consoleTypes(await describeApi(testConfig()));
    expect(textOf(CONSOLE_TYPES).split('\n')).toEqual(types.split('\n'));
  });

  it('says everything in both languages, with the same values', () => {
    const [zh, en] = [textsIn('zh'), textsIn('en')];
    expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
    const uneven = Object.keys(zh).filter(
      (key) => argumentsOf(zh[key] ?? '').join() !== argumentsOf(en[key] ?? '').join(),
    );
    expect(uneven).toEqual([]);
  });

  it('has no text that nobody shows', () => {
    const code = sources.map(textOf).join('\n');
    const made = [...code.matchAll(/`([a-zA-Z.]+\.)\$\{/g)].map((match) => match[1] ?? '');
    const unused = Object.keys(textsIn('zh')).filter(
      (key) => !code.includes(`'${key}'`) && !made.some((prefix) => key.startsWith(prefix)),
    );
    expect(unused).toEqual([]);
  });

  it('offers for a key what the API gives to its preset', () => {
    expect(PRESET_SCOPES).toEqual(PRESETS);
  });

  it('keeps words for people in the texts', () => {
    const MAY_SPEAK =
      /\/(texts\/|session\/sign-in\.tsx|app\/top-bar\.tsx|ui\/format\.ts|ui\/content-preview\.tsx)|\.spec\.ts$/;
    const withoutComments = (path: string): string => textOf(path).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    const speaking = sources.filter((path) => !MAY_SPEAK.test(path) && /[\u4e00-\u9fff]/.test(withoutComments(path)));
    expect(speaking).toEqual([]);
  });

  it('sets no markup from texts and keeps no key beyond the session', () => {
    const risky = sources.filter((path) => /innerHTML|insertAdjacentHTML|document\.write|eval\(/.test(textOf(path)));
    expect(risky).toEqual([]);
    const storing = sources.filter((path) => textOf(path).includes('localStorage'));
    expect(storing).toEqual(['apps/console/src/session/preferences.ts']);
  });
});
