import { Injectable } from '@nestjs/common';
import { isJsonObject, type JsonObject } from '#libs/core';
import { json, type VendorAnswer } from '../exchange/vendor-answer.js';
import type { VendorCall } from '../exchange/vendor-call.js';
import type { Endpoint } from '../exchange/vendor.js';
import type { InboxEntry } from '../inbox/inbox-entry.js';
import { Inbox } from '../inbox/inbox.service.js';
import { DingtalkAccess } from './dingtalk-access.service.js';
import { invalidParameter, missing, parseTopapiBody } from './dingtalk-body.js';
import { requestId } from './dingtalk-vendor.js';
import { SentTasks } from './sent-tasks.service.js';

const COLOUR = /^(0x[0-9a-f]{8})?$/i;

/** Of OA messages that were sent with a status bar, while the task is kept: what live answers otherwise is not documented. */
@Injectable()
export class StatusBarEndpoint implements Endpoint {
  readonly path = '/topapi/message/corpconversation/status_bar/update';
  readonly methods = ['POST'] as const;
  readonly channel = 'dingtalk-work';

  constructor(
    private readonly access: DingtalkAccess,
    private readonly tasks: SentTasks,
    private readonly inbox: Inbox,
  ) {}

  accountOf(call: VendorCall): string | undefined {
    return this.access.accountByToken(call);
  }

  handle(call: VendorCall): VendorAnswer {
    const entry = this.tasks.taskOf(call, 'task_id');
    const { status_bg: colour, status_value: status } = parseTopapiBody(call);
    if (status === undefined || status === '') throw missing('status_value');
    if (typeof status !== 'string' || !hasStatusBar(entry)) throw invalidParameter();
    if (colour !== undefined && (typeof colour !== 'string' || !COLOUR.test(colour))) throw invalidParameter();
    const statusBar: JsonObject = { status_value: status, ...(colour !== undefined && { status_bg: colour }) };
    this.inbox.updateCard(entry, { users: entry.recipients, notes: [], statusBar });
    return json({ errcode: 0, errmsg: 'ok', request_id: requestId() });
  }
}

function hasStatusBar({ call }: InboxEntry): boolean {
  const { msg } = parseTopapiBody(call);
  const oa = isJsonObject(msg) ? msg['oa'] : undefined;
  return isJsonObject(oa) && isJsonObject(oa['status_bar']);
}
