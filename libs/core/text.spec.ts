import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bytes, characters, cutText, hasLoneSurrogate, hasNul, sizeOf, storableText } from './text.js';

const anyText = fc.string({ unit: 'grapheme', maxLength: 60 });
const anyLimit = fc.oneof(
  fc.integer({ min: 3, max: 80 }).map(bytes),
  fc.integer({ min: 1, max: 40 }).map((size) => characters(size)),
);

describe('sizeOf', () => {
  it('counts bytes of the UTF-8 form, or code points', () => {
    expect(sizeOf('a鸿😀', 'bytes')).toBe(1 + 3 + 4);
    expect(sizeOf('a鸿😀', 'characters')).toBe(3);
  });

  it('counts half a surrogate pair as the three bytes of U+FFFD', () => {
    expect(sizeOf('\ud83d', 'bytes')).toBe(3);
  });
});

describe('cutText', () => {
  it('leaves a text within the limit as it is', () => {
    expect(cutText('鸿雁', bytes(6))).toBe('鸿雁');
  });

  it('ends what it cuts with an ellipsis that is counted in', () => {
    expect(cutText('鸿雁传书', bytes(9))).toBe('鸿雁…');
    expect(cutText('鸿雁传书', characters(3))).toBe('鸿雁…');
  });

  it('keeps to the limit, keeps a prefix, and never splits a character', () => {
    fc.assert(
      fc.property(anyText, anyLimit, (text, limit) => {
        const cut = cutText(text, limit);
        expect(sizeOf(cut, limit.unit)).toBeLessThanOrEqual(limit.size);
        expect(hasLoneSurrogate(cut)).toBe(false);
        if (cut === text) return;
        expect(sizeOf(text, limit.unit)).toBeGreaterThan(limit.size);
        expect(cut.endsWith('…')).toBe(true);
        const kept = [...cut.slice(0, -1)];
        expect([...text].slice(0, kept.length)).toEqual(kept);
      }),
    );
  });

  it('uses the room it has', () => {
    fc.assert(
      fc.property(anyText, anyLimit, (text, limit) => {
        const cut = cutText(text, limit);
        if (cut === text) return;
        const next = [...text][[...cut].length - 1] ?? '';
        expect(sizeOf(cut, limit.unit) + sizeOf(next, limit.unit)).toBeGreaterThan(limit.size);
      }),
    );
  });
});

describe('storableText', () => {
  it('replaces what PostgreSQL refuses, and nothing else', () => {
    expect(storableText('a\u0000b')).toBe('a\ufffdb');
    expect(storableText('x\ud83d')).toBe('x\ufffd');
    expect(storableText('鸿雁 😀\n')).toBe('鸿雁 😀\n');
  });

  it('answers a text without NUL and lone surrogates, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const stored = storableText(text);
        expect(hasNul(stored) || hasLoneSurrogate(stored)).toBe(false);
      }),
    );
  });
});
