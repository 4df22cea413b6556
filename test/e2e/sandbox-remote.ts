import type { JsonObject } from '#libs/core';
import { waitFor } from '#libs/testing';
import type { AnswerBody } from './api-client.js';

/** The control calls of a running sandbox. */
export class SandboxRemote {
  constructor(readonly url: string) {}

  /** The newest messages that the vendors took, newest first. */
  entries(limit: number): Promise<AnswerBody[]> {
    return this.get(`/inbox?limit=${limit}`);
  }

  /** Messages that the vendors took and that hold this text, oldest first. */
  async inbox(text: string): Promise<AnswerBody[]> {
    const entries = await this.entries(20_000);
    return entries
      .filter((entry: AnswerBody) => rawBodyOf(entry).includes(JSON.stringify(text).slice(1, -1)))
      .reverse();
  }

  /** The one message that holds this text. */
  async only(text: string): Promise<AnswerBody> {
    const entries = await this.inbox(text);
    if (entries.length !== 1) throw new Error(`${entries.length} messages hold "${text}"`);
    return entries[0];
  }

  /** A message by its id in the inbox. */
  onlyById(id: string): Promise<AnswerBody> {
    return this.get(`/inbox/${id}`);
  }

  /** Calls that hold this text, refused ones included, oldest first. */
  async requests(text: string): Promise<AnswerBody[]> {
    const calls = await this.get('/requests?limit=5000');
    return calls.filter((call: AnswerBody) => rawBodyOf(call).includes(text)).reverse();
  }

  /** How often an endpoint was called so far. */
  async count(endpoint: string): Promise<number> {
    return (await this.get('/counters'))[endpoint] ?? 0;
  }

  /** Calls of all endpoints so far. */
  async total(): Promise<number> {
    const counts: number[] = Object.values(await this.get('/counters'));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** Calls to come that fit are answered as `action` says. */
  async fault(action: JsonObject, match: JsonObject = {}, times?: number, probability = 1): Promise<string> {
    return (await this.post('/faults', { action, match, probability, ...(times !== undefined && { times }) })).id;
  }

  /** Resolves when the fault has hit that many calls. */
  async hits(fault: string, count: number, deadlineMs = 15_000): Promise<void> {
    const isHit = async (): Promise<boolean> =>
      (await this.get('/faults')).some(({ id, hits }: AnswerBody) => id === fault && hits >= count);
    await waitFor(isHit, { deadlineMs, what: `${count} hits of the fault` });
  }

  /** Forgets the messages that the vendors took. */
  async emptyInbox(): Promise<void> {
    await fetch(`${this.url}/_sandbox/inbox`, { method: 'DELETE' });
  }

  async clearFaults(): Promise<void> {
    await fetch(`${this.url}/_sandbox/faults`, { method: 'DELETE' });
  }

  /** Early invalidation of an app's token; answers how many tokens it ended. */
  async revokeTokens(account: string): Promise<number> {
    return (await this.post('/tokens/revoke', { account })).revoked;
  }

  async advanceClock(ms: number): Promise<void> {
    await this.post('/clock', { advanceMs: ms });
  }

  /** Whether the vendors count what they are sent. */
  async enforceLimits(enforced: boolean): Promise<void> {
    await this.post('/limits', { enforced });
  }

  /** What a person enters in the vendor's admin console: where an app calls back. */
  async callBack(body: JsonObject): Promise<void> {
    await this.post('/wecom/callback', body);
  }

  /** Somebody presses a button of a card; answers how the callback was answered. */
  async click(entry: string, body: JsonObject): Promise<AnswerBody> {
    return (await this.post(`/inbox/${entry}/click`, body)).callback;
  }

  async addPeople(people: JsonObject): Promise<void> {
    await this.post('/people', people);
  }

  /** What these people do with messages from now on; null: like everybody else. */
  async giveHabit(ids: string[], habit: string | null): Promise<void> {
    await this.post('/people/habits', { ids, habit });
  }

  /** These people, or all who see it, open the one message that holds this text. */
  async open(text: string, recipients?: string[]): Promise<void> {
    const { id } = await this.only(text);
    await this.post(`/inbox/${id}/read`, { ...(recipients && { recipients }) });
  }

  /** This member, or every one who has to, confirms the one message to customers that holds this text. */
  async confirm(text: string, member?: string): Promise<void> {
    const { id } = await this.only(text);
    await this.post(`/inbox/${id}/confirm`, { ...(member !== undefined && { member }) });
  }

  async addCustomers(customers: JsonObject): Promise<void> {
    await this.post('/customers', customers);
  }

  private async get(path: string): Promise<AnswerBody> {
    return (await fetch(`${this.url}/_sandbox${path}`)).json();
  }

  private async post(path: string, body: JsonObject): Promise<AnswerBody> {
    const init = { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const response = await fetch(`${this.url}/_sandbox${path}`, init);
    if (!response.ok) throw new Error(`The sandbox answered ${response.status}: ${await response.text()}`);
    return response.json();
  }
}

/** What went over the wire; a call without a body has none. */
export const rawBodyOf = ({ request }: AnswerBody): string => request.rawBody ?? '';
