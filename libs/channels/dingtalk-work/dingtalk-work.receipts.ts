import { isJsonObject, type JsonObject, type JsonValue } from '#libs/core';
import { LEGACY_ERRORS } from '../_dingtalk/errors/index.js';
import type { Addressee, SentDelivery } from '../channel.js';
import type { AddresseeReceipt, FetchedReceipts } from '../receipts.js';
import { callWorkMessages, taskBody, type WorkCall } from './dingtalk-work.client.js';
import { RECEIPT_ERRORS } from './dingtalk-work.errors.js';

/** `progress.status` of a task that the vendor has worked off. */
const FINISHED = 2;

/** The vendor works a task off within seconds; of an older one only the result is asked for. */
const YOUNG_MS = 120_000;

const NOTHING_YET: FetchedReceipts = { done: false, recipients: [] };

/**
 * Who got a work message and who has read it: `getsendprogress` while the task is young, then `getsendresult`. Only here the
 * vendor tells of people whom it left out although the send was answered "ok" (page
 * asynchronous-sending-of-enterprise-session-messages).
 */
export async function fetchWorkReceipts(call: WorkCall, sent: SentDelivery): Promise<FetchedReceipts> {
  const body = taskBody(call.account.agentId, 'task_id', sent.providerMsgId);
  const isYoung = call.now.getTime() - sent.sentAt.getTime() < YOUNG_MS;
  if (isYoung && !(await isFinished(call, body))) return NOTHING_YET;
  const reply = await callWorkMessages(call, 'getsendresult', body, RECEIPT_ERRORS);
  const result = reply.body['send_result'];
  return isJsonObject(result) ? receiptsIn(result, sent.addressees) : NOTHING_YET;
}

async function isFinished(call: WorkCall, body: string): Promise<boolean> {
  const { progress } = (await callWorkMessages(call, 'getsendprogress', body, RECEIPT_ERRORS)).body;
  return isJsonObject(progress) && Number(progress['status']) === FINISHED;
}

/** Reads the lists of `send_result`, each of which may be missing. Who is in none of them is still waiting. */
export function receiptsIn(result: JsonObject, addressees: readonly Addressee[]): FetchedReceipts {
  const told = new ToldLists(result);
  const users = addressees.filter(({ type }) => type === 'user');
  const groups = addressees.filter(({ type }) => type !== 'user');
  const ofUsers = users.flatMap((addressee): AddresseeReceipt[] => {
    const fate = told.ofUser(addressee.id);
    return fate ? [{ addressee, ...fate }] : [];
  });
  const isFinal = ofUsers.length === users.length && ofUsers.every(({ state }) => state !== 'unread');
  const ofGroups = receiptsOfGroups(told, groups, users);
  return { done: isFinal && (groups.length === 0 || told.isAnybodyNamed), recipients: [...ofUsers, ...ofGroups] };
}

/**
 * The lists name people, never the department they were reached by: of several departments nobody can tell which one was
 * reached. That somebody read says nothing of the others, so that a group is delivered at most.
 */
function receiptsOfGroups(
  told: ToldLists,
  groups: readonly Addressee[],
  users: readonly Addressee[],
): AddresseeReceipt[] {
  return groups.flatMap((addressee): AddresseeReceipt[] => {
    if (addressee.type === 'department' && told.isInvalidDepartment(addressee.id)) {
      return [{ addressee, state: 'refused', reason: 'department_unknown', providerCode: 'invalid_dept_id_list' }];
    }
    const isAlone = groups.length === 1 && users.length === 0;
    if (!isAlone || !told.isAnybodyNamed) return [];
    if (told.isAnybodyReached) return [{ addressee, state: 'delivered' }];
    return [{ addressee, state: 'failed', reason: 'not_delivered' }];
  });
}

type Fate =
  | { readonly state: 'unread' | 'read' }
  | Pick<Extract<AddresseeReceipt, { reason: string }>, 'state' | 'reason' | 'providerCode' | 'repeats'>;

/** Codes of `forbidden_list` that mean that the person has seen the same content today. */
const SAME_CONTENT: ReadonlySet<string> = new Set(['143106', '143206']);

/** The lists of a result by what they say of one person. */
class ToldLists {
  private readonly departments: ReadonlySet<string>;
  private readonly fates = new Map<string, Fate>();

  constructor(result: JsonObject) {
    this.departments = new Set(idsIn(result['invalid_dept_id_list']));
    // What is told last counts: a person whom one list calls reached was reached.
    this.take(result['failed_user_id_list'], {
      state: 'failed',
      reason: 'not_delivered',
      providerCode: 'failed_user_id_list',
    });
    this.take(result['forbidden_user_id_list'], {
      state: 'limited',
      reason: 'over_vendor_limit',
      providerCode: 'forbidden_user_id_list',
    });
    for (const [id, code] of codesIn(result['forbidden_list'])) this.fates.set(id, fateOf(code));
    this.take(result['invalid_user_id_list'], {
      state: 'refused',
      reason: 'recipient_unknown',
      providerCode: 'invalid_user_id_list',
    });
    this.take(result['unread_user_id_list'], { state: 'unread' });
    this.take(result['read_user_id_list'], { state: 'read' });
  }

  ofUser(id: string): Fate | undefined {
    return this.fates.get(id);
  }

  isInvalidDepartment(id: string): boolean {
    return this.departments.has(id);
  }

  get isAnybodyNamed(): boolean {
    return this.fates.size + this.departments.size > 0;
  }

  get isAnybodyReached(): boolean {
    return [...this.fates.values()].some(({ state }) => state === 'read' || state === 'unread');
  }

  private take(list: JsonValue | undefined, fate: Fate): void {
    for (const id of idsIn(list)) this.fates.set(id, fate);
  }
}

/** The code says whether it is about the person or about how much the person has got already. */
function fateOf(code: string): Fate {
  const rule = Object.hasOwn(LEGACY_ERRORS, code) ? LEGACY_ERRORS[code] : undefined;
  if (rule?.reason === 'recipient_protected') return { state: 'refused', reason: rule.reason, providerCode: code };
  return {
    state: 'limited',
    reason: rule?.class === 'recipient' ? rule.reason : 'over_vendor_limit',
    providerCode: code,
    ...(SAME_CONTENT.has(code) && { repeats: true }),
  };
}

const idsIn = (list: JsonValue | undefined): string[] =>
  (Array.isArray(list) ? list : []).flatMap((id) =>
    typeof id === 'string' || typeof id === 'number' ? [String(id)] : [],
  );

/** `forbidden_list` by person: the codes are text, also where they look like numbers. */
const codesIn = (list: JsonValue | undefined): [string, string][] =>
  (Array.isArray(list) ? list : []).flatMap((item): [string, string][] => {
    if (!isJsonObject(item)) return [];
    const { code, userid } = item;
    const [id] = idsIn([userid ?? null]);
    return id === undefined || (typeof code !== 'string' && typeof code !== 'number') ? [] : [[id, String(code)]];
  });
