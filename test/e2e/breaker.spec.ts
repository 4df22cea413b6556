import { expect, it } from '@jest/globals';
import { waitFor } from '#libs/testing';
import type { AnswerBody } from './api-client.js';
import { onEachBackend, type System } from './system.js';

const COUNT = 20;

const healthOf = async ({ api }: System, account: string): Promise<AnswerBody> =>
  (await api.read(`/v1/accounts/${account}`)).health;

/** Provider calls that were recorded for some messages. */
async function attemptsOf({ database }: System, ids: readonly string[]): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM attempt WHERE message_id = ANY ($1::uuid[])',
    [ids],
  );
  return row?.count ?? 0;
}

/** What the workers say about the gates of an account. */
async function gateMetric({ workerUrls }: System, account: string): Promise<string | undefined> {
  const metrics = await (await fetch(`${workerUrls[0] ?? ''}/metrics`)).text();
  return metrics.split('\n').find((line) => line.startsWith('hongyan_account_gate') && line.includes(`"${account}"`));
}

onEachBackend(
  'an outage of the provider',
  (system) => {
    it('opens the breaker, fails nothing, and everything goes out within seconds of its end', async () => {
      const { api, given, sandbox } = system();
      const template = await given.template('wecom-robot');
      const text = given.text('outage');
      const ids: string[] = [];
      await system().withoutSandbox(async () => {
        for (let index = 0; index < COUNT; index += 1)
          ids.push((await api.send(template.message(`${text} ${index}`))).id);
        await waitFor(async () => (await healthOf(system(), template.account)).reason === 'breaker_open', {
          deadlineMs: 20_000,
          what: 'an open breaker',
        });
        expect(await healthOf(system(), template.account)).toMatchObject({
          state: 'failing',
          sinceAt: expect.any(String),
        });
        expect(await gateMetric(system(), template.account)).toMatch(/gate="breaker".* 1$/);
        const { findings, ok } = await api.do(`/v1/accounts/${template.account}/check`);
        expect(ok).toBe(false);
        expect(findings).toContainEqual(expect.objectContaining({ check: 'breaker', ok: false }));
        // Whatever was tried before the breaker opened: probes leave nothing behind.
        expect(await attemptsOf(system(), ids)).toBeLessThanOrEqual(2 * COUNT);
      });
      const healedMs = performance.now();
      await waitFor(async () => (await sandbox.inbox(text)).length > 0, {
        deadlineMs: 5_000,
        what: 'the first message',
      });
      await api.allSettled(ids);
      expect(performance.now() - healedMs).toBeLessThan(10_000);
      const messages = await Promise.all(ids.map((id) => api.message(id)));
      expect(messages.map(({ status, deliveries }) => [status, deliveries[0].attempts])).toEqual(
        ids.map(() => ['sent', 1]),
      );
      expect(await sandbox.inbox(text)).toHaveLength(COUNT);
      expect(await healthOf(system(), template.account)).toMatchObject({ state: 'ok' });
      expect(await gateMetric(system(), template.account)).toBeUndefined();
    });
  },
  { workers: 2 },
);
