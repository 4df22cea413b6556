import { lookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import ipaddr from 'ipaddr.js';
import { APP_CONFIG, type AppConfig } from '#libs/config';
import { ValidationError } from '#libs/core';

const LOOKUP_MS = 2_000;
const PUBLIC_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** An IPv4 address inside an IPv6 one is judged as what it is. */
function plain(text: string): Address {
  const address = ipaddr.parse(text);
  return address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

function isPublic(address: Address): boolean {
  if (address.range() !== 'unicast') return false;
  return address instanceof ipaddr.IPv4 || address.match(PUBLIC_IPV6);
}

/** The connection goes to no address of ours. Its message names no address: receivers' operators may read it. */
export class AddressRefusedError extends Error {
  constructor() {
    super('the address is not allowed');
    this.name = 'AddressRefusedError';
  }
}

const withoutBrackets = (hostname: string): string => hostname.replace(/^\[(.*)\]$/, '$1');

/**
 * Keeps webhooks out of networks that only we can reach: private, loopback, link-local, metadata services, multicast and
 * everything else that is not public, unless the configuration lists the network.
 */
@Injectable()
export class AddressGuard {
  private readonly allowed: readonly [Address, number][];

  constructor(@Inject(APP_CONFIG) config: Pick<AppConfig, 'webhookAllowedNetworks'>) {
    this.allowed = config.webhookAllowedNetworks.map((range) => ipaddr.parseCIDR(range));
  }

  mayCall(text: string): boolean {
    if (!ipaddr.isValid(text)) return false;
    const address = plain(text);
    return isPublic(address) || this.allowed.some(([network, bits]) => isWithin(address, network, bits));
  }

  /** Of an address that is written out; a name is looked at when it is resolved. @throws AddressRefusedError */
  requireHost(hostname: string): void {
    const host = withoutBrackets(hostname);
    if (ipaddr.isValid(host) && !this.mayCall(host)) throw new AddressRefusedError();
  }

  /**
   * Resolves names for a connection, which then goes to the very address that was checked. One address that is not
   * allowed refuses the name.
   */
  readonly lookup: LookupFunction = (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }).then(
      (found) => {
        const [first] = found;
        if (!first || !found.every(({ address }) => this.mayCall(address))) callback(new AddressRefusedError(), '');
        else if (options.all) callback(null, found);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, ''),
    );
  };

  /**
   * Refuses at once what would be refused at every attempt. A name that cannot be resolved now may be later.
   * @throws ValidationError `invalid_value`, `host_not_allowed`
   */
  async requireUrl(text: string): Promise<void> {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (!url || !['http:', 'https:'].includes(url.protocol)) throw fault('invalid_value', 'must be an http(s) address');
    if (url.username || url.password || url.hash) {
      throw fault('invalid_value', 'must have neither a user nor a fragment');
    }
    const host = withoutBrackets(url.hostname);
    const addresses = ipaddr.isValid(host) ? [host] : await this.resolve(host);
    if (addresses.every((address) => this.mayCall(address))) return;
    throw fault('host_not_allowed', 'leads into a network that webhooks may not call');
  }

  private async resolve(host: string): Promise<readonly string[]> {
    let timer: NodeJS.Timeout | undefined;
    const nothing = new Promise<readonly string[]>((done) => (timer = setTimeout(() => done([]), LOOKUP_MS)));
    const found = lookup(host.replace(/\.$/, ''), { all: true }).then(
      (answers) => answers.map(({ address }) => address),
      // Unknown today; every connection asks again.
      () => [],
    );
    return Promise.race([found, nothing]).finally(() => clearTimeout(timer));
  }
}

function isWithin(address: Address, network: Address, bits: number): boolean {
  if (address instanceof ipaddr.IPv4) return network instanceof ipaddr.IPv4 && address.match(network, bits);
  return network instanceof ipaddr.IPv6 && address.match(network, bits);
}

const fault = (code: string, message: string): ValidationError =>
  new ValidationError([{ pointer: '/url', code, message }]);
