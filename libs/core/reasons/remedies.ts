import type { LocalizedText } from '../text.js';

/** What an operator can do about a reason. */
export const REMEDIES = {
  wait: { zh: '等待即可', en: 'Wait' },
  send_now: { zh: '立即发送', en: 'Send now' },
  resend: { zh: '重新发送', en: 'Send again' },
  send_anyway: { zh: '仍然发送', en: 'Send anyway' },
  other_channel: { zh: '换通道发送', en: 'Use another channel' },
  resolve: { zh: '处理未知结果', en: 'Decide' },
  recall: { zh: '撤回', en: 'Recall' },
  retry_recall: { zh: '重试撤回', en: 'Retry recall' },
  correct: { zh: '发送更正', en: 'Send a correction' },
  open_original: { zh: '查看原消息', en: 'First message' },
  open_digest: { zh: '查看汇总', en: 'Digest' },
  edit_template: { zh: '修改模板', en: 'Edit the template' },
  edit_rules: { zh: '调整规则', en: 'Change the rules' },
  replace_media: { zh: '更换素材', en: 'Replace the media' },
  check_account: { zh: '检查账号', en: 'Check the account' },
  edit_account: { zh: '修改账号', en: 'Edit the account' },
  resume_account: { zh: '恢复账号', en: 'Resume the account' },
  view_quota: { zh: '查看配额', en: 'Quota' },
  resume_queue: { zh: '恢复队列', en: 'Resume the queue' },
  bind_identity: { zh: '绑定身份', en: 'Bind an identity' },
  sync_directory: { zh: '同步通讯录', en: 'Sync the directory' },
  open_person: { zh: '查看人员', en: 'Person' },
  copy_ip: { zh: '复制出口 IP', en: 'Copy the egress IP' },
  tell_caller: { zh: '通知调用方', en: 'Tell the caller' },
  rejections: { zh: '查看被拒请求', en: 'Refused requests' },
  device: { zh: '手机端排查', en: 'Phone checklist' },
} as const satisfies Record<string, LocalizedText>;

export type RemedyId = keyof typeof REMEDIES;
