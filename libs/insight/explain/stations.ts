import { describeReason, type RemedyId } from '#libs/core';
import type { WindowRule } from '#libs/templates';
import { STATION_NAMES, type StationName, type StationResult } from './decision.js';
import { lastAttempt, sentenceOfReason, type Evidence } from './evidence.js';
import { CHAIN_TEXTS, STATION_LABELS, fill, wallClock, type ChainText } from './texts.js';

/** Something that a station went by. */
export interface Fact {
  readonly label: string;
  readonly value: string;
  /** Path of the API. */
  readonly href?: string;
}

/** One step on the way of a message to a person. */
export interface Station {
  /** 1 to 12. */
  readonly no: number;
  readonly name: StationName;
  readonly label: string;
  readonly result: StationResult;
  readonly reason?: string;
  readonly sentence: string;
  readonly at?: string;
  readonly facts: readonly Fact[];
  readonly remedies: readonly RemedyId[];
}

type Told = Pick<Station, 'sentence'> & Partial<Pick<Station, 'at' | 'facts' | 'remedies'>>;

const say = ({ telling }: Evidence, key: ChainText, values: Parameters<typeof fill>[2] = {}): string =>
  fill(CHAIN_TEXTS[key], telling.language, values);

const clock = ({ telling }: Evidence, at: Date): string => wallClock(at, telling.timeZone);

const fact = (label: string, value: string | number | null | undefined, href?: string): readonly Fact[] =>
  value === null || value === undefined ? [] : [{ label, value: String(value), ...(href !== undefined && { href }) }];

function windowText(evidence: Evidence, rule: WindowRule | null | undefined): string {
  return rule ? say(evidence, 'window', { limit: rule.limit, seconds: rule.windowSeconds }) : say(evidence, 'off');
}

/** What each station says when it let the message pass. */
const PASSED: Readonly<Record<StationName, (evidence: Evidence) => Told>> = {
  request: (evidence) => {
    const { business_key: key, caller, created_at: createdAt, message_id: id } = evidence.fate;
    const values = { caller: caller ?? '?', at: clock(evidence, createdAt), key: key ?? '' };
    return {
      sentence: say(evidence, key === null ? 'request' : 'request_key', values),
      at: createdAt.toISOString(),
      facts: [...fact('message', id, `/v1/messages/${id}`), ...fact('caller', caller), ...fact('businessKey', key)],
    };
  },
  template: (evidence) => {
    const { template: code, template_version: version } = evidence.fate;
    if (code === null) return { sentence: say(evidence, 'inline') };
    const values = { template: code, version: version ?? 0 };
    const { language } = evidence.telling;
    const routes = evidence.template?.routes.map(({ channel, no }) => `${no} ${channel.label[language]}`).join(' → ');
    return {
      sentence: say(evidence, routes === undefined ? 'template_gone' : 'template', { ...values, routes }),
      facts: fact('template', `${code} v${version}`, `/v1/templates/${code}/versions/${version}`),
    };
  },
  recipient: (evidence) => {
    const { fate, person } = evidence;
    const key = person ? 'recipient_person' : 'recipient';
    return { sentence: say(evidence, key, { ref: fate.ref, name: person?.name }), facts: fact('ref', fate.ref) };
  },
  identity: (evidence) => {
    const { account, addressee_type: type, provider_user_id: id } = evidence.fate;
    if (type === 'group') return { sentence: say(evidence, 'identity_group', { account }) };
    return { sentence: say(evidence, id === null ? 'identity_as_written' : 'identity', { id: id ?? '' }) };
  },
  time: (evidence) => {
    const { expire_at: expireAt, send_at: sendAt } = evidence.fate;
    const quiet = evidence.template?.quietHours;
    return {
      sentence: say(evidence, 'time', {
        sendAt: sendAt ? say(evidence, 'scheduled', { at: clock(evidence, sendAt) }) : say(evidence, 'at_once'),
        quiet: quiet
          ? say(evidence, 'quiet_hours', { from: quiet.from, to: quiet.to })
          : say(evidence, 'no_quiet_hours'),
        expireAt: clock(evidence, expireAt),
      }),
      facts: [...fact('sendAt', sendAt?.toISOString()), ...fact('expireAt', expireAt.toISOString())],
    };
  },
  rules: (evidence) => {
    const rules = evidence.template?.dedupe;
    const original = evidence.fate.detail?.['duplicateOf'];
    return {
      sentence: say(evidence, 'rules', {
        content: windowText(evidence, rules?.content),
        frequency: windowText(evidence, rules?.frequency),
      }),
      facts: typeof original === 'string' ? fact('duplicateOf', original, `/v1/messages/${original}`) : [],
    };
  },
  route: (evidence) => {
    const { account, route_no: no } = evidence.fate;
    const cause = evidence.events.findLast(({ event }) => event === 'fallback')?.reason;
    const values = { no, channel: evidence.channel, account, cause: cause ?? '' };
    return {
      sentence: say(evidence, cause ? 'route_fallback' : 'route', values),
      facts: fact('account', account, `/v1/accounts/${account}`),
    };
  },
  limits: (evidence) => ({
    sentence: say(evidence, 'limits'),
    facts: fact('quota', evidence.fate.account, `/v1/accounts/${evidence.fate.account}/quota`),
  }),
  credentials: (evidence) => {
    const { account, fate } = evidence;
    const key = !account ? 'account_gone' : account.status === 'active' ? 'credentials' : 'credentials_now';
    return { sentence: say(evidence, key, { account: account?.name ?? fate.account }) };
  },
  provider: (evidence) => {
    const { fate } = evidence;
    const attempt = lastAttempt(evidence);
    const at = fate.sent_at ?? attempt?.finished_at ?? fate.updated_at;
    const values = { n: evidence.attempts.length, at: clock(evidence, at) };
    return { sentence: say(evidence, 'provider', values), at: at.toISOString(), facts: callFacts(evidence) };
  },
  receipt: (evidence) => {
    const { delivered_at: deliveredAt, read_at: readAt } = evidence.fate;
    const at = readAt ?? deliveredAt;
    if (!at) return { sentence: evidence.silence ?? say(evidence, 'receipt_open') };
    return {
      sentence: say(evidence, readAt ? 'read' : 'delivered', { at: clock(evidence, at) }),
      at: at.toISOString(),
    };
  },
  device: (evidence) =>
    evidence.fate.status === 'recalled'
      ? { sentence: say(evidence, 'recalled'), at: evidence.fate.updated_at.toISOString() }
      : { sentence: say(evidence, 'device'), remedies: ['device'] },
};

function callFacts(evidence: Evidence): readonly Fact[] {
  const { attempts, fate, provider } = evidence;
  const href = `/v1/messages/${fate.message_id}/attempts?deliveryNo=${fate.delivery_no}`;
  return [
    ...fact('attempts', attempts.length, href),
    ...fact('providerMsgId', fate.provider_msg_id),
    ...fact('code', provider?.code ?? lastAttempt(evidence)?.code),
    ...fact('provider', provider?.text),
    ...fact('hint', provider?.hint),
    ...fact('supportId', provider?.supportId),
  ];
}

/** Without a reason a message waits for its turn, or is being sent. */
function withoutReason(evidence: Evidence): string {
  const { decision, fate } = evidence;
  if (decision.result !== 'wait') return say(evidence, 'failed');
  return say(evidence, fate.delivery_status === 'sending' ? 'sending' : 'in_queue');
}

function decided(evidence: Evidence): Told {
  const { decision, fate } = evidence;
  const passed = PASSED[decision.station](evidence);
  if (decision.station === 'receipt' && decision.result !== 'fail' && decision.reason === undefined) return passed;
  if (decision.station === 'device') return passed;
  const facts = decision.station === 'provider' ? callFacts(evidence) : (passed.facts ?? []);
  return {
    sentence: sentenceOfReason(evidence) ?? withoutReason(evidence),
    at: (fate.status === 'pending' ? (fate.next_attempt_at ?? fate.updated_at) : fate.updated_at).toISOString(),
    facts,
    remedies: decision.reason === undefined ? [] : (describeReason(decision.reason)?.remedies ?? []),
  };
}

/** All twelve, in order: those before the deciding one have passed, those behind it were not reached. */
export function stationsOf(evidence: Evidence): readonly Station[] {
  const { decision, telling } = evidence;
  const place = STATION_NAMES.indexOf(decision.station);
  const isSent = decision.station === 'receipt' && decision.result !== 'fail' && decision.reason === undefined;
  return STATION_NAMES.map((name, index): Station => {
    const isDecisive = index === place;
    const isReached = index < place || (isSent && name === 'device');
    const told = isDecisive
      ? decided(evidence)
      : isReached
        ? PASSED[name](evidence)
        : { sentence: say(evidence, 'not_reached') };
    return {
      no: index + 1,
      name,
      label: STATION_LABELS[name][telling.language],
      result: isDecisive ? decision.result : index < place ? 'pass' : 'skipped',
      ...(isDecisive && decision.reason !== undefined && { reason: decision.reason }),
      facts: [],
      remedies: [],
      ...told,
    };
  });
}

/** The chain when nobody asked for a message: it ends before it begins. */
export function stationsOfSilence(
  ref: string,
  language: Evidence['telling']['language'],
  facts: readonly Fact[],
): readonly Station[] {
  return STATION_NAMES.map((name, index): Station => {
    const isFirst = index === 0;
    return {
      no: index + 1,
      name,
      label: STATION_LABELS[name][language],
      result: isFirst ? 'stop' : 'skipped',
      sentence: fill(CHAIN_TEXTS[isFirst ? 'no_request' : 'not_reached'], language, { ref }),
      facts: isFirst ? facts : [],
      remedies: isFirst ? ['tell_caller', 'rejections'] : [],
    };
  });
}
