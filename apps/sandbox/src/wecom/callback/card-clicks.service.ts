import { Injectable } from '@nestjs/common';
import { isJsonObject, type JsonObject, type JsonValue } from '#libs/core';
import { parsedJson } from '../../exchange/parse-json.js';
import type { InboxEntry } from '../../inbox/inbox-entry.js';
import { Inbox } from '../../inbox/inbox.service.js';
import { SandboxClock } from '../../state/sandbox-clock.js';
import { ResponseCodes } from '../response-codes.service.js';
import { APPS, CORP_ID } from '../wecom-world.js';
import { CallbackAddresses, type CallbackAnswer } from './callback-addresses.service.js';

export interface Press {
  readonly user: string;
  readonly key: string;
  readonly selections: readonly { readonly question: string; readonly options: readonly string[] }[];
}

/** Why nothing was pressed. */
export type PressFault = 'no_card' | 'not_a_reader' | 'no_such_button' | 'greyed' | 'no_callback';

/** A member presses a button of a card: the app hears of it, with a new code for the card. */
@Injectable()
export class CardClicks {
  constructor(
    private readonly inbox: Inbox,
    private readonly codes: ResponseCodes,
    private readonly addresses: CallbackAddresses,
    private readonly clock: SandboxClock,
  ) {}

  async press(entry: InboxEntry, press: Press): Promise<CallbackAnswer | PressFault> {
    const sent = sentCard(entry);
    const app = APPS.find(({ account }) => account === entry.account);
    if (!sent || !app || entry.providerMsgId === undefined) return 'no_card';
    if (!entry.recipients.includes(press.user)) return 'not_a_reader';
    const change = entry.changes.findLast(({ users }) => users.includes(press.user));
    if (change?.button !== undefined || change?.card?.['replace_text'] !== undefined) return 'greyed';
    const card = change?.card ?? sent;
    const event = eventFor(card, press.key);
    if (event === undefined) return 'no_such_button';
    const address = this.addresses.find(entry.account);
    if (!address) return 'no_callback';
    this.inbox.addClick(entry, press.user, press.key);
    const code = this.codes.issue(entry.account, entry.providerMsgId);
    const facts = { event, code, taskId: textIn(sent, 'task_id'), cardType: textIn(card, 'card_type') };
    const seconds = Math.floor(this.clock.nowMs() / 1000);
    return this.addresses.send(address, app.agentId, documentOf(press, { ...facts, seconds, agentId: app.agentId }));
  }
}

function sentCard({ call }: InboxEntry): JsonObject | undefined {
  const body = parsedJson(call.rawBody);
  const card = isJsonObject(body) ? body['template_card'] : undefined;
  return isJsonObject(card) ? card : undefined;
}

const textIn = (object: JsonObject, name: string): string => {
  const value = object[name];
  return typeof value === 'string' ? value : '';
};

/** Buttons, the submit button and menu entries call back; links do not. */
function eventFor(card: JsonObject, key: string): string | undefined {
  const { action_menu: menu, button_list: buttons, submit_button: submit } = card;
  const pressed = [...listOf(buttons).filter(({ type }) => type !== 1), ...(isJsonObject(submit) ? [submit] : [])];
  if (pressed.some((button) => button['key'] === key)) return 'template_card_event';
  const actions = isJsonObject(menu) ? listOf(menu['action_list']) : [];
  return actions.some((action) => action['key'] === key) ? 'template_card_menu_event' : undefined;
}

const listOf = (value: JsonValue | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isJsonObject) : [];

interface EventFacts {
  readonly event: string;
  readonly code: string;
  readonly taskId: string;
  readonly cardType: string;
  readonly seconds: number;
  readonly agentId: number;
}

/** The document inside the envelope, as the vendor writes it. */
function documentOf({ key, selections, user }: Press, facts: EventFacts): string {
  const items = selections.map(({ options, question }) => {
    const ids = options.map((option) => element('OptionId', option)).join('');
    return `<SelectedItem>${element('QuestionKey', question)}<OptionIds>${ids}</OptionIds></SelectedItem>`;
  });
  return [
    '<xml>',
    element('ToUserName', CORP_ID),
    element('FromUserName', user),
    `<CreateTime>${facts.seconds}</CreateTime>`,
    element('MsgType', 'event'),
    element('Event', facts.event),
    element('EventKey', key),
    element('TaskId', facts.taskId),
    element('CardType', facts.cardType),
    element('ResponseCode', facts.code),
    `<AgentID>${facts.agentId}</AgentID>`,
    items.length > 0 ? `<SelectedItems>${items.join('')}</SelectedItems>` : '',
    '</xml>',
  ].join('');
}

const element = (name: string, text: string): string =>
  `<${name}><![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]></${name}>`;
