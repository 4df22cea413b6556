import { describe, expect, it } from '@jest/globals';
import { blocksOf, lostIn, pieces, runsOf } from './markup.js';

const NARROW = new Set(['headings', 'bold', 'links', 'code', 'quotes', 'colours', 'breaks']);
const WIDE = new Set(['headings', 'bold', 'italic', 'links', 'lists', 'tables', 'fences', 'rules', 'quotes']);

describe('markup', () => {
  it('is read as the client reads it, one construct in another', () => {
    expect(runsOf('**see [log](https://a.example/1)**!', NARROW, true)).toEqual([
      { text: 'see ', isBold: true },
      { text: 'log', isBold: true, href: 'https://a.example/1' },
      { text: '!' },
    ]);
  });

  it('stays characters, and says so, where the client does not know it', () => {
    expect(blocksOf('- one\n*two*', NARROW)).toEqual([
      { kind: 'text', runs: [{ text: '- one', lost: 'lists' }] },
      { kind: 'text', runs: [{ text: '*two*', lost: 'italic' }] },
    ]);
    expect(lostIn('# Title\n| a |\n| - |\n| 1 |\n```\nx\n```', NARROW)).toEqual(['tables', 'fences']);
  });

  it('is none in a text that is no markdown', () => {
    expect(lostIn('- one **two** `three`', new Set(['anchors']))).toEqual([]);
    expect(runsOf('<b>x</b> <a href="https://a.example">y</a>', new Set(['anchors']), false)).toEqual([
      { text: '<b>x</b> ' },
      { text: 'y', href: 'https://a.example' },
    ]);
  });

  it('knows lists, tables and fences where the client does', () => {
    const blocks = blocksOf('1. one\n| a | b |\n|---|---|\n| 1 | 2 |\n```\ncode\n```\n---', WIDE);
    expect(blocks.map(({ kind }) => kind)).toEqual(['item', 'table', 'code', 'rule']);
    expect(blocks[1]?.rows).toHaveLength(2);
  });

  it('joins lines where a single break is none, and shows where', () => {
    expect(
      blocksOf('one\ntwo  \nthree\n\nfour', WIDE).map(({ runs }) => runs.map(({ text }) => text).join('')),
    ).toEqual(['one ↵ two', 'three', '', 'four']);
    expect(lostIn('one\ntwo', WIDE)).toEqual(['breaks']);
  });

  it('does not take a calculation for italics', () => {
    expect(lostIn('2 * 3 * 4 = 24', NARROW)).toEqual([]);
  });

  it('names marks that turn the direction of what follows', () => {
    expect(pieces('a\u202Efdp.exe')).toEqual([
      { text: 'a', isMark: false },
      { text: 'U+202E', isMark: true },
      { text: 'fdp.exe', isMark: false },
    ]);
  });
});
