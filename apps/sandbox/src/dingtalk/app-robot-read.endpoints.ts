import { Injectable } from '@nestjs/common';
import type { JsonObject } from '#libs/core';
import { Refusal } from '../exchange/refusal.js';
import { json, type VendorAnswer } from '../exchange/vendor-answer.js';
import type { VendorCall } from '../exchange/vendor-call.js';
import type { Endpoint } from '../exchange/vendor.js';
import type { InboxEntry } from '../inbox/inbox-entry.js';
import { AppRobotCalls, groupIn, groupName } from './app-robot-calls.service.js';
import { integer } from './dingtalk-body.js';
import type { DingtalkApp } from './dingtalk-world.js';

const MOST_RESULTS = 200;

const sendStatus = ({ recalledAtMs }: InboxEntry): string => (recalledAtMs === undefined ? 'SUCCESS' : 'RECALLED');

/** The message that `processQueryKey` names. Refuses one that is unknown or too old. */
function messageIn(calls: AppRobotCalls, fields: JsonObject, app: DingtalkApp, target?: string): InboxEntry {
  const { processQueryKey } = fields;
  if (processQueryKey === undefined || processQueryKey === '') {
    throw new Refusal('invalidParameter.processQueryKey.missing', '缺少processQueryKey');
  }
  const entry = calls.sentAs(processQueryKey, app, target);
  if (!entry) throw new Refusal('invalid.processQueryKey', '无效的processQueryKey');
  return entry;
}

/** Who read a one-to-one message. */
@Injectable()
export class ReadStatusEndpoint implements Endpoint {
  readonly path = '/v1.0/robot/oToMessages/readStatus';
  readonly methods = ['GET'] as const;
  readonly channel = 'dingtalk-app-robot';

  constructor(private readonly calls: AppRobotCalls) {}

  accountOf(call: VendorCall): string | undefined {
    return this.calls.accountOf(call);
  }

  handle(call: VendorCall): VendorAnswer {
    const { app, fields } = this.calls.admit(call);
    const entry = messageIn(this.calls, fields, app);
    const messageReadInfoList = entry.recipients.map((userId) => ({
      name: userId,
      userId,
      readStatus: entry.readBy.has(userId) ? 'READ' : 'UNREAD',
    }));
    return json({ sendStatus: sendStatus(entry), messageReadInfoList });
  }
}

/** Who read a group message. A group that is marked as read in the inbox was read by all its members. */
@Injectable()
export class GroupQueryEndpoint implements Endpoint {
  readonly path = '/v1.0/robot/groupMessages/query';
  readonly methods = ['POST'] as const;
  readonly channel = 'dingtalk-app-robot';

  constructor(private readonly calls: AppRobotCalls) {}

  accountOf(call: VendorCall): string | undefined {
    return this.calls.accountOf(call);
  }

  handle(call: VendorCall): VendorAnswer {
    const { app, fields } = this.calls.admit(call);
    const { members, openConversationId } = groupIn(fields);
    const entry = messageIn(this.calls, fields, app, groupName(openConversationId));
    judgePageSize(fields);
    const readUserIds = entry.readBy.size > 0 ? [...members] : [];
    return json({ sendStatus: sendStatus(entry), readUserIds, nextToken: '', hasMore: false });
  }
}

function judgePageSize({ maxResults }: JsonObject): void {
  if (maxResults === undefined) return;
  const size = integer(maxResults);
  if (size === undefined || size < 1 || size > MOST_RESULTS) {
    throw new Refusal('invalidParameter.param.invalid', 'maxResults参数无效');
  }
}
