import { describe, expect, it } from '@jest/globals';
import { PROVIDER_ERROR_CLASSES, type ProviderErrorClass, type ProviderErrorTable } from '../../provider-errors.js';
import { WECOM_ERRORS, WECOM_ROBOT_ERRORS, WECOM_TOKEN_ERRORS } from './index.js';

type Codes = Readonly<Partial<Record<ProviderErrorClass, readonly number[]>>>;

/** Calls without a token of their own: what is wrong with the vendor, the content, its media and cards. */
const EVERYWHERE: Codes = {
  retry: [-1, 6000, 45035, 81026],
  rate: [45009, 45033, 45036],
  credentials: [48010],
  account: [90206, 90207, 90208],
  recipient: [82101, 82102],
  media: [40007, 40145, 301015],
  content: [
    ...[40008, 40033, 40035, 40058, 40063, 40039, 40074, 40094, 40127, 45034, 40201, 40204, 85002, 40206],
    ...[41006, 41010, 41016, 41033, 44004, 45002, 45008, 45032, 82004, 90200, 90201, 90202, 90203, 90204],
    ...[40004, 40005, 40006, 40009, 40011, 40123, 44001, 45001, 45007, 301016, 301017, 301019],
    ...[42014, 42015, 42016, 42017, 42018, 42019, 42020, 42027, 42028, 42029, 42030, 42031, 42033, 42035, 42036],
    ...[42037, 42038, 42039, 42040, 42041, 42042, 42043, 42044, 42045, 42046, 42047, 42049, 42050, 42051, 42052],
    60140,
  ],
};

/** Doc 90313: calls with an access token. */
const WITH_TOKEN: Codes = {
  token: [40001, 40014, 41001, 42001],
  retry: [41063, 41096],
  credentials: [
    ...[40013, 2000002, 40091, 41002, 41004, 45031, 40056, 41011, 301002, 48001, 48002, 48004, 48006],
    ...[50003, 50006, 60020, 60031, 301007],
  ],
  account: [43012, 48005, 48008, 48009, 50001, 84074, 86008],
  recipient: [
    ...[40003, 40031, 40066, 40068, 40070, 46004, 50002, 60003, 60011, 60021, 60111, 60123, 60146, 60147, 60148],
    ...[81013, 92000, 301021, 701008, 701099, 40050, 86001, 86003, 40096, 41048, 84061, 84084],
  ],
  content: [
    ...[40032, 81012, 82001, 82002, 82003, 40029, 42003, 42022, 84014, 84015, 41035, 41046, 41047, 41049, 41050],
    ...[41051, 41052, 41064, 41065, 41088, 41093, 41094],
  ],
};

/** Doc 91770: webhooks of group robots. */
const ON_WEBHOOKS: Codes = {
  credentials: [93000, 93001, 93004, 93006, 93008, 93019],
  content: [93017, 93018],
};

const listed = (table: ProviderErrorTable, name: ProviderErrorClass): string[] =>
  Object.keys(table)
    .filter((code) => table[code]?.class === name)
    .sort();

const documented = (name: ProviderErrorClass, ...sources: readonly Codes[]): string[] =>
  sources.flatMap((source) => (source[name] ?? []).map(String)).sort();

describe.each(PROVIDER_ERROR_CLASSES)('every documented code of class %s, and no other, is listed', (name) => {
  it('for calls with an access token', () => {
    expect(listed(WECOM_ERRORS, name)).toEqual(documented(name, EVERYWHERE, WITH_TOKEN));
  });

  it('for webhooks of group robots', () => {
    // What is about apps cannot come from a webhook; it stays listed since both share the tables of contents.
    expect(listed(WECOM_ROBOT_ERRORS, name)).toEqual(documented(name, EVERYWHERE, ON_WEBHOOKS));
  });
});

describe('a code that the call decides about', () => {
  it('is wrong credentials when a token was asked for, and a stale token otherwise', () => {
    expect(WECOM_TOKEN_ERRORS['40001']).toMatchObject({ class: 'credentials', reason: 'secret_wrong' });
    expect(WECOM_ERRORS['40001']).toMatchObject({ class: 'token' });
    expect(WECOM_TOKEN_ERRORS['45009']).toBe(WECOM_ERRORS['45009']);
  });
});
