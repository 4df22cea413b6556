import { describe, expect, it } from '@jest/globals';
import { cleanQuery, guessesOf } from './parse-query.js';

const FAMILIES = ['goose'];
const ID = '019a8f6e-7c00-7abc-8def-0123456789ab';

describe('what is typed into the search', () => {
  it('loses full-width letters, quotes and invisible characters', () => {
    expect(cleanQuery(' “ＡＢＣ\u200b１２３” ')).toBe('ABC123');
  });

  it('is a message when it looks like an id', () => {
    expect(guessesOf(ID.toUpperCase(), FAMILIES)).toEqual([{ kind: 'message', value: ID }]);
  });

  it.each(['13800000000', '+86 138 0000 0000', '138-0000-0000', '１３８０００００００００'.slice(0, 11)])(
    'is a mobile when it is %s',
    (text) => {
      expect(guessesOf(text, FAMILIES)).toEqual([{ kind: 'recipient', value: 'mobile:13800000000' }]);
    },
  );

  it('is an address when it has a host', () => {
    expect(guessesOf('li@corp.cn', FAMILIES)).toEqual([{ kind: 'recipient', value: 'email:li@corp.cn' }]);
  });

  it('is what its prefix says', () => {
    expect(guessesOf('key:order:A1', FAMILIES)).toEqual([{ kind: 'businessKey', value: 'order:A1' }]);
    expect(guessesOf('goose:zhang', FAMILIES)).toEqual([{ kind: 'recipient', value: 'goose:zhang' }]);
  });

  it('is looked for as everything otherwise', () => {
    const kinds = guessesOf('u-1001', FAMILIES).map(({ kind, value }) => `${kind} ${value}`);
    expect(kinds).toEqual([
      'recipient user:u-1001',
      'recipient goose:u-1001',
      'businessKey u-1001',
      'providerMsgId u-1001',
    ]);
  });

  it('is nothing when it is empty', () => {
    expect(guessesOf(' \u200b ', FAMILIES)).toEqual([]);
  });
});
