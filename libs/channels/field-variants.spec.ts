import { describe, expect, it } from '@jest/globals';
import { ContentKind, checkRendered, checkStructure, examplesOf } from './content.js';
import { inFieldOrder } from './field-order.js';
import { VariantField, shapeOf } from './field-variants.js';
import { ChoiceField, TextField } from './fields.js';

const label = { zh: '字段', en: 'Field' };

@ContentKind({ kind: 'card', label, example: { type: 'note', text: 'a' } })
class Note {
  @ChoiceField({ label, values: ['note'] })
  type!: 'note';

  @TextField({ label })
  text!: string;
}

@ContentKind({ kind: 'card', label, example: { type: 'vote', question: 'a' } })
class Vote {
  @ChoiceField({ label, values: ['vote'] })
  type!: 'vote';

  @TextField({ label })
  question!: string;
}

@ContentKind({ kind: 'card', label, example: { type: 'note', text: 'a' } })
class Card {
  @VariantField({ label, variants: { note: Note, vote: Vote } })
  type!: string;
}

describe('a field that decides about the others', () => {
  it('chooses the class of the content', () => {
    expect(shapeOf(Card, { type: 'vote' })).toBe(Vote);
    expect(shapeOf(Note, { type: 'vote' })).toBe(Note);
  });

  it.each([undefined, 'poll', 'constructor', '__proto__', '{{type}}', 1, null])('chooses nothing with %p', (type) => {
    const body = type === undefined ? { text: 'a' } : { type, text: 'a' };
    expect(shapeOf(Card, body)).toBe(Card);
    expect(checkStructure(Card, body, ['content'])).toEqual([expect.objectContaining({ pointer: '/content/type' })]);
  });

  it('has the content judged by its class alone', () => {
    expect(checkRendered(Card, { type: 'note', text: 'a' }, [])).toEqual([]);
    expect(checkRendered(Card, { type: 'vote', text: 'a' }, [])).toMatchObject([
      { pointer: '/text', code: 'unknown_field' },
      { pointer: '/question', code: 'missing_field' },
    ]);
  });

  it('brings its own order of fields and its own example', () => {
    expect(JSON.stringify(inFieldOrder(Card, { question: 'a', type: 'vote' }))).toBe('{"type":"vote","question":"a"}');
    expect(examplesOf(Card)).toEqual([
      { type: 'note', text: 'a' },
      { type: 'vote', question: 'a' },
    ]);
  });
});
