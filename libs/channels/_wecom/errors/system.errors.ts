import type { ProviderErrorTable } from '../../provider-errors.js';
import { rule, throttle } from './rule.js';

/** Trouble of the vendor itself and its frequency limits: the same for every call (doc 90313, 90312). */
export const SYSTEM_ERRORS: ProviderErrorTable = {
  '-1': rule('retry', 'provider_busy', ['系统繁忙', 'The vendor is busy']),
  '6000': rule('retry', 'provider_busy', ['数据版本冲突', 'Conflicting versions of the data']),
  '45009': throttle(60_000, ['接口调用超过频率限制', 'The call limit is exceeded']),
  '45033': throttle(2000, ['接口并发调用超过限制', 'Too many calls at the same time']),
  '45035': rule('retry', 'provider_busy', ['并发写入冲突', 'Conflict with another write']),
  '45036': throttle(60_000, ['数据访问超限（流量异常）', 'The data access limit is hit']),
  '48010': rule('credentials', 'tls_failed', ['不支持的 TLS 版本', 'The TLS version is not supported'], {
    zh: '使用 TLS 1.2 或更高版本；检查代理',
    en: 'Use TLS 1.2 or newer; look at the proxy',
  }),
  '81026': rule('retry', 'provider_maintenance', ['功能维护中', 'The function is under maintenance']),
};
