import { isJsonObject, type JsonObject, type JsonValue } from '#libs/core';
import type { Addressee, SentDelivery } from '../channel.js';
import type { AddresseeReceipt, FetchedReceipts } from '../receipts.js';
import { ROBOT_PATHS, askRobot, postToRobot, type AppRobotCall } from './dingtalk-app-robot.client.js';

/** A message that has gone out; the vendor's own sample leaves a letter out. */
const SENT: ReadonlySet<JsonValue> = new Set(['SUCCESS', 'SUCESS']);

const NOTHING_YET: FetchedReceipts = { done: false, recipients: [] };
const NOTHING_MORE: FetchedReceipts = { done: true, recipients: [] };

/** Who has read a one-to-one message, within 24 hours. */
export async function fetchPersonReceipts(call: AppRobotCall, sent: SentDelivery): Promise<FetchedReceipts> {
  const { robotCode } = call.account;
  const answer = await askRobot(call, ROBOT_PATHS.readStatus, { robotCode, processQueryKey: sent.providerMsgId });
  return whenSent(answer, () => {
    const states = readStatesIn(answer['messageReadInfoList']);
    const recipients = sent.addressees.flatMap((addressee) => receiptOf(addressee, states.get(addressee.id)));
    const haveAllRead =
      recipients.length === sent.addressees.length && recipients.every(({ state }) => state === 'read');
    return { done: haveAllRead, recipients };
  });
}

/** Whether a group message has gone out. Readers are not counted: who of the group should read it, nobody knows. */
export async function fetchGroupReceipts(
  call: AppRobotCall,
  sent: SentDelivery,
  group: { readonly openConversationId: string },
): Promise<FetchedReceipts> {
  const { robotCode } = call.account;
  const body = { robotCode, ...group, processQueryKey: sent.providerMsgId, maxResults: 1 };
  const answer = await postToRobot(call, ROBOT_PATHS.groupReadStatus, body);
  return whenSent(answer, () => ({ done: true, recipients: [{ state: 'delivered' }] }));
}

/** A message that is on its way tells nothing yet, one that was taken back nothing more. */
function whenSent({ sendStatus }: JsonObject, read: () => FetchedReceipts): FetchedReceipts {
  if (sendStatus === 'RECALLED') return NOTHING_MORE;
  return SENT.has(sendStatus ?? null) ? read() : NOTHING_YET;
}

function receiptOf(addressee: Addressee, readStatus: string | undefined): AddresseeReceipt[] {
  if (readStatus === 'READ') return [{ addressee, state: 'read' }];
  return readStatus === 'UNREAD' ? [{ addressee, state: 'unread' }] : [];
}

/** Some clients were answered in lower case. */
const readStatesIn = (list: JsonValue | undefined): ReadonlyMap<string, string> =>
  new Map(
    (Array.isArray(list) ? list : []).flatMap((item): [string, string][] => {
      if (!isJsonObject(item)) return [];
      const { readStatus, userId } = item;
      return typeof userId === 'string' && typeof readStatus === 'string' ? [[userId, readStatus.toUpperCase()]] : [];
    }),
  );
