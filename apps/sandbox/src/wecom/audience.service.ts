import { Injectable } from '@nestjs/common';
import type { JsonObject } from '#libs/core';
import { Refusal } from '../exchange/refusal.js';
import { People } from '../world/people.js';
import { optionalText } from './wecom-body.js';

const MOST_USERS = 1000;
const MOST_GROUPS = 100;

export interface Audience {
  readonly members: readonly string[];
  readonly isEveryone: boolean;
  /** As the vendor lists them: joined by `|` it is the answer; user ids in lower case. */
  readonly invalid: {
    readonly users: readonly string[];
    readonly parties: readonly string[];
    readonly tags: readonly string[];
  };
}

function split(body: JsonObject, field: string, notes: string[]): string[] {
  const parts = optionalText(body, field).split('|');
  const ids = parts.map((part) => part.trim());
  if (ids.some((id, index) => id !== parts[index])) notes.push(`${field} has blanks around the bar`);
  return [...new Set(ids.filter((id) => id !== ''))];
}

const unknownOf = (ids: readonly string[], find: (id: string) => unknown): string[] =>
  ids.filter((id) => find(id) === undefined);

/** Resolves `touser`, `toparty` and `totag` of an app message. */
@Injectable()
export class AudienceResolver {
  constructor(private readonly people: People) {}

  /** Throws when a list is too long, all are empty, or nobody is left. */
  resolve(body: JsonObject, notes: string[]): Audience {
    const users = split(body, 'touser', notes);
    const parties = split(body, 'toparty', notes);
    const tags = split(body, 'totag', notes);
    if (users.includes('@all')) return everyone(this.people.everyone());
    judgeSizes(users, parties, tags);
    const audience = this.lookUp(users, parties, tags);
    if (audience.members.length === 0) {
      throw new Refusal(81013, 'user & party & tag all invalid', invalidLists(audience));
    }
    return audience;
  }

  private lookUp(users: readonly string[], parties: readonly string[], tags: readonly string[]): Audience {
    const userOf = (id: string): string | undefined => this.people.findIgnoringCase(id);
    const partyOf = (id: string): readonly string[] | undefined => this.people.ofDepartment(id);
    const tagOf = (id: string): readonly string[] | undefined => this.people.ofTag(id);
    const members = [
      ...users.flatMap((id) => userOf(id) ?? []),
      ...parties.flatMap((id) => partyOf(id) ?? []),
      ...tags.flatMap((id) => tagOf(id) ?? []),
    ];
    const invalidUsers = unknownOf(users, userOf).map((id) => id.toLowerCase());
    return {
      members: [...new Set(members)],
      isEveryone: false,
      invalid: { users: invalidUsers, parties: unknownOf(parties, partyOf), tags: unknownOf(tags, tagOf) },
    };
  }
}

const everyone = (members: readonly string[]): Audience => ({
  members,
  isEveryone: true,
  invalid: { users: [], parties: [], tags: [] },
});

function judgeSizes(users: readonly string[], parties: readonly string[], tags: readonly string[]): void {
  if (users.length + parties.length + tags.length === 0)
    throw new Refusal(81012, 'touser, toparty and totag are empty');
  if (users.length > MOST_USERS) throw new Refusal(40032, 'invalid userid list size');
  if (parties.length > MOST_GROUPS) throw new Refusal(82002, 'invalid party list size');
  if (tags.length > MOST_GROUPS) throw new Refusal(82003, 'invalid tag list size');
}

/** The lists of an answer. Both forms occur live: absent when empty, and, to everyone, present and empty. */
export function invalidLists({ invalid, isEveryone }: Audience): JsonObject {
  const lists = { invaliduser: invalid.users, invalidparty: invalid.parties, invalidtag: invalid.tags };
  const shown = Object.entries(lists).filter(([, ids]) => isEveryone || ids.length > 0);
  return Object.fromEntries(shown.map(([name, ids]) => [name, ids.join('|')]));
}
