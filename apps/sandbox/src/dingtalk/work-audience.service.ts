import { Injectable } from '@nestjs/common';
import type { JsonObject, JsonValue } from '#libs/core';
import { Refusal } from '../exchange/refusal.js';
import type { Dropped, DropReason } from '../inbox/inbox-entry.js';
import { Habits, type Habit } from '../world/habits.js';
import { People } from '../world/people.js';
import { invalidParameter, missing } from './dingtalk-body.js';

const MOST_USERS = 100;
const MOST_DEPARTMENTS = 20;

/** Why a message does not get to members of some habits. */
const MISSES: Readonly<Partial<Record<Habit, DropReason>>> = {
  refuses: 'protected',
  limited: 'daily_limit',
  loses: 'undelivered',
};

export interface WorkAudience {
  readonly members: readonly string[];
  readonly isEveryone: boolean;
  /**
   * User ids and `department:<id>` that do not exist, and members whom the message does not get to. The call succeeds
   * nevertheless; only the result lists them.
   */
  readonly missed: readonly Dropped[];
}

function split(value: JsonValue | undefined): string[] {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'string' || value === '') throw invalidParameter();
  return [...new Set(value.split(',').filter((id) => id !== ''))];
}

/** Resolves `userid_list`, `dept_id_list` and `to_all_user` of a work message. */
@Injectable()
export class WorkAudienceResolver {
  constructor(
    private readonly people: People,
    private readonly habits: Habits,
  ) {}

  resolve(body: JsonObject): WorkAudience {
    const all = body['to_all_user'] ?? false;
    if (typeof all !== 'boolean') throw invalidParameter();
    if (all) return { ...this.divide(this.people.everyone(), []), isEveryone: true };
    const users = split(body['userid_list']);
    const departments = split(body['dept_id_list']);
    if (users.length + departments.length === 0) throw missing('userid_list or dept_id_list');
    if (users.length > MOST_USERS) throw new Refusal(40032, '不合法的userid列表长度');
    if (departments.length > MOST_DEPARTMENTS) throw invalidParameter();
    return this.lookUp(users, departments);
  }

  private lookUp(users: readonly string[], departments: readonly string[]): WorkAudience {
    const members = new Set<string>();
    const invalid: string[] = [];
    const admit = (found: readonly string[] | undefined, name: string): void => {
      if (!found) invalid.push(name);
      for (const member of found ?? []) members.add(member);
    };
    for (const id of users) admit(toList(this.people.find(id)), id);
    for (const id of departments) admit(this.people.ofDepartment(id), `department:${id}`);
    return { ...this.divide([...members], invalid), isEveryone: false };
  }

  private divide(everybody: readonly string[], invalid: readonly string[]): Omit<WorkAudience, 'isEveryone'> {
    const missed = everybody.flatMap((recipient): Dropped[] => {
      const reason = MISSES[this.habits.of(recipient) ?? 'reads'];
      return reason ? [{ recipient, reason }] : [];
    });
    const left = new Set(missed.map(({ recipient }) => recipient));
    return {
      members: everybody.filter((member) => !left.has(member)),
      missed: [...invalid.map((recipient): Dropped => ({ recipient, reason: 'invalid' })), ...missed],
    };
  }
}

const toList = (member: string | undefined): readonly string[] | undefined =>
  member === undefined ? undefined : [member];
