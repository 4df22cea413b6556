import { Injectable } from '@nestjs/common';
import type { VendorCall } from '../exchange/vendor-call.js';
import type { InboxEntry } from '../inbox/inbox-entry.js';
import { Inbox } from '../inbox/inbox.service.js';
import { SandboxClock } from '../state/sandbox-clock.js';
import { DingtalkAccess } from './dingtalk-access.service.js';
import { integer, invalidParameter, missing, parseTopapiBody } from './dingtalk-body.js';

const WINDOW_MS = 24 * 3_600_000;

/** Finds the sent work message that a later call asks about. */
@Injectable()
export class SentTasks {
  constructor(
    private readonly access: DingtalkAccess,
    private readonly inbox: Inbox,
    private readonly clock: SandboxClock,
  ) {}

  /** `idField` names the task in the body. A foreign, unknown or more than 24 h old task is refused with 400002. */
  taskOf(call: VendorCall, idField: 'task_id' | 'msg_task_id'): InboxEntry {
    const app = this.access.appByToken(call);
    const body = parseTopapiBody(call);
    if (body['agent_id'] === undefined) throw missing('agent_id');
    if (body[idField] === undefined) throw missing(idField);
    const entry = this.inbox.findSent(String(integer(body[idField]) ?? ''));
    const isOwn = integer(body['agent_id']) === app.agentId && entry?.account === app.account;
    if (!isOwn || !entry || this.clock.nowMs() - entry.atMs > WINDOW_MS) throw invalidParameter();
    return entry;
  }
}
