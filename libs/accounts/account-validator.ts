import { Inject, Injectable } from '@nestjs/common';
import { ChannelRegistry, type ChannelDefinition } from '#libs/channels';
import { ValidationError, validateShape, type Fault, type JsonObject } from '#libs/core';
import { checkConfig, type CheckedConfig } from './account-config.js';
import { AccountHosts, SANDBOX } from './account-hosts.js';
import { checkLimits } from './account-limits.js';
import { AccountChangeShape, NewAccountShape } from './account-shape.js';
import type { AccountLimits, AccountStatus } from './sending-account.js';

/** What an account must keep: its code, its channel, and secrets that a change leaves out. */
export interface StoredAccount {
  readonly code: string;
  readonly channel: string;
  /** Secrets opened. */
  readonly config: JsonObject;
}

/** An account as a person wants it: complete, checked, secrets in plain text. */
export interface CheckedAccount {
  readonly code: string;
  readonly channel: string;
  readonly name: string;
  readonly config: JsonObject;
  readonly limits: AccountLimits;
  readonly baseUrl: string | null;
  readonly proxyUrl: string | null;
  readonly compat: boolean;
  readonly status?: AccountStatus;
  readonly pausedReason?: string;
}

type Shape = NewAccountShape | AccountChangeShape;

const NO_CONFIG: CheckedConfig = { config: {}, faults: [] };

/** Checks accounts that people write: every fault at once, secrets never quoted. */
@Injectable()
export class AccountValidator {
  constructor(
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
    @Inject(AccountHosts) private readonly hosts: AccountHosts,
  ) {}

  /** @throws ValidationError */
  checkNew(body: JsonObject): CheckedAccount {
    const shape = validateShape(NewAccountShape, body);
    const channel = this.channels.find(shape.value.channel);
    const unknown: Fault = { pointer: '/channel', code: 'unknown_channel', message: 'There is no such channel' };
    const faults = channel || typeof body['channel'] !== 'string' ? shape.faults : [...shape.faults, unknown];
    return this.check(shape.value, { code: shape.value.code, channel: shape.value.channel }, channel, faults);
  }

  /** @throws ValidationError */
  checkChange(body: JsonObject, stored: StoredAccount): CheckedAccount {
    const shape = validateShape(AccountChangeShape, body);
    const faults = [...shape.faults, ...changedIdentity(shape.value, stored)];
    return this.check(shape.value, stored, this.channels.find(stored.channel), faults);
  }

  private check(
    shape: Shape,
    identity: { readonly code: string; readonly channel: string; readonly config?: JsonObject },
    channel: ChannelDefinition | undefined,
    shapeFaults: readonly Fault[],
  ): CheckedAccount {
    const config = channel ? checkConfig(channel, shape.config, identity.config) : NO_CONFIG;
    const baseUrl = withoutSlash(shape.baseUrl) ?? config.baseUrl ?? null;
    const proxyUrl = shape.proxyUrl ?? null;
    const faults = [
      ...shapeFaults,
      ...config.faults,
      ...(channel ? checkLimits(channel, shape.limits) : []),
      ...checkSameBase(shape.baseUrl, config),
      ...this.checkBaseUrl(
        baseUrl,
        typeof shape.baseUrl === 'string' ? '/baseUrl' : (config.baseUrlField ?? '/baseUrl'),
      ),
      ...this.checkProxy(proxyUrl),
    ];
    if (faults.length > 0) throw new ValidationError(faults);
    return {
      code: identity.code,
      channel: identity.channel,
      name: shape.name,
      config: config.config,
      limits: shape.limits ?? {},
      baseUrl,
      proxyUrl,
      compat: shape.compat ?? false,
      ...(shape.status && { status: shape.status }),
      ...(shape.pausedReason && { pausedReason: shape.pausedReason }),
    };
  }

  private checkBaseUrl(baseUrl: unknown, pointer: string): readonly Fault[] {
    if (typeof baseUrl !== 'string' || baseUrl === SANDBOX) return [];
    return checkAddress(baseUrl, pointer, (origin) => this.hosts.allowsOrigin(origin));
  }

  private checkProxy(proxyUrl: unknown): readonly Fault[] {
    if (typeof proxyUrl !== 'string') return [];
    return checkAddress(proxyUrl, '/proxyUrl', (origin) => this.hosts.allowsProxy(origin));
  }
}

const withoutSlash = (url: string | null | undefined): string | null | undefined =>
  typeof url === 'string' ? url.replace(/\/+$/, '') : url;

function changedIdentity(shape: AccountChangeShape, stored: StoredAccount): readonly Fault[] {
  return (['code', 'channel'] as const)
    .filter((field) => typeof shape[field] === 'string' && shape[field] !== stored[field])
    .map((field) => ({ pointer: `/${field}`, code: 'immutable_field', message: `${field} cannot be changed` }));
}

function checkSameBase(given: string | null | undefined, config: CheckedConfig): readonly Fault[] {
  if (typeof given !== 'string' || config.baseUrl === undefined || withoutSlash(given) === config.baseUrl) return [];
  return [{ pointer: '/baseUrl', code: 'invalid_value', message: 'differs from the address in config' }];
}

function checkAddress(address: string, pointer: string, isAllowed: (origin: string) => boolean): readonly Fault[] {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isPlain = url && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search && !url.hash;
  if (!isPlain) return [{ pointer, code: 'invalid_value', message: 'must be a http or https address without a query' }];
  if (isAllowed(url.origin)) return [];
  return [{ pointer, code: 'host_not_allowed', message: 'This origin is not on the list of allowed ones' }];
}
