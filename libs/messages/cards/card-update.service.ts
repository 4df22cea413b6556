import { Inject, Injectable, Logger } from '@nestjs/common';
import { CardUpdater } from '#libs/accounts';
import type { CardUpdate } from '#libs/channels';
import { AmbiguousDeliveryError, ConflictError, HongyanError, PermanentDeliveryError } from '#libs/core';
import { redact } from '#libs/security';
import { EventStore } from '../control/event.store.js';
import type { DeliveryRow } from '../read/message-rows.js';
import { CardCodeStore, type TakenCode } from './card-code.store.js';
import { CardTargets } from './card-targets.js';
import { shownResult, type CardTarget, type CardUpdateRequest, type CardUpdateResult } from './card-update.js';

/** What the vendor's word for a used or outdated code becomes in every channel. */
const CODE_EXPIRED = 'card_code_expired';

/** Changes cards that lie in their readers' chats. */
@Injectable()
export class CardUpdateService {
  private readonly logger = new Logger('Cards');

  constructor(
    @Inject(CardTargets) private readonly targets: CardTargets,
    @Inject(CardCodeStore) private readonly codes: CardCodeStore,
    @Inject(CardUpdater) private readonly updater: CardUpdater,
    @Inject(EventStore) private readonly events: EventStore,
  ) {}

  /**
   * One provider call per card. Answers as soon as at least one card was changed; otherwise throws what the first one met.
   * @throws ValidationError, ConflictError `card_not_updatable card_not_sent card_code_used card_code_expired
   * card_update_unclear`, and the delivery errors of `#libs/core` for what the vendor certainly did not do
   */
  async update(request: CardUpdateRequest): Promise<readonly CardUpdateResult[]> {
    const targets = await this.targets.find(request);
    const results = await Promise.all(targets.map((target) => this.updateOne(request, target)));
    const [first] = results;
    if (first && first.status !== 'updated' && results.every(({ status }) => status !== 'updated')) {
      throw results.length === 1 ? first.error : withResults(first.error, results);
    }
    return results;
  }

  private async updateOne(request: CardUpdateRequest, target: CardTarget): Promise<CardUpdateResult> {
    const { account, no: deliveryNo } = target.delivery;
    try {
      return { deliveryNo, account, status: 'updated', refused: await this.change(request, target) };
    } catch (error) {
      if (!(error instanceof HongyanError)) throw error;
      return { deliveryNo, account, status: error.code === 'card_update_unclear' ? 'unclear' : 'failed', error };
    }
  }

  private async change(request: CardUpdateRequest, { delivery, support }: CardTarget): Promise<readonly string[]> {
    const taken = support.codeSeconds === undefined ? undefined : await this.takeCode(delivery, support.codeSeconds);
    const update = updateOf(request, delivery, taken);
    const { refused } = await this.updater.update(delivery.account, update).catch(async (error: unknown) => {
      throw await this.failureOf(error, taken, () => this.recordSafely(request, delivery, 'card_update_unclear'));
    });
    await this.recordSafely(request, delivery, 'card_updated');
    return refused;
  }

  /** The code of the send is taken over by the first update that could need it. */
  private async takeCode(delivery: DeliveryRow, lifetimeSeconds: number): Promise<TakenCode> {
    const key = { messageId: delivery.message_id, deliveryNo: delivery.no };
    const { sent_at: receivedAt } = delivery;
    const code = this.codes.sentWith(delivery);
    if (code !== undefined && receivedAt) {
      await this.codes.keep({ ...key, code, source: 'sent', receivedAt, lifetimeSeconds });
    }
    return this.codes.take(key);
  }

  /** What certainly changed nothing gives the code back, unless it is the code that was refused. */
  private async failureOf(
    error: unknown,
    taken: TakenCode | undefined,
    recordUnclear: () => Promise<void>,
  ): Promise<unknown> {
    if (error instanceof AmbiguousDeliveryError) {
      await recordUnclear();
      const message = 'The call left and no answer came; a code that went with it counts as used';
      return new ConflictError('card_update_unclear', message, { cause: error });
    }
    if (error instanceof PermanentDeliveryError && error.reason === CODE_EXPIRED) {
      const details = { cause: error, ...(error.provider && { provider: error.provider }) };
      return new ConflictError(CODE_EXPIRED, 'The provider no longer takes the code of the card', details);
    }
    if (taken && error instanceof HongyanError) await this.codes.giveBack(taken);
    return error;
  }

  /** What the vendor did is done: whoever asked is told so, and must not try again with a code that is spent. */
  private async recordSafely(
    { actor }: CardUpdateRequest,
    { message_id: messageId, no: deliveryNo }: DeliveryRow,
    event: string,
  ): Promise<void> {
    try {
      await this.events.record({ messageId, event, deliveryNo, data: { actor } });
    } catch (error) {
      this.logger.error({ event: `${event}_not_recorded`, messageId, deliveryNo, error: redact(String(error)) });
    }
  }
}

function updateOf(
  { audience, content }: CardUpdateRequest,
  { provider_msg_id: providerMsgId }: DeliveryRow,
  taken: TakenCode | undefined,
): CardUpdate {
  return {
    content,
    ...(providerMsgId !== null && { providerMsgId }),
    ...(taken && { code: taken.code }),
    ...(audience && { audience }),
  };
}

/** The first failure, with what became of each card. */
function withResults(error: HongyanError, results: readonly CardUpdateResult[]): HongyanError {
  if (!(error instanceof ConflictError)) return error;
  const provider = error.provider ? { provider: error.provider } : {};
  const meta = { results: results.map(shownResult) };
  return new ConflictError(error.code, error.message, { cause: error, meta, ...provider });
}
