import { Injectable } from '@nestjs/common';
import type { JsonObject, JsonValue } from '#libs/core';
import { Refusal } from '../exchange/refusal.js';
import { json, type VendorAnswer } from '../exchange/vendor-answer.js';
import type { VendorCall } from '../exchange/vendor-call.js';
import type { Endpoint } from '../exchange/vendor.js';
import { Inbox } from '../inbox/inbox.service.js';
import { AppRobotCalls, groupIn, groupName } from './app-robot-calls.service.js';

const MOST_KEYS = 20;

/** What is said of a key that the robot never got; live reasons other than SYSTEM_ERROR are not documented. */
const UNKNOWN_KEY = 'invalid.processQueryKey';

abstract class RobotRecallEndpoint implements Endpoint {
  abstract readonly path: string;
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
    const target = this.targetOf(fields);
    const recalled: string[] = [];
    const failed: JsonObject = {};
    for (const key of keysIn(fields)) {
      const entry = this.calls.sentAs(key, app, target);
      if (entry) recalled.push(key);
      else failed[key] = UNKNOWN_KEY;
      if (entry) this.inbox.markRecalled(entry);
    }
    return json({ successResult: recalled, failedResult: failed });
  }

  /** The group that the messages went to; undefined for persons. */
  protected abstract targetOf(fields: JsonObject): string | undefined;
}

/** Takes one-to-one messages back. Its path has a lower-case `oto` where the send has `oTo`. */
@Injectable()
export class BatchRecallEndpoint extends RobotRecallEndpoint {
  readonly path = '/v1.0/robot/otoMessages/batchRecall';

  constructor(calls: AppRobotCalls, inbox: Inbox) {
    super(calls, inbox);
  }

  protected targetOf(): undefined {
    return undefined;
  }
}

@Injectable()
export class GroupRecallEndpoint extends RobotRecallEndpoint {
  readonly path = '/v1.0/robot/groupMessages/recall';

  constructor(calls: AppRobotCalls, inbox: Inbox) {
    super(calls, inbox);
  }

  protected targetOf(fields: JsonObject): string {
    return groupName(groupIn(fields).openConversationId);
  }
}

function keysIn({ processQueryKeys }: JsonObject): readonly string[] {
  const keys: readonly JsonValue[] = Array.isArray(processQueryKeys) ? processQueryKeys : [];
  if (keys.length === 0) throw new Refusal('invalidParameter.processQueryKey.missing', '缺少processQueryKeys');
  if (keys.length > MOST_KEYS)
    throw new Refusal('invalidParameter.processQueryKeys.overMax', 'processQueryKeys超过上限');
  return keys.map((key) => {
    if (typeof key !== 'string' || key === '') throw new Refusal('invalid.processQueryKey', '无效的processQueryKey');
    return key;
  });
}
