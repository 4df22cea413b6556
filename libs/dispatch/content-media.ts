import { Inject, Injectable } from '@nestjs/common';
import {
  AssetsService,
  MediaService,
  assetGone,
  assetReferences,
  formFor,
  withVendorForms,
  type AssetReference,
  type MediaWish,
  type ObtainedMedia,
} from '#libs/assets';
import { CALL_DEADLINE_MS, type MediaForm } from '#libs/channels';
import { CLOCK, NotFoundError, PermanentDeliveryError, isUuid, type Clock } from '#libs/core';
import type { EquippedDelivery, RoutedDelivery, UsedMedia } from './steps/prepared-delivery.js';

/** Longest time that one run spends on files: what is uploaded by then is at hand in the next one. */
const PATIENCE_MS = 20_000;

/** A place in a content, and what goes there. */
interface PlacedMedia {
  readonly reference: AssetReference;
  readonly form: MediaForm;
}

const keyOf = (assetId: string, kind: string, form: string): string => `${assetId} ${kind} ${form}`;

/** Brings the files that a content names to the vendor, and writes what the vendor calls them into the content. */
@Injectable()
export class ContentMedia {
  private readonly encodings = new Map<string, Promise<string>>();

  constructor(
    @Inject(MediaService) private readonly media: MediaService,
    @Inject(AssetsService) private readonly assets: AssetsService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Uploads what the vendor does not have yet. `stale` are forms that it refused: those are made anew. Nothing is sent
   * here, so that every failure means a delivery that was not sent. Undefined: there is no time left, the rest follows
   * in the next run.
   * @throws PermanentDeliveryError `asset_gone`, `media_refused`, and what `MediaService.obtain` throws
   */
  async equip(
    routed: RoutedDelivery,
    signal: AbortSignal,
    stale: readonly UsedMedia[] = [],
  ): Promise<EquippedDelivery | undefined> {
    const placed = placesOf(routed);
    if (placed.length === 0) return { ...routed, outgoing: routed.content, media: [] };
    const values = new Map<string, string>();
    const media = await this.upload(routed, wishesOf(placed, stale), values, signal);
    if (!media) return undefined;
    for (const { form, reference } of placed.filter(({ form }) => form === 'base64')) {
      values.set(keyOf(reference.assetId, kindOf(reference), form), await this.base64Of(reference.assetId));
    }
    return { ...routed, outgoing: write(routed, placed, values), media };
  }

  private async upload(
    routed: RoutedDelivery,
    wishes: readonly MediaWish[],
    values: Map<string, string>,
    signal: AbortSignal,
  ): Promise<UsedMedia[] | undefined> {
    const ready = await this.media.findReady(routed.account, wishes);
    const endMs = this.clock.monotonicMs() + PATIENCE_MS;
    const used: UsedMedia[] = [];
    for (const [index, wish] of wishes.entries()) {
      const found = ready[index];
      const known = found && found.version > wish.newerThan ? found : undefined;
      if (!known && !this.hasTime(routed, endMs, signal)) return undefined;
      const { value, version } = known ?? (await this.obtain(routed, wish));
      const { assetId, form, kind } = wish;
      values.set(keyOf(assetId, kind, form), value);
      used.push({ assetId, form, kind, version });
    }
    return used;
  }

  private hasTime({ run }: RoutedDelivery, endMs: number, signal: AbortSignal): boolean {
    if (signal.aborted || this.clock.monotonicMs() > endMs) return false;
    return run.lease !== undefined && run.lease.remainingMs() >= CALL_DEADLINE_MS;
  }

  /** An upload of this very run is remarked in the timeline. */
  private async obtain({ account, run }: RoutedDelivery, wish: MediaWish): Promise<ObtainedMedia> {
    const media = await this.media.obtain(account, wish);
    if (media.isFresh) {
      const { fileName } = await this.assets.get(wish.assetId, {}).catch(goneAs(wish.assetId));
      run.notes.push({ code: 'media_uploaded', asset: wish.assetId, fileName });
    }
    return media;
  }

  /** Deliveries of one moment share one text. */
  private async base64Of(assetId: string): Promise<string> {
    const running = this.encodings.get(assetId);
    if (running) return running;
    const encoding = this.encode(assetId).finally(() => this.encodings.delete(assetId));
    this.encodings.set(assetId, encoding);
    return encoding;
  }

  private async encode(assetId: string): Promise<string> {
    const { bytes } = await this.assets.getFile(assetId, {}).catch(goneAs(assetId));
    return bytes.toString('base64');
  }
}

const kindOf = ({ field }: AssetReference): MediaWish['kind'] => field.media ?? 'file';

function placesOf({ content, route }: RoutedDelivery): PlacedMedia[] {
  if (!route.mayNameAssets) return [];
  return assetReferences(route.contentClass, content).map((reference) => {
    if (!isUuid(reference.assetId)) throw assetGone(reference.assetId);
    const form = formFor(route.channel, reference.field);
    if (form) return { reference, form };
    throw new PermanentDeliveryError('media_invalid', `${route.channel.name} can make nothing of an asset there`);
  });
}

/** Each upload once, however often the content names it. */
function wishesOf(placed: readonly PlacedMedia[], stale: readonly UsedMedia[]): MediaWish[] {
  const refused = new Map(stale.map(({ assetId, form, kind, version }) => [keyOf(assetId, kind, form), version]));
  const wishes = placed.flatMap(({ form, reference }) => {
    if (form === 'base64') return [];
    const [assetId, kind] = [reference.assetId, kindOf(reference)];
    const key = keyOf(assetId, kind, form);
    return [[key, { assetId, kind, form, newerThan: refused.get(key) ?? 0 }] as const];
  });
  return [...new Map(wishes).values()];
}

function write(
  { content, route }: RoutedDelivery,
  placed: readonly PlacedMedia[],
  values: ReadonlyMap<string, string>,
) {
  const forms = new Map(placed.map(({ form, reference }) => [reference.path.join('/'), form]));
  return withVendorForms(route.contentClass, content, (reference) => {
    const form = forms.get(reference.path.join('/')) ?? '';
    return values.get(keyOf(reference.assetId, kindOf(reference), form)) ?? '';
  });
}

const goneAs =
  (assetId: string) =>
  (error: unknown): never => {
    throw error instanceof NotFoundError ? assetGone(assetId) : error;
  };
