import { describe, expect, it } from '@jest/globals';
import { describeReason } from '#libs/core';
import type { ProviderErrorClass } from '../../provider-errors.js';
import { LEGACY_ERRORS } from './index.js';

const CLASSES: Readonly<Record<ProviderErrorClass, readonly number[]>> = {
  retry: [-1, 500, 41052],
  token: [33001, 40001, 40014, 42001],
  rate: [
    41045, 41046, 41047, 41048, 45009, 90001, 90002, 90003, 90004, 90005, 90006, 90007, 90008, 90009, 90010, 90011,
    90012, 90013, 90014, 90017, 90018, 90019, 143103, 143104, 143203, 143204, 1430003,
  ],
  credentials: [
    40013, 40089, 40096, 52010, 40056, 41011, 52019, 70003, 70004, 50003, 50005, 70001, 60011, 60020, 41030, 48004,
  ],
  account: [22, 88, 404, 40000, 41001, 43007, 41028, 41044, 43001, 43002, 43003, 43004, 43005, 90020],
  recipient: [
    40003, 33012, 60111, 40031, 60121, 46004, 60120, 81002, 40009, 60003, 50002, 50004, 40104, 143105, 143205, 143106,
    143206, 1430004,
  ],
  content: [
    40032, 41029, 41049, 1430002, 60022, 40008, 34004, 40035, 40038, 400002, 34014, 47001, 41015, 43009, 40048, 44002,
    44004, 34008, 34009, 34010, 34011, 34016, 41101, 45002, 45003, 45004, 45005, 45006, 45007, 41006, 40004, 40005,
    40006, 41005, 43008, 44001, 45001, 40029, 40078, 40102, 42003, 42008, 1430000, 1430001,
  ],
  media: [40007],
  unclear: [],
};

describe('LEGACY_ERRORS', () => {
  it.each(Object.entries(CLASSES))('holds every documented code of class %s and no other', (name, codes) => {
    const listed = Object.keys(LEGACY_ERRORS).filter((code) => LEGACY_ERRORS[code]?.class === name);
    expect(listed.map(Number).sort()).toEqual([...codes].sort());
  });

  it.each(Object.entries(LEGACY_ERRORS))(
    'explains code %s in both languages with a reason of the catalogue',
    (_, rule) => {
      expect(rule.text.zh).not.toBe('');
      expect(rule.text.en).not.toBe('');
      expect(describeReason(rule.reason)).toBeDefined();
    },
  );
});
