import { objectsOf, textOf, type JsonObject } from '#libs/core';
import type { Addressee, SentDelivery } from '../channel.js';
import type { AddresseeReceipt, FetchedReceipts } from '../receipts.js';
import { callCustomers, type CustomerCall } from './wecom-customer.client.js';
import { NOT_A_FRIEND, OVER_LIMIT, RESULT_ERRORS } from './wecom-customer.errors.js';

/** The vendor's largest page. */
const PAGE = 1_000;

/** Calls of one question: more members than that are asked about in turns. */
const MOST_CALLS = 20;

/** States in `task_list` and `send_list`. */
const CONFIRMED = 2;
const SENT = 1;
const UNFRIENDED = 2;
const LIMITED = 3;

type Fate =
  | { readonly state: 'delivered' }
  | Pick<Extract<AddresseeReceipt, { reason: string }>, 'state' | 'reason' | 'providerCode'>;

const FATES: Readonly<Record<number, Fate>> = {
  [SENT]: { state: 'delivered' },
  [UNFRIENDED]: { state: 'refused', reason: 'customer_unreachable', providerCode: NOT_A_FRIEND },
  [LIMITED]: { state: 'limited', reason: 'over_vendor_limit', providerCode: OVER_LIMIT },
};

/** What became of a task: who has confirmed it, and whom it reached. */
interface TaskResults {
  /** By id of the customer. A customer whom one member reached was reached. */
  readonly fates: ReadonlyMap<string, Fate>;
  /** Every member has confirmed, and the results of all of them were read. */
  readonly isOver: boolean;
}

/**
 * Whom a task has reached. A member who has not confirmed yet tells nothing of their customers; where more members have
 * confirmed than one question can ask about, each question begins with another one.
 */
export async function resultsOf(
  call: CustomerCall,
  { addressees, providerMsgId, sentAt }: SentDelivery,
): Promise<FetchedReceipts> {
  const { fates, isOver } = await readResults(call, providerMsgId, call.now.getTime() - sentAt.getTime());
  const customers = addressees.filter(({ type }) => type === 'user');
  const told = customers.flatMap((addressee): AddresseeReceipt[] => {
    const fate = fates.get(addressee.id);
    return fate ? [{ addressee, ...fate }] : [];
  });
  const tags = addressees.filter(({ type }) => type === 'tag');
  return { done: isOver, recipients: [...told, ...receiptsOfTags(tags, fates, isOver)] };
}

/** The tags of one task are one audience: the results name customers, never the tag they were reached by. */
function receiptsOfTags(
  tags: readonly Addressee[],
  fates: ReadonlyMap<string, Fate>,
  isOver: boolean,
): AddresseeReceipt[] {
  if (tags.length === 0) return [];
  const isReached = [...fates.values()].some(({ state }) => state === 'delivered');
  if (isReached) return tags.map((addressee) => ({ addressee, state: 'delivered' }));
  if (!isOver || fates.size === 0) return [];
  return tags.map((addressee) => ({ addressee, state: 'failed', reason: 'not_delivered' }));
}

async function readResults(call: CustomerCall, task: string, ageMs: number): Promise<TaskResults> {
  const calls = { left: MOST_CALLS };
  const members = await pagesOf(call, calls, {
    operation: 'get_groupmsg_task',
    list: 'task_list',
    body: { msgid: task },
  });
  const confirmed = members.rows
    .filter(({ status }) => status === CONFIRMED)
    .map(({ userid }) => textOf(userid))
    .filter(Boolean);
  const fates = new Map<string, Fate>();
  let isComplete = members.isComplete;
  for (const userid of rotated(confirmed, ageMs)) {
    if (calls.left === 0) {
      isComplete = false;
      break;
    }
    const body = { msgid: task, userid };
    const results = await pagesOf(call, calls, { operation: 'get_groupmsg_send_result', list: 'send_list', body });
    for (const row of results.rows) take(fates, row);
    isComplete &&= results.isComplete;
  }
  const isOver = isComplete && members.rows.length > 0 && confirmed.length === members.rows.length;
  return { fates, isOver };
}

function take(fates: Map<string, Fate>, { external_userid: customer, status }: JsonObject): void {
  const fate = FATES[Number(status)];
  const id = textOf(customer);
  if (fate && id && fates.get(id)?.state !== 'delivered') fates.set(id, fate);
}

/** The same members, beginning with another one every few seconds. */
function rotated(members: readonly string[], ageMs: number): readonly string[] {
  const first = members.length <= MOST_CALLS ? 0 : Math.floor(ageMs / 1_000) % members.length;
  return [...members.slice(first), ...members.slice(0, first)];
}

interface Listing {
  readonly operation: string;
  readonly list: string;
  readonly body: JsonObject;
}

async function pagesOf(
  call: CustomerCall,
  calls: { left: number },
  { body, list, operation }: Listing,
): Promise<{ readonly rows: readonly JsonObject[]; readonly isComplete: boolean }> {
  const rows: JsonObject[] = [];
  let cursor = '';
  do {
    if (calls.left === 0) return { rows, isComplete: false };
    calls.left -= 1;
    const request = { operation, body: { ...body, limit: PAGE, cursor } };
    const fields = await callCustomers(call, request, RESULT_ERRORS);
    rows.push(...objectsOf(fields[list]));
    cursor = textOf(fields['next_cursor']);
  } while (cursor !== '');
  return { rows, isComplete: true };
}
