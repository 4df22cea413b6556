import { Inject, Injectable } from '@nestjs/common';
import { ChannelRegistry, FAMILY_NAMES, isFamilyName } from '#libs/channels';
import { CLOCK, NotFoundError, type Clock } from '#libs/core';
import { canonicalNativeId } from '#libs/directory';
import { ProviderWords } from '#libs/messages';
import { TemplateCatalogue, type CompiledTemplate } from '#libs/templates';
import { decide } from './decision.js';
import { lastAttempt, type Evidence, type Telling } from './evidence.js';
import type { Fate } from './fate.js';
import { FateReader } from './fate.reader.js';
import { PersonDirectory, type DirectoryAnswer } from './person-directory.js';

/** What a chain is told from, beside the rows. */
@Injectable()
export class EvidenceReader {
  constructor(
    @Inject(FateReader) private readonly fates: FateReader,
    @Inject(TemplateCatalogue) private readonly templates: TemplateCatalogue,
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
    @Inject(ProviderWords) private readonly words: ProviderWords,
  ) {}

  async collect(fate: Fate, { person }: DirectoryAnswer, telling: Telling): Promise<Evidence> {
    const [template, account, attempts, events] = await Promise.all([
      this.findTemplate(fate),
      this.fates.findAccount(fate.account),
      this.fates.listAttempts(fate),
      this.fates.listEvents(fate),
    ]);
    const silence = this.words.silenceOf(fate.channel, telling);
    const provider = this.providerOf(fate, lastAttempt({ attempts }), telling);
    return {
      fate,
      decision: decide(fate),
      attempts,
      events,
      telling,
      channel: this.channels.find(fate.channel)?.label[telling.language] ?? fate.channel,
      ...(person && { person }),
      ...(template && { template }),
      ...(account && { account }),
      ...(silence !== undefined && { silence }),
      ...(provider && { provider }),
    };
  }

  /** A recipient may be refused in an answer that accepts the others. */
  private providerOf(fate: Fate, attempt: Evidence['attempts'][number] | undefined, telling: Telling) {
    const own = fate.detail?.['providerCode'];
    const code = typeof own === 'string' ? own : attempt?.outcome === 'sent' ? null : (attempt?.code ?? null);
    return code === null
      ? undefined
      : this.words.explain({ channel: fate.channel, code, reason: fate.reason ?? attempt?.reason ?? null }, telling);
  }

  private async findTemplate({ template, template_version: version }: Fate): Promise<CompiledTemplate | undefined> {
    if (template === null || version === null) return undefined;
    try {
      return await this.templates.getVersion(template, version);
    } catch (error) {
      if (error instanceof NotFoundError) return undefined;
      throw error;
    }
  }
}

/** Finds who is meant by a ref, and what was sent to them. */
@Injectable()
export class PersonFinder {
  constructor(
    @Inject(PersonDirectory) private readonly directory: PersonDirectory,
    @Inject(CLOCK) readonly clock: Clock,
  ) {}

  /** Who may not read the directory learns from the rows alone. */
  async find(ref: string, mayReadPeople: boolean): Promise<DirectoryAnswer> {
    return mayReadPeople ? this.directory.find(ref) : { silent: true };
  }

  /** Every ref under which rows of this person stand. */
  refsOf(ref: string, { person }: DirectoryAnswer): readonly string[] {
    return person ? [...new Set([ref, ...person.refs])] : spellingsOf(ref);
  }
}

/**
 * Without a directory a bare id is the vendor's own, so one person may be written as `user:` or by the vendor's name.
 * The ref that was asked for comes first.
 */
export function spellingsOf(ref: string): readonly string[] {
  const [, type = '', id = ''] = /^([a-z]+):([^:]*)$/.exec(ref) ?? [];
  if (type === 'user') return [ref, ...FAMILY_NAMES.map((family) => `${family}:${canonicalNativeId(family, id)}`)];
  return isFamilyName(type) ? [ref, `user:${id}`] : [ref];
}
