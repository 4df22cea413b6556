import { Injectable } from '@nestjs/common';
import { isJsonObject, type JsonObject, type JsonValue } from '#libs/core';
import { parsedJson } from '../exchange/parse-json.js';
import { Refusal } from '../exchange/refusal.js';
import type { VendorCall } from '../exchange/vendor-call.js';
import type { InboxEntry, TakenMessage } from '../inbox/inbox-entry.js';
import { Inbox } from '../inbox/inbox.service.js';
import { SandboxClock } from '../state/sandbox-clock.js';
import { judgeAppRobotContent } from './app-robot-content.js';
import { DingtalkAccess } from './dingtalk-access.service.js';
import { DingtalkMedia } from './dingtalk-media.service.js';
import { GROUPS, type DingtalkApp, type DingtalkGroup } from './dingtalk-world.js';

const WINDOW_MS = 24 * 3_600_000;

/** A message whose content is in order. */
export type JudgedRobotMessage = Pick<TakenMessage, 'msgtype' | 'notes' | 'media' | 'call'>;

/** What the calls of app robots have in common: token, robot code, group, and the sent message they ask about. */
@Injectable()
export class AppRobotCalls {
  constructor(
    private readonly access: DingtalkAccess,
    private readonly inbox: Inbox,
    private readonly clock: SandboxClock,
    private readonly media: DingtalkMedia,
  ) {}

  accountOf(call: VendorCall): string | undefined {
    return this.access.accountByToken(call);
  }

  /** The calling app and its fields: those of the JSON body, or of the query where the call is a GET. */
  admit(call: VendorCall): { readonly app: DingtalkApp; readonly fields: JsonObject } {
    const app = this.access.appByHeader(call);
    const fields = call.method === 'GET' ? { ...call.query } : parsedJson(call.rawBody);
    if (!isJsonObject(fields)) throw new Refusal('MissingBody', 'body is mandatory for this action.');
    judgeRobotCode(fields['robotCode'], app);
    return { app, fields };
  }

  /** Judges what a send call says to its receivers. */
  judgeContent(fields: JsonObject, call: VendorCall): JudgedRobotMessage {
    const findings = { texts: [], notes: [], media: this.media.named() };
    const msgtype = judgeAppRobotContent(fields, findings);
    const { msgParam } = fields;
    const shown = findings.media.shownIn(typeof msgParam === 'string' ? msgParam : '');
    return { msgtype, notes: findings.notes, media: shown, call };
  }

  /**
   * The message of this app that the key belongs to; undefined when it is unknown or was sent elsewhere.
   * Refuses a key that is more than 24 hours old.
   */
  sentAs(key: JsonValue | undefined, app: DingtalkApp, target: string | undefined): InboxEntry | undefined {
    const entry = typeof key === 'string' ? this.inbox.findSent(key) : undefined;
    if (entry?.channel !== 'dingtalk-app-robot' || entry.account !== app.account) return undefined;
    if (groupNameIn(entry) !== target) return undefined;
    if (this.clock.nowMs() - entry.atMs <= WINDOW_MS) return entry;
    throw new Refusal('robot.processQueryKey.expired', 'processQueryKey已过期');
  }
}

function judgeRobotCode(robotCode: JsonValue | undefined, app: DingtalkApp): void {
  if (robotCode === undefined) throw new Refusal('invalidParameter.robotCode.missing', '缺少robotCode');
  if (robotCode === '') throw new Refusal('invalidParameter.robotCode.empty', 'robotCode为空');
  if (robotCode !== app.robotCode) throw new Refusal('invalidParameter.robotCode.notExsit', '机器人不存在');
}

/** How the inbox names a group. */
export const groupName = (openConversationId: string): string => `group:${openConversationId}`;

const groupNameIn = ({ recipients }: InboxEntry): string | undefined =>
  recipients.find((recipient) => recipient.startsWith('group:'));

export function groupIn({ openConversationId }: JsonObject): DingtalkGroup {
  if (openConversationId === undefined || openConversationId === '') {
    throw new Refusal('miss.openConversationId', '缺少openConversationId');
  }
  const group = GROUPS.find((candidate) => candidate.openConversationId === openConversationId);
  if (!group) throw new Refusal('invalid.openConversationId', '无效的openConversationId');
  if (group.isDisbanded) throw new Refusal('group.disbanded', '群已经解散');
  return group;
}
