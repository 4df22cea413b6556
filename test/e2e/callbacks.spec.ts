import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { expect, it } from '@jest/globals';
import { onEachBackend, type System } from './system.js';

/** The vendor's end, written down once more: a mistake in the product's own code must not cancel itself out. */
class Vendor {
  private readonly key: Buffer;

  constructor(
    private readonly token: string,
    aesKey: string,
    private readonly owner: string,
  ) {
    this.key = Buffer.from(`${aesKey}=`, 'base64');
  }

  encrypt(text: string): string {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(Buffer.byteLength(text));
    const plain = Buffer.concat([randomBytes(16), length, Buffer.from(text + this.owner)]);
    const pad = 32 - (plain.length % 32);
    const cipher = createCipheriv('aes-256-cbc', this.key, this.key.subarray(0, 16)).setAutoPadding(false);
    return Buffer.concat([cipher.update(plain), cipher.update(Buffer.alloc(pad, pad))]).toString('base64');
  }

  decrypt(text: string): string {
    const decipher = createDecipheriv('aes-256-cbc', this.key, this.key.subarray(0, 16)).setAutoPadding(false);
    const plain = decipher.update(Buffer.from(text, 'base64'));
    return plain.subarray(20, 20 + plain.readUInt32BE(16)).toString();
  }

  query(encrypted: string, timestamp: string, name = 'msg_signature'): URLSearchParams {
    const parts = [this.token, timestamp, 'nonce-1', encrypted].sort().join('');
    const signature = createHash('sha1').update(parts).digest('hex');
    return new URLSearchParams({ [name]: signature, timestamp, nonce: 'nonce-1' });
  }
}

const KEY = { callbackToken: 'tokenOfThisStory', callbackAesKey: 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ' };
const wecom = new Vendor(KEY.callbackToken, KEY.callbackAesKey, 'wwsandbox00000001');

const seconds = (offset = 0): string => String(Math.floor(Date.now() / 1000) + offset);
const wrapped = (encrypted: string): string => `<xml><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`;

interface Told {
  readonly status: number;
  readonly type: string | null;
  readonly body: string;
}

async function post(url: string, body: string, type = 'text/xml'): Promise<Told> {
  const answer = await fetch(url, { method: 'POST', body, headers: { 'content-type': type } });
  return { status: answer.status, type: answer.headers.get('content-type'), body: await answer.text() };
}

/** Announces 10 MiB and sends a part: the answer must not wait for the rest, and a cut connection must not hide it. */
function statusOfLongBody(url: string): Promise<number | undefined> {
  const headers = { 'content-type': 'text/xml', 'content-length': String(10 * 1024 * 1024) };
  return new Promise((resolve, reject) => {
    const sending = request(url, { method: 'POST', headers }, (answer) => {
      resolve(answer.statusCode);
      sending.destroy();
    });
    sending.on('error', reject);
    sending.write('x'.repeat(1000));
  });
}

async function addressOf({ apiUrl, given }: System): Promise<{ readonly account: string; readonly url: string }> {
  const account = await given.account('wecom-app', { config: KEY });
  return { account, url: `${apiUrl}/v1/callbacks/wecom/${account}` };
}

const event = (name: string, extra = ''): string =>
  `<xml><FromUserName>zhangsan</FromUserName><CreateTime>1760000100</CreateTime><MsgType>event</MsgType><Event>${name}</Event>${extra}</xml>`;

async function kept({ database }: System, account: string): Promise<object[]> {
  return database.query('SELECT type, user_id, details FROM callback_event WHERE account = $1', [account]);
}

const REFUSED = { status: 403, type: 'text/plain; charset=utf-8', body: 'forbidden' };

onEachBackend('the callback address', (system) => {
  it('passes the vendor’s check, and keeps an event that concerns no message', async () => {
    const { account, url } = await addressOf(system());
    const echo = wecom.encrypt('1616140317555161061');
    const query = wecom.query(echo, seconds());
    query.set('echostr', echo);
    const check = await fetch(`${url}?${query.toString()}`);
    expect([check.status, await check.text()]).toEqual([200, '1616140317555161061']);

    const encrypted = wecom.encrypt(event('enter_agent', '<Content>a secret of Zhang San</Content>'));
    const told = await post(`${url}?${wecom.query(encrypted, seconds()).toString()}`, wrapped(encrypted));
    expect(told).toEqual({ status: 200, type: 'text/plain; charset=utf-8', body: 'success' });
    expect(await kept(system(), account)).toEqual([{ type: 'enter_agent', user_id: 'zhangsan', details: {} }]);
  });

  it('takes an event once, however often it is told', async () => {
    const { account, url } = await addressOf(system());
    const encrypted = wecom.encrypt(event('subscribe'));
    const address = `${url}?${wecom.query(encrypted, seconds()).toString()}`;
    const answers = await Promise.all(Array.from({ length: 5 }, () => post(address, wrapped(encrypted))));
    expect(answers.map(({ body, status }) => [status, body])).toEqual(Array(5).fill([200, 'success']));
    // The same event in another envelope: the vendor repeats what it got no answer to.
    const again = wecom.encrypt(event('subscribe'));
    await post(`${url}?${wecom.query(again, seconds()).toString()}`, wrapped(again));
    expect(await kept(system(), account)).toHaveLength(1);
  });

  it('answers everybody whom it does not believe the same', async () => {
    const { api, apiUrl, given } = system();
    const { account, url } = await addressOf(system());
    const without = await given.account('wecom-robot');
    const encrypted = wecom.encrypt(event('subscribe'));
    const query = wecom.query(encrypted, seconds()).toString();
    const old = wecom.query(encrypted, seconds(-301)).toString();
    const foreign = new Vendor(KEY.callbackToken, KEY.callbackAesKey, 'ww0').encrypt(event('subscribe'));
    const told = [
      await post(`${url}?${query}`, wrapped(`${encrypted.slice(0, -8)}AAAAAAA=`)),
      await post(`${url}?${query.replace('nonce-1', 'nonce-2')}`, wrapped(encrypted)),
      await post(`${url}?${old}`, wrapped(encrypted)),
      await post(`${url}?${wecom.query(foreign, seconds()).toString()}`, wrapped(foreign)),
      await post(url, wrapped(encrypted)),
      await post(`${url}?${query}`, ''),
      await post(`${url}?${query}`, '<!DOCTYPE x [<!ENTITY a "b">]><xml><Encrypt>&a;</Encrypt></xml>'),
      await post(`${url}?${query}`, '{}', 'application/json'),
      await post(`${apiUrl}/v1/callbacks/wecom/nobody?${query}`, wrapped(encrypted)),
      await post(`${apiUrl}/v1/callbacks/wecom/${without}?${query}`, wrapped(encrypted)),
      await post(`${apiUrl}/v1/callbacks/dingtalk/${account}?${query}`, wrapped(encrypted)),
      await post(`${apiUrl}/v1/callbacks/no-vendor/${account}?${query}`, wrapped(encrypted)),
    ];
    expect(told).toEqual(told.map(() => REFUSED));
    expect(await kept(system(), account)).toEqual([]);
    const metrics = (await api.get('/metrics')).text;
    expect(metrics).toMatch(/hongyan_callbacks_total\{family="wecom",result="bad_signature"\} [1-9]/);
    expect(metrics).toMatch(/hongyan_callbacks_total\{family="wecom",result="stale"\} [1-9]/);
  });

  it('reads no more than 256 KiB, and other calls still take JSON only', async () => {
    const { api } = system();
    const { url } = await addressOf(system());
    expect(await statusOfLongBody(url)).toBe(413);
    const xml = await api.post('/v1/messages', '<xml/>', { 'content-type': 'text/xml' });
    expect(xml).toMatchObject({ status: 415, body: { code: 'unsupported_media_type' } });
  });

  it('of a DingTalk app answers in an envelope, and finds the message that was read', async () => {
    const { api, apiUrl, database, given } = system();
    const template = await given.template('dingtalk-work', {
      account: await given.account('dingtalk-work', { config: KEY }),
    });
    const message = await api.sendAndSettle(template.message(given.text('read'), { recipients: ['manager01'] }));
    const [{ providerMsgId }] = message.deliveries;
    const dingtalk = new Vendor(KEY.callbackToken, KEY.callbackAesKey, 'dingsandboxkey01');
    const tell = async (document: object): Promise<string> => {
      const encrypt = dingtalk.encrypt(JSON.stringify(document));
      const query = dingtalk.query(encrypt, String(Date.now()), 'signature').toString();
      const url = `${apiUrl}/v1/callbacks/dingtalk/${template.account}?${query}`;
      const told = await post(url, JSON.stringify({ encrypt }), 'application/json');
      expect(told.status).toBe(200);
      return dingtalk.decrypt((JSON.parse(told.body) as { encrypt: string }).encrypt);
    };
    expect(await tell({ EventType: 'check_url' })).toBe('success');
    const read = { EventType: 'robot_msg_read', eventId: 'e-1', UserId: 'manager01', ProcessQueryKey: providerMsgId };
    expect(await tell(read)).toBe('success');
    const rows = await database.query('SELECT type, message_id, delivery_no FROM callback_event WHERE account = $1', [
      template.account,
    ]);
    expect(rows).toEqual([{ type: 'robot_msg_read', message_id: message.id, delivery_no: 1 }]);
  });
});
