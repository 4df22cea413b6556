import type { JsonObject, JsonValue } from '#libs/core';
import { requiredText } from '../_dingtalk/v1.client.js';
import type { Addressee, RefusedRecipient, SendReceipt } from '../channel.js';

/** Lists of a send that succeeded as a whole and left people out, with the reason for each. Any list may be absent. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  invalidStaffIdList: 'recipient_unknown',
  flowControlledStaffIdList: 'would_be_dropped',
  filteredStaffIdList: 'recipient_refuses',
};

/** The success of this API family has no code of its own. */
const HTTP_OK = '200';

/** @throws AmbiguousDeliveryError `garbled_answer` when the answer holds no key */
export function receiptOf(answer: JsonObject, addressees: readonly Addressee[]): SendReceipt {
  return {
    providerMsgId: requiredText(answer, 'processQueryKey'),
    refused: Object.entries(LEFT_OUT).flatMap(([list, reason]) =>
      refusedIn(answer[list], addressees).map((addressee) => ({ addressee, reason, providerCode: list })),
    ),
    providerCode: HTTP_OK,
  };
}

function refusedIn(list: JsonValue | undefined, addressees: readonly Addressee[]): RefusedRecipient['addressee'][] {
  const ids = new Set<JsonValue>(Array.isArray(list) ? list : []);
  return addressees.filter(({ type, id }) => type === 'user' && ids.has(id));
}
