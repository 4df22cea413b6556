import { fileTypeFromBuffer } from 'file-type';
import type { MediaKind } from '#libs/channels';

/** What the bytes of a file say about it. */
export interface RecognisedFile {
  readonly contentType: string;
  /** Extension in lower case without dot; empty when neither bytes nor name tell. */
  readonly format: string;
  /** What the bytes are; `file` is anything. */
  readonly kind: MediaKind;
}

/** Containers that hold the same things under two names. */
const SAME_FORMATS: readonly ReadonlySet<string>[] = [new Set(['jpg', 'jpeg']), new Set(['ogg', 'opus', 'oga'])];

const KINDS: readonly (readonly [prefix: string, kind: MediaKind])[] = [
  ['image/', 'image'],
  ['audio/', 'voice'],
  ['video/', 'video'],
];

/** Formats that share a container with others: the name tells which one it is. */
const CONTAINERS: ReadonlySet<string> = new Set(['cfb', 'zip', 'xml']);

const extensionOf = (fileName: string): string => /\.([A-Za-z0-9]{1,10})$/.exec(fileName)?.[1]?.toLowerCase() ?? '';

/** Looks at the bytes, never at what the caller says; texts and unknown bytes go by the name's extension. */
export async function recogniseFile(bytes: Uint8Array, fileName: string): Promise<RecognisedFile> {
  const found = await fileTypeFromBuffer(bytes);
  const extension = extensionOf(fileName);
  if (!found) return { contentType: 'application/octet-stream', format: extension, kind: 'file' };
  const kind = KINDS.find(([prefix]) => found.mime.startsWith(prefix))?.[1] ?? 'file';
  const format = CONTAINERS.has(found.ext) && extension !== '' ? extension : found.ext;
  return { contentType: found.mime.split(';')[0] ?? found.mime, format, kind };
}

/** Whether a format is one of those that a vendor takes. */
export function isFormatOf(formats: readonly string[], format: string): boolean {
  const names = SAME_FORMATS.find((same) => same.has(format)) ?? new Set([format]);
  return formats.some((accepted) => names.has(accepted));
}
