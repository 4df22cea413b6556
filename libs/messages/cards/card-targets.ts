import { Inject, Injectable } from '@nestjs/common';
import {
  ChannelRegistry,
  bodyOf,
  checkRendered,
  contentKindOf,
  isAssetReference,
  type CardUpdateSupport,
  type Content,
} from '#libs/channels';
import { ConflictError, ValidationError, jsonPointer, type Fault, type JsonValue } from '#libs/core';
import { Database } from '#libs/database';
import { ContentReader } from '../read/content.reader.js';
import type { DeliveryRow, MessageRow } from '../read/message-rows.js';
import type { CardTarget, CardUpdateRequest } from './card-update.js';

/** As many calls as fit well into one request; a message with more cards is changed delivery by delivery. */
const MOST_AT_ONCE = 20;
const ARRIVED: readonly string[] = ['sent', 'partial'];

/** Finds the deliveries that an update is about, and refuses what no provider call could make good. */
@Injectable()
export class CardTargets {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
    @Inject(ContentReader) private readonly contents: ContentReader,
  ) {}

  /**
   * @throws ValidationError about content, audience or delivery number
   * @throws ConflictError `card_not_updatable`, `card_not_sent`
   */
  async find(request: CardUpdateRequest): Promise<readonly CardTarget[]> {
    const targets = await this.targetsOf(request);
    refuseFaults(request, targets);
    const sent = targets.filter(({ delivery }) => ARRIVED.includes(delivery.status));
    if (sent.length === 0) throw noneSent(targets);
    const matching = await this.thoseThatMatch(request, sent);
    if (matching.length === 0) throw notUpdatable('No card of this message can be changed like that');
    return matching;
  }

  /** Deliveries whose channel knows the kind of the content. */
  private async targetsOf({ content, deliveryNo, message }: CardUpdateRequest): Promise<readonly CardTarget[]> {
    const deliveries = await this.deliveriesOf(message, deliveryNo);
    const updatable = deliveries.flatMap((delivery) => {
      const support = this.channels.get(delivery.channel).cards;
      return support ? [{ delivery, support }] : [];
    });
    if (updatable.length === 0) throw notUpdatable('The channel cannot change what it has sent');
    const targets = updatable.filter(({ support }) => contentClassOf(support, content.kind));
    if (targets.length > 0) return targets;
    const kinds = new Set(updatable.flatMap(({ support }) => support.contents.map((type) => contentKindOf(type).kind)));
    throw fault('/content/kind', 'unknown_kind', `must be one of ${[...kinds].join(', ')}`);
  }

  private async deliveriesOf({ id }: MessageRow, deliveryNo: number | undefined): Promise<readonly DeliveryRow[]> {
    const deliveries = await this.database.query<DeliveryRow>(
      `SELECT * FROM delivery WHERE message_id = $1 AND ($2::int IS NULL OR no = $2) ORDER BY no LIMIT $3`,
      [id, deliveryNo ?? null, MOST_AT_ONCE + 1],
    );
    if (deliveries.length > MOST_AT_ONCE) {
      throw fault(
        '/deliveryNo',
        'missing_field',
        `is required for a message with more than ${MOST_AT_ONCE} deliveries`,
      );
    }
    if (deliveries.length > 0) return deliveries;
    throw fault('/deliveryNo', 'invalid_value', 'the message has no such delivery');
  }

  private async thoseThatMatch(
    { content, message }: CardUpdateRequest,
    targets: readonly CardTarget[],
  ): Promise<readonly CardTarget[]> {
    const matching: CardTarget[] = [];
    for (const target of targets) {
      const sent = await this.contents.ofDelivery(message, target.delivery.no);
      if (target.support.canUpdate(sent.content, content)) matching.push(target);
    }
    return matching;
  }
}

const contentClassOf = ({ contents }: CardUpdateSupport, kind: string) =>
  contents.find((type) => contentKindOf(type).kind === kind);

const fault = (pointer: string, code: string, message: string): ValidationError =>
  new ValidationError([{ pointer, code, message }]);

const notUpdatable = (message: string): ConflictError => new ConflictError('card_not_updatable', message);

function noneSent(targets: readonly CardTarget[]): ConflictError {
  const isOpen = targets.some(({ delivery }) => ['accepted', 'scheduled', 'sending'].includes(delivery.status));
  if (isOpen) return new ConflictError('card_not_sent', 'The card is still on its way');
  return notUpdatable('The card was not sent, or was taken back');
}

/** Two channels may know the same kind: the content has to suit each of them. */
function refuseFaults({ audience, content }: CardUpdateRequest, targets: readonly CardTarget[]): void {
  const supports = [...new Set(targets.map(({ support }) => support))];
  const faults = supports.flatMap((support) => contentFaults(support, content));
  if (audience && supports.some(({ hasAudience }) => !hasAudience)) {
    const message = 'the channel changes a card for everybody who got it';
    faults.push({ pointer: '/to', code: 'recipient_not_supported', message });
  }
  if (faults.length > 0) throw new ValidationError(faults);
}

function contentFaults(support: CardUpdateSupport, content: Content): Fault[] {
  const type = contentClassOf(support, content.kind);
  const faults = type ? checkRendered(type, bodyOf(content), ['content']) : [];
  return [...faults, ...assetFaults(content, ['content'])];
}

/** Assets are uploaded on the way of a message; an update names what the vendor knows already. */
function assetFaults(value: JsonValue, path: readonly (string | number)[]): Fault[] {
  if (typeof value === 'string') {
    const message = 'assets cannot be used in an update; give a media id or an address';
    return isAssetReference(value) ? [{ pointer: jsonPointer(...path), code: 'invalid_value', message }] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => assetFaults(member, [...path, name]));
}
