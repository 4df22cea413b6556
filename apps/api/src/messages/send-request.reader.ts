import { Inject, Injectable } from '@nestjs/common';
import {
  CLOCK,
  ValidationError,
  isJsonObject,
  jsonPointer,
  validateShape,
  type Clock,
  type Fault,
  type JsonValue,
} from '#libs/core';
import type { SendRequest } from '#libs/messages';
import { mayUseAccount, mayUseTemplate, type Identity } from '#libs/security';
import { TemplateCatalogue, type CompiledTemplate } from '#libs/templates';
import { SendMessageDto } from './send-message.dto.js';

/** A body read as far as it goes. Without `request` the faults are all there is. */
export interface ReadSendRequest {
  readonly request?: SendRequest;
  readonly faults: readonly Fault[];
}

/** Turns the body of a send into a request for the domain: shape, template, times. Collects faults, throws none. */
@Injectable()
export class SendRequestReader {
  constructor(
    @Inject(TemplateCatalogue) private readonly templates: TemplateCatalogue,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async read(body: JsonValue, identity: Identity, batchId?: string): Promise<ReadSendRequest> {
    if (!isJsonObject(body)) return { faults: [{ pointer: '', code: 'wrong_type', message: 'must be an object' }] };
    const { faults, value } = validateShape(SendMessageDto, body, { asGiven: true });
    if ((value.sendAt ?? null) !== null && (value.delaySeconds ?? null) !== null) faults.push(bothDelays);
    const found = await this.findTemplate(value.template, identity);
    faults.push(...found.faults);
    if (!found.template) return { faults };
    return { faults, request: this.toRequest(value, found.template, batchId) };
  }

  private async findTemplate(
    code: unknown,
    identity: Identity,
  ): Promise<{ readonly template?: CompiledTemplate; readonly faults: readonly Fault[] }> {
    if (typeof code !== 'string' || code === '') return { faults: [] };
    if (!mayUseTemplate(identity, code))
      return { faults: [templateFault('template_not_allowed', 'the key may not use this template')] };
    try {
      const template = await this.templates.getPublished(code);
      const accounts = template.routes.flatMap((route) => route.accounts);
      const foreign = accounts.find((account) => !mayUseAccount(identity, account));
      if (foreign === undefined) return { template, faults: [] };
      return { faults: [templateFault('account_not_allowed', `the key may not use the account ${foreign}`)] };
    } catch (error) {
      if (error instanceof ValidationError) return { faults: error.faults };
      throw error;
    }
  }

  /** Fields whose shape is at fault are left out: the request is only planned to find further faults then. */
  private toRequest(dto: SendMessageDto, template: CompiledTemplate, batchId?: string): SendRequest {
    const sendAt = this.sendAt(dto);
    const expireAt = toInstant(dto.expireAt);
    return {
      template,
      recipients: Array.isArray(dto.recipients) ? dto.recipients : [],
      params: isJsonObject(dto.params) ? dto.params : {},
      priority: dto.priority ?? 'normal',
      ...text('businessKey', dto.businessKey),
      ...text('channel', dto.channel),
      ...text('account', dto.account),
      ...(sendAt && { sendAt }),
      ...(expireAt && { expireAt }),
      ...(isJsonObject(dto.metadata) && { metadata: dto.metadata }),
      ...(batchId !== undefined && { batchId }),
    };
  }

  private sendAt({ delaySeconds, sendAt }: SendMessageDto): Date | undefined {
    if (!Number.isInteger(delaySeconds)) return toInstant(sendAt);
    return new Date(this.clock.now().getTime() + Number(delaySeconds) * 1000);
  }
}

const templateFault = (code: string, message: string): Fault => ({ pointer: jsonPointer('template'), code, message });

const bothDelays: Fault = {
  pointer: '/delaySeconds',
  code: 'conflicting_fields',
  message: 'sendAt and delaySeconds exclude each other',
};

function toInstant(value: unknown): Date | undefined {
  const time = typeof value === 'string' ? new Date(value) : undefined;
  return time && !Number.isNaN(time.getTime()) ? time : undefined;
}

const text = <K extends string>(key: K, value: unknown): Partial<Record<K, string>> =>
  typeof value === 'string' ? ({ [key]: value } as Record<K, string>) : {};
