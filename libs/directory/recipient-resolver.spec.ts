import { describe, expect, it } from '@jest/globals';
import { judge } from './recipient-resolver.js';

const match = (changes: Partial<Parameters<typeof judge>[0][number]> = {}) => ({
  active: true,
  provider_user_id: 'zoe',
  stale: false,
  ...changes,
});

describe('what the directory says of a recipient', () => {
  it.each([
    ['nobody', [], { reason: 'not_in_directory' }],
    ['one person', [match()], { id: 'zoe' }],
    ['somebody who has left', [match({ active: false })], { reason: 'person_inactive' }],
    [
      'one who is there and one who has left',
      [match({ active: false }), match({ provider_user_id: 'li' })],
      { id: 'li' },
    ],
    ['two people', [match(), match()], { reason: 'identity_conflict' }],
    ['somebody without an id at this vendor', [match({ provider_user_id: null })], { reason: 'no_identity' }],
    ['somebody whom the vendor has refused', [match({ stale: true })], { reason: 'identity_stale' }],
  ])('is clear about %s', (_whom, matches, answer) => {
    expect(judge(matches)).toEqual(answer);
  });
});
