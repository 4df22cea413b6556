import type { Me } from '../api/types.js';
import { Store, useStore } from './store.js';

/** Why there is no session any more. */
export type Ending = 'signed-out' | 'refused' | 'idle';

export type Session =
  | { readonly state: 'opening' }
  | { readonly state: 'open'; readonly key: string; readonly me: Me }
  | { readonly state: 'closed'; readonly ended?: Ending };

type Word =
  | { readonly kind: 'ask' }
  | { readonly kind: 'give'; readonly key: string }
  | { readonly kind: 'end'; readonly ended: Ending };

const STORED_KEY = 'hy-key';
/** How long a new tab waits for one that is signed in. */
const ASK_MS = 300;
const IDLE_MS = 30 * 60_000;
const IDLE_CHECK_MS = 10_000;

const store = new Store<Session>({ state: 'opening' });
const tabs = new BroadcastChannel('hy-session');

export const session = store.get;
export const useSession = (): Session => useStore(store);

/** A key that was refused; `status` 0: no answer. */
export class KeyRefused extends Error {
  constructor(
    readonly status: number,
    readonly detail: string,
  ) {
    super(detail);
  }
}

async function askMe(key: string): Promise<Me> {
  const answer = await fetch('/v1/me', { headers: { authorization: `Bearer ${key}` } }).catch(() => undefined);
  if (!answer) throw new KeyRefused(0, '');
  const body = (await answer.json().catch(() => ({}))) as Me & { readonly detail?: string };
  if (!answer.ok) throw new KeyRefused(answer.status, body.detail ?? '');
  return body;
}

/** @throws KeyRefused */
export async function openSession(key: string): Promise<void> {
  // A header takes Latin letters only.
  if (!/^[\x21-\x7e]+$/.test(key)) throw new KeyRefused(401, '');
  const me = await askMe(key);
  sessionStorage.setItem(STORED_KEY, key);
  store.set({ state: 'open', key, me });
}

/** Scopes may have changed. */
export async function refreshMe(): Promise<void> {
  const current = store.get();
  if (current.state !== 'open') return;
  try {
    store.set({ ...current, me: await askMe(current.key) });
  } catch (error) {
    if (error instanceof KeyRefused && error.status === 401) closeSession('refused');
  }
}

function forget(ended: Ending): void {
  sessionStorage.removeItem(STORED_KEY);
  if (store.get().state !== 'closed') store.set({ state: 'closed', ended });
}

/** In all tabs. */
export function closeSession(ended: Ending): void {
  forget(ended);
  tabs.postMessage({ kind: 'end', ended } satisfies Word);
}

tabs.addEventListener('message', ({ data }: MessageEvent<Word>) => {
  const current = store.get();
  if (data.kind === 'ask' && current.state === 'open')
    tabs.postMessage({ kind: 'give', key: current.key } satisfies Word);
  if (data.kind === 'end') forget(data.ended);
  if (data.kind === 'give' && current.state === 'closed' && current.ended === undefined) void take(data.key);
});

/** A busy browser may let another tab answer late, when the sign-in is shown already. */
async function take(key: string): Promise<void> {
  try {
    await openSession(key);
  } catch (error) {
    if (!(error instanceof KeyRefused)) throw error;
    store.set({ state: 'closed' });
  }
}

function keyOfAnotherTab(): Promise<string | undefined> {
  return new Promise((resolve) => {
    const listen = ({ data }: MessageEvent<Word>): void => {
      if (data.kind === 'give') finish(data.key);
    };
    const finish = (key?: string): void => {
      tabs.removeEventListener('message', listen);
      resolve(key);
    };
    tabs.addEventListener('message', listen);
    tabs.postMessage({ kind: 'ask' } satisfies Word);
    setTimeout(finish, ASK_MS);
  });
}

async function restore(): Promise<void> {
  const key = sessionStorage.getItem(STORED_KEY) ?? (await keyOfAnotherTab());
  if (key === undefined) return store.set({ state: 'closed' });
  await openSession(key).catch(() => {
    sessionStorage.removeItem(STORED_KEY);
    store.set({ state: 'closed', ended: 'refused' });
  });
}

let lastActionAt = Date.now();
for (const event of ['pointerdown', 'keydown', 'wheel']) {
  addEventListener(event, () => (lastActionAt = Date.now()), { passive: true });
}
setInterval(() => {
  if (store.get().state === 'open' && Date.now() - lastActionAt > IDLE_MS) closeSession('idle');
}, IDLE_CHECK_MS);

void restore();
