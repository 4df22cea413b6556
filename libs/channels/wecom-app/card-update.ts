import { isJsonObject, type JsonObject } from '#libs/core';
import { contentBody } from '../_wecom/content-body.js';
import { WECOM_ERRORS } from '../_wecom/errors/index.js';
import { callWecom, refusalOf } from '../_wecom/wecom.client.js';
import type { CardAudience, CardUpdate, CardUpdateAnswer, CardUpdateSupport } from '../card-update.js';
import type { ProviderCall } from '../provider-call.js';
import { INTERACTIVE } from './task-id.js';
import { WECOM_APP_UPDATES } from './updates/index.js';
import { secretsOf, type WecomAppAccount } from './wecom-app.account.js';

const DAY_SECONDS = 86_400;

/**
 * `update_template_card` (doc 94888): by a code that came with the answer to the send or with a click, one call each within
 * 72 hours. Cards with buttons, votes or selections, and notices with a menu.
 */
export const wecomCards: CardUpdateSupport<WecomAppAccount> = {
  contents: WECOM_APP_UPDATES,
  codeSeconds: 3 * DAY_SECONDS,
  hasAudience: true,

  canUpdate(sent, update): boolean {
    if (sent.kind !== 'template_card') return false;
    const hasButton = INTERACTIVE.includes(sent['card_type']);
    return hasButton || (update.kind === 'template_card' && isJsonObject(sent['action_menu']));
  },

  async update(call, update): Promise<CardUpdateAnswer> {
    const body = updateBody(call, update);
    const reply = await callWecom(call, {
      path: 'message/update_template_card',
      query: { access_token: call.token },
      body,
    });
    const secrets = [call.token, update.code ?? '', ...secretsOf(call.account)];
    if (reply.errcode !== 0) throw refusalOf(reply, WECOM_ERRORS, secrets);
    const { invaliduser: refused } = reply.fields;
    return { refused: Array.isArray(refused) ? refused.filter((id) => typeof id === 'string') : [] };
  },
};

function updateBody({ account }: ProviderCall<WecomAppAccount>, { audience, code, content }: CardUpdate): JsonObject {
  const { msgtype: _type, ...change } = contentBody(WECOM_APP_UPDATES, content);
  return { ...audienceLists(audience), agentid: account.agentId, response_code: code ?? '', ...change };
}

/** Unlike in a send these are lists, and departments and tags are numbers. */
function audienceLists(audience: CardAudience | undefined): JsonObject {
  if (!audience) return { atall: 1 };
  const lists = {
    userids: [...audience.users],
    partyids: audience.departments.map(Number),
    tagids: audience.tags.map(Number),
  };
  return Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));
}
