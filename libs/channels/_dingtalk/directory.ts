import {
  AmbiguousDeliveryError,
  isJsonObject,
  PermanentDeliveryError,
  textOf,
  type JsonObject,
  type JsonValue,
} from '#libs/core';
import type { DirectorySupport, ListedDepartment, ListedUser, LoginPage, UserPage } from '../directory.js';
import type { ProviderCall } from '../provider-call.js';
import type { DingtalkAppCredentials } from './app.account.js';
import { LEGACY_ERRORS } from './errors/index.js';
import { callLegacy } from './legacy.client.js';
import { callV1, requiredText } from './v1.client.js';

const ROOT: ListedDepartment = { id: '1', name: '' };
const PAGE_SIZE = 100;
/** The standard edition allows an app 20 calls of one API in a second; a little less, since calls do not travel evenly. */
const PER_SECOND = 19.5;
/** Reason of the codes 60121 and 40104: nobody has this mobile. */
const NOBODY = 'recipient_unknown';

/**
 * The address book of an in-house app, below the root department and level by level: there is no call that lists all.
 * @param secretsOf what must not show in an error of the account
 */
export function dingtalkDirectory<Account extends DingtalkAppCredentials>(
  secretsOf: (account: Account) => readonly string[],
): DirectorySupport<Account> {
  const ask = async (call: ProviderCall<Account>, path: string, body: JsonObject): Promise<JsonValue | undefined> => {
    const reply = await callLegacy(call, {
      path,
      query: { access_token: call.token },
      body: JSON.stringify(body),
      ruleFor: (code) => (Object.hasOwn(LEGACY_ERRORS, code) ? LEGACY_ERRORS[code] : undefined),
      secrets: [call.token, ...secretsOf(call.account)],
    });
    return reply.body['result'];
  };
  const browserUser = async (call: ProviderCall<Account>, code: string): Promise<string | undefined> => {
    const { appKey: clientId, appSecret: clientSecret } = call.account;
    const secrets = [call.token, code, ...secretsOf(call.account)];
    const body = JSON.stringify({ clientId, clientSecret, code, grantType: 'authorization_code' });
    const answer = await callV1(call, { path: '/v1.0/oauth2/userAccessToken', body, secrets });
    const token = requiredText(answer, 'accessToken');
    const me = await callV1(call, { path: '/v1.0/contact/users/me', token, secrets: [token, ...secrets] });
    const unionid = requiredText(me, 'unionId');
    return unlessNobody(async () => userIdIn(await ask(call, '/topapi/user/getbyunionid', { unionid })));
  };
  return {
    roots: [ROOT],
    perSecond: PER_SECOND,
    async listDepartments(call, parent = ROOT.id) {
      const result = await ask(call, '/topapi/v2/department/listsub', { dept_id: Number(parent) });
      return objectsIn(result).map((item) => ({ id: String(Number(item['dept_id'])), name: textOf(item['name']) }));
    },
    async listUsers(call, department, cursor = '0') {
      const body = { dept_id: Number(department), cursor: Number(cursor), size: PAGE_SIZE };
      return pageIn(await ask(call, '/topapi/v2/user/list', body));
    },
    findByMobile: (call, mobile) =>
      unlessNobody(async () => userIdIn(await ask(call, '/topapi/v2/user/getbymobile', { mobile }))),
    loginUrl,
    exchangeLoginCode: async (call, code, flow) =>
      flow === 'browser' ? browserUser(call, code) : userIdIn(await ask(call, '/topapi/v2/user/getuserinfo', { code })),
  };
}

/** Inside the client a page gets its code from the vendor's script, not from an address. */
function loginUrl({ appKey }: DingtalkAppCredentials, { flow, redirectUri, state }: LoginPage): string | undefined {
  if (flow !== 'browser') return undefined;
  const query = {
    redirect_uri: redirectUri,
    response_type: 'code',
    client_id: appKey,
    scope: 'openid',
    prompt: 'consent',
    state,
  };
  return `https://login.dingtalk.com/oauth2/auth?${new URLSearchParams(query).toString()}`;
}

async function unlessNobody<T>(find: () => Promise<T>): Promise<T | undefined> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof PermanentDeliveryError && error.reason === NOBODY) return undefined;
    throw error;
  }
}

function pageIn(result: JsonValue | undefined): UserPage {
  if (!isJsonObject(result)) throw garbled('result');
  const users = objectsIn(result['list']).map(userOf);
  if (result['has_more'] !== true) return { users };
  const next = Number(result['next_cursor']);
  if (!Number.isSafeInteger(next)) throw garbled('next_cursor');
  return { users, nextCursor: String(next) };
}

function userOf(user: JsonObject): ListedUser {
  const mobile = textOf(user['mobile']);
  const email = textOf(user['email']) || textOf(user['org_email']);
  return {
    id: textOf(user['userid']),
    name: textOf(user['name']),
    ...(mobile && { mobile }),
    ...(email && { email }),
    // False stands for a member who has not logged in yet: messages wait for them.
    isActive: true,
  };
}

/** A list of an answer; an answer without it must not pass for an empty department. */
function objectsIn(list: JsonValue | undefined): JsonObject[] {
  if (!Array.isArray(list)) throw garbled('its list');
  return list.filter(isJsonObject);
}

function userIdIn(result: JsonValue | undefined): string {
  const id = isJsonObject(result) ? textOf(result['userid']) : '';
  if (id) return id;
  throw garbled('userid');
}

const garbled = (name: string): AmbiguousDeliveryError =>
  new AmbiguousDeliveryError('garbled_answer', `DingTalk answered without ${name}`);
