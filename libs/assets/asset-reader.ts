import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, Repository } from 'typeorm';
import { CLOCK, isUuid, type Clock } from '#libs/core';
import { AssetEntity } from './asset.entity.js';

/** Longest time that a deletion made by another process stays unseen. */
const MAX_AGE_MS = 2_000;
const MOST_CACHED = 10_000;

interface Cached {
  readonly asset: AssetEntity;
  readonly staleAtMs: number;
}

/** What is known about assets without their bytes, from memory where it was read a moment ago. */
@Injectable()
export class AssetReader {
  private readonly cache = new Map<string, Cached>();

  constructor(
    @InjectRepository(AssetEntity) private readonly assets: Repository<AssetEntity>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Those that exist, by id; one statement for all that are not at hand. Texts that are no ids are nobody's. */
  async find(ids: readonly string[]): Promise<ReadonlyMap<string, AssetEntity>> {
    const nowMs = this.clock.monotonicMs();
    const known = new Map<string, AssetEntity>();
    const unknown = new Set<string>();
    for (const id of ids.filter(isUuid)) {
      const cached = this.cache.get(id);
      if (cached && nowMs < cached.staleAtMs) known.set(id, cached.asset);
      else unknown.add(id);
    }
    if (unknown.size === 0) return known;
    const found = await this.assets.findBy({ id: In([...unknown]) });
    if (this.cache.size > MOST_CACHED) this.cache.clear();
    for (const asset of found) {
      this.cache.set(asset.id, { asset, staleAtMs: nowMs + MAX_AGE_MS });
      known.set(asset.id, asset);
    }
    return known;
  }

  /** Makes this process read the asset anew. */
  invalidate(id: string): void {
    this.cache.delete(id);
  }
}
