import { describe, expect, it } from '@jest/globals';
import { CHANNELS, type ChannelDefinition } from '#libs/channels';
import { describeErrors } from './channel-errors.js';

const text = { zh: '不行', en: 'No' };

describe('the error codes of a channel', () => {
  it('are told with what happens next, and with the other meanings of a code', () => {
    const [channel] = CHANNELS;
    const errors: ChannelDefinition['errors'] = {
      '45009': { class: 'rate', reason: 'provider_throttled', text, waitMs: 60_000, remedy: text },
      '40058': {
        class: 'content',
        reason: 'content_invalid',
        text,
        cases: [{ on: 'recall', class: 'content', reason: 'recall_rejected', text }],
      },
    };
    expect(channel && describeErrors({ ...channel, errors })).toEqual([
      {
        code: '40058',
        handling: 'content',
        reason: 'content_invalid',
        text,
        cases: [{ on: 'recall', handling: 'content', reason: 'recall_rejected', text }],
      },
      { code: '45009', handling: 'rate', reason: 'provider_throttled', text, waitMs: 60_000, remedy: text },
    ]);
  });

  it.each(CHANNELS.map((channel) => [channel.name, channel] as const))('survive JSON unchanged: %s', (_, channel) => {
    const answer = describeErrors(channel);
    expect(answer.length).toBeGreaterThan(50);
    expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
  });
});
