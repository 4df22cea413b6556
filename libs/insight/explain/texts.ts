import type { Language, LocalizedText } from '#libs/core';
import type { StationName } from './decision.js';

const text = (zh: string, en: string): LocalizedText => ({ zh, en });

export const STATION_LABELS: Readonly<Record<StationName, LocalizedText>> = {
  request: text('请求', 'Request'),
  template: text('模板', 'Template'),
  recipient: text('收件人', 'Recipient'),
  identity: text('身份', 'Identity'),
  time: text('时间', 'Time'),
  rules: text('规则', 'Rules'),
  route: text('路由', 'Route'),
  limits: text('配额', 'Limits'),
  credentials: text('凭证', 'Credentials'),
  provider: text('平台', 'Provider'),
  receipt: text('回执', 'Receipt'),
  device: text('手机端', 'Phone'),
};

/** Sentences of the chain; `{x}` is filled in. */
export const CHAIN_TEXTS = {
  not_reached: text('没有走到这一步。', 'Not reached.'),
  request: text('{caller} 于 {at} 提交。', 'Asked for by {caller} at {at}.'),
  request_key: text('{caller} 于 {at} 提交，业务键 {key}。', 'Asked for by {caller} at {at}, business key {key}.'),
  no_request: text('这段时间没有系统要求发给 {ref}。', 'No system asked for a message to {ref} in this time.'),
  template: text('{template} v{version}，路由：{routes}。', '{template} v{version}, routes: {routes}.'),
  inline: text('没有使用模板，内容随请求给出。', 'No template: the content came with the request.'),
  template_gone: text('{template} v{version} 已被删除。', '{template} v{version} has been deleted.'),
  recipient: text('写的是 {ref}。', 'Written as {ref}.'),
  recipient_person: text('写的是 {ref}，通讯录中是 {name}。', 'Written as {ref}, {name} in the directory.'),
  identity: text('在平台上是 {id}。', '{id} at the provider.'),
  identity_as_written: text('按请求中的写法寻址。', 'Addressed as written in the request.'),
  identity_group: text('发往账号“{account}”的群。', 'Goes to the chat group of “{account}”.'),
  time: text('{sendAt}，{quiet}，有效期至 {expireAt}。', '{sendAt}, {quiet}, valid until {expireAt}.'),
  at_once: text('没有定时', 'to be sent at once'),
  scheduled: text('定时 {at}', 'to be sent at {at}'),
  no_quiet_hours: text('没有免打扰', 'no quiet hours'),
  quiet_hours: text('免打扰 {from}–{to}', 'quiet hours {from}–{to}'),
  rules: text('去重：{content}；频次：{frequency}。', 'Same content: {content}; frequency: {frequency}.'),
  window: text('{seconds} 秒内最多 {limit} 条', 'at most {limit} in {seconds} s'),
  off: text('不限制', 'no rule'),
  route: text('第 {no} 条路由：{channel}，账号“{account}”。', 'Route {no}: {channel}, account “{account}”.'),
  route_fallback: text(
    '第 {no} 条路由：{channel}，账号“{account}”；之前的路由没有送到（{cause}）。',
    'Route {no}: {channel}, account “{account}”; an earlier route did not bring it ({cause}).',
  ),
  limits: text('没有被配额拦住。', 'Not held up by a limit.'),
  credentials: text('账号“{account}”可用。', 'The account “{account}” works.'),
  credentials_now: text(
    '当时可用；账号“{account}”现在已暂停。',
    'Worked at that time; the account “{account}” is paused now.',
  ),
  account_gone: text('账号“{account}”已被删除。', 'The account “{account}” has been deleted.'),
  provider: text('第 {n} 次调用于 {at} 被平台接收。', 'Call {n} was accepted by the provider at {at}.'),
  in_queue: text('已到期，正等待发送。', 'Due, and waiting for a worker.'),
  sending: text('正在调用平台。', 'The provider is being called.'),
  failed: text('发送失败。', 'It could not be sent.'),
  read: text('{at} 已读。', 'Read at {at}.'),
  delivered: text('{at} 已送达。', 'Delivered at {at}.'),
  receipt_open: text('平台还没有回执。', 'No receipt from the provider yet.'),
  device: text('请对照手机端排查清单。', 'Go through the phone checklist.'),
  recalled: text('已从对方客户端撤回。', 'Taken back from the apps.'),
} as const satisfies Record<string, LocalizedText>;

export type ChainText = keyof typeof CHAIN_TEXTS;

/** What is said first; `{x}` is filled in. */
export const VERDICT_TEXTS = {
  read: text('收到了：{at} 已读。', 'Got it: read at {at}.'),
  delivered: text('收到了：{at} 已送达。', 'Got it: delivered at {at}.'),
  sent: text('平台已接收，还没有送达回执。', 'The provider accepted it; no receipt yet.'),
  sent_silent: text('平台已接收，但此通道没有送达回执。', 'The provider accepted it; this channel gives no receipts.'),
  waiting: text('还没发：{why}', 'Not yet: {why}'),
  suppressed: text('没有发，是规则如此：{why}', 'Not sent, by a rule: {why}'),
  canceled: text('没有发，是人为如此：{why}', 'Not sent, on purpose: {why}'),
  expired: text('没有发：{why}', 'Not sent: {why}'),
  recalled: text('收到过，{at} 被撤回。', 'Got it; taken back at {at}.'),
  unknown: text('不确定：{why}', 'Unclear: {why}'),
  invalid: text('没有收到：{why}', 'Did not get it: {why}'),
  failed: text('没有收到：{why}', 'Did not get it: {why}'),
  nobody_asked: text('这段时间没有系统要求发给他。', 'No system asked for it in this time.'),
  unknown_person: text('通讯录里没有这个人。', 'Not in the directory.'),
} as const satisfies Record<string, LocalizedText>;

export type VerdictCode = keyof typeof VERDICT_TEXTS;

type Values = Readonly<Record<string, string | number | undefined>>;

/** Values never stand for placeholders of their own. */
export const fill = (sentence: LocalizedText, language: Language, values: Values = {}): string =>
  sentence[language].replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));

/** An instant on the wall clock of a place: `2026-11-23 10:02:11`. */
export const wallClock = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone }).format(at);
