import { SandboxRemote } from '../../test/e2e/sandbox-remote.js';
import { countSends } from '../load/vendor-count.js';
import type { Grounds } from '../parts/grounds.js';
import type { Product } from '../parts/product.js';
import { nextMark } from './run.js';

/** As many as one call may have (doc 90236). */
export const PEOPLE_PER_CALL = 1_000;

export interface Calls {
  readonly recipients: number;
  readonly calls: number;
  readonly fewest: number;
  readonly acceptMs: number;
}

/** One request with the same content for so many people: the calls that the vendor counted. */
export async function countCalls({ sandbox }: Grounds, product: Product, recipients: number): Promise<Calls> {
  const ids = Array.from({ length: recipients }, (_, index) => `bench${index}`);
  await new SandboxRemote(sandbox.url).addPeople({ ids });
  const before = await countSends(sandbox.url);
  const startedMs = performance.now();
  const body = product.template.message(nextMark(), { recipients: ids.map((wecom) => ({ wecom })) });
  const { id } = await product.client.send(body);
  const acceptMs = Math.round(performance.now() - startedMs);
  await product.client.settled(id);
  const calls = (await countSends(sandbox.url)) - before;
  return { recipients, calls, fewest: Math.ceil(recipients / PEOPLE_PER_CALL), acceptMs };
}
