import { describe, expect, it } from '@jest/globals';
import { codeFiles, textOf } from './project-files.js';

const sources = codeFiles().filter((path) => /^(apps|libs|migrations|test)\/.*\.tsx?$/.test(path));
const libs = new Set(sources.map((path) => /^libs\/([^/]+)\//.exec(path)?.[1]).filter((lib) => lib !== undefined));

const NO_PLACE = /\/(common|shared|utils?|helpers?|misc)(\/|\.tsx?$)/;
const KEBAB_CASE = /^(\d+-)?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*\.tsx?$/;

describe('files and folders', () => {
  it('are named in kebab-case with their role behind a dot', () => {
    const odd = sources.filter((path) => !KEBAB_CASE.test(path.slice(path.lastIndexOf('/') + 1)));
    expect(odd).toEqual([]);
  });

  it('have no folder or file for what belongs nowhere', () => {
    expect(sources.filter((path) => NO_PLACE.test(path))).toEqual([]);
  });

  it('give every lib one face', () => {
    const faceless = [...libs].filter((lib) => !sources.includes(`libs/${lib}/index.ts`));
    expect(faceless).toEqual([]);
  });

  it('leave no skipped or focused test', () => {
    const marked = sources
      .filter((path) => path.endsWith('.spec.ts'))
      .filter((path) => /\b(it|test|describe)\.(skip|only|todo)\b|\bx(it|describe)\(/.test(textOf(path)));
    expect(marked).toEqual([]);
  });
});
