import { Injectable } from '@nestjs/common';
import type { JsonObject } from '#libs/core';
import { Refusal } from '../exchange/refusal.js';
import { json, type VendorAnswer } from '../exchange/vendor-answer.js';
import type { VendorCall } from '../exchange/vendor-call.js';
import type { Endpoint } from '../exchange/vendor.js';
import type { Dropped } from '../inbox/inbox-entry.js';
import { Inbox } from '../inbox/inbox.service.js';
import { DingtalkAccess } from './dingtalk-access.service.js';
import { integer, parseTopapiBody } from './dingtalk-body.js';
import { requestId } from './dingtalk-vendor.js';
import type { DingtalkApp } from './dingtalk-world.js';
import { WorkAudienceResolver } from './work-audience.service.js';
import { judgeWorkContent } from './work-content.js';
import { WorkLedger } from './work-ledger.service.js';
import { judgeStatusBarAudience } from './work-oa.js';

@Injectable()
export class AsyncsendEndpoint implements Endpoint {
  readonly path = '/topapi/message/corpconversation/asyncsend_v2';
  readonly methods = ['POST'] as const;
  readonly channel = 'dingtalk-work';
  /** Begins with the time, so that ids of an earlier run do not come back. */
  private lastTaskId = Date.now();

  constructor(
    private readonly access: DingtalkAccess,
    private readonly audiences: WorkAudienceResolver,
    private readonly ledger: WorkLedger,
    private readonly inbox: Inbox,
  ) {}

  accountOf(call: VendorCall): string | undefined {
    return this.access.accountByToken(call);
  }

  handle(call: VendorCall): VendorAnswer {
    const app = this.access.appByToken(call);
    const body = parseTopapiBody(call);
    judgeAgent(body, app);
    const notes: string[] = [];
    const msgtype = judgeWorkContent(body['msg'], notes);
    judgeStatusBarAudience(body);
    const taskId = this.take(app, { body, msgtype, notes, call });
    return json({ errcode: 0, errmsg: 'ok', task_id: taskId, request_id: requestId() });
  }

  private take(
    { account }: DingtalkApp,
    { body, ...message }: { body: JsonObject; msgtype: string; notes: string[]; call: VendorCall },
  ): number {
    const { members, isEveryone, invalid } = this.audiences.resolve(body);
    if (isEveryone) this.ledger.admitToAll(account);
    const late = this.ledger.divide(account, body['msg'], members);
    this.lastTaskId += 1;
    this.inbox.add({
      family: 'dingtalk',
      channel: this.channel,
      account,
      recipients: members.filter((member) => !late.has(member)),
      dropped: [
        ...invalid.map((recipient): Dropped => ({ recipient, reason: 'invalid' })),
        ...Array.from(late, ([recipient, reason]): Dropped => ({ recipient, reason })),
      ],
      providerMsgId: String(this.lastTaskId),
      ...message,
    });
    return this.lastTaskId;
  }
}

function judgeAgent(body: JsonObject, app: DingtalkApp): void {
  if (body['agent_id'] === undefined) throw new Refusal(41011, '缺少agentid');
  if (integer(body['agent_id']) !== app.agentId) throw new Refusal(40056, '不合法的agentid');
}
