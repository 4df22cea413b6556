import { createHmac } from 'node:crypto';
import { createSandbox, type Sandbox } from '../../../apps/sandbox/src/create-sandbox.js';

export const APP_SECRET = 'sandbox-secret-app-1000002';
export const OTHER_APP_SECRET = 'sandbox-secret-app-1000003';
export const ROBOT_KEY = '5a4d0000-0000-4000-8000-00000000b0b1';
export const DING_ROBOT = 'd1a9000000000000000000000000000000000000000000000000000000000b02';
export const DING_ROBOT_SECRET = 'SECsandbox000000000000000000000000000000000000000000000000000000001';
export const DING_PLAIN_ROBOT = 'd1a9000000000000000000000000000000000000000000000000000000000b03';
export const DING_KEYWORD_ROBOT = 'd1a9000000000000000000000000000000000000000000000000000000000b04';

export interface Answer {
  readonly status: number;
  // The answers of two vendors: each test names the members that it looks at.
  readonly body: Readonly<Record<string, unknown>>;
}

/** A caller of both fake vendors and of the control calls, over real HTTP. */
export class SandboxClient {
  private constructor(private readonly sandbox: Sandbox) {}

  static async start(): Promise<SandboxClient> {
    return new SandboxClient(await createSandbox({ port: 0, host: '127.0.0.1' }));
  }

  get url(): string {
    return this.sandbox.url;
  }

  close(): Promise<void> {
    return this.sandbox.close();
  }

  async get(path: string): Promise<Answer> {
    return toAnswer(await fetch(`${this.url}${path}`));
  }

  /** `body` as text travels as it is. */
  async post(path: string, body: unknown = {}, contentType = 'application/json'): Promise<Answer> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return toAnswer(
      await fetch(`${this.url}${path}`, { method: 'POST', body: text, headers: { 'content-type': contentType } }),
    );
  }

  async delete(path: string): Promise<number> {
    return (await fetch(`${this.url}${path}`, { method: 'DELETE' })).status;
  }

  async list(path: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const entries: unknown = await (await fetch(`${this.url}${path}`)).json();
    if (!Array.isArray(entries)) throw new TypeError(`${path} answered no list`);
    return entries as readonly Readonly<Record<string, unknown>>[];
  }

  inbox(query = ''): Promise<readonly Readonly<Record<string, unknown>>[]> {
    return this.list(`/_sandbox/inbox${query}`);
  }

  async reset(): Promise<void> {
    await this.post('/_sandbox/reset');
  }

  async advance(ms: number): Promise<void> {
    await this.post('/_sandbox/clock', { advanceMs: ms });
  }

  async wecomToken(secret = APP_SECRET): Promise<string> {
    const { body } = await this.get(`/cgi-bin/gettoken?corpid=wwsandbox00000001&corpsecret=${secret}`);
    return String(body['access_token']);
  }

  async sendWecom(body: unknown): Promise<Answer> {
    return this.post(`/cgi-bin/message/send?access_token=${await this.wecomToken()}`, body);
  }

  sendWecomRobot(body: unknown): Promise<Answer> {
    return this.post(`/cgi-bin/webhook/send?key=${ROBOT_KEY}`, body);
  }

  async dingToken(number = 1): Promise<string> {
    const query = `appkey=dingsandboxkey0${number}&appsecret=sandbox-secret-work-0${number}`;
    const { body } = await this.get(`/gettoken?${query}`);
    return String(body['access_token']);
  }

  async ding(call: string, body: unknown): Promise<Answer> {
    const path = `/topapi/message/corpconversation/${call}`;
    return this.post(`${path}?access_token=${await this.dingToken()}`, body);
  }

  sendDingRobot(body: unknown, token = DING_PLAIN_ROBOT): Promise<Answer> {
    return this.post(`/robot/send?access_token=${token}`, body);
  }

  sendSigned(body: unknown, timestampMs: number, secret = DING_ROBOT_SECRET): Promise<Answer> {
    const sign = createHmac('sha256', secret).update(`${timestampMs}\n${secret}`).digest('base64');
    const query = new URLSearchParams({ access_token: DING_ROBOT, timestamp: String(timestampMs), sign });
    return this.post(`/robot/send?${query.toString()}`, body);
  }
}

async function toAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  return { status: response.status, body };
}
