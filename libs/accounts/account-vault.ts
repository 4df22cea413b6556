import { Inject, Injectable } from '@nestjs/common';
import { ChannelRegistry, fieldsOf, type FieldDescriptor } from '#libs/channels';
import type { JsonObject, JsonValue } from '#libs/core';
import { SecretBox, type SealedSecret } from '#libs/security';

export type SealedSecrets = Readonly<Record<string, SealedSecret>>;

/** What an account row stores of a config. */
export interface SealedConfig {
  readonly config: JsonObject;
  readonly secrets: SealedSecrets;
  readonly fingerprints: string[];
}

/** The same as a row gives it back. */
export interface StoredConfig {
  readonly config: object;
  readonly secrets: SealedSecrets;
}

/** Stands for a stored secret in answers; sent back, it means "keep". */
export const MASK = '••••';

/** Seals and opens the secret fields of account configs. An envelope opens only for the account and field it was sealed for. */
@Injectable()
export class AccountVault {
  constructor(
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
    @Inject(SecretBox) private readonly box: SecretBox,
  ) {}

  seal(code: string, channel: string, plain: JsonObject): SealedConfig {
    const secretNames = new Set(this.secretFields(channel).map((field) => field.name));
    const members = Object.entries(plain);
    const secrets = members.filter(([name]) => secretNames.has(name));
    return {
      config: Object.fromEntries(members.filter(([name]) => !secretNames.has(name))),
      secrets: Object.fromEntries(
        secrets.map(([name, value]) => [name, this.box.seal(JSON.stringify(value), context(code, name))]),
      ),
      fingerprints: secrets.map(([, value]) => this.box.fingerprint(asText(value))),
    };
  }

  open(code: string, stored: StoredConfig): JsonObject {
    const secrets = Object.entries(stored.secrets).map(([name, sealed]): [string, JsonValue] => [
      name,
      JSON.parse(this.box.open(sealed, context(code, name))) as JsonValue,
    ]);
    return { ...stored.config, ...Object.fromEntries(secrets) };
  }

  /** The same secrets under the current key, with the fingerprints that this key gives. */
  rewrap(code: string, secrets: SealedSecrets): Pick<SealedConfig, 'secrets' | 'fingerprints'> {
    const members = Object.entries(secrets);
    const plainOf = (name: string, sealed: SealedSecret): JsonValue =>
      JSON.parse(this.box.open(sealed, context(code, name))) as JsonValue;
    return {
      secrets: Object.fromEntries(
        members.map(([name, sealed]) => [name, this.box.rewrap(sealed, context(code, name))]),
      ),
      fingerprints: members.map(([name, sealed]) => this.box.fingerprint(asText(plainOf(name, sealed)))),
    };
  }

  /** The config as answers show it: declared order, each stored secret as `MASK`. */
  mask(channel: string, stored: StoredConfig): JsonObject {
    const config = new Map<string, JsonValue>(Object.entries(stored.config));
    const shown = (field: FieldDescriptor): JsonValue | undefined =>
      Object.hasOwn(stored.secrets, field.name) ? MASK : config.get(field.name);
    const members = this.fields(channel).map((field) => [field.name, shown(field)] as const);
    return Object.fromEntries(members.filter((member): member is [string, JsonValue] => member[1] !== undefined));
  }

  secretFields(channel: string): readonly FieldDescriptor[] {
    return this.fields(channel).filter((field) => field.secret === true);
  }

  private fields(channel: string): readonly FieldDescriptor[] {
    const definition = this.channels.find(channel);
    return definition ? fieldsOf(definition.account) : [];
  }
}

const context = (code: string, field: string): string => `account:${code}:${field}`;

const asText = (value: JsonValue): string => (typeof value === 'string' ? value : JSON.stringify(value));
