import { Injectable } from '@nestjs/common';
import { Refusal } from '../exchange/refusal.js';
import { json, type VendorAnswer } from '../exchange/vendor-answer.js';
import type { VendorCall } from '../exchange/vendor-call.js';
import type { Endpoint } from '../exchange/vendor.js';
import { Inbox } from '../inbox/inbox.service.js';
import { RateLimits } from '../state/rate-limits.js';
import type { RateRule } from '../state/rate-window.js';
import { judgeRobotContent } from './content/robot-content.js';
import { parseBody } from './wecom-body.js';
import { WecomMedia } from './wecom-media.service.js';
import { robotLabel } from './wecom-world.js';

/** Per robot; calls with bad content count too. */
const PER_MINUTE: RateRule = { limit: 20, windowMs: 60_000, blockMs: 60_000 };

@Injectable()
export class WebhookSendEndpoint implements Endpoint {
  readonly path = '/cgi-bin/webhook/send';
  readonly methods = ['POST'] as const;
  readonly channel = 'wecom-robot';

  constructor(
    private readonly limits: RateLimits,
    private readonly inbox: Inbox,
    private readonly media: WecomMedia,
  ) {}

  accountOf({ query }: VendorCall): string | undefined {
    return robotLabel(query['key']);
  }

  handle(call: VendorCall): VendorAnswer {
    const robot = this.accountOf(call);
    if (robot === undefined) throw new Refusal(93000, 'invalid webhook url');
    if (!this.limits.admits(PER_MINUTE, robot)) throw new Refusal(45009, 'api freq out of limit');
    const notes: string[] = [];
    const named = this.media.namedBy(robot);
    const msgtype = judgeRobotContent(parseBody(call), {
      notes,
      hasMedia: (mediaId, type) => named.has(mediaId, type),
    });
    this.inbox.add({
      family: 'wecom',
      channel: this.channel,
      account: robot,
      msgtype,
      recipients: [`group:${robot}`],
      dropped: [],
      notes,
      media: named.shownIn(call.rawBody),
      call,
    });
    return json({ errcode: 0, errmsg: 'ok' });
  }
}
