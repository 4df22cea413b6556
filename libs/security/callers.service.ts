import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, Repository } from 'typeorm';
import { ConflictError, newId, NotFoundError } from '#libs/core';
import { isUniqueViolation, sqlOf, type Alongside } from '#libs/database';
import { Authenticator } from './authenticator.js';
import { CallerEntity } from './caller.entity.js';

export interface CallerChange {
  readonly name: string;
  readonly enabled: boolean;
}

/** The business systems that own keys and messages. Callers are disabled, never deleted: their messages name them. */
@Injectable()
export class CallersService {
  constructor(
    @InjectRepository(CallerEntity) private readonly callers: Repository<CallerEntity>,
    private readonly authenticator: Authenticator,
  ) {}

  /** Newest first, those before the id `before`; at most `limit`. */
  list(limit: number, before?: string): Promise<CallerEntity[]> {
    return this.callers.find({
      ...(before !== undefined && { where: { id: LessThan(before) } }),
      order: { id: 'DESC' },
      take: limit,
    });
  }

  async find(code: string): Promise<CallerEntity | undefined> {
    return (await this.callers.findOneBy({ code })) ?? undefined;
  }

  /** @throws NotFoundError */
  async get(code: string): Promise<CallerEntity> {
    const caller = await this.find(code);
    if (!caller) throw new NotFoundError('There is no such caller');
    return caller;
  }

  /** @throws ConflictError `already_exists` */
  async create(code: string, change: CallerChange, alongside?: Alongside): Promise<CallerEntity> {
    const now = new Date();
    const caller = this.callers.create({ id: newId(), code, ...change, createdAt: now, updatedAt: now });
    try {
      await this.callers.manager.transaction(async (manager) => {
        await manager.insert(CallerEntity, caller);
        await alongside?.(sqlOf(manager));
      });
    } catch (error) {
      if (isUniqueViolation(error)) throw new ConflictError('already_exists', `The caller "${code}" exists already`);
      throw error;
    }
    return caller;
  }

  /** @throws NotFoundError */
  async update(code: string, change: CallerChange, alongside?: Alongside): Promise<CallerEntity> {
    const caller = await this.get(code);
    const saved = await this.callers.manager.transaction(async (manager) => {
      const row = await manager.save(CallerEntity, { ...caller, ...change });
      await alongside?.(sqlOf(manager));
      return row;
    });
    this.authenticator.forget();
    return saved;
  }
}
