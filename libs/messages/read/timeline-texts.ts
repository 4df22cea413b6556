import type { LocalizedText } from '#libs/core';

/** One sentence per timeline event; `{x}` is filled in. */
export const TIMELINE_TEXTS = {
  accepted: { zh: '已接受', en: 'Accepted' },
  planned: {
    zh: '计划：{recipients} 位收件人，{deliveries} 次投递',
    en: 'Planned: {recipients} recipients in {deliveries} deliveries',
  },
  claimed: { zh: '开始处理', en: 'Taken up by a worker' },
  attempt_started: { zh: '第 {attempt} 次调用平台', en: 'Provider call {attempt} began' },
  attempt_finished: { zh: '第 {attempt} 次调用结束：{outcome}', en: 'Provider call {attempt} ended: {outcome}' },
  rescheduled: { zh: '等待：{reason}', en: 'Waits: {reason}' },
  paused: { zh: '暂停中：{reason}', en: 'Held back: {reason}' },
  recipient_refused: { zh: '{count} 位收件人被拒：{reason}', en: '{count} recipients refused: {reason}' },
  suppressed: { zh: '{count} 位收件人未发送：{reason}', en: 'Not sent to {count} recipients: {reason}' },
  sent: { zh: '平台已接收{why}', en: 'The provider accepted it{why}' },
  receipt: { zh: '平台回执：{receipt}', en: 'Receipt: {receipt}' },
  failed: { zh: '失败：{reason}', en: 'Failed: {reason}' },
  expired: { zh: '已过期，未发送', en: 'Expired before it could be sent' },
  canceled: { zh: '已取消：{reason}', en: 'Canceled: {reason}' },
  recall_requested: { zh: '要求撤回', en: 'Recall asked for' },
  recalled: { zh: '已撤回', en: 'Recalled' },
  recall_failed: { zh: '未能撤回：{reason}', en: 'Not recalled: {reason}' },
  corrected: { zh: '已发送更正消息 {messageId}', en: 'Corrected by the message {messageId}' },
  correction_failed: { zh: '未能发送更正：{reason}', en: 'Not corrected: {reason}' },
  card_clicked: { zh: '{user} 点击了卡片：{key}', en: '{user} pressed “{key}” on the card' },
  card_updated: { zh: '{actor} 更新了卡片', en: '{actor} updated the card' },
  card_update_unclear: {
    zh: '{actor} 要求更新卡片，结果不明',
    en: '{actor} wanted the card updated; nobody knows whether it was',
  },
  replayed: { zh: '由 {actor} 重新发送', en: 'Sent again by {actor}' },
  sent_now: { zh: '由 {actor} 要求立即发送', en: 'To be sent at once, said {actor}' },
  resolved: { zh: '由 {actor} 认定为“{reason}”', en: 'Settled as “{reason}” by {actor}' },
  split: {
    zh: '{count} 位收件人转到第 {sibling} 次投递，等待：{reason}',
    en: '{count} recipients moved to delivery {sibling}, which waits: {reason}',
  },
  merged: {
    zh: '账号的名额已用完，并入汇总消息 {digest}',
    en: 'Its account had no room: joined into the digest {digest}',
  },
  joined: { zh: '汇总了 {count} 条消息：{messages}', en: 'Joins {count} messages: {messages}' },
  moved: { zh: '由账号 {from} 转给 {to} 发送', en: 'Handed from the account {from} to {to}' },
  member_limits_not_checked: {
    zh: '发给部门、标签或全员时，不检查每位成员的频率限制',
    en: 'Limits per person are not checked for departments, tags and everybody',
  },
  media_uploaded: { zh: '已上传素材“{fileName}”到平台', en: 'The file “{fileName}” was uploaded to the provider' },
  fallback: {
    zh: '{count} 位收件人改用 {channels}：{reason}',
    en: '{count} recipients go on to {channels}: {reason}',
  },
  content_cut: { zh: '内容超长，已截断：{pointer}', en: 'Content was cut: {pointer}' },
} as const satisfies Record<string, LocalizedText>;

export type TimelineEventName = keyof typeof TIMELINE_TEXTS;

/** What a receipt says that was not known before; `{n}` recipients. */
export const RECEIPT_TEXTS = {
  delivered: { zh: '送达 {n} 位', en: '{n} delivered' },
  read: { zh: '已读 {n} 位', en: '{n} read' },
  missed: { zh: '未送达 {n} 位', en: '{n} not delivered' },
  confirmed: { zh: '前一次发送已送达 {n} 位', en: '{n} had it from an earlier call' },
} as const satisfies Record<string, LocalizedText>;

/** How an attempt ended, in words. */
export const OUTCOME_TEXTS: Readonly<Record<string, LocalizedText>> = {
  sent: { zh: '平台已接收', en: 'accepted' },
  not_sent: { zh: '没有发出', en: 'not sent' },
  rejected: { zh: '平台拒绝', en: 'refused' },
  unknown: { zh: '结果不明', en: 'nobody knows' },
};

/** Why recipients go on to the next route, in words. */
export const FALLBACK_TEXTS: Readonly<Record<string, LocalizedText>> = {
  failed: { zh: '发送失败', en: 'refused' },
  unreachable: { zh: '此通道找不到收件人', en: 'not to be reached here' },
  timeout: { zh: '在时限内没有发出', en: 'not sent in time' },
  unread: { zh: '在时限内没有阅读', en: 'not read in time' },
};
