import { Inject, Injectable } from '@nestjs/common';
import { ChannelRegistry } from '#libs/channels';
import { CLOCK, NotFoundError, ValidationError, type Clock } from '#libs/core';
import { Database } from '#libs/database';
import type { CompiledTemplate } from './compiled-template.js';
import { LruCache } from './lru-cache.js';
import type { DigestContent } from './digest-content.js';
import { compileDigest, compileInline, compileTemplate } from './template-compiler.js';
import type { InlineContent, TemplateDefinition } from './template-definition.js';

/** How long another process may go on with what it has read: a change is seen everywhere within this time. */
const MAX_AGE_MS = 1_000;
/** From this age on it is read anew in the background. */
const REFRESH_AGE_MS = 400;

const CACHED_VERSIONS = 1_000;

interface TemplateState {
  readonly enabled: boolean;
  readonly publishedVersion: number | null;
}

interface CachedState {
  readonly readAtMs: number;
  readonly state: Promise<TemplateState | undefined>;
}

const refuse = (code: string, message: string): ValidationError =>
  new ValidationError([{ pointer: '/template', code, message }]);

/** Templates ready for sending, from memory. */
@Injectable()
export class TemplateCatalogue {
  private readonly states = new Map<string, CachedState>();
  private readonly refreshing = new Set<string>();
  private readonly versions = new LruCache<Promise<CompiledTemplate>>(CACHED_VERSIONS);

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The version that new messages use.
   * @throws ValidationError at `/template`: `unknown_template`, `template_not_published`, `template_disabled`.
   */
  async getPublished(code: string): Promise<CompiledTemplate> {
    const state = await this.stateOf(code);
    if (!state) throw refuse('unknown_template', 'There is no such template');
    if (!state.enabled) throw refuse('template_disabled', 'The template is disabled');
    if (state.publishedVersion === null) throw refuse('template_not_published', 'No version is published yet');
    return this.getVersion(code, state.publishedVersion);
  }

  /**
   * One version, published or not, of a template that may be deleted by now. Versions never change: kept for good.
   * @throws NotFoundError
   */
  getVersion(code: string, version: number): Promise<CompiledTemplate> {
    const key = `${code} ${version}`;
    const known = this.versions.get(key);
    if (known) return known;
    const loading = this.load(code, version);
    this.versions.set(key, loading);
    loading.catch(() => this.versions.delete(key));
    return loading;
  }

  /** @throws ValidationError with pointers into the inline content. */
  compileInline(inline: InlineContent | DigestContent): CompiledTemplate {
    return 'parts' in inline ? compileDigest(this.channels, inline) : compileInline(this.channels, inline);
  }

  /** Forgets what this process knows about a template's state; call after a change. */
  invalidate(code: string): void {
    this.states.delete(code);
  }

  private stateOf(code: string): Promise<TemplateState | undefined> {
    const readAtMs = this.clock.monotonicMs();
    const known = this.states.get(code);
    const ageMs = known ? readAtMs - known.readAtMs : Infinity;
    if (known && ageMs < MAX_AGE_MS) {
      if (ageMs > REFRESH_AGE_MS) this.refresh(code, known);
      return known.state;
    }
    return this.look(code, readAtMs);
  }

  /** Read anew while the known state still serves: nobody waits for it. */
  private refresh(code: string, known: CachedState): void {
    if (this.refreshing.has(code)) return;
    this.refreshing.add(code);
    const readAtMs = this.clock.monotonicMs();
    void this.readState(code)
      .then(
        (found) => {
          if (this.states.get(code) !== known) return;
          if (found) this.states.set(code, { readAtMs, state: Promise.resolve(found) });
          else this.states.delete(code);
        },
        // The known state serves for as long as it may; whoever comes afterwards is told what is wrong.
        () => undefined,
      )
      .finally(() => this.refreshing.delete(code));
  }

  private look(code: string, readAtMs: number): Promise<TemplateState | undefined> {
    const state = this.readState(code);
    const entry: CachedState = { readAtMs, state };
    this.states.set(code, entry);
    // Neither a failure nor the absence of a template is worth remembering.
    void state.then(
      (found) => found ?? this.forget(code, entry),
      () => this.forget(code, entry),
    );
    return state;
  }

  private forget(code: string, entry: CachedState): void {
    if (this.states.get(code) === entry) this.states.delete(code);
  }

  private async readState(code: string): Promise<TemplateState | undefined> {
    const [row] = await this.database.query<TemplateState>(
      `SELECT enabled, published_version AS "publishedVersion" FROM template WHERE code = $1 AND deleted_at IS NULL`,
      [code],
    );
    return row;
  }

  private async load(code: string, version: number): Promise<CompiledTemplate> {
    const [row] = await this.database.query<{ definition: TemplateDefinition }>(
      `SELECT definition FROM template_version WHERE template = $1 AND version = $2`,
      [code, version],
    );
    if (!row) throw new NotFoundError(`Template "${code}" has no version ${version}`);
    return compileTemplate(this.channels, code, version, row.definition);
  }
}
