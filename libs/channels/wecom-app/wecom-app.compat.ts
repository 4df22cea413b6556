import type { JsonObject, JsonValue } from '#libs/core';
import { refusedAsApp } from '../_wecom/compat-answer.js';
import { CompatRefusedError, contentFrom, wholeNumber, type CompatMessage, type CompatSupport } from '../compat.js';
import { WECOM_APP_CONTENTS } from './contents/index.js';
import type { WecomAppAccount } from './wecom-app.account.js';

const SEPARATOR = '|';
const EVERYBODY = '@all';
const OPTIONS = ['safe', 'enable_id_trans', 'enable_duplicate_check', 'duplicate_check_interval'] as const;

/** Tools that send through an app: `gettoken` (doc 91039) and `message/send` (doc 90236). */
export const wecomAppCompat: CompatSupport<WecomAppAccount> = {
  login: {
    path: 'cgi-bin/gettoken',
    read: ({ corpid = '', corpsecret = '' }) => {
      if (corpid === '') throw new CompatRefusedError('missing_name', 'corpid missing');
      if (corpsecret === '') throw new CompatRefusedError('missing_secret', 'corpsecret missing');
      return { name: corpid, secret: corpsecret };
    },
    isNamed: ({ corpId }, name) => corpId === name,
    granted: (token, expiresInSeconds) => ({
      errcode: 0,
      errmsg: 'ok',
      access_token: token,
      expires_in: expiresInSeconds,
    }),
  },
  send: {
    path: 'cgi-bin/message/send',
    credential: 'access_token',
    read: (body, account) => readMessage(body, account),
    // Who is not reached is known later, and shown with the message.
    accepted: (messageId) => ({
      errcode: 0,
      errmsg: 'ok',
      invaliduser: '',
      invalidparty: '',
      invalidtag: '',
      msgid: messageId,
    }),
  },
  credentialOf: ({ corpSecret }) => corpSecret,
  refused: refusedAsApp,
};

function readMessage(body: JsonObject, { agentId }: WecomAppAccount): CompatMessage {
  const wanted = wholeNumber(body['agentid']);
  if (wanted !== undefined && wanted !== agentId) {
    throw new CompatRefusedError('foreign_app', 'not allow operate another agent with this accesstoken');
  }
  const content = contentFrom(WECOM_APP_CONTENTS, body);
  const recipients = recipientsIn(body);
  if (recipients.length === 0) throw new CompatRefusedError('no_recipients', 'touser, toparty and totag are empty');
  return { content, recipients, options: optionsIn(body) };
}

/** Everybody stands alone: the vendor ignores the other lists beside it. */
function recipientsIn(body: JsonObject): JsonValue[] {
  const users = idsIn(body['touser']);
  if (users.some((id) => id.toLowerCase() === EVERYBODY)) return [{ wecom: { all: true } }];
  return [
    ...users.map((id) => ({ wecom: id })),
    ...idsIn(body['toparty']).map((department) => ({ wecom: { department } })),
    ...idsIn(body['totag']).map((tag) => ({ wecom: { tag } })),
  ];
}

function idsIn(list: JsonValue | undefined): string[] {
  if (list === undefined || list === null) return [];
  if (typeof list !== 'string')
    throw new CompatRefusedError('invalid', 'lists of addressees are texts with "|" between ids');
  const ids = list.split(SEPARATOR).map((id) => id.trim());
  return [...new Set(ids.filter(Boolean))];
}

/** What is switched off needs no saying: kinds that do not know a switch are sent with it all the same. */
function optionsIn(body: JsonObject): JsonObject {
  const given = OPTIONS.map((name) => [name, wholeNumber(body[name])] as const);
  return Object.fromEntries(given.filter((option): option is [(typeof OPTIONS)[number], number] => Boolean(option[1])));
}
