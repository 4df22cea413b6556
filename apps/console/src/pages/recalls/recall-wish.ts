import type { NewRecall, RecallPreview } from '../../api/types.js';
import { startOf } from '../../app/time-range.js';

export const WAYS = ['template', 'businessKey', 'messageIds', 'providerMsgIds'] as const;
export type Way = (typeof WAYS)[number];

/** What somebody wants stopped, as the form has it. */
export interface Wish {
  readonly by: Way;
  readonly template?: string;
  readonly from: string;
  readonly businessKey?: string;
  readonly ids?: string;
  readonly account?: string;
  readonly note: string;
  readonly disableTemplate?: boolean;
  readonly correction?: string;
  readonly params?: Readonly<Record<string, string>>;
}

/** What a preview has counted, and what would be asked for. */
export interface Planned {
  readonly wish: Wish;
  readonly body: NewRecall;
  readonly preview: RecallPreview;
  readonly at: number;
  /** Messages of the preview before, when this one came since that was out of date. */
  readonly before?: number;
}

const words = (text: string | undefined): string[] => (text ?? '').split(/[\s,]+/).filter(Boolean);

/** The beginning of a range is fixed with its first preview; its end is the API's now. */
export function bodyOfWish(wish: Wish, now: number): NewRecall {
  const { by, correction, params, note } = wish;
  const common = { note, ...(correction && { correction: { template: correction, ...(params && { params }) } }) };
  if (by === 'businessKey') return { ...common, businessKey: wish.businessKey?.trim() ?? '' };
  if (by === 'messageIds') return { ...common, messageIds: words(wish.ids) };
  if (by === 'providerMsgIds') {
    return { ...common, providerMsgIds: words(wish.ids).map((id) => ({ account: wish.account ?? '', id })) };
  }
  const createdAfter = startOf(wish.from, now) ?? new Date(now).toISOString();
  return { ...common, template: wish.template ?? '', createdAfter };
}

/** Deliveries that would not be sent, or not be seen any more. */
export const takesOf = ({ counts }: RecallPreview): number => (counts['canceled'] ?? 0) + (counts['recallable'] ?? 0);

export const cannotOf = ({ counts }: RecallPreview): number => (counts['failed'] ?? 0) + (counts['uncertain'] ?? 0);
