import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import type { JsonObject } from '#libs/core';
import { Inbox } from '../inbox/inbox.service.js';
import type { TakenMessage } from '../inbox/inbox-entry.js';
import type { JudgedMessage } from './message-judge.service.js';
import { ResponseCodes } from './response-codes.service.js';
import { TaskIds } from './task-ids.service.js';

type Taken = Pick<TakenMessage, 'account' | 'recipients' | 'dropped' | 'call'>;

/** Remembers what apps have sent, and hands out the ids that later calls refer to. */
@Injectable()
export class SentMessages {
  constructor(
    private readonly inbox: Inbox,
    private readonly taskIds: TaskIds,
    private readonly codes: ResponseCodes,
  ) {}

  /** `msgid`, and `response_code` of a card that can be updated. */
  add(taken: Taken, { msgtype, notes, media, taskId, callsBack }: JudgedMessage): JsonObject {
    const providerMsgId = `sbx-${randomBytes(24).toString('base64url')}`;
    this.taskIds.take(taken.account, taskId);
    this.inbox.add({ ...taken, family: 'wecom', channel: 'wecom-app', msgtype, notes, media, providerMsgId });
    const responseCode = callsBack ? { response_code: this.codes.issue(taken.account, providerMsgId) } : {};
    return { msgid: providerMsgId, ...responseCode };
  }
}
