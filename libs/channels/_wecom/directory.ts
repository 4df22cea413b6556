import { AmbiguousDeliveryError, isJsonObject, textOf, type JsonObject, type JsonValue } from '#libs/core';
import type { DirectorySupport, ListedUser, LoginPage } from '../directory.js';
import type { ProviderCall } from '../provider-call.js';
import { WECOM_ERRORS } from './errors/index.js';
import type { WecomReply } from './wecom-reply.js';
import { callWecom, refusalOf, type WecomRequest } from './wecom.client.js';

/** What the address book needs of an account. */
export interface WecomDirectoryAccount {
  readonly corpId: string;
  readonly agentId: number;
}

/** Nobody has this mobile or e-mail. */
const NOBODY = 46004;
const TOO_BIG = 45029;
/** Own limit, far below the corp's 10,000 a minute: sends need the same network. */
const PER_SECOND = 100;
const ACTIVE_STATUSES: ReadonlySet<number> = new Set([1, 4]);

/**
 * The address book of a self-built app: what lies in its visible range. Apps made after 2022-06-20 are told no mobiles and
 * no e-mails, so that matching by them goes the other way, by look-ups.
 * @param secretsOf what must not show in an error of the account
 */
export function wecomDirectory<Account extends WecomDirectoryAccount>(
  secretsOf: (account: Account) => readonly string[],
): DirectorySupport<Account> {
  const ask = async (call: ProviderCall<Account>, request: WecomRequest): Promise<WecomReply> => {
    const reply = await callWecom(call, { ...request, query: { access_token: call.token, ...request.query } });
    if (reply.errcode === 0 || reply.errcode === NOBODY || reply.errcode === TOO_BIG) return reply;
    throw refusalOf(reply, WECOM_ERRORS, [call.token, ...secretsOf(call.account)]);
  };
  const find = async (call: ProviderCall<Account>, path: string, body: JsonObject): Promise<string | undefined> => {
    const reply = await ask(call, { path, query: {}, body });
    return reply.errcode === 0 ? required(reply, 'userid') : undefined;
  };
  return {
    roots: [],
    perSecond: PER_SECOND,
    async listDepartments(call) {
      const reply = await ask(call, { path: 'department/list', query: {} });
      return objectsIn(reply, 'department').map(({ id, name }) => ({ id: idOf(id), name: textOf(name) }));
    },
    async listUsers(call, department) {
      const query = { department_id: department };
      const full = await ask(call, { path: 'user/list', query });
      const reply = full.errcode === TOO_BIG ? await ask(call, { path: 'user/simplelist', query }) : full;
      return { users: objectsIn(reply, 'userlist').map(userOf) };
    },
    findByMobile: (call, mobile) => find(call, 'user/getuserid', { mobile }),
    findByEmail: (call, email) => find(call, 'user/get_userid_by_email', { email, email_type: 1 }),
    loginUrl,
    async exchangeLoginCode(call, code) {
      const reply = await ask(call, { path: 'auth/getuserinfo', query: { code } });
      return textOf(reply.fields['userid']) || undefined;
    },
  };
}

/** Inside the client by consent, in a browser by QR code. */
function loginUrl({ agentId, corpId }: WecomDirectoryAccount, { flow, redirectUri, state }: LoginPage): string {
  const common = { appid: corpId, redirect_uri: redirectUri };
  if (flow === 'browser') {
    const query = { login_type: 'CorpApp', ...common, agentid: String(agentId), state };
    return `https://login.work.weixin.qq.com/wwlogin/sso/login?${new URLSearchParams(query).toString()}`;
  }
  const query = { ...common, response_type: 'code', scope: 'snsapi_base', state, agentid: String(agentId) };
  // The client reads the fragment; without it the page does not open.
  return `https://open.weixin.qq.com/connect/oauth2/authorize?${new URLSearchParams(query).toString()}#wechat_redirect`;
}

function userOf(user: JsonObject): ListedUser {
  const mobile = textOf(user['mobile']);
  const email = textOf(user['email']) || textOf(user['biz_mail']);
  const { status } = user;
  return {
    id: textOf(user['userid']),
    name: textOf(user['name']),
    ...(mobile && { mobile }),
    ...(email && { email }),
    isActive: typeof status !== 'number' || ACTIVE_STATUSES.has(status),
  };
}

/** A list of an answer; an answer without it must not pass for an empty address book. */
function objectsIn({ fields }: WecomReply, name: string): JsonObject[] {
  const list = fields[name];
  if (!Array.isArray(list)) throw new AmbiguousDeliveryError('garbled_answer', `WeCom answered without ${name}`);
  return list.filter(isJsonObject);
}

function required({ fields }: WecomReply, name: string): string {
  const value = textOf(fields[name]);
  if (value) return value;
  throw new AmbiguousDeliveryError('garbled_answer', `WeCom answered without ${name}`);
}

const idOf = (value: JsonValue | undefined): string => (typeof value === 'number' ? String(value) : textOf(value));
