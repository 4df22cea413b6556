import type { ProviderErrorCase, ProviderErrorRule } from '../provider-errors.js';

/** The next attempt signs anew. */
const CLOCK_SKEW: ProviderErrorCase = {
  says: ['invalid timestamp', '签名过期'],
  class: 'retry',
  reason: 'clock_skew',
  text: { zh: '签名的时间与钉钉相差超过 1 小时', en: 'The time of the signature is more than 1 hour off' },
  remedy: { zh: '校准本机时间', en: 'Set the clock of this host' },
};

const SIGNATURE_MISMATCH: ProviderErrorCase = {
  says: ['sign not match', '签名不匹配'],
  class: 'account',
  reason: 'signature_mismatch',
  text: { zh: '签名不匹配', en: 'The signature does not match' },
  remedy: { zh: '重新填写机器人的加签密钥', en: 'Enter the signing secret of the robot anew' },
};

const KEYWORD_MISSING: ProviderErrorCase = {
  says: ['keywords not in content', '关键词'],
  class: 'content',
  reason: 'keyword_missing',
  text: { zh: '消息不包含机器人要求的关键词', en: 'The message holds none of the keywords of the robot' },
  remedy: { zh: '在消息中加入关键词', en: 'Put a keyword into the message' },
};

const IP_NOT_TRUSTED: ProviderErrorCase = {
  says: ['not in whitelist', '白名单'],
  class: 'credentials',
  reason: 'ip_not_trusted',
  text: { zh: '出口 IP 不在机器人的 IP 地址段内', en: 'The outgoing IP is outside the IP ranges of the robot' },
  remedy: {
    zh: '在机器人的安全设置中加入出口 IP',
    en: 'Add the outgoing IP to the security settings of the robot',
  },
};

/**
 * What code 310000 means: one code for every security setting of a robot. Told apart by fragments that all generations
 * of the vendor's texts (2019–2024) share; the signature text of 2022 also speaks of timestamps, hence `签名过期`.
 */
export const SECURITY_SETTINGS: ProviderErrorRule = {
  class: 'account',
  reason: 'provider_rejected',
  text: { zh: '机器人的安全设置拒绝了消息', en: 'The security settings of the robot refused the message' },
  remedy: { zh: '核对机器人的安全设置', en: 'Compare with the security settings of the robot' },
  cases: [CLOCK_SKEW, SIGNATURE_MISMATCH, KEYWORD_MISSING, IP_NOT_TRUSTED],
};

/** A missing keyword with the keywords on file for the account. */
export function naming(keywords: readonly string[], rule: ProviderErrorRule): ProviderErrorRule {
  if (rule.reason !== KEYWORD_MISSING.reason || keywords.length === 0 || !rule.remedy) return rule;
  const named = keywords.join(', ');
  return { ...rule, remedy: { zh: `${rule.remedy.zh}：${named}`, en: `${rule.remedy.en}: ${named}` } };
}
