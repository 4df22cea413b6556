import { ValidationError, isJsonObject, type Fault, type JsonObject, type JsonValue } from '#libs/core';

/** One message as austin's clients write it. */
export interface AustinMessage {
  readonly receivers: readonly string[];
  readonly variables: JsonObject;
  readonly bizId?: string;
}

/** Most receivers of one message, as austin has it. */
export const MAX_RECEIVERS = 100;

export class TooManyReceiversError extends ValidationError {
  constructor(pointer: string, actual: number) {
    super([
      {
        pointer,
        code: 'too_many_recipients',
        message: `more than ${MAX_RECEIVERS} receivers`,
        limit: MAX_RECEIVERS,
        actual,
        unit: 'entries',
      },
    ]);
  }
}

const refuse = (pointer: string, code: string, message: string): never => {
  const fault: Fault = { pointer, code, message };
  throw new ValidationError([fault]);
};

/** A code, or the number of a template; numbers may come as texts. @throws ValidationError */
export function templateIn({ messageTemplateId: id }: JsonObject): string {
  if (typeof id === 'number' && Number.isSafeInteger(id) && id > 0) return String(id);
  if (typeof id === 'string' && id.trim() !== '') return id.trim();
  return refuse('/messageTemplateId', 'missing_field', 'is required');
}

/** @throws ValidationError, TooManyReceiversError */
export function messageIn(value: JsonValue | undefined, pointer: string): AustinMessage {
  if (!isJsonObject(value)) return refuse(pointer, 'missing_field', 'must be an object');
  const { bizId, receiver, variables } = value;
  if (variables !== undefined && variables !== null && !isJsonObject(variables)) {
    return refuse(`${pointer}/variables`, 'wrong_type', 'must be an object');
  }
  const receivers = receiversIn(receiver, `${pointer}/receiver`);
  const id = typeof bizId === 'string' || typeof bizId === 'number' ? String(bizId) : '';
  return { receivers, variables: isJsonObject(variables) ? variables : {}, ...(id !== '' && { bizId: id }) };
}

/** @throws ValidationError, TooManyReceiversError */
export function messagesIn({ messageParamList: list }: JsonObject): readonly AustinMessage[] {
  if (!Array.isArray(list) || list.length === 0) return refuse('/messageParamList', 'missing_field', 'is required');
  if (list.length > MAX_MESSAGES)
    return refuse('/messageParamList', 'too_many_items', `more than ${MAX_MESSAGES} messages`);
  return list.map((value, index) => messageIn(value, `/messageParamList/${index}`));
}

const MAX_MESSAGES = 1000;

/** @throws ValidationError */
export function recallIdsIn({ recallMessageIds: ids }: JsonObject): readonly string[] {
  if (!Array.isArray(ids) || ids.length === 0) return refuse('/recallMessageIds', 'missing_field', 'is required');
  if (ids.length > MAX_MESSAGES)
    return refuse('/recallMessageIds', 'too_many_items', `more than ${MAX_MESSAGES} messages`);
  return ids.map((id) => (typeof id === 'string' ? id : refuse('/recallMessageIds', 'wrong_type', 'must be texts')));
}

/** Ids between commas. Each counts once. */
function receiversIn(value: JsonValue | undefined, pointer: string): string[] {
  if (typeof value !== 'string') return refuse(pointer, 'missing_field', 'is required');
  const ids = value.split(',').map((id) => id.trim());
  const receivers = [...new Set(ids.filter(Boolean))];
  if (receivers.length === 0) return refuse(pointer, 'missing_field', 'is required');
  if (receivers.length > MAX_RECEIVERS) throw new TooManyReceiversError(pointer, receivers.length);
  return receivers;
}

const MOBILE = /^1\d{10}$/;
const EMAIL = /^[^@\s]+@[^@\s]+$/;

/** austin knows from its template what an id is; here it shows by its form. */
export function asRecipient(receiver: string): JsonValue {
  if (receiver.toLowerCase() === '@all') return { all: true };
  if (MOBILE.test(receiver)) return { mobile: receiver };
  return EMAIL.test(receiver) ? { email: receiver } : { user: receiver };
}
