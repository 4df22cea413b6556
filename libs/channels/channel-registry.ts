import { ConfigError, type ClassOf } from '#libs/core';
import type { ChannelDefinition } from './channel.js';
import { contentKindOf } from './content.js';

/** Looks channels and their content classes up by name. Built once from the list of definitions. */
export class ChannelRegistry {
  private readonly channels: ReadonlyMap<string, ChannelDefinition>;
  private readonly contents: ReadonlyMap<string, ClassOf<object>>;

  constructor(definitions: readonly ChannelDefinition[]) {
    this.channels = new Map(definitions.map((definition) => [definition.name, definition]));
    if (this.channels.size !== definitions.length)
      throw new ConfigError('duplicate_channel', 'Two channels share a name');
    this.contents = new Map(
      definitions.flatMap((definition) =>
        definition.contents.map((type) => [`${definition.name} ${contentKindOf(type).kind}`, type] as const),
      ),
    );
  }

  list(): readonly ChannelDefinition[] {
    return [...this.channels.values()];
  }

  find(name: string): ChannelDefinition | undefined {
    return this.channels.get(name);
  }

  /** @throws ConfigError `unknown_channel` */
  get(name: string): ChannelDefinition {
    const channel = this.channels.get(name);
    if (!channel) throw new ConfigError('unknown_channel', `No channel is called "${name}"`);
    return channel;
  }

  findContent(channel: string, kind: string): ClassOf<object> | undefined {
    return this.contents.get(`${channel} ${kind}`);
  }
}
