import type { Command } from 'commander';
import { numberOf, objectOf, objectsOf, type JsonObject } from '#libs/core';
import { shownOf } from '../api-client.js';
import { CommandFailure, EXIT } from '../failures.js';
import type { Session } from '../session.js';

interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly text: string;
  readonly remedy?: string;
}

type Check = (session: Session) => Promise<readonly Finding[]>;

const CHECKS: readonly Check[] = [readiness, key, accounts, queues, books];

export function addDoctor(program: Command, session: () => Promise<Session>): void {
  program
    .command('doctor')
    .description('look for what keeps messages from arriving: API, key, accounts, queues, books')
    .action(async () => {
      const opened = await session();
      const findings: Finding[] = [];
      for (const check of CHECKS) {
        const found = await check(opened);
        for (const finding of found) tell(opened, finding);
        findings.push(...found);
      }
      opened.terminal.json(findings.map((finding) => ({ ...finding })));
      const wrong = findings.filter(({ ok }) => !ok).length;
      if (wrong > 0) throw new CommandFailure(opened.say('findings', { count: wrong }), EXIT.unsuccessful);
      opened.terminal.note(opened.say('allWell'));
    });
}

function tell({ terminal }: Session, { check, ok, remedy, text }: Finding): void {
  terminal.line(`${ok ? '✓' : '✗'} ${check}  ${text}`);
  if (remedy) terminal.line(`    → ${remedy}`);
}

async function readiness({ api }: Session): Promise<Finding[]> {
  const health = await api.get('/health/ready');
  const checks = Object.entries(objectOf(health['checks']));
  if (checks.length === 0) return [{ check: 'api', ok: health['status'] === 'ok', text: shownOf(health['status']) }];
  return checks.map(([name, state]) => {
    const { reason, status } = objectOf(state);
    return { check: `api ${name}`, ok: status === 'ok', text: shownOf(reason) || shownOf(status) };
  });
}

async function key({ api, say }: Session): Promise<Finding[]> {
  const me = await api.get('/v1/me').catch((error: unknown) => {
    if (error instanceof CommandFailure && error.exitCode === EXIT.refused) return undefined;
    throw error;
  });
  if (!me) throw new CommandFailure(say('noKey'), EXIT.refused);
  return [{ check: 'key', ok: true, text: `${shownOf(me['keyName'])} (${shownOf(me['preset'])})` }];
}

/** Asks each vendor; sends nothing. */
async function accounts({ api }: Session): Promise<Finding[]> {
  const findings: Finding[] = [];
  for await (const account of api.list('/v1/accounts', { limit: 200 })) {
    const code = shownOf(account['code']);
    if (shownOf(account['status']) === 'paused') {
      findings.push({ check: `account ${code}`, ok: false, text: `paused: ${shownOf(account['pausedReason'])}` });
    }
    const { findings: found } = await api.post(`/v1/accounts/${encodeURIComponent(code)}/check`);
    findings.push(...objectsOf(found).map((finding) => accountFinding(code, finding)));
  }
  return findings;
}

const accountFinding = (code: string, finding: JsonObject): Finding => ({
  check: `account ${code} ${shownOf(finding['check'])}`,
  ok: finding['ok'] === true,
  text: shownOf(finding['text']),
  ...(shownOf(finding['remedy']) && { remedy: shownOf(finding['remedy']) }),
});

async function queues({ api }: Session): Promise<Finding[]> {
  const channels = objectsOf((await api.get('/v1/queues'))['data']);
  return channels.map((channel) => ({
    check: `queue ${shownOf(channel['channel'])}`,
    ok: channel['paused'] !== true,
    text:
      channel['paused'] === true
        ? `paused by ${shownOf(channel['pausedBy'])}: ${shownOf(channel['pausedReason'])}`
        : `${numberOf(channel['waiting'])} waiting`,
  }));
}

async function books({ api }: Session): Promise<Finding[]> {
  const balance = await api.get('/v1/stats/balance');
  const text = `${numberOf(balance['accepted'])} recipients of a day`;
  return [{ check: 'books', ok: balance['balanced'] === true, text }];
}
