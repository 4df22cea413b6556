import { describe, expect, it } from '@jest/globals';
import { messageOf, ThrottledLog } from './throttled-log.js';

describe('ThrottledLog', () => {
  it('writes one line per second and counts what it left out', () => {
    const lines: string[] = [];
    const time = { ms: 0 };
    const log = new ThrottledLog((line) => lines.push(line), {
      now: () => new Date(),
      monotonicMs: () => time.ms,
    });
    for (let count = 0; count < 500; count += 1) log.log('refused');
    time.ms = 1_000;
    log.log('refused');
    time.ms = 2_000;
    log.log('refused');
    expect(lines).toEqual(['refused', 'refused (499 more left out)', 'refused']);
  });
});

describe('messageOf', () => {
  it('looks into errors that carry several others', () => {
    expect(messageOf(new AggregateError([new Error('refused by ::1'), new Error('refused by 127.0.0.1')]))).toBe(
      'refused by ::1; refused by 127.0.0.1',
    );
  });

  it('takes whatever was thrown', () => {
    expect(messageOf('text')).toBe('text');
    expect(messageOf(new Error('cause'))).toBe('cause');
  });
});
