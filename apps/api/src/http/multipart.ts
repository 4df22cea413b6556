import multipart, { type MultipartFile } from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ValidationError, jsonPointer, type Fault } from '#libs/core';
import { BodyError } from './json-body.js';

/** A form holds one file and a few short fields; whoever sends more means something else. */
const LIMITS = { parts: 10, fields: 8, fieldNameSize: 100, fieldSize: 1_000, headerPairs: 20 } as const;

/** A form with one file, read. */
export interface FileForm {
  readonly fileName: string;
  readonly bytes: Buffer;
  readonly fields: Readonly<Record<string, string>>;
}

export interface FileFormRules {
  /** Name of the part that holds the file. */
  readonly part: string;
  /** Largest file; beyond it nothing more is kept. */
  readonly maxBytes: number;
  /** Names of the other parts that may be there. */
  readonly fields: readonly string[];
}

/** Forms are taken by the routes that say so (`TakesFile`), JSON by all others. */
export function acceptForms(fastify: FastifyInstance): void {
  void fastify.register(multipart, { throwFileSizeLimit: false });
  fastify.addHook('preParsing', async (request) => {
    if (request.is404) return;
    const type = request.headers['content-type'];
    const { takesFile = false } = request.routeOptions.config;
    if (type !== undefined && FORM.test(type) !== takesFile) {
      throw new BodyError('unsupported_media_type', 'The content type is not supported');
    }
    if (takesFile) refuseLarge(request);
  });
}

const FORM = /^\s*multipart\/form-data\b/i;

/** Of a form only the length in the header is known before it is read. */
function refuseLarge({ headers, routeOptions: { config } }: FastifyRequest): void {
  if (Number(headers['content-length'] ?? 0) > (config.bodyLimit ?? Infinity)) throw tooLarge();
}

const tooLarge = (): BodyError => new BodyError('payload_too_large', 'The file is too large');

/**
 * Reads a form to its end, keeping at most one file in memory.
 * @throws ValidationError every fault of the parts
 * @throws BodyError `unsupported_media_type`, `payload_too_large`, `bad_request` when the form is cut or malformed
 */
export async function readFileForm(request: FastifyRequest, rules: FileFormRules): Promise<FileForm> {
  if (!request.isMultipart()) throw new BodyError('unsupported_media_type', 'The body must be multipart/form-data');
  const reader = new FormReader(rules);
  try {
    const limits = { ...LIMITS, fileSize: rules.maxBytes };
    for await (const part of request.parts({ limits })) {
      if (part.type === 'file') await reader.takeFile(part);
      else reader.takeField(part.fieldname, String(part.value), part.valueTruncated);
    }
  } catch (cause) {
    throw new BodyError('bad_request', 'The form is malformed, cut, or has too many parts', { cause });
  }
  return reader.result();
}

class FormReader {
  private readonly faults: Fault[] = [];
  private readonly fields: Record<string, string> = {};
  private file: { readonly fileName: string; readonly bytes: Buffer } | undefined;
  private isTooLarge = false;

  constructor(private readonly rules: FileFormRules) {}

  /** Reads every part to its end, or the parser would never come to the next one. */
  async takeFile({ fieldname, file, filename }: MultipartFile): Promise<void> {
    const isWanted = fieldname === this.rules.part && !this.file;
    const chunks: Buffer[] = [];
    for await (const chunk of file) if (isWanted) chunks.push(chunk as Buffer);
    if (fieldname !== this.rules.part) return this.blame(fieldname, 'unknown_field', `there is no part ${fieldname}`);
    if (!isWanted) return this.blame(fieldname, 'too_many_items', 'must be one file');
    if (file.truncated) this.isTooLarge = true;
    this.file = { fileName: filename ?? '', bytes: Buffer.concat(chunks) };
  }

  takeField(name: string, value: string, isCut: boolean): void {
    if (name === this.rules.part) return this.blame(name, 'wrong_type', `${name} must be a file with a name`);
    if (!this.rules.fields.includes(name)) return this.blame(name, 'unknown_field', `there is no part ${name}`);
    if (isCut) return this.blame(name, 'too_long', `${name} is too long`);
    if (Object.hasOwn(this.fields, name)) return this.blame(name, 'duplicate_item', `${name} is given twice`);
    this.fields[name] = value;
  }

  result(): FileForm {
    const { fields, file } = this;
    const { part } = this.rules;
    if (this.isTooLarge) throw tooLarge();
    if (!file && !this.faults.some(({ pointer }) => pointer === jsonPointer(part))) {
      this.blame(part, 'missing_field', `the part ${part} with the file is required`);
    }
    if (this.faults.length > 0 || !file) throw new ValidationError(this.faults);
    return { ...file, fields };
  }

  private blame(name: string, code: string, message: string): void {
    this.faults.push({ pointer: jsonPointer(name), code, message });
  }
}
