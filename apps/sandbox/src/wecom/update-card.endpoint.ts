import { Injectable } from '@nestjs/common';
import { isJsonObject, type JsonObject, type JsonValue } from '#libs/core';
import { Refusal } from '../exchange/refusal.js';
import { json, type VendorAnswer } from '../exchange/vendor-answer.js';
import type { VendorCall } from '../exchange/vendor-call.js';
import type { Endpoint } from '../exchange/vendor.js';
import type { InboxEntry } from '../inbox/inbox-entry.js';
import { Inbox } from '../inbox/inbox.service.js';
import { judgeCard } from './content/card-content.js';
import { UPDATED_CARDS } from './content/card-rules.js';
import { ResponseCodes } from './response-codes.service.js';
import { WecomAccess } from './wecom-access.service.js';
import { optionalInteger, parseBody, requiredText, wrongType } from './wecom-body.js';
import { WecomMedia } from './wecom-media.service.js';
import { CORP_ID, type WecomApp } from './wecom-world.js';

const MOST = { userids: 1000, partyids: 100, tagids: 100 } as const;
const WITH_BUTTON: readonly JsonValue[] = ['button_interaction', 'vote_interaction', 'multiple_interaction'];

/** Doc 94888. A call that is refused for its own faults leaves the code usable; what live does then is not documented. */
@Injectable()
export class UpdateCardEndpoint implements Endpoint {
  readonly path = '/cgi-bin/message/update_template_card';
  readonly methods = ['POST'] as const;
  readonly channel = 'wecom-app';

  constructor(
    private readonly access: WecomAccess,
    private readonly codes: ResponseCodes,
    private readonly inbox: Inbox,
    private readonly media: WecomMedia,
  ) {}

  accountOf(call: VendorCall): string | undefined {
    return this.access.accountByToken(call);
  }

  handle(call: VendorCall): VendorAnswer {
    const app = this.access.appByToken(call);
    const body = parseBody(call);
    const notes: string[] = [];
    judgeAgent(body, app, notes);
    const code = requiredText(body, 'response_code', 60140);
    const change = this.changeIn(body, notes);
    const wanted = audienceOf(body);
    const entry = this.inbox.findSent(this.codes.peek(app.account, code));
    if (!entry) throw new Refusal(42016, 'task_id to update does not exist');
    if ('button' in change && !WITH_BUTTON.includes(cardIn(entry)['card_type'] ?? null)) {
      throw new Refusal(42031, 'invalid card_type');
    }
    const { reached, refused } = divide(entry, wanted);
    this.codes.redeem(app.account, code);
    this.inbox.updateCard(entry, { users: reached, notes, ...change });
    return json({ errcode: 0, errmsg: 'ok', invaliduser: [...refused] });
  }

  private changeIn(body: JsonObject, notes: string[]): { readonly button: string } | { readonly card: JsonObject } {
    const { button, template_card: card } = body;
    if ((button === undefined) === (card === undefined)) throw new Refusal(40058, 'one of button and template_card');
    if (button !== undefined) {
      if (!isJsonObject(button)) throw wrongType('button');
      return { button: requiredText(button, 'replace_name', 42020) };
    }
    if (!isJsonObject(card)) throw wrongType('template_card');
    const named = this.media.namedBy(CORP_ID);
    judgeCard(card, UPDATED_CARDS, { notes, hasMedia: (mediaId, type) => named.has(mediaId, type) });
    return { card };
  }
}

const cardIn = ({ call }: InboxEntry): JsonObject => {
  const card = parseBody(call)['template_card'];
  return isJsonObject(card) ? card : {};
};

function judgeAgent(body: JsonObject, app: WecomApp, notes: string[]): void {
  const agentId = optionalInteger(body, 'agentid', notes, 40056);
  if (agentId === undefined) throw new Refusal(41011, 'missing agentid');
  if (agentId !== app.agentId) {
    throw new Refusal(301002, 'not allow operate another agent with this accesstoken.');
  }
}

/** Unlike in a send the lists are lists; `undefined` stands for everybody who got the card. */
function audienceOf(body: JsonObject): readonly string[] | undefined {
  const { atall = 0 } = body;
  const users = listIn(body, 'userids', 'string', 40032);
  const parties = listIn(body, 'partyids', 'number', 82002);
  const tags = listIn(body, 'tagids', 'number', 82003);
  if (atall !== 0 && atall !== 1) throw wrongType('atall');
  if (atall === 1) return undefined;
  if (users.length + parties.length + tags.length === 0) throw new Refusal(82101, 'no target to update');
  // Departments and tags stand for all of their members who got the card; here that is everybody.
  return parties.length + tags.length > 0 ? undefined : users;
}

/** `tooLong` is the code for a list with more ids than the vendor takes. */
function listIn<T extends 'string' | 'number'>(
  body: JsonObject,
  field: keyof typeof MOST,
  type: T,
  tooLong: number,
): (T extends 'string' ? string : number)[] {
  const list = body[field] ?? [];
  if (!isListOf(list, type)) throw wrongType(field);
  if (list.length > MOST[field]) throw new Refusal(tooLong, `invalid ${field} size`);
  return list;
}

const isListOf = <T extends 'string' | 'number'>(
  value: JsonValue,
  type: T,
): value is (T extends 'string' ? string : number)[] =>
  Array.isArray(value) && value.every((item) => typeof item === type);

function divide(
  { recipients }: InboxEntry,
  wanted: readonly string[] | undefined,
): { readonly reached: readonly string[]; readonly refused: readonly string[] } {
  if (!wanted) return { reached: recipients, refused: [] };
  const got = new Map(recipients.map((id) => [id.toLowerCase(), id]));
  const ids = wanted.map((id) => id.toLowerCase());
  const reached = ids.flatMap((id) => got.get(id) ?? []);
  if (reached.length === 0) throw new Refusal(82102, 'target is not in the message');
  return { reached, refused: ids.filter((id) => !got.has(id)) };
}
