import type { ProviderErrorRule } from '../provider-errors.js';

/** The next attempt signs anew. */
const CLOCK_SKEW: ProviderErrorRule = {
  class: 'retry',
  reason: 'clock_skew',
  text: { zh: '签名的时间与钉钉相差超过 1 小时', en: 'The time of the signature is more than 1 hour off' },
  remedy: { zh: '校准本机时间', en: 'Set the clock of this host' },
};

const SIGNATURE_MISMATCH: ProviderErrorRule = {
  class: 'account',
  reason: 'signature_mismatch',
  text: { zh: '签名不匹配', en: 'The signature does not match' },
  remedy: { zh: '重新填写机器人的加签密钥', en: 'Enter the signing secret of the robot anew' },
};

const IP_NOT_TRUSTED: ProviderErrorRule = {
  class: 'credentials',
  reason: 'ip_not_trusted',
  text: { zh: '出口 IP 不在机器人的 IP 地址段内', en: 'The outgoing IP is outside the IP ranges of the robot' },
  remedy: {
    zh: '在机器人的安全设置中加入出口 IP',
    en: 'Add the outgoing IP to the security settings of the robot',
  },
};

const OTHER: ProviderErrorRule = {
  class: 'account',
  reason: 'provider_rejected',
  text: { zh: '机器人的安全设置拒绝了消息', en: 'The security settings of the robot refused the message' },
  remedy: { zh: '核对机器人的安全设置', en: 'Compare with the security settings of the robot' },
};

function keywordMissing(keywords: readonly string[]): ProviderErrorRule {
  const named = keywords.length > 0 ? `: ${keywords.join(', ')}` : '';
  return {
    class: 'content',
    reason: 'keyword_missing',
    text: { zh: '消息不包含机器人要求的关键词', en: 'The message holds none of the keywords of the robot' },
    remedy: { zh: `在消息中加入关键词${named}`, en: `Put a keyword into the message${named}` },
  };
}

/**
 * What code 310000 means: one code for every security setting of a robot. Told apart by fragments that all generations
 * of the vendor's texts (2019–2024) share; the signature text of 2022 also speaks of timestamps, hence `签名过期`.
 */
export function securityRule(message: string, keywords: readonly string[]): ProviderErrorRule {
  const says = (...fragments: string[]): boolean => fragments.some((fragment) => message.includes(fragment));
  if (says('invalid timestamp', '签名过期')) return CLOCK_SKEW;
  if (says('sign not match', '签名不匹配')) return SIGNATURE_MISMATCH;
  if (says('keywords not in content', '关键词')) return keywordMissing(keywords);
  if (says('not in whitelist', '白名单')) return IP_NOT_TRUSTED;
  return OTHER;
}
