import { beforeEach, describe, expect, it } from '@jest/globals';
import type { AccountBreaker, AccountReader, SendingAccount } from '#libs/accounts';
import { NotFoundError, ValidationError } from '#libs/core';
import type { ClaimedDelivery, LeaseKeeper } from '#libs/messages';
import type { CompiledTemplate, TemplateCatalogue, TemplateDefinition } from '#libs/templates';
import { DispatchRun } from '../dispatch-run.js';
import { MESSAGE_ID, makeAccount, makeClaimed, makeLease, makeRecipient, makeTemplate } from '../testing/factories.js';
import { SendingGates } from '../sending-gates.js';
import { ValidateStep } from './validate.step.js';

const NOW = new Date('2026-11-22T15:00:00.000Z');
const later = (ms: number): Date => new Date(NOW.getTime() + ms);
const night = (changes: Partial<NonNullable<TemplateDefinition['quietHours']>> = {}) =>
  ({
    quietHours: {
      from: '22:00',
      to: '08:00',
      timeZone: 'Asia/Shanghai',
      action: 'delay',
      highBypasses: false,
      ...changes,
    },
  }) as const;

describe('the validate step', () => {
  let claimed: ClaimedDelivery | undefined;
  let template: CompiledTemplate;
  let account: SendingAccount;
  let run: DispatchRun;
  let isProbeFree: boolean;

  beforeEach(() => {
    claimed = makeClaimed();
    template = makeTemplate();
    account = makeAccount();
    run = new DispatchRun(MESSAGE_ID, 1);
    isProbeFree = false;
  });

  const validate = () => {
    const leases = { claim: () => Promise.resolve(claimed && makeLease(claimed)) };
    const catalogue = {
      getVersion: () => Promise.resolve(template),
      compileInline: () => makeTemplate({}, { text: 'inline' }),
    };
    const accounts = { get: () => Promise.resolve(account), invalidate: () => undefined };
    const breaker = { takeProbe: () => Promise.resolve(isProbeFree) };
    const clock = { now: () => NOW, monotonicMs: () => 0 };
    return new ValidateStep(
      leases as unknown as LeaseKeeper,
      catalogue as unknown as TemplateCatalogue,
      new SendingGates(accounts as unknown as AccountReader, breaker as unknown as AccountBreaker, clock),
      clock,
    ).run(run);
  };

  it('has nothing to say about a delivery that is not to be had', async () => {
    claimed = undefined;
    await expect(validate()).resolves.toEqual({ stop: null });
    expect(run.delivery).toBeUndefined();
  });

  it('renders the content with the values of message and delivery', async () => {
    template = makeTemplate({}, { text: 'order {{id}}' });
    claimed = makeClaimed({ params: { id: 'A1' } });
    await expect(validate()).resolves.toMatchObject({
      next: { content: { content: 'order A1' }, account, delivery: claimed },
    });
    expect(run.delivery).toBe(claimed);
  });

  it('renders the content of a message without a template', async () => {
    const { template: _code, templateVersion: _version, ...inline } = makeClaimed();
    claimed = { ...inline, inlineContent: {} };
    await expect(validate()).resolves.toMatchObject({ next: { content: { content: 'inline' } } });
  });

  it('mentions the people that were planned at acceptance', async () => {
    template = makeTemplate({}, { channel: 'board' });
    const mentions = [{ type: 'user', id: 'li' }];
    claimed = makeClaimed({ recipients: [makeRecipient(1, { addresseeType: 'group', detail: { mentions } })] });
    await expect(validate()).resolves.toMatchObject({ next: { mentions } });
  });

  it('waits behind the closed gates of the account', async () => {
    account = makeAccount({ status: 'paused' });
    await expect(validate()).resolves.toEqual({ stop: { status: 'scheduled', reason: 'account_paused', waitMs: 0 } });
    account = makeAccount({ blockedUntil: later(2_500) });
    await expect(validate()).resolves.toEqual({ stop: { status: 'scheduled', reason: 'rate_limited', waitMs: 2_500 } });
    account = makeAccount({ breakerOpenedAt: later(-60_000) });
    await expect(validate()).resolves.toEqual({ stop: { status: 'scheduled', reason: 'breaker_open', waitMs: 0 } });
    account = makeAccount({ isQueuePaused: true, status: 'paused' });
    await expect(validate()).resolves.toEqual({ stop: { status: 'scheduled', reason: 'queue_paused', waitMs: 0 } });
  });

  it('goes through an open breaker when it is the one to try', async () => {
    account = makeAccount({ breakerOpenedAt: later(-60_000) });
    isProbeFree = true;
    await expect(validate()).resolves.toHaveProperty('next');
    expect(run.isProbe).toBe(true);
  });

  it('does not try in quiet hours whether the vendor is back', async () => {
    template = makeTemplate(night());
    account = makeAccount({ breakerOpenedAt: later(-60_000) });
    isProbeFree = true;
    await expect(validate()).resolves.toHaveProperty('stop.reason', 'quiet_hours');
    expect(run.isProbe).toBe(false);
  });

  it('takes gates that have opened for open', async () => {
    account = makeAccount({ blockedUntil: NOW, breakerUntil: later(-1), hasTrouble: true });
    await expect(validate()).resolves.toHaveProperty('next');
  });

  it('waits for the end of quiet hours, or drops the message, as the template says', async () => {
    template = makeTemplate(night());
    await expect(validate()).resolves.toEqual({
      stop: { status: 'scheduled', reason: 'quiet_hours', waitMs: 9 * 3_600_000 },
    });
    template = makeTemplate(night({ action: 'drop' }));
    await expect(validate()).resolves.toEqual({
      stop: {
        status: 'suppressed',
        reason: 'quiet_hours_drop',
        rest: { status: 'suppressed', reason: 'quiet_hours_drop' },
      },
    });
  });

  it('lets high priority through quiet hours only where the template says so', async () => {
    claimed = makeClaimed({ priority: 1 });
    template = makeTemplate(night());
    await expect(validate()).resolves.toHaveProperty('stop.reason', 'quiet_hours');
    template = makeTemplate(night({ highBypasses: true }));
    await expect(validate()).resolves.toHaveProperty('next');
    claimed = makeClaimed({ priority: 10 });
    await expect(validate()).resolves.toHaveProperty('stop.reason', 'quiet_hours');
  });

  it('sends a trial at any time and without dedupe', async () => {
    template = makeTemplate({ ...night(), dedupe: { content: { limit: 1, windowSeconds: 300 }, frequency: null } });
    claimed = makeClaimed({ isTest: true });
    await expect(validate()).resolves.toMatchObject({
      next: { template: { dedupe: { content: null, frequency: null } } },
    });
  });

  it('refuses content that has become too long, and a route that is gone', async () => {
    template = makeTemplate({}, { text: '{{text}}' });
    claimed = makeClaimed({ params: { text: 'x'.repeat(61) } });
    await expect(validate()).rejects.toThrow(ValidationError);
    claimed = makeClaimed({ routeNo: 2 });
    await expect(validate()).rejects.toThrow(NotFoundError);
    // The claim stands all the same: the outcome is written under it.
    expect(run.delivery).toBe(claimed);
  });
});
