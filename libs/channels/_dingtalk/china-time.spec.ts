import { describe, expect, it } from '@jest/globals';
import { throttleWaitMs, untilChinaMidnightMs } from './china-time.js';

const TEXT =
  '您的服务器调用钉钉开放平台当前接口的所有请求都被暂时禁用了, 从 2026-09-03 00:01:02 到 2026-09-03 00:01:02 请求总次数超过了 1200 次, 处罚将在 2026-09-03 00:01:03 结束.';
const inChina = (time: string): Date => new Date(`2026-09-03T${time}+08:00`);

describe('throttleWaitMs', () => {
  it('lasts until the end that the text names in China time', () => {
    expect(throttleWaitMs(TEXT, inChina('00:00:03'))).toBe(60_000);
  });

  it('understands both wordings', () => {
    expect(throttleWaitMs('限制将在 2026-09-03 00:10:00 结束', inChina('00:09:00'))).toBe(60_000);
  });

  it('waits a second when the end is over or now', () => {
    expect(throttleWaitMs(TEXT, inChina('00:05:00'))).toBe(1_000);
  });

  it('believes no wait of more than a day', () => {
    expect(throttleWaitMs('处罚将在 2126-09-03 00:00:00 结束', inChina('00:00:00'))).toBe(86_400_000);
  });

  it('is undefined when the text names no end or no date', () => {
    expect(throttleWaitMs('app qps limit', inChina('00:00:00'))).toBeUndefined();
    expect(throttleWaitMs('处罚将在 2026-19-93 00:00:00 结束', inChina('00:00:00'))).toBeUndefined();
  });
});

describe('untilChinaMidnightMs', () => {
  it('counts to the next midnight in China', () => {
    expect(untilChinaMidnightMs(inChina('23:59:00'))).toBe(60_000);
    expect(untilChinaMidnightMs(inChina('00:00:00'))).toBe(86_400_000);
  });
});
