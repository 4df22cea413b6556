import { isJsonObject, sizeOf, type JsonObject, type JsonValue } from '#libs/core';
import type { Refusal } from '../exchange/refusal.js';
import type { NamedMedia } from '../media/named-media.js';
import type { MediaType } from '../media/uploads.service.js';

/** How a vendor call refuses a field; `path` is like `markdown.title` or `btns[0].title`. */
export interface FieldRefusals {
  readonly missing: (path: string) => Refusal;
  readonly invalid: (path: string) => Refusal;
  /** A media id that does not exist, or is of another type. */
  readonly unknownMedia: (path: string) => Refusal;
}

/** What a judge leaves behind about the whole message. */
export interface Findings {
  /** Every text of the message, where keywords are looked for. */
  readonly texts: string[];
  /** What the vendor lets pass but a careful caller would not send. */
  readonly notes: string[];
  /** The uploads that the message may name. */
  readonly media: NamedMedia;
}

export interface TextRules {
  /** Characters. */
  readonly longest?: number;
  readonly tooLong?: () => Refusal;
  /** Characters that the vendor advises; above it there is a note. */
  readonly advised?: number;
  readonly pattern?: RegExp;
  /** Thrown instead of the usual refusal when the text is missing or empty. */
  readonly empty?: () => Refusal;
}

/** Reads the fields of one object of a message, refusing what is missing or mistyped, and remembers which were asked for. */
export class MessageFields {
  private readonly asked = new Set<string>();
  private readonly children: MessageFields[] = [];

  constructor(
    private readonly object: JsonObject,
    private readonly path: string,
    private readonly refusals: FieldRefusals,
    private readonly findings: Findings,
  ) {}

  has(name: string): boolean {
    const value = this.read(name);
    return value !== undefined && value !== null;
  }

  /** A text that must be there. */
  text(name: string, rules: TextRules = {}): string {
    const value = this.read(name);
    if (value === undefined || value === null || value === '')
      throw (rules.empty ?? this.refusals.missing)(this.at(name));
    return this.judge(name, value, rules);
  }

  /** Empty when there is none. */
  optionalText(name: string, rules: TextRules = {}): string {
    const value = this.read(name);
    return value === undefined || value === null || value === '' ? '' : this.judge(name, value, rules);
  }

  /** A media id that must be there. */
  media(name: string, type: MediaType, rules: TextRules = {}): void {
    this.judgeMedia(name, type, this.text(name, rules));
  }

  optionalMedia(name: string, type: MediaType): void {
    this.judgeMedia(name, type, this.optionalText(name));
  }

  /** A picture that must be there: an address or a media id. */
  picture(name: string): void {
    this.judgePicture(name, this.text(name));
  }

  optionalPicture(name: string): void {
    this.judgePicture(name, this.optionalText(name));
  }

  nested(name: string): MessageFields {
    const value = this.read(name);
    if (value === undefined || value === null) throw this.refusals.missing(this.at(name));
    if (!isJsonObject(value)) throw this.refusals.invalid(this.at(name));
    return this.below(value, this.at(name));
  }

  /** The objects of a list that must not be empty. */
  list(name: string): readonly MessageFields[] {
    const value = this.read(name);
    if (value === undefined || value === null) throw this.refusals.missing(this.at(name));
    if (!Array.isArray(value) || value.length === 0) throw this.refusals.invalid(this.at(name));
    return value.map((entry, index) => {
      const path = `${this.at(name)}[${index}]`;
      if (!isJsonObject(entry)) throw this.refusals.invalid(path);
      return this.below(entry, path);
    });
  }

  /** Ends the reading: members that nobody asked for are noted, here and below. */
  noteUnknown(): void {
    for (const name of Object.keys(this.object)) if (!this.asked.has(name)) this.note(`${this.at(name)} is unknown`);
    for (const child of this.children) child.noteUnknown();
  }

  note(text: string): void {
    this.findings.notes.push(text);
  }

  private read(name: string): JsonValue | undefined {
    this.asked.add(name);
    return this.object[name];
  }

  private judge(name: string, value: JsonValue, { advised, longest, pattern, tooLong }: TextRules): string {
    if (typeof value !== 'string') throw this.refusals.invalid(this.at(name));
    const size = sizeOf(value, 'characters');
    if (longest !== undefined && size > longest) throw tooLong?.() ?? this.refusals.invalid(this.at(name));
    if (pattern && !pattern.test(value)) throw this.refusals.invalid(this.at(name));
    if (advised !== undefined && size > advised)
      this.note(`${this.at(name)} has ${size} characters, best are ${advised}`);
    this.findings.texts.push(value);
    return value;
  }

  private judgePicture(name: string, value: string): void {
    if (!/^https?:\/\//i.test(value)) this.judgeMedia(name, 'image', value);
  }

  private judgeMedia(name: string, type: MediaType, id: string): void {
    if (id !== '' && !this.findings.media.has(id, type)) throw this.refusals.unknownMedia(this.at(name));
  }

  private below(object: JsonObject, path: string): MessageFields {
    const child = new MessageFields(object, path, this.refusals, this.findings);
    this.children.push(child);
    return child;
  }

  private at(name: string): string {
    return `${this.path}.${name}`;
  }
}
