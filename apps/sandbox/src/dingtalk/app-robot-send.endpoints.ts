import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import type { JsonObject } from '#libs/core';
import { Refusal } from '../exchange/refusal.js';
import { json, type VendorAnswer } from '../exchange/vendor-answer.js';
import type { VendorCall } from '../exchange/vendor-call.js';
import type { Endpoint } from '../exchange/vendor.js';
import type { Dropped } from '../inbox/inbox-entry.js';
import { Inbox } from '../inbox/inbox.service.js';
import { Habits } from '../world/habits.js';
import { People } from '../world/people.js';
import { AppRobotCalls, groupIn, groupName, type JudgedRobotMessage } from './app-robot-calls.service.js';
import type { DingtalkApp } from './dingtalk-world.js';

const MOST_USERS = 20;

/** Members with this beginning exist and never get a robot's message: the vendor holds them back. */
const HELD_BACK = 'busy';

/** Base64, so that callers who forget to percent-encode it in a query find out. */
const newKey = (): string => randomBytes(16).toString('base64');

interface Audience {
  readonly recipients: readonly string[];
  readonly dropped: readonly Dropped[];
}

/** One-to-one messages: accepted although some people get nothing, who are listed in the answer. */
@Injectable()
export class BatchSendEndpoint implements Endpoint {
  readonly path = '/v1.0/robot/oToMessages/batchSend';
  readonly methods = ['POST'] as const;
  readonly channel = 'dingtalk-app-robot';

  constructor(
    private readonly calls: AppRobotCalls,
    private readonly people: People,
    private readonly habits: Habits,
    private readonly inbox: Inbox,
  ) {}

  accountOf(call: VendorCall): string | undefined {
    return this.calls.accountOf(call);
  }

  handle(call: VendorCall): VendorAnswer {
    const { app, fields } = this.calls.admit(call);
    const audience = this.audienceOf(fields);
    const key = take(this.inbox, { app, audience, ...this.calls.judgeContent(fields, call) });
    return json({ processQueryKey: key, ...leftOut(audience.dropped) });
  }

  private audienceOf({ userIds }: JsonObject): Audience {
    if (!Array.isArray(userIds) || userIds.length === 0)
      throw new Refusal('invalidParameter.userIds.empty', '用户列表为空');
    if (userIds.length > MOST_USERS) throw new Refusal('invalidParameter.userIds.overMax', '用户列表超过上限');
    const ids = [...new Set(userIds)].map((id) => {
      if (typeof id !== 'string' || id === '') throw new Refusal('invalidParameter.userId.empty', '用户为空');
      return id;
    });
    const dropped = ids.flatMap((recipient) => this.dropOf(recipient) ?? []);
    const missed = new Set(dropped.map(({ recipient }) => recipient));
    return { recipients: ids.filter((id) => !missed.has(id)), dropped };
  }

  private dropOf(recipient: string): Dropped | undefined {
    if (recipient.startsWith(HELD_BACK) || this.habits.of(recipient) === 'limited')
      return { recipient, reason: 'flow_control' };
    return this.people.find(recipient) === undefined ? { recipient, reason: 'invalid' } : undefined;
  }
}

/** A message to a chat group. */
@Injectable()
export class GroupSendEndpoint implements Endpoint {
  readonly path = '/v1.0/robot/groupMessages/send';
  readonly methods = ['POST'] as const;
  readonly channel = 'dingtalk-app-robot';

  constructor(
    private readonly calls: AppRobotCalls,
    private readonly inbox: Inbox,
  ) {}

  accountOf(call: VendorCall): string | undefined {
    return this.calls.accountOf(call);
  }

  handle(call: VendorCall): VendorAnswer {
    const { app, fields } = this.calls.admit(call);
    const { openConversationId } = groupIn(fields);
    const message = this.calls.judgeContent(fields, call);
    const audience = { recipients: [groupName(openConversationId)], dropped: [] };
    return json({ processQueryKey: take(this.inbox, { app, audience, ...message }) });
  }
}

interface Taken extends JudgedRobotMessage {
  readonly app: DingtalkApp;
  readonly audience: Audience;
}

/** Puts a message into the inbox; returns its key. */
function take(inbox: Inbox, { app, audience, ...message }: Taken): string {
  const providerMsgId = newKey();
  const { account } = app;
  inbox.add({ family: 'dingtalk', channel: 'dingtalk-app-robot', account, providerMsgId, ...audience, ...message });
  return providerMsgId;
}

/** The answer's lists of people who got nothing; an empty list is left out. */
function leftOut(dropped: readonly Dropped[]): JsonObject {
  const idsOf = (reason: Dropped['reason']): string[] =>
    dropped.filter((drop) => drop.reason === reason).map(({ recipient }) => recipient);
  const [invalid, heldBack] = [idsOf('invalid'), idsOf('flow_control')];
  return {
    ...(invalid.length > 0 && { invalidStaffIdList: invalid }),
    ...(heldBack.length > 0 && { flowControlledStaffIdList: heldBack }),
  };
}
