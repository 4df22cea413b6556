import { Injectable } from '@nestjs/common';
import { json, type VendorAnswer } from '../exchange/vendor-answer.js';
import type { VendorCall } from '../exchange/vendor-call.js';
import type { Endpoint } from '../exchange/vendor.js';
import type { Dropped } from '../inbox/inbox-entry.js';
import { Inbox } from '../inbox/inbox.service.js';
import { DingtalkAccess } from './dingtalk-access.service.js';
import { requestId } from './dingtalk-vendor.js';
import { WorkJudge } from './work-judge.service.js';
import { WorkLedger } from './work-ledger.service.js';

@Injectable()
export class AsyncsendEndpoint implements Endpoint {
  readonly path = '/topapi/message/corpconversation/asyncsend_v2';
  readonly methods = ['POST'] as const;
  readonly channel = 'dingtalk-work';
  /** Begins with the time, so that ids of an earlier run do not come back. */
  private lastTaskId = Date.now();

  constructor(
    private readonly access: DingtalkAccess,
    private readonly judges: WorkJudge,
    private readonly ledger: WorkLedger,
    private readonly inbox: Inbox,
  ) {}

  accountOf(call: VendorCall): string | undefined {
    return this.access.accountByToken(call);
  }

  handle(call: VendorCall): VendorAnswer {
    const app = this.access.appByToken(call);
    const { account } = app;
    const { body, audience, ...message } = this.judges.judge(app, call);
    const { members, isEveryone, missed } = audience;
    if (isEveryone) this.ledger.admitToAll(account);
    const late = this.ledger.divide(account, body['msg'], members);
    this.lastTaskId += 1;
    this.inbox.add({
      family: 'dingtalk',
      channel: this.channel,
      account,
      recipients: members.filter((member) => !late.has(member)),
      dropped: [...missed, ...Array.from(late, ([recipient, reason]): Dropped => ({ recipient, reason }))],
      providerMsgId: String(this.lastTaskId),
      ...message,
      call,
    });
    return json({ errcode: 0, errmsg: 'ok', task_id: this.lastTaskId, request_id: requestId() });
  }
}
