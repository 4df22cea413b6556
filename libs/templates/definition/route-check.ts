import {
  bodyOf,
  checkStructure,
  type ChannelDefinition,
  type ChannelRegistry,
  type Mention,
  type RouteOption,
} from '#libs/channels';
import { jsonPointer, type Fault, type JsonValue } from '#libs/core';
import { parseMentions } from '../mentions.js';
import { findInvalidTag } from '../placeholders.js';
import type { RouteDefinition } from '../template-definition.js';

type Path = readonly (string | number)[];

const fault = (path: Path, code: string, message: string): Fault => ({ pointer: jsonPointer(...path), code, message });

function contentFaults(channels: ChannelRegistry, { channel, content }: RouteDefinition, base: Path): Fault[] {
  const type = channels.findContent(channel, content.kind);
  if (!type) return [fault([...base, 'kind'], 'unknown_kind', `${channel} has no content kind "${content.kind}"`)];
  return checkStructure(type, bodyOf(content), base);
}

/** Every text with something in braces that is no placeholder. */
export function placeholderFaults(value: JsonValue, base: Path): Fault[] {
  if (typeof value === 'object' && value !== null) {
    const members = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
    return members.flatMap(([name, member]) => placeholderFaults(member, [...base, name]));
  }
  const tag = typeof value === 'string' ? findInvalidTag(value) : undefined;
  if (tag === undefined) return [];
  return [fault(base, 'invalid_placeholder', `"${tag}" is no placeholder: only {{name}} is, 1–64 of A–Z a–z 0–9 _ .`)];
}

function optionFault(option: RouteOption, kind: string, value: JsonValue, path: Path): Fault[] {
  const { kinds } = option;
  const values = kinds ? kinds[kind] : option.values;
  if (kinds && !values) return [fault(path, 'invalid_value', `${kind} messages do not take ${option.name}`)];
  if (option.type === 'boolean') {
    return typeof value === 'boolean' ? [] : [fault(path, 'wrong_type', `${option.name} must be a boolean`)];
  }
  if (!Number.isInteger(value)) return [fault(path, 'wrong_type', `${option.name} must be an integer`)];
  const number = Number(value);
  const { min = -Infinity, max = Infinity } = option;
  if (values && !values.includes(number)) {
    return [fault(path, 'out_of_range', `${option.name} must be one of ${values.join(', ')}`)];
  }
  return number < min || number > max
    ? [fault(path, 'out_of_range', `${option.name} must be between ${min} and ${max}`)]
    : [];
}

function mentionFaults(channel: ChannelDefinition, kind: string, value: JsonValue, path: Path): Fault[] {
  if (!Array.isArray(value)) return [fault(path, 'wrong_type', 'mentions must be a list')];
  const { mentions, faults } = parseMentions(value, channel.family, path);
  return [...faults, ...checkMentions(channel, kind, mentions, path)];
}

/** What the channel refuses about mentions, pointing at the list unless the channel points further. */
export function checkMentions(
  channel: ChannelDefinition,
  kind: string,
  mentions: readonly Mention[],
  path: Path,
): Fault[] {
  if (mentions.length === 0) return [];
  const { addressing } = channel;
  if (addressing.to !== 'group') return [fault(path, 'mention_not_supported', 'only group channels mention people')];
  const refused = (channel.checkMentions?.(kind, mentions) ?? []).map((found) => ({
    ...found,
    pointer: `${jsonPointer(...path)}${found.pointer ?? ''}`,
  }));
  if (mentions.length <= addressing.maxMentions) return refused;
  const message = `must not mention more than ${addressing.maxMentions} people`;
  const figures = { limit: addressing.maxMentions, actual: mentions.length, unit: 'items' as const };
  return [...refused, { ...fault(path, 'too_many_mentions', message), ...figures }];
}

function optionFaults(channel: ChannelDefinition, { content, options }: RouteDefinition, base: Path): Fault[] {
  return Object.entries(options).flatMap(([name, value]) => {
    const path = [...base, name];
    if (name === 'onOverlong') return value === 'cut' ? [] : [fault(path, 'invalid_value', 'onOverlong must be "cut"')];
    if (name === 'mentions' && channel.addressing.to === 'group') {
      return mentionFaults(channel, content.kind, value, path);
    }
    const option = channel.options.find((candidate) => candidate.name === name);
    if (!option) return [fault(path, 'unknown_field', `${channel.name} has no option "${name}"`)];
    return optionFault(option, content.kind, value, path);
  });
}

/** Faults of one route that the channels decide: channel, kind, structure of the content, options, mentions. */
export function checkRoute(channels: ChannelRegistry, route: RouteDefinition, base: Path): Fault[] {
  const channel = channels.find(route.channel);
  if (!channel) return [fault([...base, 'channel'], 'unknown_channel', `No channel is called "${route.channel}"`)];
  return [
    ...contentFaults(channels, route, [...base, 'content']),
    ...optionFaults(channel, route, [...base, 'options']),
  ];
}
