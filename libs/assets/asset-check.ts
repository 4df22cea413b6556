import { Inject, Injectable } from '@nestjs/common';
import type { ChannelDefinition, Content } from '#libs/channels';
import { isUuid, jsonPointer, type ClassOf, type Fault } from '#libs/core';
import type { Sql } from '#libs/database';
import { seesAllCallers, type Identity } from '#libs/security';
import { AssetReader } from './asset-reader.js';
import { assetReferences, type AssetReference, type Path } from './asset-references.js';
import type { AssetEntity } from './asset.entity.js';
import { formFor, misfitOf, unsupported, type Misfit } from './media-form.js';

/** Whose assets somebody may use; without a caller all. */
export interface AssetVisibility {
  readonly callerId?: string;
}

/** The assets that a key may read and use: a caller's key its own, the other presets all. */
export const assetsSeenBy = (identity: Identity): AssetVisibility =>
  seesAllCallers(identity) ? {} : { callerId: identity.callerId };

/** A content with where it stands and where it will go. */
export interface CheckedContent {
  readonly channel: ChannelDefinition;
  readonly contentClass: ClassOf<object>;
  readonly content: Content;
  /** Where the content stands in the request. */
  readonly base: Path;
  /** Texts that are no final reference yet: only what is certain is told about them. */
  readonly isOpen?: (assetId: string) => boolean;
  /** Assets that need not be visible, since somebody who sees them chose them. */
  readonly granted?: ReadonlySet<string>;
}

/** An asset that somebody is about to store a reference to. */
export interface NamedAsset {
  readonly assetId: string;
  /** Where it is named in the request. */
  readonly pointer: string;
}

interface PlacedReference {
  readonly reference: AssetReference;
  readonly checked: CheckedContent;
}

const CROWDED: Misfit = {
  code: 'conflicting_fields',
  message: 'give either the asset or the field that it stands for',
};
const NOT_FOUND: Misfit = { code: 'asset_not_found', message: 'there is no such asset' };

/** Tells before a message is accepted, or a template saved, whether its assets can travel. */
@Injectable()
export class AssetCheck {
  constructor(@Inject(AssetReader) private readonly reader: AssetReader) {}

  /** The assets that these contents name for good. */
  namedIn(contents: readonly CheckedContent[]): NamedAsset[] {
    return contents.flatMap(({ base, content, contentClass, isOpen }) =>
      assetReferences(contentClass, content, base)
        .filter(({ assetId }) => isUuid(assetId) && !isOpen?.(assetId))
        .map(({ assetId, path }) => ({ assetId, pointer: jsonPointer(...path) })),
    );
  }

  /**
   * Nobody deletes these assets before the transaction ends; who deletes then sees what it has stored. Answers the faults
   * of those that somebody has deleted since they were checked.
   */
  async hold(named: readonly NamedAsset[], sql: Sql): Promise<Fault[]> {
    if (named.length === 0) return [];
    const ids = [...new Set(named.map(({ assetId }) => assetId.toLowerCase()))];
    const rows = await sql.query<{ id: string }>(
      'SELECT id FROM asset WHERE id = ANY ($1::uuid[]) ORDER BY id FOR KEY SHARE',
      [ids],
    );
    const there = new Set(rows.map(({ id }) => id));
    return named
      .filter(({ assetId }) => !there.has(assetId.toLowerCase()))
      .map(({ pointer }) => ({ pointer, ...NOT_FOUND }));
  }

  /** Every fault of the assets that these contents name; one look for all of them. */
  async faultsOf(contents: readonly CheckedContent[], visibility: AssetVisibility): Promise<Fault[]> {
    const placed = contents.flatMap((checked) =>
      assetReferences(checked.contentClass, checked.content, checked.base).map((reference) => ({ reference, checked })),
    );
    if (placed.length === 0) return [];
    const assets = await this.reader.find(placed.map(({ reference }) => reference.assetId));
    return placed.flatMap((place) => {
      const misfit = faultOf(place, assets, visibility);
      return misfit ? [{ pointer: jsonPointer(...place.reference.path), ...misfit }] : [];
    });
  }
}

function faultOf(
  { checked: { channel, granted, isOpen }, reference: { assetId, field, isCrowded } }: PlacedReference,
  assets: ReadonlyMap<string, AssetEntity>,
  { callerId }: AssetVisibility,
): Misfit | undefined {
  if (isCrowded) return CROWDED;
  if (isOpen?.(assetId)) return formFor(channel, field) ? undefined : unsupported(channel);
  const asset = assets.get(assetId);
  if (!asset) return NOT_FOUND;
  const isVisible = callerId === undefined || asset.callerId === callerId || granted?.has(assetId);
  return isVisible ? misfitOf(channel, field, asset) : NOT_FOUND;
}
