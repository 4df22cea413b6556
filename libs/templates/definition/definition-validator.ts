import { Inject, Injectable } from '@nestjs/common';
import { ChannelRegistry } from '#libs/channels';
import { ValidationError, jsonPointer, type Fault, type JsonObject } from '#libs/core';
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

/** Checks a template as a caller writes it, accounts included. */
@Injectable()
export class DefinitionValidator {
  constructor(
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
    @Inject(ACCOUNT_LOOKUP) private readonly accounts: AccountLookup,
  ) {}

  /**
   * @param base where the template stands in the request's body.
   * @param codeFault says what is wrong with the code that was given, if anything.
   * @throws ValidationError with every fault.
   */
  async validate(
    body: JsonObject,
    base: Path = [],
    codeFault: (code: string | undefined) => Fault | undefined = () => undefined,
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
    ];
    if (all.length > 0 || !definition) throw new ValidationError(all);
    return { definition, ...(code !== undefined && { code }), ...(enabled !== undefined && { enabled }) };
  }
}
