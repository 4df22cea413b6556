import type { SendingAccount } from '#libs/accounts';
import type { ChannelDefinition } from '#libs/channels';
import type { ClaimedRecallItem, RecallItemOutcome } from '#libs/messages';

/** What becomes of a recall item; `null`: it is not ours. */
export type RecallVerdict = Omit<RecallItemOutcome, 'item'> | null;

/** One recall job; keeps the claimed item so that a throw can still be written to it. */
export class RecallRun {
  item: ClaimedRecallItem | undefined;

  constructor(
    readonly recallId: string,
    readonly messageId: string,
    readonly deliveryNo: number,
  ) {}
}

/** After load: the delivery has been sent, or may have been. */
export interface LoadedRecall {
  readonly run: RecallRun;
  readonly item: ClaimedRecallItem;
}

/** After route: the account that sent it is there and open. */
export interface RoutedRecall extends LoadedRecall {
  readonly account: SendingAccount;
  readonly channel: ChannelDefinition;
}
