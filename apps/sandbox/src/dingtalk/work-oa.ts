import { isJsonObject, type JsonObject } from '#libs/core';
import { invalidParameter } from './dingtalk-body.js';
import type { MessageFields } from './message-fields.js';

const SHOWN_FORM_ENTRIES = 6;
const MOST_WITH_STATUS_BAR = 5;

/** Judges an OA message field by field. */
export function judgeOa(oa: MessageFields, { body }: JsonObject): void {
  oa.text('message_url');
  oa.optionalText('pc_message_url');
  const head = oa.nested('head');
  head.text('bgcolor', { pattern: /^[0-9a-f]{8}$/i });
  head.text('text', { advised: 10 });
  if (oa.has('status_bar')) judgeStatusBar(oa.nested('status_bar'));
  if (oa.has('body')) judgeBody(oa.nested('body'), isJsonObject(body) ? body : {});
}

function judgeStatusBar(bar: MessageFields): void {
  bar.text('status_value');
  bar.optionalText('status_bg', { pattern: /^0x[0-9a-f]{8}$/i });
}

function judgeBody(body: MessageFields, { form }: JsonObject): void {
  body.optionalText('title', { advised: 50 });
  for (const name of ['content', 'file_count', 'author']) body.optionalText(name);
  body.optionalMedia('image', 'image');
  if (body.has('form')) body.list('form').forEach((entry) => judgeOptional(entry, 'key', 'value'));
  if (body.has('rich')) judgeOptional(body.nested('rich'), 'num', 'unit');
  if (Array.isArray(form) && form.length > SHOWN_FORM_ENTRIES) body.note('oa.body.form: only 6 entries are shown');
}

function judgeOptional(fields: MessageFields, ...names: readonly string[]): void {
  for (const name of names) fields.optionalText(name);
}

/** A status bar goes to at most 5 users, to no department and not to everybody; what live answers is not documented. */
export function judgeStatusBarAudience({ dept_id_list, msg, to_all_user, userid_list }: JsonObject): void {
  const oa = isJsonObject(msg) ? msg['oa'] : undefined;
  if (!isJsonObject(oa) || oa['status_bar'] === undefined) return;
  const users = typeof userid_list === 'string' ? userid_list.split(',') : [];
  if (dept_id_list !== undefined || to_all_user === true || users.length > MOST_WITH_STATUS_BAR) {
    throw invalidParameter();
  }
}
