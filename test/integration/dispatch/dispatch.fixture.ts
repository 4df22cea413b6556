import { ConsoleLogger, Injectable, Module } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { AccountReader, LimitLedger, type AccountQuota } from '#libs/accounts';
import { ChannelRegistry, type LimitDefinition } from '#libs/channels';
import { AppConfigModule } from '#libs/config';
import type { JsonValue } from '#libs/core';
import { Database } from '#libs/database';
import {
  DispatchModule,
  RecallDispatcher,
  SendDispatcher,
  type DeliveryEnd,
  type DispatchObserver,
} from '#libs/dispatch';
import {
  CancelStore,
  FallbackService,
  MessageReader,
  RecallService,
  RecallStore,
  ReplayService,
  ResolveService,
  TimelineReader,
  type MessagePlan,
  type MessageView,
  type Recall,
  type TimelineEvent,
} from '#libs/messages';
import { compileTemplate, type TemplateDefinition } from '#libs/templates';
import { startTestDatabase, testConfig, type TestDatabase } from '#libs/testing';
import { CallTally } from '../../../libs/accounts/limits/call-tally.js';
import { AcceptStore } from '../../../libs/messages/submit/accept.store.js';
import { SweepStore } from '../../../libs/messages/sweep/sweep.store.js';
import { CALLER, makeDefinition, makePlan, makeRequest } from '../../../libs/messages/testing/factories.js';
import { TestVendor, testChannels } from '../../../libs/messages/testing/test-channels.js';

@Injectable()
export class RecordingObserver implements DispatchObserver {
  readonly steps: string[] = [];
  readonly ends: DeliveryEnd[] = [];

  stepEnded(step: string, end: string): void {
    this.steps.push(`${step} ${end}`);
  }

  deliveryEnded(end: DeliveryEnd): void {
    this.ends.push(end);
  }
}

@Module({ providers: [RecordingObserver], exports: [RecordingObserver] })
class ObserverModule {}

const CHANNEL_NAMES = ['letter', 'note', 'board'] as const;

/** Everything that sends but the queue: the test says which delivery is dispatched, in which process, and when. */
export class DispatchSystem {
  readonly vendor = new TestVendor();
  private readonly registry: ChannelRegistry;
  private readonly modules: TestingModule[] = [];
  private templates = 0;

  private constructor(
    private readonly server: TestDatabase,
    limits: readonly LimitDefinition[],
    boardLimits: readonly LimitDefinition[],
  ) {
    this.registry = testChannels(this.vendor, limits, boardLimits);
  }

  /** With the accounts `letter-1`, `note-1`, `board-1`; `limits` are those of letters. */
  static async start(
    limits: readonly LimitDefinition[] = [],
    boardLimits: readonly LimitDefinition[] = [],
  ): Promise<DispatchSystem> {
    const system = new DispatchSystem(await startTestDatabase(), limits, boardLimits);
    await system.addProcess();
    for (const channel of CHANNEL_NAMES) {
      await system.query(
        `INSERT INTO account (code, name, channel, config, created_at) VALUES ($1, 'x', $2, '{}', '2026-01-01')`,
        [`${channel}-1`, channel],
      );
    }
    return system;
  }

  /** Another worker on the same database; answers its number. */
  async addProcess(): Promise<number> {
    const config = testConfig({ databaseUrl: this.server.url });
    const module = await Test.createTestingModule({
      imports: [AppConfigModule.forRoot(config), DispatchModule.observedBy(RecordingObserver, ObserverModule)],
    })
      .overrideProvider(ChannelRegistry)
      .useValue(this.registry)
      .setLogger(new ConsoleLogger({ logLevels: [] }))
      .compile();
    await module.init();
    return this.modules.push(module) - 1;
  }

  get observer(): RecordingObserver {
    return this.get(RecordingObserver);
  }

  get database(): Database {
    return this.get(Database);
  }

  get cancels(): CancelStore {
    return this.get(CancelStore);
  }

  get replays(): ReplayService {
    return this.get(ReplayService);
  }

  get resolves(): ResolveService {
    return this.get(ResolveService);
  }

  get sweep(): SweepStore {
    return this.get(SweepStore);
  }

  get recalls(): RecallStore {
    return this.get(RecallStore);
  }

  get fallbacks(): FallbackService {
    return this.get(FallbackService);
  }

  readonly query = <Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]> =>
    this.get(Database).query<Row>(text, values);

  /** Stores a published template and accepts a message of it. */
  async accept(
    recipients: readonly JsonValue[],
    changes: Partial<TemplateDefinition> = {},
    request: Partial<Omit<Parameters<typeof makeRequest>[1] & object, 'template'>> = {},
  ): Promise<MessagePlan> {
    const template = await this.addTemplate(changes);
    return this.acceptOf(template, recipients, request);
  }

  async acceptOf(
    template: ReturnType<typeof compileTemplate>,
    recipients: readonly JsonValue[],
    request: Partial<Omit<Parameters<typeof makeRequest>[1] & object, 'template'>> = {},
  ): Promise<MessagePlan> {
    const plan = await makePlan(makeRequest(recipients, { template, ...request }));
    await this.get(AcceptStore).insert([{ plan, published: false }]);
    return plan;
  }

  async addTemplate(changes: Partial<TemplateDefinition> = {}): Promise<ReturnType<typeof compileTemplate>> {
    const code = `template-${(this.templates += 1)}`;
    const definition = makeDefinition(changes);
    await this.query(`INSERT INTO template (code, name, latest_version, published_version) VALUES ($1, 'x', 1, 1)`, [
      code,
    ]);
    await this.query(`INSERT INTO template_version (template, version, definition) VALUES ($1, 1, $2)`, [
      code,
      JSON.stringify(definition),
    ]);
    return compileTemplate(this.registry, code, 1, definition);
  }

  /** Runs a delivery as a job of the queue would. */
  async dispatch({ id }: Pick<MessagePlan, 'id'>, no = 1, process = 0): Promise<void> {
    const worker = this.get(SendDispatcher, process);
    await worker.dispatch(id, no, new AbortController().signal);
  }

  /** Makes a delivery due that waits for a time. */
  async skipWait({ id }: Pick<MessagePlan, 'id'>): Promise<void> {
    await this.query(`UPDATE delivery SET next_attempt_at = now() WHERE message_id = $1 AND status = 'scheduled'`, [
      id,
    ]);
  }

  /** Every process reads the accounts anew. */
  forgetAccounts(): void {
    for (const module of this.modules) {
      const reader = module.get(AccountReader, { strict: false });
      for (const channel of CHANNEL_NAMES) for (const n of [1, 2]) reader.invalidate(`${channel}-${n}`);
    }
  }

  async openGates(): Promise<void> {
    await this.query(
      `UPDATE account SET status = 'active', paused_by = NULL, blocked_until = NULL, breaker_until = NULL,
       breaker_opened_at = NULL, breaker_failures = 0, throttles = 0, version = version + 1`,
    );
    // Readers keep an account for two seconds; a process of its own sees it anew.
    await this.addProcess().then((number) => this.modules.unshift(...this.modules.splice(number, 1)));
  }

  async read({ id }: Pick<MessagePlan, 'id'>): Promise<MessageView> {
    return this.get(MessageReader).get(id, {});
  }

  async timeline({ id }: Pick<MessagePlan, 'id'>): Promise<readonly TimelineEvent[]> {
    return this.get(TimelineReader).read(await this.get(MessageReader).getRow(id, {}), {});
  }

  /** Recipients' states with their reasons. */
  async fates({ id }: Pick<MessagePlan, 'id'>): Promise<string[]> {
    const rows = await this.query<{ status: string; reason: string | null }>(
      'SELECT status, reason FROM recipient WHERE message_id = $1 ORDER BY row_no',
      [id],
    );
    return rows.map(({ reason, status }) => [status, reason].filter(Boolean).join(' '));
  }

  async attempts({ id }: Pick<MessagePlan, 'id'>): Promise<string[]> {
    const rows = await this.query<{ outcome: string | null; reason: string | null }>(
      'SELECT outcome, reason FROM attempt WHERE message_id = $1 ORDER BY delivery_no, no',
      [id],
    );
    return rows.map(({ outcome, reason }) => [outcome, reason].filter(Boolean).join(' '));
  }

  /** The ledger of an account, after what was counted is written. */
  async quota(account: string): Promise<AccountQuota> {
    await this.get(CallTally).flush();
    return this.get(LimitLedger).get(account);
  }

  /** Also to those who may have it. */
  replay({ id: messageId }: Pick<MessagePlan, 'id'>): Promise<number> {
    return this.get(ReplayService).replay({ messageId, includeUnknown: true, actor: 'test' });
  }

  recall({ id }: Pick<MessagePlan, 'id'>): Promise<Recall> {
    return this.get(RecallService).recallMessage(id, { callerId: CALLER, keyName: 'test' });
  }

  /** Runs an item of a recall as a job of the queue would. */
  async dispatchRecall(
    recall: Pick<Recall, 'id'>,
    { id }: Pick<MessagePlan, 'id'>,
    no = 1,
    process = 0,
  ): Promise<void> {
    await this.get(RecallDispatcher, process).dispatch(recall.id, id, no, new AbortController().signal);
  }

  async stop(): Promise<void> {
    for (const module of this.modules) await module.close();
    await this.server.stop();
  }

  private get<T>(type: abstract new (...args: never[]) => T, process = 0): T {
    const module = this.modules[process];
    if (!module) throw new TypeError(`there is no process ${process}`);
    return module.get<T>(type, { strict: false });
  }
}
