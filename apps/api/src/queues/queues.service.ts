import { Inject, Injectable } from '@nestjs/common';
import { QueueGates, type PausedQueue } from '#libs/accounts';
import { ChannelRegistry } from '#libs/channels';
import { NotFoundError } from '#libs/core';
import { QueueLinesReader, type QueueLine } from '#libs/insight';
import { BacklogReader, type Backlog } from '#libs/messages';
import { AuditLog, type Identity } from '#libs/security';
import type { QueueDto, QueueLineDto } from './queue.dto.js';

interface Actor {
  readonly identity: Identity;
  readonly requestId: string;
}

/** What waits: by channel, and by account and priority. */
@Injectable()
export class Backlogs {
  constructor(
    @Inject(BacklogReader) readonly channels: BacklogReader,
    @Inject(QueueLinesReader) readonly lines: QueueLinesReader,
  ) {}
}

/** The channels as queues: what waits for each, and whether a person holds it back. */
@Injectable()
export class QueuesService {
  constructor(
    @Inject(Backlogs) private readonly backlogs: Backlogs,
    @Inject(QueueGates) private readonly gates: QueueGates,
    @Inject(AuditLog) private readonly audit: AuditLog,
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
  ) {}

  async list(): Promise<readonly QueueDto[]> {
    const [backlogs, lines, paused] = await Promise.all([
      this.backlogs.channels.read(),
      this.backlogs.lines.read(),
      this.gates.listPaused(),
    ]);
    return backlogs.map((backlog) => ({
      ...present(
        backlog,
        paused.find(({ channel }) => channel === backlog.channel),
      ),
      lines: lines.filter(({ channel }) => channel === backlog.channel).map(presentLine),
    }));
  }

  /** @throws NotFoundError */
  async pause(channel: string, reason: string | undefined, { identity, requestId }: Actor): Promise<QueueDto> {
    this.requireChannel(channel);
    // The gate first: what waits may take a while to count.
    const details = { reason: reason ?? null };
    await this.audit.change(
      (sql) => this.gates.pause(channel, reason, identity.keyName, sql),
      () => ({ identity, action: 'queue.pause', object: `queue:${channel}`, details, requestId }),
    );
    return this.get(channel);
  }

  /** @throws NotFoundError */
  async resume(channel: string, { identity, requestId }: Actor): Promise<QueueDto> {
    this.requireChannel(channel);
    await this.audit.change(
      (sql) => this.gates.resume(channel, sql),
      () => ({ identity, action: 'queue.resume', object: `queue:${channel}`, requestId }),
    );
    return this.get(channel);
  }

  private requireChannel(channel: string): void {
    if (!this.channels.find(channel)) throw noSuchChannel();
  }

  private async get(channel: string): Promise<QueueDto> {
    const queue = (await this.list()).find((candidate) => candidate.channel === channel);
    if (!queue) throw noSuchChannel();
    return queue;
  }
}

const noSuchChannel = (): NotFoundError => new NotFoundError('There is no such channel');

function presentLine({ channel: _, paused, ...line }: QueueLine): QueueLineDto {
  if (!paused) return line;
  const { since, ...pause } = paused;
  return { ...line, paused: { ...pause, ...(since && { since: since.toISOString() }) } };
}

function present(
  { accepted, scheduled, ...backlog }: Backlog,
  paused: PausedQueue | undefined,
): Omit<QueueDto, 'lines'> {
  const waiting = Object.values(scheduled).reduce((total, count) => total + count, accepted);
  return {
    ...backlog,
    waiting,
    accepted,
    scheduled,
    paused: paused !== undefined,
    ...(paused && { pausedAt: paused.pausedAt.toISOString() }),
    ...(paused?.reason !== undefined && { pausedReason: paused.reason }),
    ...(paused?.actor !== undefined && { pausedBy: paused.actor }),
  };
}
