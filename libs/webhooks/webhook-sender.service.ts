import { Inject, Injectable, Logger } from '@nestjs/common';
import { CLOCK, type Clock } from '#libs/core';
import { AuditLog } from '#libs/security';
import { waitAfter } from './back-off.js';
import { signedHeaders } from './signature.js';
import { WebhookHttp, type WebhookAnswer } from './webhook-http.js';
import { WebhookQueueStore, type ClaimedWebhook, type WebhookOutcome } from './webhook-queue.store.js';
import { WebhookSecrets } from './webhook-secrets.js';
import { eventBody } from './webhook.js';

/** Calls to one endpoint at the same time, from one process. */
const PER_ENDPOINT = 8;
const GONE = 410;

const isSuccess = ({ code = 0 }: WebhookAnswer): boolean => code >= 200 && code < 300;

/** Signs and calls. */
@Injectable()
export class WebhookCaller {
  constructor(
    @Inject(WebhookSecrets) private readonly secrets: WebhookSecrets,
    @Inject(WebhookHttp) private readonly http: WebhookHttp,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async call(claimed: ClaimedWebhook, stop: AbortSignal): Promise<WebhookAnswer> {
    const { endpointId, eventId, previousSecret, secret, url } = claimed;
    const secrets = this.secrets.open(endpointId, secret, previousSecret);
    const body = eventBody(claimed);
    const headers = signedHeaders({ id: eventId, body }, secrets, this.clock.now());
    return this.http.post({ url, headers, body }, stop);
  }
}

/** Brings events to endpoints. An endpoint that is slow or away holds up no other one. */
@Injectable()
export class WebhookSender {
  private readonly logger = new Logger(WebhookSender.name);
  private readonly stopping = new AbortController();
  private readonly busy = new Map<string, number>();
  private readonly calls = new Set<Promise<void>>();

  constructor(
    @Inject(WebhookQueueStore) private readonly queue: WebhookQueueStore,
    @Inject(WebhookCaller) private readonly caller: WebhookCaller,
    @Inject(AuditLog) private readonly audit: AuditLog,
  ) {}

  /** Begins what is due; `onEnd` is told of each call that has ended. Answers how many it began. */
  async begin(onEnd: () => void): Promise<number> {
    if (this.stopping.signal.aborted) return 0;
    const claimed = await this.queue.claim(this.busy, PER_ENDPOINT);
    for (const one of claimed) {
      this.busy.set(one.endpointId, (this.busy.get(one.endpointId) ?? 0) + 1);
      const call = this.send(one).finally(() => {
        this.calls.delete(call);
        this.release(one.endpointId);
        onEnd();
      });
      this.calls.add(call);
    }
    return claimed.length;
  }

  /** Breaks the calls under way off; what they were for is due again at once. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.calls);
  }

  private release(endpointId: string): void {
    const left = (this.busy.get(endpointId) ?? 1) - 1;
    if (left === 0) this.busy.delete(endpointId);
    else this.busy.set(endpointId, left);
  }

  /** What cannot be recorded is sent again when the lease has run out. */
  private async send(claimed: ClaimedWebhook): Promise<void> {
    try {
      await this.record(claimed, await this.caller.call(claimed, this.stopping.signal));
    } catch (error) {
      if (this.stopping.signal.aborted) return this.giveBack(claimed);
      this.logger.warn(`Event ${claimed.eventId} for webhook ${claimed.endpointId} goes on later: ${String(error)}`);
    }
  }

  private async giveBack(claimed: ClaimedWebhook): Promise<void> {
    await this.queue.giveBack(claimed).catch((error: unknown) => {
      this.logger.warn(`Event ${claimed.eventId} is sent again when its lease ends: ${String(error)}`);
    });
  }

  private async record(claimed: ClaimedWebhook, answer: WebhookAnswer): Promise<void> {
    const { endpointId, isTest } = claimed;
    await this.queue.end(claimed, outcomeOf(claimed, answer));
    if (isTest) return;
    if (isSuccess(answer)) return this.queue.noteSuccess(endpointId);
    const reason = await this.queue.noteFailure(endpointId, answer.code === GONE);
    if (reason === undefined) return;
    this.logger.warn(`Webhook ${endpointId} is switched off: ${reason}`);
    const details = { reason, ...(answer.code !== undefined && { code: answer.code }) };
    await this.audit.record({ action: 'webhook.disable', object: `webhook:${endpointId}`, details });
  }
}

/** A test is tried once. */
function outcomeOf({ isTest, tries }: ClaimedWebhook, answer: WebhookAnswer): WebhookOutcome {
  if (isSuccess(answer)) return { ...answer, status: 'delivered', waitMs: 0 };
  const waitMs = isTest ? undefined : waitAfter(tries);
  return { ...answer, status: waitMs === undefined ? 'failed' : 'waiting', waitMs: waitMs ?? 0 };
}
