import type { Language, LocalizedText } from '#libs/core';

/** What the command line says in its own words. Sentences about messages and errors come from the API. */
const WORDS = {
  accepted: { zh: '已接受 {id}', en: 'Accepted {id}' },
  duplicate: { zh: '该业务键已有消息 {id}，没有再次发送', en: 'The business key already names {id}; nothing was sent' },
  messageEnded: { zh: '{id}：{status}', en: '{id}: {status}' },
  dryRun: { zh: '预演：没有保存，也没有发送', en: 'Dry run: nothing is stored, nothing is sent' },
  nothingFound: { zh: '没有找到', en: 'Nothing found' },
  watching: { zh: '等待新消息，Ctrl-C 结束', en: 'Waiting for messages, Ctrl-C ends' },
  recallPreview: {
    zh: '{messages} 条消息：取消 {canceled} 次投递，撤回 {recallable} 次，{failed} 次无法撤回，{uncertain} 次不确定',
    en: '{messages} messages: {canceled} deliveries to cancel, {recallable} to recall, {failed} that cannot be, {uncertain} uncertain',
  },
  recallRunning: { zh: '撤回 {id} 进行中', en: 'Recall {id} is running' },
  recallEnded: {
    zh: '撤回 {id} 完成：取消 {canceled}，撤回 {recalled}，失败 {failed}，不确定 {uncertain}',
    en: 'Recall {id} finished: {canceled} canceled, {recalled} recalled, {failed} failed, {uncertain} uncertain',
  },
  confirm: { zh: '继续？输入 yes：', en: 'Go on? Type yes: ' },
  notConfirmed: { zh: '没有确认，什么也没做', en: 'Not confirmed, nothing was done' },
  confirmNeeded: {
    zh: '没有终端可以确认：加 --yes',
    en: 'There is no terminal to confirm on: add --yes',
  },
  keyOnce: { zh: '密钥只显示这一次，请现在保存', en: 'The key is shown this once, keep it now' },
  revoked: { zh: '已吊销 {id}', en: 'Revoked {id}' },
  allWell: { zh: '一切正常', en: 'All is well' },
  findings: { zh: '{count} 处需要处理', en: '{count} to look after' },
  noKey: {
    zh: '没有密钥：设置 HONGYAN_API_KEY，或用 --key-file 指定文件',
    en: 'There is no key: set HONGYAN_API_KEY, or name a file with --key-file',
  },
  unreachable: { zh: '无法连接 {url}：{reason}', en: 'Cannot reach {url}: {reason}' },
  notTheApi: { zh: '{url} 的回答不是鸿雁 API', en: '{url} does not answer like the API of Hongyan' },
  upToDate: { zh: '数据库结构已是最新', en: 'The schema is up to date' },
  migrated: { zh: '已迁移：{migrations}', en: 'Migrated: {migrations}' },
  rewrapped: {
    zh: '{rows}：{changed} 行改用密钥 {key}',
    en: '{rows}: {changed} rows are now under the key {key}',
  },
} as const satisfies Record<string, LocalizedText>;

export type Word = keyof typeof WORDS;

/** A sentence with its `{name}`s filled in. */
export function say(language: Language, word: Word, values: Readonly<Record<string, string | number>> = {}): string {
  return WORDS[word][language].replace(/\{(\w+)\}/gu, (_, name: string) => String(values[name] ?? ''));
}

/** zh when the locale of the environment says so, else en. */
export function languageOf(env: Readonly<Record<string, string | undefined>>): Language {
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return locale.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
