import { Inject, Injectable, Logger } from '@nestjs/common';
import { CompatAccess, type CompatChannel, type CompatSender } from '#libs/accounts';
import { CompatRefusedError, type CompatFault, type CompatMessage } from '#libs/channels';
import {
  CLOCK,
  ConflictError,
  UnavailableError,
  ValidationError,
  sha256,
  type Clock,
  type JsonObject,
} from '#libs/core';
import { isConnectionFault } from '#libs/database';
import type { SendRequest } from '#libs/messages';
import { FailureThrottle, ForbiddenError, KeyLimitError, KeyUsage, UnauthenticatedError, redact } from '#libs/security';
import { TemplateCatalogue } from '#libs/templates';
import { BodyError, parseJsonBody } from '../http/index.js';
import { contextOf } from '../messages/message-submission.service.js';
import { MeteredSubmissions } from '../messages/metered-submissions.service.js';

/** A request in a vendor's form. */
export interface CompatCall {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Where it comes from. */
  readonly address: string;
}

/** Who is let in, and who tried too often. */
@Injectable()
export class CompatGate {
  constructor(
    @Inject(CompatAccess) readonly access: CompatAccess,
    @Inject(FailureThrottle) readonly throttle: FailureThrottle,
    @Inject(KeyUsage) readonly usage: KeyUsage,
  ) {}
}

const GUESSES: readonly CompatFault[] = ['bad_secret', 'bad_credential'];

/** Takes what tools say in a vendor's form, and answers in it: also what goes wrong. */
@Injectable()
export class CompatService {
  private readonly logger = new Logger('Compat');

  constructor(
    @Inject(CompatGate) private readonly gate: CompatGate,
    @Inject(MeteredSubmissions) private readonly submissions: MeteredSubmissions,
    @Inject(TemplateCatalogue) private readonly templates: TemplateCatalogue,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  login(channel: CompatChannel, call: CompatCall): Promise<JsonObject> {
    return this.answer(channel, call, async () => {
      const { login } = channel.compat;
      if (!login) throw new CompatRefusedError('invalid', 'there are no tokens here');
      const wanted = login.read(call.query);
      const granted = await this.gate.access.login(channel, wanted, call.address).catch(strangersAs('bad_secret'));
      return login.granted(granted.token, granted.expiresInSeconds);
    });
  }

  send(channel: CompatChannel, call: CompatCall): Promise<JsonObject> {
    return this.answer(channel, call, async () => {
      const { send } = channel.compat;
      const sender = await this.senderOf(channel, call);
      const { config } = sender.account;
      send.verify?.(config, call.query, this.clock.now());
      return send.accepted(await this.submit(sender, send.read(parseJsonBody(call.body), config), call));
    });
  }

  private async senderOf(channel: CompatChannel, { address, query }: CompatCall): Promise<CompatSender> {
    const { login, send } = channel.compat;
    const credential = query[send.credential] ?? '';
    if (credential === '') throw new CompatRefusedError('missing_credential', `${send.credential} missing`);
    const { access, usage } = this.gate;
    const sender = login
      ? await access.openByToken(channel, credential, address).catch(strangersAs('expired_token'))
      : await access.open(channel, credential, address).catch(strangersAs('bad_credential'));
    await usage.admit(sender.identity);
    return sender;
  }

  /** The id of the message: that of the first one, when it is a repetition. */
  private async submit({ account, identity }: CompatSender, wanted: CompatMessage, call: CompatCall): Promise<string> {
    const { content, options, recipients, repeatKey } = wanted;
    const inlineContent = { channel: account.channel, account: account.code, content, ...(options && { options }) };
    const request: SendRequest = {
      template: this.templates.compileInline(inlineContent),
      inlineContent,
      recipients,
      params: {},
      priority: 'normal',
      metadata: { endpoint: call.path },
    };
    const idempotency = repeatKey === undefined ? undefined : repetitionOf(call.path, account.code, repeatKey);
    const context = { ...contextOf(identity), ...(idempotency && { idempotency }) };
    const submission = await this.submissions.submit(request, context, identity);
    return submission.outcome === 'accepted' ? submission.plan.id : submission.messageId;
  }

  private async answer(channel: CompatChannel, call: CompatCall, work: () => Promise<JsonObject>): Promise<JsonObject> {
    try {
      return await work();
    } catch (error) {
      const refused = this.refusalOf(error);
      const isTooOften = GUESSES.includes(refused.fault) && this.gate.throttle.note(call.address) !== undefined;
      const { fault, message } = isTooOften ? TOO_OFTEN : refused;
      return channel.compat.refused(fault, message);
    }
  }

  private refusalOf(error: unknown): CompatRefusedError {
    if (error instanceof CompatRefusedError) return error;
    if (error instanceof KeyLimitError) return new CompatRefusedError('throttled', error.message);
    if (error instanceof ForbiddenError) return new CompatRefusedError('no_right', error.message);
    if (error instanceof ValidationError) return new CompatRefusedError('invalid', error.message);
    if (error instanceof BodyError) return new CompatRefusedError('malformed', error.message);
    const mayPass = error instanceof UnavailableError || error instanceof ConflictError || isConnectionFault(error);
    if (!mayPass) this.logger.error({ event: 'compat_failed', error: redact(String(error)) });
    return new CompatRefusedError('busy', 'system busy');
  }
}

const TOO_OFTEN = new CompatRefusedError('throttled', 'too many wrong credentials from this address');

const strangersAs =
  (fault: CompatFault) =>
  (error: unknown): never => {
    if (error instanceof UnauthenticatedError) throw new CompatRefusedError(fault, 'invalid credential');
    throw error;
  };

/** What the vendor takes once for a key of the tool's own is one message, whatever else it says. */
function repetitionOf(path: string, account: string, repeatKey: string) {
  const key = sha256(JSON.stringify([account, repeatKey])).toString('hex');
  return { route: `POST ${path}`, key, bodyHash: sha256(key) };
}
