import { DeliveryError, PermanentDeliveryError, type LocalizedText } from '#libs/core';
import type { AccountFinding } from '../channel.js';
import type { ProviderErrorRule } from '../provider-errors.js';

export interface Probe {
  readonly check: string;
  /** Said when nothing is wrong. */
  readonly fine: LocalizedText;
  readonly ruleFor: (code: string) => ProviderErrorRule | undefined;
  readonly run: () => Promise<void>;
}

/**
 * Runs a probe; a problem is a finding, never an exception. A probe asks about something made up: a refusal of its content
 * means that app and rights were accepted before it was looked for.
 */
export async function findOut({ check, fine, ruleFor, run }: Probe): Promise<AccountFinding> {
  try {
    await run();
    return { check, ok: true, text: fine };
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    return isAboutContent(error, ruleFor) ? { check, ok: true, text: fine } : faultFinding(check, error, ruleFor);
  }
}

function isAboutContent(error: DeliveryError, ruleFor: Probe['ruleFor']): boolean {
  if (!(error instanceof PermanentDeliveryError) || !error.provider) return false;
  return (ruleFor(error.provider.code)?.class ?? 'content') === 'content';
}

function faultFinding(check: string, error: DeliveryError, ruleFor: Probe['ruleFor']): AccountFinding {
  const rule = error.provider && ruleFor(error.provider.code);
  const text = rule?.text ?? { zh: `钉钉没有正常答复：${error.message}`, en: error.message };
  return { check, ok: false, text, ...(rule?.remedy && { remedy: rule.remedy }) };
}
