import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import type { JsonObject } from '#libs/core';
import { Refusal } from '../exchange/refusal.js';
import { json, type VendorAnswer } from '../exchange/vendor-answer.js';
import type { VendorCall } from '../exchange/vendor-call.js';
import type { Endpoint } from '../exchange/vendor.js';
import type { Dropped } from '../inbox/inbox-entry.js';
import { Inbox } from '../inbox/inbox.service.js';
import { duplicateInterval, judgeAppContent } from './app-content.js';
import { AudienceResolver, invalidLists, type Audience } from './audience.service.js';
import { MemberFilter } from './member-filter.service.js';
import { WecomAccess } from './wecom-access.service.js';
import { optionalInteger, parseBody } from './wecom-body.js';
import type { WecomApp } from './wecom-world.js';

@Injectable()
export class MessageSendEndpoint implements Endpoint {
  readonly path = '/cgi-bin/message/send';
  readonly methods = ['POST'] as const;
  readonly channel = 'wecom-app';

  constructor(
    private readonly access: WecomAccess,
    private readonly audiences: AudienceResolver,
    private readonly filter: MemberFilter,
    private readonly inbox: Inbox,
  ) {}

  accountOf(call: VendorCall): string | undefined {
    return this.access.accountByToken(call);
  }

  handle(call: VendorCall): VendorAnswer {
    const app = this.access.appByToken(call);
    const body = parseBody(call);
    const notes: string[] = [];
    const msgtype = judgeAppContent(body, notes);
    judgeAgent(body, app, notes);
    const intervalS = duplicateInterval(body, notes);
    const audience = this.audiences.resolve(body, notes);
    const { shown, dropped } = this.filter.apply({ app, rawBody: call.rawBody, intervalS, members: audience.members });
    const providerMsgId = `sbx-${randomBytes(24).toString('base64url')}`;
    this.inbox.add({
      family: 'wecom',
      channel: this.channel,
      account: app.account,
      msgtype,
      recipients: shown,
      dropped: [...invalidAddressees(audience), ...dropped],
      providerMsgId,
      notes,
      call,
    });
    return json({ errcode: 0, errmsg: 'ok', ...invalidLists(audience), msgid: providerMsgId });
  }
}

function judgeAgent(body: JsonObject, app: WecomApp, notes: string[]): void {
  const agentId = optionalInteger(body, 'agentid', notes, 40056);
  if (agentId === undefined) throw new Refusal(41011, 'missing agentid');
  if (agentId !== app.agentId) {
    throw new Refusal(301002, 'not allow operate another agent with this accesstoken.');
  }
}

function invalidAddressees({ invalid: { users, parties, tags } }: Audience): Dropped[] {
  const all = [...users, ...parties.map((id) => `department:${id}`), ...tags.map((id) => `tag:${id}`)];
  return all.map((recipient) => ({ recipient, reason: 'invalid' }));
}
