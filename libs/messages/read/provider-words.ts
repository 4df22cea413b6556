import { Inject, Injectable } from '@nestjs/common';
import { ChannelRegistry, explanationOf } from '#libs/channels';
import { isJsonObject, maskAddresses, type JsonObject, type JsonValue, type Language } from '#libs/core';
import type { DeliveryRow } from './message-rows.js';
import type { ProviderView } from './message-view.js';

/** For whom something is shown. */
export interface Reader {
  /** Default English. */
  readonly language?: Language;
  /** May the reader learn the addresses that we call vendors from? Default no. */
  readonly seesAddresses?: boolean;
}

/** A code of a vendor as a row holds it, and the reason that it was judged as. */
export interface ProviderCode {
  readonly channel: string;
  readonly code: string;
  readonly reason: string | null;
}

/**
 * What vendors said, as people read it: codes with the sentence and the remedy of the channel's error table. The one
 * place that decides who learns which addresses we call from; rows keep them.
 */
@Injectable()
export class ProviderWords {
  constructor(@Inject(ChannelRegistry) private readonly channels: ChannelRegistry) {}

  explain({ channel, code, reason }: ProviderCode, { language = 'en' }: Reader): ProviderView {
    const definition = this.channels.find(channel);
    const rule = definition && explanationOf(definition.errors, code, reason ?? undefined);
    return {
      ...(definition && { name: definition.family }),
      code,
      ...(rule && { text: rule.text[language] }),
      ...(rule?.remedy && { hint: rule.remedy[language] }),
    };
  }

  /** Why the vendor tells nothing of a message after it has accepted it; undefined where it does. */
  silenceOf(channel: string, { language = 'en' }: Reader): string | undefined {
    const receipts = this.channels.find(channel)?.receipts;
    return receipts && !receipts.supported ? receipts.why[language] : undefined;
  }

  /** How long a sent message can be taken back; undefined where it cannot. */
  recallSecondsOf(channel: string): number | undefined {
    const recall = this.channels.find(channel)?.recall;
    return recall?.supported ? recall.windowSeconds : undefined;
  }

  /** What went wrong with a delivery, with the vendor's own words. */
  errorOf({ channel, error }: Pick<DeliveryRow, 'channel' | 'error'>, reader: Reader): JsonObject | undefined {
    if (!error) return undefined;
    const provider = error['provider'];
    if (!isJsonObject(provider) || typeof provider['code'] !== 'string') return error;
    const reason = typeof error['code'] === 'string' ? error['code'] : null;
    const { callerIp, ...facts } = provider;
    const explained = this.explain({ channel, code: provider['code'], reason }, reader);
    const address = reader.seesAddresses && callerIp !== undefined ? { callerIp } : {};
    return { ...error, provider: { ...facts, ...explained, ...address } };
  }

  /** An answer as it was recorded. */
  answerFor(answer: JsonValue, { seesAddresses = false }: Reader): JsonValue {
    return seesAddresses ? answer : withoutAddresses(answer);
  }
}

function withoutAddresses(value: JsonValue): JsonValue {
  if (typeof value === 'string') return maskAddresses(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutAddresses);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withoutAddresses(member)]));
}
