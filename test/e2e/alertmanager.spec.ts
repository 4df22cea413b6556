import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { waitFor } from '#libs/testing';
import { onEachBackend } from './system.js';

const PROGRAM = '/usr/bin/prometheus-alertmanager';
const ABSENT = `${PROGRAM} is not there: apt-get install prometheus-alertmanager (CONTRIBUTING.md names what tests need)`;

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** A real Alertmanager in a folder of its own, told to speak to WeCom at our address. */
class Alertmanager {
  private constructor(
    private readonly process: ChildProcess,
    private readonly folder: string,
    private readonly url: string,
    readonly log: string[],
  ) {}

  static async start(config: string): Promise<Alertmanager> {
    if (!existsSync(PROGRAM)) throw new Error(ABSENT);
    const folder = await mkdtemp(join(tmpdir(), 'hongyan-alertmanager-'));
    await writeFile(join(folder, 'alertmanager.yml'), config);
    const address = `127.0.0.1:${await freePort()}`;
    const child = spawn(PROGRAM, [
      `--config.file=${join(folder, 'alertmanager.yml')}`,
      `--storage.path=${folder}`,
      `--web.listen-address=${address}`,
      '--cluster.listen-address=',
    ]);
    const log: string[] = [];
    child.stderr.on('data', (chunk: Buffer) => log.push(chunk.toString()));
    const alertmanager = new Alertmanager(child, folder, `http://${address}`, log);
    await waitFor(() => alertmanager.isReady(), { deadlineMs: 20_000, intervalMs: 100, what: 'a ready Alertmanager' });
    return alertmanager;
  }

  async alert(summary: string): Promise<void> {
    const alerts = [{ labels: { alertname: 'DiskFull', severity: 'critical' }, annotations: { summary } }];
    const answer = await fetch(`${this.url}/api/v2/alerts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(alerts),
    });
    expect(answer.status).toBe(200);
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill();
    await ended;
    await rm(this.folder, { recursive: true });
  }

  private async isReady(): Promise<boolean> {
    return fetch(`${this.url}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  }
}

onEachBackend('Prometheus Alertmanager with its WeCom receiver', (system) => {
  it('delivers an alert through us without knowing it', async () => {
    const { api, apiUrl, given, sandbox } = system();
    const account = await given.account('wecom-app');
    const { key } = await given.newKey({ preset: 'caller', caller: await given.caller(), accounts: [account] });
    const alertmanager = await Alertmanager.start(`
route: { receiver: wecom, group_wait: 0s, group_interval: 1s, repeat_interval: 1h }
receivers:
  - name: wecom
    wechat_configs:
      - api_url: '${apiUrl}/compat/wecom/cgi-bin/'
        corp_id: '${account}'
        api_secret: '${key}'
        agent_id: '1000002'
        to_user: 'zhangsan'
        message: '{{ range .Alerts }}{{ .Labels.alertname }}: {{ .Annotations.summary }}{{ end }}'
`);
    try {
      const summary = given.text('/var is 98 % full');
      await alertmanager.alert(summary);
      const found = async () => (await sandbox.inbox(summary))[0];
      const entry = await waitFor(found, { deadlineMs: 30_000, intervalMs: 100, what: 'the alert in the inbox' }).catch(
        (cause: unknown) => Promise.reject(new Error(alertmanager.log.join(''), { cause })),
      );
      expect(entry).toMatchObject({ channel: 'wecom-app', recipients: ['zhangsan'] });
      const ours = async () =>
        (await api.list('/v1/messages')).find(({ metadata }) => metadata?.endpoint !== undefined);
      const message = await waitFor(ours, { deadlineMs: 10_000, intervalMs: 50, what: 'the message in the log' });
      expect(await api.settled(message.id)).toMatchObject({
        template: null,
        status: 'sent',
        deliveries: [{ channel: 'wecom-app', account }],
      });
    } finally {
      await alertmanager.stop();
    }
  });
});
