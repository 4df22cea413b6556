import type { SendingAccount } from '#libs/accounts';
import type { ClaimedDelivery, ClaimedPoll, ClaimedRecipient, Lease } from '#libs/messages';
import { compileTemplate, type CompiledRoute, type CompiledTemplate, type TemplateDefinition } from '#libs/templates';
import { DispatchRun } from '../dispatch-run.js';
import type { PreparedDelivery } from '../steps/prepared-delivery.js';
import { TestChannel } from './test-channel.js';

export const MESSAGE_ID = '0197c2f4-7a00-7000-8000-000000000001';

export const makeRecipient = (rowNo: number, changes: Partial<ClaimedRecipient> = {}): ClaimedRecipient => ({
  rowNo,
  ref: `user:u${rowNo}`,
  addresseeType: 'user',
  addresseeId: `u${rowNo}`,
  ...changes,
});

export const makeClaimed = (changes: Partial<ClaimedDelivery> = {}): ClaimedDelivery => ({
  messageId: MESSAGE_ID,
  no: 1,
  fence: 1,
  kind: 'first',
  routeNo: 1,
  channel: 'letter',
  account: 'letter-1',
  callerId: '0197c2f4-7a00-7000-8000-00000000ca11',
  priority: 10,
  attempts: 0,
  unknowns: 0,
  isOriginUnclear: false,
  resendBudget: 1,
  possibleDuplicate: false,
  expireAt: new Date('2026-11-23T02:00:00.000Z'),
  createdAt: new Date('2026-11-22T02:00:00.000Z'),
  inLine: false,
  claimedAt: new Date('2026-11-22T02:00:01.000Z'),
  template: 'test',
  templateVersion: 1,
  isTest: false,
  skips: [],
  params: {},
  recipients: [makeRecipient(1)],
  mayFallBack: false,
  ...changes,
});

export const makeLease = (delivery: ClaimedDelivery, changes: Partial<Lease> = {}): Lease => ({
  delivery,
  lost: new AbortController().signal,
  remainingMs: () => 15_000,
  release: () => undefined,
  ...changes,
});

/** A run that has claimed its delivery. */
export function makeRun(delivery: ClaimedDelivery = makeClaimed(), lease: Partial<Lease> = {}): DispatchRun {
  const run = new DispatchRun(delivery.messageId, delivery.no);
  run.lease = makeLease(delivery, lease);
  return run;
}

/** One text route to people, no rules that suppress or delay. */
export const makeTemplate = (
  changes: Partial<TemplateDefinition> = {},
  { channel = 'letter', text = 'hello', registry = new TestChannel().registry } = {},
): CompiledTemplate =>
  compileTemplate(registry, 'test', 1, {
    name: 'Test',
    description: '',
    variables: [],
    routes: [{ channel, accounts: [`${channel}-1`], content: { kind: 'text', content: text }, options: {} }],
    strategy: 'first',
    fallback: null,
    dedupe: { content: null, frequency: null },
    quietHours: null,
    onAmbiguous: 'resend',
    overflow: 'delay',
    ttlSeconds: 86_400,
    unknownUser: 'refuse',
    ...changes,
  });

export function onlyRoute({ routes: [route] }: CompiledTemplate): CompiledRoute {
  if (!route) throw new TypeError('a template has a route');
  return route;
}

export const makeAccount = (changes: Partial<SendingAccount> = {}): SendingAccount => ({
  code: 'letter-1',
  channel: 'letter',
  config: {},
  limits: {},
  hosts: { primary: 'https://vendor.example', v1: 'https://v1.vendor.example' },
  status: 'active',
  hasTrouble: false,
  isQueuePaused: false,
  createdAt: new Date('2026-01-01T00:00:00.000Z'),
  version: 1,
  ...changes,
});

/** A delivery that its vendor is asked about. */
export const makePoll = (changes: Partial<ClaimedPoll> = {}): ClaimedPoll => ({
  messageId: MESSAGE_ID,
  no: 1,
  fence: 1,
  tries: 0,
  channel: 'letter',
  account: 'letter-1',
  sent: { providerMsgId: 'id-1', sentAt: new Date('2026-11-22T02:00:00.000Z') },
  recipients: [{ rowNo: 1, type: 'user', id: 'u1', status: 'sent' }],
  ...changes,
});

/** What the validate step hands on for a claimed delivery. */
export const makePrepared = (
  delivery: ClaimedDelivery = makeClaimed(),
  template: CompiledTemplate = makeTemplate(),
): PreparedDelivery => ({
  run: makeRun(delivery),
  delivery,
  template,
  route: onlyRoute(template),
  account: makeAccount({ channel: delivery.channel, code: delivery.account }),
  content: { kind: 'text', content: 'hello' },
  mentions: [],
});
