import { Injectable } from '@nestjs/common';
import { sizeOf, type JsonObject } from '#libs/core';
import { Refusal } from '../exchange/refusal.js';
import { json, type VendorAnswer } from '../exchange/vendor-answer.js';
import type { VendorCall } from '../exchange/vendor-call.js';
import type { Endpoint } from '../exchange/vendor.js';
import { Inbox } from '../inbox/inbox.service.js';
import { missing, parseJsonBody } from './dingtalk-body.js';
import { DingtalkMedia } from './dingtalk-media.service.js';
import { ROBOTS, type DingtalkRobot } from './dingtalk-world.js';
import { MsgUuids } from './msg-uuids.service.js';
import { judgeRobotContent } from './robot-content.js';
import { RobotGate } from './robot-gate.service.js';
import { judgeKeywords } from './robot-security.js';

const MOST_BODY_BYTES = 20_000;

const robotOf = ({ query }: VendorCall): DingtalkRobot | undefined =>
  ROBOTS.find(({ token }) => token === query['access_token']);

/** The custom group robot: no message id, no recall. */
@Injectable()
export class RobotSendEndpoint implements Endpoint {
  readonly path = '/robot/send';
  readonly methods = ['POST'] as const;
  readonly channel = 'dingtalk-robot';

  constructor(
    private readonly gate: RobotGate,
    private readonly media: DingtalkMedia,
    private readonly msgUuids: MsgUuids,
    private readonly inbox: Inbox,
  ) {}

  accountOf(call: VendorCall): string | undefined {
    return robotOf(call)?.label;
  }

  handle(call: VendorCall): VendorAnswer {
    if (!call.query['access_token']) throw missing('access_token');
    const robot = robotOf(call);
    if (!robot) throw new Refusal(300005, 'token is not exist');
    if (sizeOf(call.rawBody, 'bytes') > MOST_BODY_BYTES) {
      throw new Refusal(460101, 'message too long, exceed 20000 bytes');
    }
    const body = parseJsonBody(call);
    this.gate.admit(robot, call);
    this.take(robot, body, call);
    return json({ errcode: 0, errmsg: 'ok' });
  }

  private take(robot: DingtalkRobot, body: JsonObject, call: VendorCall): void {
    const findings = { texts: [], notes: [], media: this.media.named() };
    const msgtype = judgeRobotContent(body, findings);
    judgeKeywords(robot, findings.texts);
    const group = `group:${robot.label}`;
    const isRepeated = this.msgUuids.isRepeated(robot.label, body['msgUuid']);
    this.inbox.add({
      family: 'dingtalk',
      channel: this.channel,
      account: robot.label,
      msgtype,
      recipients: isRepeated ? [] : [group],
      dropped: isRepeated ? [{ recipient: group, reason: 'msg_uuid_repeated' }] : [],
      notes: findings.notes,
      media: findings.media.shownIn(call.rawBody),
      call,
    });
  }
}
