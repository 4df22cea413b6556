import type { Language, LocalizedText } from '../text.js';
import type { ReasonEntry } from './reason.js';

/** What stands in a sentence for a value that is not known. */
const UNKNOWN_VALUES: Readonly<Record<string, LocalizedText>> = {
  account: { zh: '该账号', en: 'the account' },
  asset: { zh: '该素材', en: 'the file' },
  at: { zh: '之前', en: 'an earlier time' },
  cause: { zh: '原因见尝试记录', en: 'see the attempts' },
  detail: { zh: '见尝试记录', en: 'see the attempts' },
  employee: { zh: '员工', en: 'a colleague' },
  expireAt: { zh: '期限', en: 'its end of validity' },
  field: { zh: '内容', en: 'the content' },
  id: { zh: '见日志', en: 'see the log' },
  ip: { zh: '（见账号检查）', en: '(see the account check)' },
  keywords: { zh: '设定的关键词', en: 'its keywords' },
  limit: { zh: '规定数量', en: 'a set number' },
  max: { zh: '规定值', en: 'what is allowed' },
  n: { zh: '多', en: 'several' },
  name: { zh: '此人', en: 'this person' },
  next: { zh: '下一路由', en: 'the next route' },
  note: { zh: '未说明', en: 'no reason given' },
  original: { zh: '见时间线', en: 'see the timeline' },
  per: { zh: '时段', en: 'period' },
  ref: { zh: '该收件人', en: 'the recipient' },
  scope: { zh: '（见账号检查）', en: '(see the account check)' },
  since: { zh: '之前', en: 'an earlier time' },
  skew: { zh: '过大', en: 'too far' },
  text: { zh: '', en: '' },
  until: { zh: '稍后', en: 'later' },
  url: { zh: '该链接', en: 'the link' },
  used: { zh: '超出的数量', en: 'over it' },
  variable: { zh: '（见时间线）', en: '(see the timeline)' },
  vendorCode: { zh: '见尝试记录', en: 'see the attempts' },
  what: { zh: '该账号', en: 'the account' },
  who: { zh: '运维', en: 'an operator' },
  why: { zh: '见时间线', en: 'see the timeline' },
  window: { zh: '规定时间', en: 'the set time' },
  from: { zh: '开始时间', en: 'start' },
  to: { zh: '结束时间', en: 'end' },
};

/** The sentence of a reason with its placeholders filled; an unknown value is replaced by a neutral word. */
export function reasonSentence(
  entry: ReasonEntry,
  language: Language,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return entry.sentence[language].replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    if (Object.hasOwn(values, name)) return String(values[name]);
    return UNKNOWN_VALUES[name]?.[language] ?? placeholder;
  });
}
