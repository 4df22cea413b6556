import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '#libs/core';
import { Rules, oneOf, onlyWith, requiredWhen, ruleFaults, uniqueIn } from './field-rules.js';
import { ListField, ObjectField, TextField } from './fields.js';

const label = { zh: '字段', en: 'Field' };

@Rules(requiredWhen('type', 1, 'url'), onlyWith('page', 'app'))
class Target {
  @TextField({ label, required: false })
  url?: string;
}

@Rules(oneOf('title', 'text'), uniqueIn('targets', 'key'))
class Card {
  @ObjectField({ label, item: () => Target, required: false })
  target?: Target;

  @ListField({ label, item: () => Target, required: false })
  targets?: Target[];
}

const faultsOf = (card: JsonObject): string[] =>
  ruleFaults(Card, card, ['content']).map(({ pointer, code }) => `${pointer} ${code}`);

describe('rules over several fields', () => {
  it.each<[string, JsonObject, string[]]>([
    ['one of two fields', { text: 'a' }, []],
    ['neither of two fields', { title: '', text: null }, ['/content/title missing_field']],
    ['a condition that holds', { text: 'a', target: { type: 1 } }, ['/content/target/url missing_field']],
    ['a condition that does not hold', { text: 'a', target: { type: 0 } }, []],
    [
      'a field without its companion',
      { text: 'a', targets: [{ page: 'p' }] },
      ['/content/targets/0/app missing_field'],
    ],
    [
      'equal entries',
      { text: 'a', targets: [{ key: 'k' }, {}, { key: 'k' }] },
      ['/content/targets/2/key duplicate_item'],
    ],
    ['values of any other type', { text: 'a', target: 'b', targets: [1, null, 'c'] }, []],
  ])('judge %s, nested ones too', (_name, card, faults) => {
    expect(faultsOf(card)).toEqual(faults);
  });
});
