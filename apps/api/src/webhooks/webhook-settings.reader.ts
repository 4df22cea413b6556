import { Inject, Injectable } from '@nestjs/common';
import { NotFoundError, ValidationError, type Fault } from '#libs/core';
import { CallersService } from '#libs/security';
import { TemplatesService } from '#libs/templates';
import { AddressGuard, type WebhookSettings } from '#libs/webhooks';
import type { WebhookSettingsDto } from './webhook.dto.js';

/** What a body asks for, with every name in it looked up. */
@Injectable()
export class WebhookSettingsReader {
  constructor(
    @Inject(CallersService) private readonly callers: CallersService,
    @Inject(TemplatesService) private readonly templates: TemplatesService,
    @Inject(AddressGuard) private readonly guard: AddressGuard,
  ) {}

  /** @throws ValidationError */
  async read(body: WebhookSettingsDto): Promise<WebhookSettings> {
    await this.guard.requireUrl(body.url);
    const callers = await Promise.all(body.callers.map((code) => this.callers.find(code)));
    const unknown = body.callers.flatMap((code, index): Fault[] =>
      callers[index] ? [] : [unknownIn('callers', index, 'unknown_caller', `there is no caller ${code}`)],
    );
    const faults = [...unknown, ...(await this.unknownTemplates(body.templates))];
    if (faults.length > 0) throw new ValidationError(faults);
    const { enabled, events, name, templates, url } = body;
    const callerIds = callers.flatMap((caller) => (caller ? [caller.id] : []));
    return { name, url, events, callerIds, templates, enabled };
  }

  private async unknownTemplates(codes: readonly string[]): Promise<readonly Fault[]> {
    const faults: Fault[] = [];
    for (const [index, code] of codes.entries()) {
      try {
        await this.templates.get(code);
      } catch (error) {
        if (!(error instanceof NotFoundError)) throw error;
        faults.push(unknownIn('templates', index, 'unknown_template', `there is no template ${code}`));
      }
    }
    return faults;
  }
}

const unknownIn = (list: string, index: number, code: string, message: string): Fault => ({
  pointer: `/${list}/${index}`,
  code,
  message,
});
