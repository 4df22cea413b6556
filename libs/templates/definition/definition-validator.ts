import { Inject, Injectable } from '@nestjs/common';
import { AssetCheck, type AssetVisibility, type CheckedContent } from '#libs/assets';
import { ChannelRegistry } from '#libs/channels';
import { ValidationError, jsonPointer, type Fault, type JsonObject } from '#libs/core';
import type { Sql } from '#libs/database';
import { parsePlaceholders } from '../placeholders.js';
import type { TemplateDefinition } from '../template-definition.js';
import { ACCOUNT_LOOKUP, type AccountLookup } from './account-lookup.js';
import { parseTemplate } from './parse-template.js';
import type { PlacedRoute } from './read-routes.js';

type Path = readonly (string | number)[];

export interface ValidTemplate {
  readonly code?: string;
  readonly enabled?: boolean;
  readonly definition: TemplateDefinition;
}

type KnownAccounts = ReadonlyMap<string, { readonly channel: string }>;

function accountFaults({ route, accountPaths }: PlacedRoute, known: KnownAccounts): Fault[] {
  return route.accounts.flatMap((code, index) => {
    const pointer = jsonPointer(...(accountPaths[index] ?? []));
    const account = known.get(code);
    if (!account) return [{ pointer, code: 'unknown_account', message: `There is no account "${code}"` }];
    if (account.channel === route.channel) return [];
    const message = `"${code}" is an account of ${account.channel}, not of ${route.channel}`;
    return [{ pointer, code: 'channel_mismatch', message }];
  });
}

export interface ValidationContext {
  /** Whose assets the author may use. */
  readonly author: AssetVisibility;
  /** Where the template stands in the request's body. */
  readonly base?: Path;
  /** Says what is wrong with the code that was given, if anything. */
  readonly codeFault?: (code: string | undefined) => Fault | undefined;
}

const hasPlaceholder = (text: string): boolean => parsePlaceholders(text).names.length > 0;

/** Checks a template as a caller writes it, accounts and assets included. */
@Injectable()
export class DefinitionValidator {
  constructor(
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
    @Inject(ACCOUNT_LOOKUP) private readonly accounts: AccountLookup,
    @Inject(AssetCheck) private readonly assets: AssetCheck,
  ) {}

  /** @throws ValidationError with every fault. */
  async validate(
    body: JsonObject,
    { author, base = [], codeFault = () => undefined }: ValidationContext,
  ): Promise<ValidTemplate> {
    const { code, enabled, definition, routes, faults } = parseTemplate(this.channels, body, base);
    const known = await this.accounts.find([...new Set(routes.flatMap(({ route }) => route.accounts))]);
    const wrongCode = faults.some(({ pointer }) => pointer === jsonPointer(...base, 'code'))
      ? undefined
      : codeFault(code);
    const all = [
      ...(wrongCode ? [wrongCode] : []),
      ...faults,
      ...routes.flatMap((route) => accountFaults(route, known)),
      ...(await this.assets.faultsOf(this.contentsOf(routes), author)),
    ];
    if (all.length > 0 || !definition) throw new ValidationError(all);
    return { definition, ...(code !== undefined && { code }), ...(enabled !== undefined && { enabled }) };
  }

  /**
   * Before a version is stored or published, in its transaction: the assets that it names are there, and stay.
   * @throws ValidationError `asset_not_found`
   */
  async holdAssets({ routes }: TemplateDefinition, sql: Sql): Promise<void> {
    const placed = routes.map((route, index) => ({ route, path: ['routes', index] }));
    const faults = await this.assets.hold(this.assets.namedIn(this.contentsOf(placed)), sql);
    if (faults.length > 0) throw new ValidationError(faults);
  }

  /** Of routes whose channel and kind exist; a reference with a placeholder is known when a message is accepted. */
  private contentsOf(routes: readonly Pick<PlacedRoute, 'path' | 'route'>[]): CheckedContent[] {
    return routes.flatMap(({ path, route }) => {
      const channel = this.channels.find(route.channel);
      const contentClass = this.channels.findContent(route.channel, route.content.kind);
      if (!channel || !contentClass) return [];
      return [{ channel, contentClass, content: route.content, base: [...path, 'content'], isOpen: hasPlaceholder }];
    });
  }
}
