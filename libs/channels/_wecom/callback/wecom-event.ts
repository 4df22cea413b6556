import { cutText, characters, isJsonObject, type JsonObject } from '#libs/core';
import type { CallbackEvent, CardClick } from '../../callback.js';
import { listIn, textIn } from './callback-xml.js';

/** What tells one event from another; the pair that the vendor suggests, sender and second, is too coarse. */
const IDENTITY = [
  'MsgType',
  'Event',
  'ChangeType',
  'FromUserName',
  'CreateTime',
  'MsgId',
  'EventKey',
  'TaskId',
  'UserID',
  'ExternalUserID',
  // Changes of departments and tags name nobody: these tell one from another within a second.
  'Id',
  'TagId',
  'TagType',
  'ResponseCode',
];

/** Kept with an event: ids and kinds, nothing that a person wrote. */
const KEPT: Readonly<Record<string, string>> = {
  AgentID: 'agentId',
  ChangeType: 'changeType',
  EventKey: 'key',
  TaskId: 'taskId',
  CardType: 'cardType',
  UserID: 'userId',
  ExternalUserID: 'externalUserId',
  Id: 'id',
  TagId: 'tagId',
  TagType: 'tagType',
};

const CLICKS: readonly string[] = ['template_card_event', 'template_card_menu_event'];
const LONGEST = characters(1024);

/** The event in a decrypted document. A message that a member wrote is one of type `message.<its type>`. */
export function eventIn(document: JsonObject): CallbackEvent {
  const type = typeOf(document);
  const user = textIn(document, 'FromUserName');
  const seconds = Number(textIn(document, 'CreateTime'));
  return {
    type,
    identity: JSON.stringify(IDENTITY.map((name) => textIn(document, name))),
    ...(user !== '' && { user: cutText(user, LONGEST) }),
    ...(seconds > 0 && seconds < 1e11 && { happenedAt: new Date(seconds * 1000) }),
    details: detailsOf(document),
    ...(CLICKS.includes(type) && { click: clickIn(document) }),
  };
}

function typeOf(document: JsonObject): string {
  const messageType = textIn(document, 'MsgType');
  const type = messageType === 'event' ? textIn(document, 'Event') : `message.${messageType}`;
  return cutText(type, LONGEST);
}

function detailsOf(document: JsonObject): JsonObject {
  const kept = Object.entries(KEPT).map(
    ([name, member]) => [member, cutText(textIn(document, name), LONGEST)] as const,
  );
  return Object.fromEntries(kept.filter(([, text]) => text !== ''));
}

/** Selections come only from cards that have any. */
function clickIn(document: JsonObject): CardClick {
  const code = textIn(document, 'ResponseCode');
  const selections = listIn(document, 'SelectedItems', 'SelectedItem')
    .filter(isJsonObject)
    .map((item) => ({
      question: textIn(item, 'QuestionKey'),
      options: listIn(item, 'OptionIds', 'OptionId').filter((option) => typeof option === 'string'),
    }));
  return {
    cardId: textIn(document, 'TaskId'),
    key: textIn(document, 'EventKey'),
    selections,
    ...(code !== '' && { code }),
  };
}
