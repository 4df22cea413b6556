import { Injectable } from '@nestjs/common';
import type { JsonObject } from '#libs/core';
import { Refusal } from '../exchange/refusal.js';
import type { VendorCall } from '../exchange/vendor-call.js';
import type { Upload } from '../media/uploads.service.js';
import { integer, parseTopapiBody } from './dingtalk-body.js';
import { DingtalkMedia } from './dingtalk-media.service.js';
import type { DingtalkApp } from './dingtalk-world.js';
import { WorkAudienceResolver, type WorkAudience } from './work-audience.service.js';
import { judgeWorkContent } from './work-content.js';
import { judgeStatusBarAudience } from './work-oa.js';

/** A work message that the vendor takes. */
export interface JudgedWork {
  readonly body: JsonObject;
  readonly msgtype: string;
  readonly notes: readonly string[];
  readonly media: readonly Upload[];
  readonly audience: WorkAudience;
}

/** Judges a work message from top to bottom; throws a refusal. */
@Injectable()
export class WorkJudge {
  constructor(
    private readonly audiences: WorkAudienceResolver,
    private readonly media: DingtalkMedia,
  ) {}

  judge(app: DingtalkApp, call: VendorCall): JudgedWork {
    const body = parseTopapiBody(call);
    judgeAgent(body, app);
    const findings = { texts: [], notes: [], media: this.media.named() };
    const msgtype = judgeWorkContent(body['msg'], findings);
    judgeStatusBarAudience(body);
    const audience = this.audiences.resolve(body);
    return { body, msgtype, notes: findings.notes, media: findings.media.shownIn(call.rawBody), audience };
  }
}

function judgeAgent(body: JsonObject, app: DingtalkApp): void {
  if (body['agent_id'] === undefined) throw new Refusal(41011, '缺少agentid');
  if (integer(body['agent_id']) !== app.agentId) throw new Refusal(40056, '不合法的agentid');
}
