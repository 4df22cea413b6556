import type { VendorCall } from './vendor-call.js';

/** One part of a `multipart/form-data` body. */
export interface FormPart {
  readonly name: string;
  /** Absent: a plain field. The RFC 5987 form `filename*=` is not understood, as with the vendors. */
  readonly fileName?: string;
  readonly contentType: string;
  readonly data: Buffer;
}

const CRLF = Buffer.from('\r\n');
const HEAD_END = Buffer.from('\r\n\r\n');

/** The parts of the body; undefined when it is no well-formed form: a boundary that is lost, cut short, or never closed. */
export function formPartsOf({ headers, bytes }: VendorCall): readonly FormPart[] | undefined {
  const boundary = boundaryIn(headers['content-type'] ?? '');
  if (boundary === undefined || !bytes) return undefined;
  const delimiter = Buffer.from(`--${boundary}`);
  if (bytes.indexOf(delimiter) !== 0) return undefined;
  const parts: FormPart[] = [];
  let at = delimiter.length;
  while (startsWith(bytes, at, CRLF)) {
    const end = bytes.indexOf(Buffer.concat([CRLF, delimiter]), at);
    const part = end < 0 ? undefined : partOf(bytes.subarray(at + CRLF.length, end));
    if (!part) return undefined;
    parts.push(part);
    at = end + CRLF.length + delimiter.length;
  }
  return startsWith(bytes, at, Buffer.from('--')) ? parts : undefined;
}

const startsWith = (bytes: Buffer, at: number, expected: Buffer): boolean =>
  bytes.subarray(at, at + expected.length).equals(expected);

function boundaryIn(contentType: string): string | undefined {
  const [, quoted, plain] = /^multipart\/form-data;.*\bboundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType) ?? [];
  return quoted ?? plain;
}

function partOf(bytes: Buffer): FormPart | undefined {
  const headEnd = bytes.indexOf(HEAD_END);
  if (headEnd < 0) return undefined;
  const headers = bytes.subarray(0, headEnd).toString().split('\r\n');
  const disposition = valueIn(headers, 'content-disposition');
  const name = /^form-data;.*\bname="([^"]*)"/i.exec(disposition)?.[1];
  const fileName = /;\s*filename="([^"]*)"/i.exec(disposition)?.[1];
  if (name === undefined) return undefined;
  return {
    name,
    ...(fileName !== undefined && { fileName }),
    contentType: valueIn(headers, 'content-type') || 'application/octet-stream',
    data: bytes.subarray(headEnd + HEAD_END.length),
  };
}

function valueIn(headers: readonly string[], name: string): string {
  const header = headers.find((line) => line.toLowerCase().startsWith(`${name}:`));
  return header?.slice(name.length + 1).trim() ?? '';
}
