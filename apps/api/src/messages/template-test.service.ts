import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, InvariantError, type Clock, type Language } from '#libs/core';
import { AttemptReader, MessageReader, type AttemptView, type MessageView, type Visibility } from '#libs/messages';
import { requireAccount, requireTemplate, type Identity } from '#libs/security';
import { TemplateCatalogue, TemplatesService } from '#libs/templates';
import { contextOf } from './message-submission.service.js';
import { ownOf } from './message-visibility.js';
import { MeteredSubmissions } from './metered-submissions.service.js';
import type { TemplateTestDto } from './template-test.dto.js';

const WAIT_MS = 10_000;
const POLL_MS = 50;
const MAX_ATTEMPTS = 50;

export interface TemplateTestAnswer {
  readonly message: MessageView;
  readonly attempts: readonly AttemptView[];
  /** Whether the message reached a final state in time. */
  readonly finished: boolean;
}

/** What a test send reads. */
@Injectable()
export class TemplateTestReaders {
  constructor(
    @Inject(MessageReader) readonly messages: MessageReader,
    @Inject(AttemptReader) readonly attempts: AttemptReader,
    @Inject(TemplateCatalogue) readonly catalogue: TemplateCatalogue,
    @Inject(TemplatesService) readonly templates: TemplatesService,
  ) {}
}

/** Sends a template, also an unpublished version, to given people at once, and shows what went over the wire. */
@Injectable()
export class TemplateTestService {
  constructor(
    @Inject(TemplateTestReaders) private readonly readers: TemplateTestReaders,
    @Inject(MeteredSubmissions) private readonly submissions: MeteredSubmissions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async test(
    code: string,
    { params, recipients, version }: TemplateTestDto,
    identity: Identity,
    language: Language,
  ): Promise<TemplateTestAnswer> {
    requireTemplate(identity, code);
    const { catalogue, templates } = this.readers;
    const number = version ?? (await templates.get(code)).version.version;
    const template = await catalogue.getVersion(code, number);
    for (const account of template.routes.flatMap((route) => route.accounts)) requireAccount(identity, account);
    const content = { recipients: recipients ?? [], params: params ?? {} };
    const request = { ...content, template, priority: 'high' as const, isTest: true };
    const submission = await this.submissions.submit(request, contextOf(identity), identity);
    if (submission.outcome !== 'accepted') throw new InvariantError('A test message repeats another one');
    return this.waitFor(submission.plan.id, ownOf(identity, language));
  }

  private async waitFor(id: string, reader: Visibility): Promise<TemplateTestAnswer> {
    const { attempts, messages } = this.readers;
    const endMs = this.clock.monotonicMs() + WAIT_MS;
    for (;;) {
      const row = await messages.getRow(id, reader);
      const finished = row.open_rows === 0;
      if (finished || this.clock.monotonicMs() > endMs) {
        const message = await messages.get(id, reader);
        return { finished, message, attempts: await attempts.list(row, { limit: MAX_ATTEMPTS }, reader) };
      }
      await delay(POLL_MS);
    }
  }
}
