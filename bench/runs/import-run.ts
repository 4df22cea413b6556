import { TEST_ADMIN_KEY, waitFor } from '#libs/testing';
import type { LoadResult } from '../load/plan.js';
import type { Grounds } from '../parts/grounds.js';
import { percentilesOf } from '../parts/percentiles.js';
import type { Product } from '../parts/product.js';
import { measured, nextMark, type RunFigures } from './run.js';

const PEOPLE = 2_000;

/** One file; every line says something else to somebody. */
export function runImport(grounds: Grounds, product: Product, lines: number): Promise<RunFigures> {
  return measured(grounds, product, () => upload(product, lines));
}

async function upload(product: Product, lines: number): Promise<LoadResult> {
  const mark = nextMark();
  const rows = Array.from({ length: lines }, (_, index) => {
    const to = `u${String(1 + (index % PEOPLE)).padStart(4, '0')}`;
    return `${to},${mark}-${index}: your order was paid`;
  });
  const startedMs = performance.now();
  const answer = await fetch(`${product.api.url}/v1/messages/import?template=${product.template.code}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TEST_ADMIN_KEY}`, 'content-type': 'text/csv' },
    body: `wecom,text\n${rows.join('\n')}\n`,
  });
  const acceptMs = performance.now() - startedMs;
  const text = await answer.text();
  if (!answer.ok) throw new Error(`The import was refused: ${text}`);
  const { id } = JSON.parse(text) as { id: string };
  await waitFor(async () => (await product.client.read(`/v1/imports/${id}`)).status === 'finished', {
    deadlineMs: 180_000,
    intervalMs: 100,
    what: 'the end of the import',
  });
  const { counts } = await product.client.read(`/v1/imports/${id}`);
  return {
    sent: lines,
    accepted: counts.accepted,
    refused: lines - counts.accepted,
    seconds: (performance.now() - startedMs) / 1000,
    acceptMs: percentilesOf([acceptMs]),
  };
}
