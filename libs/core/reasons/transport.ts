import { reasonsOf } from './reason.js';

/** Trouble on the way or on either side of it; certainly not sent. */
export const TRANSPORT_REASONS = reasonsOf('transport', [
  [
    'connect_failed',
    '连不上平台',
    'Unreachable',
    '没有连上平台，消息肯定没有发出。',
    'The provider was never reached; certainly not sent.',
    'resend',
    'check_account',
  ],
  [
    'dns_failed',
    '域名解析失败',
    'DNS failure',
    '平台的域名解析失败，消息肯定没有发出。',
    "The provider's name could not be resolved; certainly not sent.",
    'resend',
    'check_account',
  ],
  ['provider_busy', '平台繁忙', 'Provider busy', '平台繁忙。', 'The provider is busy.', 'resend'],
  ['provider_error', '平台故障', 'Provider trouble', '平台出错。', 'The provider is failing.', 'resend'],
  ['provider_maintenance', '平台维护', 'Maintenance', '平台正在维护。', 'The provider is under maintenance.', 'resend'],
  [
    'attempts_exhausted',
    '重试用尽',
    'Retries used up',
    '{n} 次尝试都失败，最后：{cause}。',
    '{n} tries failed; the last one: {cause}.',
    'resend',
    'other_channel',
  ],
  [
    'crash_loop',
    '处理异常',
    'Crash loop',
    '处理此消息时进程 {n} 次异常退出，已隔离。请把请求 ID 交给技术支持。',
    'Workers died {n} times on it; it was set aside.',
    'tell_caller',
  ],
  [
    'internal_error',
    '内部错误',
    'Internal error',
    '系统内部错误，请求 ID {id}。',
    'Internal fault, request {id}.',
    'resend',
  ],
  [
    'shutting_down',
    '进程退出',
    'Shutting down',
    '进程在调用平台前退出，投递已交还。',
    'The process ended before the call; the delivery was handed back.',
    'wait',
  ],
]);
