import { describe, expect, it } from '@jest/globals';
import { CHANNELS, type ChannelDefinition } from '#libs/channels';
import type { DemoOutcome } from './demo.js';
import { checkReport, timelineLines } from './report.js';

function makeOutcome(overrides: Partial<DemoOutcome> = {}): DemoOutcome {
  const [channel] = CHANNELS as readonly [ChannelDefinition];
  return { channel, messageId: 'm-1', status: 'sent', timeline: [], request: { method: 'POST' }, ...overrides };
}

const isOk = (outcome: DemoOutcome): boolean => checkReport([outcome]).ok;

describe('checkReport', () => {
  it('is one line with message id, status, request and recall of every channel', () => {
    const outcome = makeOutcome({ recalled: true });
    const { ok, line } = checkReport([outcome]);
    expect(ok).toBe(true);
    expect(line).not.toContain('\n');
    expect(JSON.parse(line)).toEqual({
      ok: true,
      channels: {
        [outcome.channel.name]: { messageId: 'm-1', status: 'sent', request: { method: 'POST' }, recalled: true },
      },
    });
  });

  it('is not ok when a message was not sent, not seen by the sandbox, or not recalled', () => {
    const { request: _request, ...unseen } = makeOutcome();
    expect(isOk(makeOutcome())).toBe(true);
    expect(isOk(makeOutcome({ status: 'failed' }))).toBe(false);
    expect(isOk(makeOutcome({ recalled: false }))).toBe(false);
    expect(isOk(unseen)).toBe(false);
  });

  it('is not ok when nothing was sent', () => {
    expect(checkReport([]).ok).toBe(false);
  });
});

describe('timelineLines', () => {
  it('shows each event with the time since the first', () => {
    const at = (ms: number): Date => new Date(1_700_000_000_000 + ms);
    const timeline = [
      { at: at(0), event: 'accepted', text: 'Accepted' },
      { at: at(84), event: 'sent', text: 'Sent' },
    ];
    const lines = timelineLines([makeOutcome({ timeline, recalled: true })]);
    expect(lines[1]).toMatch(/^✓ .* m-1$/);
    expect(lines[3]).toBe('     +84 ms  sent              Sent');
    expect(lines.at(-1)).toContain('confirms the recall');
  });
});
