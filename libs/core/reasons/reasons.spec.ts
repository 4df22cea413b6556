import { describe, expect, it } from '@jest/globals';
import { REASONS, describeReason, reasonSentence } from './index.js';

const MAX_LABEL = 10;

describe('the reason catalogue', () => {
  it('holds each code once', () => {
    const codes = REASONS.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.every((code) => /^[a-z][a-z0-9_]*$/.test(code))).toBe(true);
  });

  it('has a short label and a whole sentence in both languages', () => {
    for (const { code, label, sentence } of REASONS) {
      expect([code, label.zh.length <= MAX_LABEL]).toEqual([code, true]);
      expect([code, label.en.length > 0]).toEqual([code, true]);
      expect([code, sentence.zh.endsWith('。')]).toEqual([code, true]);
      expect([code, sentence.en.endsWith('.')]).toEqual([code, true]);
    }
  });

  it('uses the same placeholders in both languages', () => {
    const names = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
    for (const { code, sentence } of REASONS) {
      const extra = names(sentence.en).filter((name) => !names(sentence.zh).includes(name));
      expect([code, extra]).toEqual([code, []]);
    }
  });

  it('has a neutral word for every placeholder', () => {
    for (const entry of REASONS) {
      expect([entry.code, reasonSentence(entry, 'zh')]).not.toContain('{');
      expect(reasonSentence(entry, 'zh')).not.toMatch(/\{\w+\}/);
      expect(reasonSentence(entry, 'en')).not.toMatch(/\{\w+\}/);
    }
  });

  it('fills in what is known', () => {
    const entry = describeReason('member_rate');
    expect(entry && reasonSentence(entry, 'en', { limit: 30, per: 'min', until: '10:05' })).toBe(
      'The provider silently drops more than 30/min per person, so it waits until 10:05.',
    );
  });
});
