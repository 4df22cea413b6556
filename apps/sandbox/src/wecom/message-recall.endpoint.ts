import { Injectable } from '@nestjs/common';
import { Refusal } from '../exchange/refusal.js';
import { json, type VendorAnswer } from '../exchange/vendor-answer.js';
import type { VendorCall } from '../exchange/vendor-call.js';
import type { Endpoint } from '../exchange/vendor.js';
import { Inbox } from '../inbox/inbox.service.js';
import { SandboxClock } from '../state/sandbox-clock.js';
import { WecomAccess } from './wecom-access.service.js';
import { parseBody, requiredText } from './wecom-body.js';

const RECALL_WINDOW_MS = 24 * 3_600_000;

/** A second recall of the same message is answered like the first; the vendor's own answer is not documented. */
@Injectable()
export class MessageRecallEndpoint implements Endpoint {
  readonly path = '/cgi-bin/message/recall';
  readonly methods = ['POST'] as const;
  readonly channel = 'wecom-app';

  constructor(
    private readonly access: WecomAccess,
    private readonly inbox: Inbox,
    private readonly clock: SandboxClock,
  ) {}

  accountOf(call: VendorCall): string | undefined {
    return this.access.accountByToken(call);
  }

  handle(call: VendorCall): VendorAnswer {
    const app = this.access.appByToken(call);
    const entry = this.inbox.findSent(requiredText(parseBody(call), 'msgid', 40063));
    if (entry?.account !== app.account)
      throw new Refusal(40058, 'msgid not sent by this app. invalid Request Parameter');
    if (this.clock.nowMs() - entry.atMs > RECALL_WINDOW_MS) throw new Refusal(42052, 'msgid expired');
    this.inbox.markRecalled(entry);
    return json({ errcode: 0, errmsg: 'ok' });
  }
}
