import { isJsonObject, sizeOf, type JsonObject, type JsonValue, type SizeLimit } from '#libs/core';
import { Refusal } from '../../exchange/refusal.js';
import type { MediaType } from '../../media/uploads.service.js';
import { optionalInteger, optionalText, requiredText, wrongType } from '../wecom-body.js';

/** What judging a content needs beside the content. */
export interface JudgeContext {
  /** What the vendor cuts or ignores without refusing. */
  readonly notes: string[];
  /** Advised lengths in characters by path, list positions left out: `main_title.title`. */
  readonly soft: Readonly<Record<string, number>>;
  readonly hasMedia: (mediaId: string, type: MediaType) => boolean;
}

export interface TextRule {
  /** Code for an absent or empty text; not given: it may be absent. */
  readonly missing?: number;
  readonly most?: SizeLimit;
  /** Code for a text above `most`; not given: the vendor cuts it, which is noted. */
  readonly tooLong?: number;
}

/** One object of a content: reads its fields as strictly as the vendor does. */
export class ContentPart {
  constructor(
    private readonly fields: JsonObject,
    readonly path: string,
    private readonly context: JudgeContext,
  ) {}

  has(name: string): boolean {
    const value = this.fields[name];
    return value !== undefined && value !== null && value !== '';
  }

  text(name: string, { missing, most, tooLong }: TextRule = {}): string {
    const text = missing === undefined ? optionalText(this.fields, name) : requiredText(this.fields, name, missing);
    const size = most ? sizeOf(text, most.unit) : 0;
    if (most && size > most.size) {
      if (tooLong !== undefined) throw new Refusal(tooLong, `${this.at(name)} size out of limit`);
      this.note(`${this.at(name)} is cut: ${size} of ${most.size}`);
    }
    this.noteAdvised(name, text);
    return text;
  }

  /** An integer out of `values`; undefined when there is none. */
  integer(name: string, values: readonly number[], invalid = 40058): number | undefined {
    const value = optionalInteger(this.fields, name, this.context.notes);
    if (value !== undefined && !values.includes(value)) throw new Refusal(invalid, `invalid ${this.at(name)}`);
    return value;
  }

  number(name: string): number | undefined {
    const value = this.fields[name];
    if (value !== undefined && typeof value !== 'number') throw wrongType(name);
    return value;
  }

  boolean(name: string, isRequired = false): void {
    const value = this.fields[name];
    if (typeof value === 'boolean' || (value === undefined && !isRequired)) return;
    throw wrongType(name, 40058);
  }

  object(name: string): ContentPart | undefined {
    const value = this.fields[name];
    if (value === undefined || value === null) return undefined;
    if (!isJsonObject(value)) throw wrongType(name);
    return new ContentPart(value, this.at(name), this.context);
  }

  /** The entries of a list; `invalid` is the code for too few or too many. */
  list(name: string, least: number, most: number, invalid: number): ContentPart[] {
    const entries = this.fields[name] ?? [];
    if (!Array.isArray(entries)) throw wrongType(name);
    if (entries.length < least || entries.length > most)
      throw new Refusal(invalid, `invalid length of ${this.at(name)}`);
    return entries.map((entry) => this.entry(name, entry));
  }

  /** An address that the vendor can open. */
  url(name: string, rule: TextRule = {}): void {
    const url = this.text(name, { ...rule, most: URL_SIZE, tooLong: 40039 });
    if (url === '') return;
    if (!/^[a-z][a-z0-9+.-]*:/i.test(url)) throw new Refusal(45034, `${this.at(name)} missing http:// or https://`);
    if (!/^https?:\/\//i.test(url)) throw new Refusal(40127, `unsupported scheme of ${this.at(name)}`);
  }

  media(name: string, type: MediaType, missing = 41006): void {
    const mediaId = this.text(name, { missing });
    if (!this.context.hasMedia(mediaId, type)) throw new Refusal(40007, 'invalid media_id');
  }

  noteUnknown(known: readonly string[]): void {
    for (const name of Object.keys(this.fields)) {
      if (!known.includes(name)) this.note(`${this.at(name)} means nothing here`);
    }
  }

  note(text: string): void {
    this.context.notes.push(text);
  }

  private at(name: string): string {
    return `${this.path}.${name}`;
  }

  private entry(name: string, value: JsonValue): ContentPart {
    if (!isJsonObject(value)) throw wrongType(name);
    return new ContentPart(value, this.at(name), this.context);
  }

  private noteAdvised(name: string, text: string): void {
    const advised = this.context.soft[this.at(name).replace(/^[^.]*\./, '')];
    const size = sizeOf(text, 'characters');
    if (advised !== undefined && size > advised) {
      this.note(`${this.at(name)} has ${size} characters, over the advised ${advised}`);
    }
  }
}

const URL_SIZE: SizeLimit = { size: 2048, unit: 'bytes' };

/** No two entries may share the value of a field. */
export function judgeUnique(entries: readonly ContentPart[], name: string, code: number): void {
  const values = entries.filter((entry) => entry.has(name)).map((entry) => entry.text(name));
  if (new Set(values).size < values.length) throw new Refusal(code, `duplicate ${name}`);
}
