import { Inject, Injectable } from '@nestjs/common';
import { ChannelRegistry } from '#libs/channels';
import { APP_CONFIG, type AppConfig } from '#libs/config';
import { ConfigError } from '#libs/core';

/** As `baseUrl`: the running sandbox, wherever it listens. */
export const SANDBOX = 'sandbox';

/** Decides where the calls of an account go and which addresses an account may name. */
@Injectable()
export class AccountHosts {
  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
  ) {}

  /**
   * The account's own base address replaces every host of the vendor; without one the environment's, else the vendor's.
   * @throws ConfigError `sandbox_not_running`
   */
  resolve(channel: string, baseUrl: string | null): { readonly primary: string; readonly v1: string } {
    if (baseUrl === null) return this.config.providerHosts[this.channels.get(channel).family];
    const address = baseUrl === SANDBOX ? this.sandboxUrl() : baseUrl;
    return { primary: address, v1: address };
  }

  allowsOrigin(origin: string): boolean {
    return this.config.allowedOrigins.includes(origin);
  }

  allowsProxy(origin: string): boolean {
    return this.config.allowedProxies.includes(origin);
  }

  private sandboxUrl(): string {
    const { sandboxUrl } = this.config;
    if (sandboxUrl === undefined) throw new ConfigError('sandbox_not_running', 'No sandbox is running here');
    return sandboxUrl.replace(/\/+$/, '');
  }
}
