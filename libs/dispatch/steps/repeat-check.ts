import { NOTED_SECONDS, canonicalRecipient, repeatKey, type DedupeStore } from '#libs/messages';
import { contentHash } from '#libs/templates';
import { endAs, type OutcomeDraft } from '../verdict.js';
import type { PreparedDelivery } from './prepared-delivery.js';

/** A vendor's clock may be ahead of ours, and a call may take a while. */
const MARGIN_MS = 60_000;

/**
 * Decides, for channels whose vendor can be asked, whether the calls of a delivery ask the vendor to drop repetitions, and
 * notes what is about to be sent for those who come after it.
 *
 * The vendor compares contents, not messages, and tells nobody what it has dropped. So it is asked only where this
 * product itself would not send the content again within the same time, and where nothing else with this content went to
 * any of the recipients: neither another template's message, nor one that has failed or was taken back.
 */
export async function decideRepeatCheck(prepared: PreparedDelivery, store: DedupeStore): Promise<number | undefined> {
  const { account, delivery, route, run } = prepared;
  if (!route.channel.repeatCheck) return undefined;
  const hash = contentHash(prepared.content, prepared.mentions);
  const notes = delivery.recipients.map((recipient) => ({
    key: repeatKey(account.code, canonicalRecipient(recipient, route.channel.family), hash),
    messageId: delivery.messageId,
    rowNo: recipient.rowNo,
  }));
  run.claims.push(
    ...notes.map(({ key, rowNo }) => ({ key, rowNo, windowSeconds: NOTED_SECONDS, isNote: true as const })),
  );
  const others = await store.note(notes);
  return decided(prepared) ?? unlessOthers(wish(prepared), others);
}

/** What is decided already: by the author of the route, or for an earlier attempt, whose bytes this one repeats. */
const decided = ({ delivery, route }: PreparedDelivery): number | undefined =>
  route.channel.repeatCheck?.asked(route.options) ?? delivery.repeatCheck;

/** The template's own window, where its messages do not repeat a content within it. */
function wish({ route, template }: PreparedDelivery): number {
  const { content } = template.dedupe;
  const longest = route.channel.repeatCheck?.longestSeconds ?? 0;
  return content?.limit === 1 && content.windowSeconds <= longest ? content.windowSeconds : 0;
}

const unlessOthers = (seconds: number, others: readonly (number | undefined)[]): number =>
  others.some((ago) => ago !== undefined && ago <= seconds) ? 0 : seconds;

/**
 * The end of a repetition that comes too late for the vendor to know it from the first: it would be shown twice.
 * Undefined: it may be sent.
 */
export function tooLateToRepeat({ delivery }: PreparedDelivery, seconds: number | undefined): OutcomeDraft | undefined {
  if (!seconds || !delivery.unclearSince) return undefined;
  const windowMs = seconds * 1_000;
  const endsMs = delivery.unclearSince.getTime() + windowMs - Math.min(MARGIN_MS, windowMs / 2);
  return delivery.claimedAt.getTime() > endsMs ? endAs('unknown', 'resend_too_late') : undefined;
}
