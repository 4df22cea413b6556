import { Injectable } from '@nestjs/common';
import type { JsonObject } from '#libs/core';
import { Refusal } from '../exchange/refusal.js';
import { json, type VendorAnswer } from '../exchange/vendor-answer.js';
import type { VendorCall } from '../exchange/vendor-call.js';
import type { Endpoint } from '../exchange/vendor.js';
import type { DropReason, InboxEntry } from '../inbox/inbox-entry.js';
import { Inbox } from '../inbox/inbox.service.js';
import { DingtalkAccess } from './dingtalk-access.service.js';
import { requestId } from './dingtalk-vendor.js';
import { SandboxClock } from '../state/sandbox-clock.js';
import { SentTasks } from './sent-tasks.service.js';
import { dealtWith, progressOf, type TaskProgress } from './task-progress.js';
import { DAILY_PER_PERSON } from './work-ledger.service.js';

const BASE = '/topapi/message/corpconversation';
const MOST_WITH_RESULT = 100;

/** Vendor code and threshold of each silent drop. */
const FORBIDDEN: Readonly<Partial<Record<DropReason, { readonly code: string; readonly count: number }>>> = {
  minute_limit: { code: '143103', count: 5000 },
  daily_limit: { code: '143105', count: DAILY_PER_PERSON },
  same_content_today: { code: '143106', count: 1 },
  protected: { code: '1430004', count: 0 },
};

const ok = (members: JsonObject = {}): VendorAnswer =>
  json({ errcode: 0, errmsg: 'ok', ...members, request_id: requestId() });

abstract class TaskEndpoint implements Endpoint {
  abstract readonly path: string;
  readonly methods = ['POST'] as const;
  readonly channel = 'dingtalk-work';

  constructor(private readonly access: DingtalkAccess) {}

  accountOf(call: VendorCall): string | undefined {
    return this.access.accountByToken(call);
  }

  abstract handle(call: VendorCall): VendorAnswer;
}

/** A task is worked off within two seconds of the sandbox clock. */
@Injectable()
export class SendProgressEndpoint extends TaskEndpoint {
  readonly path = `${BASE}/getsendprogress`;

  constructor(
    access: DingtalkAccess,
    private readonly tasks: SentTasks,
    private readonly clock: SandboxClock,
  ) {
    super(access);
  }

  handle(call: VendorCall): VendorAnswer {
    const { percent, status } = progressOf(this.tasks.taskOf(call, 'task_id'), this.clock.nowMs());
    return ok({ progress: { progress_in_percent: percent, status } });
  }
}

/** Live, the call times out above 100 receivers; here it answers "system busy" at once. */
@Injectable()
export class SendResultEndpoint extends TaskEndpoint {
  readonly path = `${BASE}/getsendresult`;

  constructor(
    access: DingtalkAccess,
    private readonly tasks: SentTasks,
    private readonly clock: SandboxClock,
  ) {
    super(access);
  }

  handle(call: VendorCall): VendorAnswer {
    const entry = this.tasks.taskOf(call, 'task_id');
    if (entry.recipients.length + entry.dropped.length > MOST_WITH_RESULT) throw new Refusal(-1, '系统繁忙');
    return ok({ send_result: resultOf(entry, progressOf(entry, this.clock.nowMs())) });
  }
}

/** A second recall is answered like the first; the vendor's own answer is not documented. */
@Injectable()
export class WorkRecallEndpoint extends TaskEndpoint {
  readonly path = `${BASE}/recall`;

  constructor(
    access: DingtalkAccess,
    private readonly tasks: SentTasks,
    private readonly inbox: Inbox,
  ) {
    super(access);
  }

  handle(call: VendorCall): VendorAnswer {
    this.inbox.markRecalled(this.tasks.taskOf(call, 'msg_task_id'));
    return ok();
  }
}

function resultOf(entry: InboxEntry, progress: TaskProgress): JsonObject {
  const { readBy } = entry;
  const [recipients, dropped] = [dealtWith(entry.recipients, progress), dealtWith(entry.dropped, progress)];
  const undelivered = dropped.filter(({ reason }) => reason === 'undelivered');
  const invalid = dropped.filter(({ reason }) => reason === 'invalid').map(({ recipient }) => recipient);
  const [departments, users] = [invalid.filter(isDepartment), invalid.filter((id) => !isDepartment(id))];
  const forbidden = dropped.flatMap(({ recipient, reason }) => {
    const rule = FORBIDDEN[reason];
    return rule ? [{ ...rule, userid: recipient }] : [];
  });
  return {
    invalid_user_id_list: users,
    forbidden_user_id_list: forbidden.map(({ userid }) => userid),
    failed_user_id_list: undelivered.map(({ recipient }) => recipient),
    read_user_id_list: [...readBy],
    unread_user_id_list: recipients.filter((recipient) => !readBy.has(recipient)),
    invalid_dept_id_list: departments.map((name) => Number(name.slice('department:'.length))),
    forbidden_list: forbidden,
  };
}

const isDepartment = (name: string): boolean => name.startsWith('department:');
