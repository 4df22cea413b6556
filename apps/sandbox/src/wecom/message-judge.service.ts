import { Injectable } from '@nestjs/common';
import type { JsonObject } from '#libs/core';
import { Refusal } from '../exchange/refusal.js';
import type { VendorCall } from '../exchange/vendor-call.js';
import type { Upload } from '../media/uploads.service.js';
import { AudienceResolver, type Audience } from './audience.service.js';
import { duplicateInterval, judgeAppContent, type JudgedContent } from './content/app-content.js';
import { TaskIds } from './task-ids.service.js';
import { optionalInteger, parseBody } from './wecom-body.js';
import { WecomMedia } from './wecom-media.service.js';
import { CORP_ID, type WecomApp } from './wecom-world.js';

/** An app message that the vendor takes. */
export interface JudgedMessage extends JudgedContent {
  readonly audience: Audience;
  /** Seconds of the duplicate check; undefined: off. */
  readonly intervalS: number | undefined;
  /** What the vendor lets pass but a careful caller would not send. */
  readonly notes: readonly string[];
  readonly media: readonly Upload[];
}

/** Judges an app message from top to bottom; throws a refusal. */
@Injectable()
export class MessageJudge {
  constructor(
    private readonly audiences: AudienceResolver,
    private readonly media: WecomMedia,
    private readonly taskIds: TaskIds,
  ) {}

  judge(app: WecomApp, call: VendorCall): JudgedMessage {
    const body = parseBody(call);
    const notes: string[] = [];
    const named = this.media.namedBy(CORP_ID);
    const content = judgeAppContent(body, {
      notes,
      hasMedia: (mediaId, type) => named.has(mediaId, type),
    });
    judgeAgent(body, app, content.msgtype, notes);
    if (content.callsBack && !app.hasCallback) throw new Refusal(43012, 'app needs a callback url');
    this.taskIds.judge(app.account, content.taskId);
    const intervalS = duplicateInterval(body, notes);
    const audience = this.audiences.resolve(body, notes);
    if (content.msgtype === NOTICE && audience.isEveryone) throw new Refusal(40035, 'miniprogram_notice takes no @all');
    return { ...content, audience, intervalS, notes, media: named.shownIn(call.rawBody) };
  }
}

/** The bound mini program names the app: an agent id means nothing there. */
const NOTICE = 'miniprogram_notice';

function judgeAgent(body: JsonObject, app: WecomApp, msgtype: string, notes: string[]): void {
  const agentId = optionalInteger(body, 'agentid', notes, 40056);
  if (msgtype === NOTICE) {
    if (agentId !== undefined) notes.push(`agentid means nothing for ${NOTICE}`);
    return;
  }
  if (agentId === undefined) throw new Refusal(41011, 'missing agentid');
  if (agentId !== app.agentId) {
    throw new Refusal(301002, 'not allow operate another agent with this accesstoken.');
  }
}
