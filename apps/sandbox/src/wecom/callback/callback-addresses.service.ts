import { Inject, Injectable } from '@nestjs/common';
import { randomInt } from 'node:crypto';
import { CLOCK, type Clock } from '#libs/core';
import { ResetRegistry } from '../../state/reset-registry.js';
import { CORP_ID } from '../wecom-world.js';
import { CallbackCipher } from './callback-cipher.js';

/** An app hears of an answer at most this late. */
const ANSWER_MS = 5_000;

export interface CallbackAddress {
  readonly url: string;
  readonly token: string;
  readonly aesKey: string;
}

/** How an app's server answered. */
export interface CallbackAnswer {
  /** 0: it did not answer. */
  readonly status: number;
  readonly body: string;
}

/** Where apps want to be called back, as set in the admin console. */
@Injectable()
export class CallbackAddresses {
  private readonly byAccount = new Map<string, CallbackAddress>();

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    resets: ResetRegistry,
  ) {
    resets.add(() => this.byAccount.clear());
  }

  find(account: string): CallbackAddress | undefined {
    return this.byAccount.get(account);
  }

  /** Checks the address as the vendor does, and keeps it when its answer is right; else answers what came instead. */
  async set(account: string, address: CallbackAddress): Promise<CallbackAnswer | 'verified'> {
    const cipher = cipherOf(address);
    const echo = String(randomInt(1e12, 1e14));
    const encrypted = cipher.encrypt(echo);
    const query = cipher.query(encrypted, this.clock.now().getTime());
    query.set('echostr', encrypted);
    const answer = await exchange(`${address.url}?${query.toString()}`, { method: 'GET' });
    if (answer.status !== 200 || answer.body !== echo) return answer;
    this.byAccount.set(account, address);
    return 'verified';
  }

  /** Sends an event. The real time is signed, also when the sandbox clock is ahead: the app's server goes by its own. */
  async send({ aesKey, token, url }: CallbackAddress, agentId: number, document: string): Promise<CallbackAnswer> {
    const cipher = cipherOf({ aesKey, token });
    const encrypted = cipher.encrypt(document);
    const query = cipher.query(encrypted, this.clock.now().getTime());
    const body = `<xml><ToUserName><![CDATA[${CORP_ID}]]></ToUserName><AgentID><![CDATA[${agentId}]]></AgentID><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`;
    return exchange(`${url}?${query.toString()}`, { method: 'POST', headers: { 'content-type': 'text/xml' }, body });
  }
}

const cipherOf = (address: Pick<CallbackAddress, 'aesKey' | 'token'>): CallbackCipher =>
  new CallbackCipher({ ...address, corpId: CORP_ID });

async function exchange(url: string, init: RequestInit): Promise<CallbackAnswer> {
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(ANSWER_MS) });
    return { status: response.status, body: (await response.text()).slice(0, 1000) };
  } catch (error) {
    return { status: 0, body: error instanceof Error ? error.message : String(error) };
  }
}
