import { Injectable } from '@nestjs/common';
import { json, type VendorAnswer } from '../exchange/vendor-answer.js';
import type { VendorCall } from '../exchange/vendor-call.js';
import type { Endpoint } from '../exchange/vendor.js';
import type { Dropped } from '../inbox/inbox-entry.js';
import { invalidLists, type Audience } from './audience.service.js';
import { MemberFilter } from './member-filter.service.js';
import { MessageJudge } from './message-judge.service.js';
import { SentMessages } from './sent-messages.service.js';
import { WecomAccess } from './wecom-access.service.js';

@Injectable()
export class MessageSendEndpoint implements Endpoint {
  readonly path = '/cgi-bin/message/send';
  readonly methods = ['POST'] as const;
  readonly channel = 'wecom-app';

  constructor(
    private readonly access: WecomAccess,
    private readonly judges: MessageJudge,
    private readonly filter: MemberFilter,
    private readonly sent: SentMessages,
  ) {}

  accountOf(call: VendorCall): string | undefined {
    return this.access.accountByToken(call);
  }

  handle(call: VendorCall): VendorAnswer {
    const app = this.access.appByToken(call);
    const message = this.judges.judge(app, call);
    const { audience, intervalS } = message;
    const { shown, dropped } = this.filter.apply({ app, rawBody: call.rawBody, intervalS, members: audience.members });
    const ids = this.sent.add(
      {
        account: app.account,
        recipients: shown,
        dropped: [...invalidAddressees(audience), ...dropped],
        call,
      },
      message,
    );
    return json({ errcode: 0, errmsg: 'ok', ...invalidLists(audience), ...ids });
  }
}

function invalidAddressees({ invalid: { users, parties, tags } }: Audience): Dropped[] {
  const all = [...users, ...parties.map((id) => `department:${id}`), ...tags.map((id) => `tag:${id}`)];
  return all.map((recipient) => ({ recipient, reason: 'invalid' }));
}
