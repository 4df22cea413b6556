import { Inject, Injectable, Logger } from '@nestjs/common';
import {
  CLOCK,
  ConflictError,
  NotFoundError,
  UnavailableError,
  ValidationError,
  isUuid,
  newId,
  type Clock,
  type JsonObject,
} from '#libs/core';
import type { MessagePlan } from '#libs/messages';
import {
  ForbiddenError,
  KeyLimitError,
  TooManyFailuresError,
  UnauthenticatedError,
  redact,
  type Identity,
} from '#libs/security';
import { TemplateNumbers } from '#libs/templates';
import { BodyError, parseJsonBody } from '../http/index.js';
import { contextOf } from '../messages/message-submission.service.js';
import { MeteredSubmissions } from '../messages/metered-submissions.service.js';
import { SendRequestReader } from '../messages/send-request.reader.js';
import { RecallSubmissionService } from '../recalls/recall-submission.service.js';
import {
  TooManyReceiversError,
  asRecipient,
  messageIn,
  messagesIn,
  recallIdsIn,
  templateIn,
  type AustinMessage,
} from './austin-request.js';

/** austin's envelope; `code` decides, the HTTP status is always 200. */
export interface AustinAnswer {
  readonly code: '0' | 'A0001' | 'A0002' | 'A0003' | 'B0001';
  readonly msg: string;
  readonly data: readonly JsonObject[] | null;
}

export interface AustinCall {
  readonly body: Buffer;
  readonly requestId: string;
  /** @throws UnauthenticatedError, ForbiddenError */
  readonly authenticate: () => Promise<Identity>;
}

const DONE = '操作成功';
const NO_TEMPLATE: readonly string[] = ['unknown_template', 'template_not_published', 'template_disabled'];

/** How messages get from austin's form into ours. */
@Injectable()
export class AustinRequests {
  constructor(
    @Inject(SendRequestReader) readonly reader: SendRequestReader,
    @Inject(TemplateNumbers) readonly numbers: TemplateNumbers,
    @Inject(CLOCK) readonly clock: Clock,
  ) {}
}

/** Takes austin's calls: every message of a call is accepted, or none of them. */
@Injectable()
export class AustinService {
  private readonly logger = new Logger('Compat');

  constructor(
    @Inject(AustinRequests) private readonly requests: AustinRequests,
    @Inject(MeteredSubmissions) private readonly submissions: MeteredSubmissions,
    @Inject(RecallSubmissionService) private readonly recalls: RecallSubmissionService,
  ) {}

  send(call: AustinCall): Promise<AustinAnswer> {
    return this.answer(async () => {
      const identity = await senderBehind(call);
      const body = parseJsonBody(call.body);
      return this.submit(templateIn(body), [messageIn(body['messageParam'], '/messageParam')], identity);
    });
  }

  batchSend(call: AustinCall): Promise<AustinAnswer> {
    return this.answer(async () => {
      const identity = await senderBehind(call);
      const body = parseJsonBody(call.body);
      return this.submit(templateIn(body), messagesIn(body), identity);
    });
  }

  /** By message ids only: taking back whatever a template ever sent is nothing to be done by leaving a field out. */
  recall(call: AustinCall): Promise<AustinAnswer> {
    return this.answer(async () => {
      const identity = await call.authenticate();
      if (!identity.scopes.has('messages:recall')) throw ForbiddenError.missingScope('messages:recall');
      const messageIds = recallIdsIn(parseJsonBody(call.body)).filter(isUuid);
      if (messageIds.length === 0) throw new NotFoundError('There are no such messages');
      const { id } = await this.recalls.recallMany({ messageIds }, { identity, requestId: call.requestId });
      return [{ recallId: id }];
    });
  }

  private async submit(
    template: string,
    messages: readonly AustinMessage[],
    identity: Identity,
  ): Promise<readonly JsonObject[]> {
    const code = (await this.codeOf(template)) ?? template;
    const batch = messages.length > 1 ? newId() : undefined;
    const plans: MessagePlan[] = [];
    for (const message of messages) plans.push(await this.plan(code, message, identity, batch));
    const settled = await this.submissions.submitBatch(plans, { describe: () => [] }, identity);
    if (settled === 'replay') return [];
    const businessId = businessIdOf(template, this.requests.clock.now());
    return plans.map(({ id }, index) => ({ bizId: messages[index]?.bizId ?? id, businessId, messageId: id }));
  }

  private async plan(
    template: string,
    { bizId, receivers, variables }: AustinMessage,
    identity: Identity,
    batch: string | undefined,
  ): Promise<MessagePlan> {
    const metadata = bizId === undefined ? {} : { metadata: { bizId } };
    const body = { template, recipients: receivers.map(asRecipient), params: variables, ...metadata };
    const { faults, request } = await this.requests.reader.read(body, identity, batch);
    if (!request) throw new ValidationError(faults);
    return this.submissions.plan(request, { ...contextOf(identity), faults });
  }

  private async codeOf(template: string): Promise<string | undefined> {
    return /^\d{1,15}$/.test(template) ? this.requests.numbers.findCode(Number(template)) : undefined;
  }

  private async answer(work: () => Promise<readonly JsonObject[]>): Promise<AustinAnswer> {
    try {
      return { code: '0', msg: DONE, data: await work() };
    } catch (error) {
      const code = codeOf(error);
      if (code !== 'B0001') return { code, msg: messageOf(error), data: null };
      const mayPass = error instanceof UnavailableError;
      if (!mayPass) this.logger.error({ event: 'compat_failed', error: redact(String(error)) });
      return { code, msg: mayPass ? error.message : '服务执行异常', data: null };
    }
  }
}

async function senderBehind({ authenticate }: AustinCall): Promise<Identity> {
  const identity = await authenticate();
  if (!identity.scopes.has('messages:send')) throw ForbiddenError.missingScope('messages:send');
  return identity;
}

const OURS_TO_TELL = [
  BodyError,
  ConflictError,
  ForbiddenError,
  KeyLimitError,
  NotFoundError,
  TooManyFailuresError,
  UnauthenticatedError,
  ValidationError,
];

function codeOf(error: unknown): AustinAnswer['code'] {
  if (error instanceof TooManyReceiversError) return 'A0003';
  if (error instanceof ValidationError && error.faults.some(({ code }) => NO_TEMPLATE.includes(code))) return 'A0002';
  return OURS_TO_TELL.some((type) => error instanceof type) ? 'A0001' : 'B0001';
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const DAY_LENGTH = 10;

/** As austin makes them: the template and the day, in China. */
function businessIdOf(template: string, now: Date): number | string {
  const inChina = new Date(now.getTime() + 8 * 3_600_000).toISOString();
  const text = template + inChina.slice(0, DAY_LENGTH).replaceAll('-', '');
  const number = Number(text);
  return /^\d+$/.test(text) && Number.isSafeInteger(number) ? number : text;
}
