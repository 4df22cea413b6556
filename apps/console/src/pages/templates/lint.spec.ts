import { describe, expect, it } from '@jest/globals';
import type { Channel } from '../../api/types.js';
import { lintDraft, problemOfFault, problemsOfPreview } from './lint.js';

const label = { zh: '内容', en: 'Content' };
const field = {
  name: 'content',
  label,
  kind: 'markdown',
  type: 'text',
  required: true,
  markup: ['headings', 'bold', 'breaks'],
};
const channels = [
  { name: 'letter', recall: { supported: false }, contentKinds: [{ kind: 'markdown', fields: [field] }] },
] as unknown as readonly Channel[];

const lint = (content: string, variables: readonly { readonly name: string; readonly example?: string }[] = []) =>
  lintDraft(
    {
      code: 'a',
      name: 'A',
      variables: [...variables],
      routes: [{ channel: 'letter', content: { kind: 'markdown', content } }],
    },
    channels,
  ).map(({ kind, level, pointer, values }) => [level, kind, pointer, values['name'] ?? values['markup']]);

const RECALL = ['note', 'noRecall', undefined, undefined];

describe('the check of a draft', () => {
  it('finds markup that the client does not show, at its field', () => {
    expect(lint('# Title\n- one')).toEqual([['warning', 'markup', '/routes/0/content/content', 'lists'], RECALL]);
  });

  it('finds variables that are not declared, not used, or without an example', () => {
    expect(lint('{{a}} {{b}}', [{ name: 'b' }, { name: 'c', example: '1' }])).toEqual([
      ['warning', 'undeclared', undefined, 'a'],
      ['note', 'noExample', undefined, 'b'],
      ['warning', 'unused', undefined, 'c'],
      RECALL,
    ]);
  });

  it('finds what belongs to a person', () => {
    expect(lint('call 13800000000')).toEqual([['warning', 'personal', '/routes/0/content/content', undefined], RECALL]);
    expect(lint('order 138000000001234')).toEqual([RECALL]);
  });

  it('says in its own words what has figures', () => {
    const fault = { code: 'content_too_long', message: 'x', limit: 4, actual: 9, unit: 'bytes' as const };
    expect(problemOfFault({ ...fault, pointer: '/template/routes/0/content/a' }, 'typical')).toMatchObject({
      kind: 'tooLong',
      values: { limit: '4', actual: '9', unit: 'bytes' },
      pointer: '/routes/0/content/a',
    });
  });

  it('takes the faults of the server to the field', () => {
    const route = {
      no: 2,
      faults: [{ code: 'x', message: 'too long', pointer: '/template/routes/1/content/title' }],
      notes: [],
    };
    expect(problemsOfPreview([route as never], 'longest')).toEqual([
      {
        level: 'fault',
        kind: 'server',
        values: { message: 'too long' },
        pointer: '/routes/1/content/title',
        sample: 'longest',
      },
    ]);
  });
});
