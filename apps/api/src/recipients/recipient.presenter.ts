import { REMEDIES, describeReason, reasonSentence, type Language } from '#libs/core';
import { reasonOf, type Explanation, type Fate } from '#libs/insight';
import type { ExplanationDto, PersonMessageDto } from './recipient.dto.js';

function textOf(reason: string, { account, ref }: Fate, language: Language): string {
  const entry = describeReason(reason);
  return entry ? reasonSentence(entry, language, { account, ref }) : reason;
}

const instants = (times: Readonly<Record<string, Date | null>>): Record<string, string> =>
  Object.fromEntries(Object.entries(times).flatMap(([name, at]) => (at ? [[name, at.toISOString()]] : [])));

export function presentFate(fate: Fate, language: Language): PersonMessageDto {
  const reason = reasonOf(fate);
  const { recall_reason: why, recall_status: recall } = fate;
  return {
    message: fate.message_id,
    template: fate.template,
    createdAt: fate.created_at.toISOString(),
    recipient: fate.ref,
    channel: fate.channel,
    account: fate.account,
    deliveryNo: fate.delivery_no,
    status: fate.status,
    ...(reason !== null && { reason, text: textOf(reason, fate, language) }),
    ...(fate.business_key !== null && { businessKey: fate.business_key }),
    ...(fate.caller !== null && { caller: fate.caller }),
    ...instants({
      nextAttemptAt: fate.status === 'pending' ? fate.next_attempt_at : null,
      sentAt: fate.sent_at,
      deliveredAt: fate.delivered_at,
      readAt: fate.read_at,
    }),
    ...(recall !== null && { recall: { status: recall, ...(why !== null && { reason: why }) } }),
  };
}

export const presentExplanation = ({ stations, ...explanation }: Explanation, language: Language): ExplanationDto => ({
  ...explanation,
  stations: stations.map(({ remedies, ...station }) => ({
    ...station,
    remedies: remedies.map((id) => ({ id, label: REMEDIES[id][language] })),
  })),
});
