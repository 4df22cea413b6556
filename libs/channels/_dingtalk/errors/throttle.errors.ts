import type { ProviderErrorTable } from '../../provider-errors.js';
import { codesBetween, forCodes } from './for-codes.js';
import { REMEDY } from './remedies.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** Codes of a busy or throttling vendor, shared by every call. A wait named in the answer's text beats `waitMs`. */
export const THROTTLE_ERRORS: ProviderErrorTable = {
  ...forCodes([-1], {
    class: 'retry',
    reason: 'provider_busy',
    text: { zh: '钉钉系统繁忙', en: 'DingTalk is busy' },
  }),
  ...forCodes([500], {
    class: 'retry',
    reason: 'provider_error',
    text: { zh: '钉钉系统异常', en: 'DingTalk met an internal error' },
  }),
  ...forCodes([45009], {
    class: 'rate',
    reason: 'provider_throttled',
    waitMs: MINUTE_MS,
    text: { zh: '接口调用超过限制', en: 'The limit of API calls is exceeded' },
    remedy: REMEDY.slower,
  }),
  ...forCodes([90002, 90018, 90019], {
    class: 'rate',
    reason: 'provider_throttled',
    waitMs: SECOND_MS,
    text: { zh: '接口每秒调用次数超过限制', en: 'Too many calls of this API in one second' },
    remedy: { zh: '降低并发，或购买更高的接口 QPS', en: 'Send more slowly, or buy a higher call rate' },
  }),
  ...forCodes([90001, ...codesBetween(90003, 90014), 90017], {
    class: 'rate',
    reason: 'provider_blocked',
    waitMs: MINUTE_MS,
    text: { zh: '调用过于频繁，被钉钉暂时禁用', en: 'Too many calls: DingTalk blocked the caller for a while' },
    remedy: {
      zh: '等待处罚结束；检查是否有其他系统使用同一应用或出口 IP',
      en: 'Wait for the block to end; look for other systems that use the same app or outgoing IP',
    },
  }),
  ...forCodes([41047, 41048, 143103, 143104, 143203, 143204], {
    class: 'rate',
    reason: 'provider_throttled',
    waitMs: MINUTE_MS,
    text: { zh: '每分钟发送人次超过限制', en: 'Too many recipients reached in one minute' },
    remedy: REMEDY.slower,
  }),
  ...forCodes([41045, 41046], {
    class: 'rate',
    reason: 'daily_quota',
    waitMs: 24 * 60 * MINUTE_MS,
    text: { zh: '今天发送全员消息的次数已用完', en: "Today's messages to everybody are used up" },
    remedy: { zh: '明天再发，或改为按部门发送', en: 'Send tomorrow, or address departments instead' },
  }),
  ...forCodes([1430003], {
    class: 'rate',
    reason: 'provider_blocked',
    waitMs: MINUTE_MS,
    text: { zh: '触发平台保护', en: 'The platform protects itself and refuses for a while' },
    remedy: REMEDY.slower,
  }),
};
