import { HongyanError } from '#libs/core';
import type { AccountFinding } from '../channel.js';

export interface Check {
  readonly check: string;
  readonly passed: AccountFinding['text'];
}

/** Runs one check of an account. A problem is a finding, never an exception. */
export async function finding({ check, passed }: Check, run: () => Promise<void>): Promise<AccountFinding> {
  try {
    await run();
    return { check, ok: true, text: passed };
  } catch (error) {
    if (error instanceof HongyanError) return { check, ok: false, ...explained(error) };
    throw error;
  }
}

function explained(error: HongyanError): Pick<AccountFinding, 'text' | 'remedy'> {
  const { hint, text } = error.provider ?? {};
  if (text) return { text, ...(hint && { remedy: hint }) };
  return {
    text: { zh: `调用没有成功：${error.message}`, en: `The call did not succeed: ${error.message}` },
    remedy: { zh: '检查网络、代理与接口地址', en: 'Look at the network, the proxy and the base address' },
  };
}
