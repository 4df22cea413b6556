import { Injectable } from '@nestjs/common';
import { Refusal } from '../../exchange/refusal.js';
import type { VendorAnswer } from '../../exchange/vendor-answer.js';
import type { VendorCall } from '../../exchange/vendor-call.js';
import { Inbox } from '../../inbox/inbox.service.js';
import { parseBody, requiredText } from '../wecom-body.js';
import { WecomMedia } from '../wecom-media.service.js';
import { CORP_ID } from '../wecom-world.js';
import { CustomerAccess } from './customer-access.service.js';
import { CustomerAudienceResolver } from './customer-audience.service.js';
import { judgeCustomerMessage } from './customer-message.js';
import { CustomerTasks, RESULT } from './customer-tasks.service.js';
import { CustomerEndpoint, ok, pageOf } from './customer.endpoint.js';

const BASE = '/cgi-bin/externalcontact';
const PAGE = { usual: 500, most: 1_000 };
const PART = { notSent: 0, sent: 2 } as const;
const MOST_REMINDERS = 3;

@Injectable()
export class AddMsgTemplateEndpoint extends CustomerEndpoint {
  readonly path = `${BASE}/add_msg_template`;

  constructor(
    access: CustomerAccess,
    private readonly audiences: CustomerAudienceResolver,
    private readonly media: WecomMedia,
    private readonly tasks: CustomerTasks,
  ) {
    super(access);
  }

  handle(call: VendorCall): VendorAnswer {
    const app = this.access.appOf(call);
    const body = parseBody(call);
    const notes: string[] = [];
    const named = this.media.namedBy(CORP_ID);
    const hasMedia = named.has.bind(named);
    const msgtype = judgeCustomerMessage(body, { notes, soft: {}, hasMedia });
    const { failed, parts } = this.audiences.resolve(body, notes);
    const msgid = this.tasks.add({
      family: 'wecom',
      channel: this.channel,
      account: app.account,
      msgtype,
      parts,
      dropped: failed.map((recipient) => ({ recipient, reason: 'invalid' })),
      notes,
      media: named.shownIn(call.rawBody),
      call,
    });
    return ok({ fail_list: [...failed], msgid });
  }
}

/** Which members have confirmed. */
@Injectable()
export class GroupMsgTaskEndpoint extends CustomerEndpoint {
  readonly path = `${BASE}/get_groupmsg_task`;

  constructor(
    access: CustomerAccess,
    private readonly tasks: CustomerTasks,
  ) {
    super(access);
  }

  handle(call: VendorCall): VendorAnswer {
    const entry = this.tasks.taskOf(call);
    this.tasks.judgeDispatched(entry);
    const { next_cursor, page } = pageOf(entry.parts ?? [], parseBody(call), PAGE);
    const task_list = page.map(({ confirmedAtMs: atMs, member }) => ({
      userid: member,
      status: atMs === undefined ? PART.notSent : PART.sent,
      ...(atMs !== undefined && { send_time: Math.floor(atMs / 1_000) }),
    }));
    return ok({ task_list, next_cursor });
  }
}

/** What became of one member's customers. */
@Injectable()
export class GroupMsgResultEndpoint extends CustomerEndpoint {
  readonly path = `${BASE}/get_groupmsg_send_result`;

  constructor(
    access: CustomerAccess,
    private readonly tasks: CustomerTasks,
  ) {
    super(access);
  }

  handle(call: VendorCall): VendorAnswer {
    const entry = this.tasks.taskOf(call);
    this.tasks.judgeDispatched(entry);
    const body = parseBody(call);
    const userid = requiredText(body, 'userid', 40003);
    const part = entry.parts?.find(({ member }) => member === userid);
    if (!part) throw new Refusal(40003, 'invalid userid');
    const { next_cursor, page } = pageOf(part.customers, body, PAGE);
    const send_list = page.map((customer) => {
      const status = this.tasks.resultOf(entry, customer);
      const sentAt = status === RESULT.sent ? { send_time: Math.floor((part.confirmedAtMs ?? 0) / 1_000) } : {};
      return { external_userid: customer, userid, status, ...sentAt };
    });
    return ok({ send_list, next_cursor });
  }
}

/** Stops a task; what was sent stays. */
@Injectable()
export class CancelGroupMsgEndpoint extends CustomerEndpoint {
  readonly path = `${BASE}/cancel_groupmsg_send`;

  constructor(
    access: CustomerAccess,
    private readonly tasks: CustomerTasks,
    private readonly inbox: Inbox,
  ) {
    super(access);
  }

  handle(call: VendorCall): VendorAnswer {
    const entry = this.tasks.taskOf(call);
    if (entry.recalledAtMs !== undefined) throw new Refusal(41093, 'msg has been cancelled');
    this.inbox.markRecalled(entry);
    return ok();
  }
}

/** Reminds the members who have not confirmed. */
@Injectable()
export class RemindGroupMsgEndpoint extends CustomerEndpoint {
  readonly path = `${BASE}/remind_groupmsg_send`;
  private readonly reminders = new WeakMap<object, number>();

  constructor(
    access: CustomerAccess,
    private readonly tasks: CustomerTasks,
  ) {
    super(access);
  }

  handle(call: VendorCall): VendorAnswer {
    const entry = this.tasks.taskOf(call);
    if (entry.recalledAtMs !== undefined) throw new Refusal(41093, 'msg has been cancelled');
    const count = (this.reminders.get(entry) ?? 0) + 1;
    if (count > MOST_REMINDERS) throw new Refusal(41094, 'remind too many times');
    this.reminders.set(entry, count);
    return ok();
  }
}
