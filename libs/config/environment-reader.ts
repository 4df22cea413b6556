import ipaddr from 'ipaddr.js';
import { VARIABLES, type Variable } from './variables.js';

const INTEGER = /^\d{1,15}$/;
const BOOLEANS: Readonly<Record<string, boolean>> = { true: true, '1': true, false: false, '0': false };

/**
 * Reads declared variables and gathers what is wrong with them. After a fault a reader method answers a placeholder;
 * nothing read may be used while `faults` is not empty.
 */
export class EnvironmentReader {
  readonly faults: string[] = [];

  constructor(
    private readonly env: NodeJS.ProcessEnv,
    private readonly defaults: Readonly<Record<string, string>>,
  ) {}

  /** An empty variable counts as not set. */
  optional(name: string): string | undefined {
    const text = this.env[name]?.trim() || this.defaults[name]?.trim() || this.declared(name).default;
    return text === '' ? undefined : text;
  }

  required(name: string): string {
    const text = this.optional(name);
    if (text === undefined) this.fault(name, 'is required');
    return text ?? '';
  }

  integer(name: string): number {
    const { min = 0, max = Number.MAX_SAFE_INTEGER } = this.declared(name);
    const text = this.required(name);
    const value = INTEGER.test(text) ? Number(text) : NaN;
    if (text !== '' && !(value >= min && value <= max)) {
      this.fault(name, `must be a whole number from ${min} to ${max}, not "${text}"`);
    }
    return value;
  }

  boolean(name: string): boolean {
    const text = this.required(name).toLowerCase();
    const value = BOOLEANS[text];
    if (value === undefined) this.fault(name, `must be true or false, not "${text}"`);
    return value ?? false;
  }

  choice<T extends string>(name: string, isChoice: (text: string) => text is T, fallback: T): T {
    const text = this.required(name);
    if (isChoice(text)) return text;
    this.fault(name, `must be one of ${this.declared(name).values?.join(', ')}, not "${text}"`);
    return fallback;
  }

  /** A base address without trailing slash. */
  url(name: string): string | undefined {
    const text = this.optional(name);
    if (text === undefined) return undefined;
    const url = parseHttpUrl(text);
    if (!url) this.fault(name, 'must be an http or https address without credentials, query or fragment');
    return url?.href.replace(/\/+$/, '') ?? '';
  }

  /** An address with one of these schemes; it may hold a password, so it is never repeated in a fault. */
  connectionUrl(name: string, schemes: readonly string[]): string | undefined {
    const text = this.optional(name);
    if (text === undefined) return undefined;
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (!url || !schemes.includes(url.protocol))
      this.fault(name, `must be an address that begins ${schemes.join('// or ')}//`);
    return text;
  }

  origins(name: string): readonly string[] {
    const items = (this.optional(name) ?? '').split(',').map((item) => item.trim());
    return items.filter(Boolean).flatMap((item, index) => {
      const url = parseHttpUrl(item);
      if (url && url.pathname === '/') return [url.origin];
      this.fault(name, `item ${index + 1} must be an origin like https://host:port`);
      return [];
    });
  }

  /** Servers as `host:port`; a port that is left out is the given one. */
  nodes(name: string, defaultPort: number): readonly { readonly host: string; readonly port: number }[] {
    const items = (this.optional(name) ?? '').split(',').map((item) => item.trim());
    return items.filter(Boolean).flatMap((item, index) => {
      const [, ipv6, plain, digits] = /^(?:\[([\da-f:.]+)\]|([\w.-]+))(?::(\d{1,5}))?$/i.exec(item) ?? [];
      const host = ipv6 ?? plain;
      const port = digits === undefined ? defaultPort : Number(digits);
      if (host !== undefined && port >= 1 && port <= 65_535) return [{ host, port }];
      this.fault(name, `item ${index + 1} must be a server like redis-2.internal:6379`);
      return [];
    });
  }

  /** Ranges of addresses such as `10.20.0.0/16`, or single addresses, as ranges. */
  networks(name: string): readonly string[] {
    const items = (this.optional(name) ?? '').split(',').map((item) => item.trim());
    return items.filter(Boolean).flatMap((item, index) => {
      const range = ipaddr.isValid(item) ? `${item}/${item.includes(':') ? 128 : 32}` : item;
      if (ipaddr.isValidCIDR(range)) return [range];
      this.fault(name, `item ${index + 1} must be a network like 10.20.0.0/16`);
      return [];
    });
  }

  fault(name: string, text: string): void {
    this.faults.push(`${name} ${text}`);
  }

  private declared(name: string): Variable {
    const variable = VARIABLES.find((candidate) => candidate.name === name);
    if (!variable) throw new TypeError(`${name} is not declared in VARIABLES`);
    return variable;
  }
}

function parseHttpUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const plain = url && !url.username && !url.password && !url.search && !url.hash;
  return plain && /^https?:$/.test(url.protocol) ? url : undefined;
}
