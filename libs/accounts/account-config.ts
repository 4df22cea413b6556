import { RENDERED, fieldsOf, type ChannelDefinition } from '#libs/channels';
import { isJsonObject, jsonPointer, validateShape, type Fault, type JsonObject } from '#libs/core';
import { MASK } from './account-vault.js';

export interface CheckedConfig {
  /** Plain text, normalised by the channel, without nulls. */
  readonly config: JsonObject;
  /** Taken out of a pasted address. */
  readonly baseUrl?: string;
  /** The field that `baseUrl` came from. */
  readonly baseUrlField?: string;
  readonly faults: readonly Fault[];
}

/** A secret that is absent or masked keeps its stored value; `null` removes a field. */
function withKeptSecrets(channel: ChannelDefinition, given: JsonObject, stored: JsonObject | undefined): JsonObject {
  const merged: JsonObject = { ...given };
  for (const { name, secret } of fieldsOf(channel.account)) {
    const isKept = secret === true && (merged[name] === undefined || merged[name] === MASK);
    const kept = stored?.[name];
    if (isKept && kept !== undefined) merged[name] = kept;
    else if (isKept) delete merged[name];
  }
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null));
}

const inConfig = (fault: Fault): Fault => ({ ...fault, pointer: `/config${fault.pointer ?? ''}` });

/** Checks a config against its channel; `stored` is the config in force, secrets opened. */
export function checkConfig(channel: ChannelDefinition, given: unknown, stored?: JsonObject): CheckedConfig {
  if (!isJsonObject(given)) return { config: {}, faults: [] };
  const merged = withKeptSecrets(channel, given, stored);
  const { faults } = validateShape(channel.account, merged, { groups: [RENDERED] });
  if (faults.length > 0 || !channel.normalizeAccount) return { config: merged, faults: faults.map(inConfig) };
  const normalized = channel.normalizeAccount(merged);
  const { baseUrl } = normalized;
  const source = baseUrl === undefined ? undefined : fieldHolding(merged, baseUrl);
  return {
    config: { ...normalized.config },
    faults: normalized.faults.map(inConfig),
    ...(baseUrl !== undefined && { baseUrl }),
    ...(source !== undefined && { baseUrlField: source }),
  };
}

function fieldHolding(config: JsonObject, baseUrl: string): string | undefined {
  const found = Object.entries(config).find(([, value]) => typeof value === 'string' && /^https?:/i.test(value));
  return found && URL.canParse(baseUrl) ? jsonPointer('config', found[0]) : undefined;
}
