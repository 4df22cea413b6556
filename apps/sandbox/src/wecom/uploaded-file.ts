import { formPartsOf, type FormPart } from '../exchange/form-data.js';
import { Refusal } from '../exchange/refusal.js';
import type { VendorCall } from '../exchange/vendor-call.js';
import { amrDurationMs, formatOf } from '../media/file-format.js';
import type { MediaType } from '../media/uploads.service.js';
import type { WecomFile } from './wecom-media.service.js';

const MB = 1024 * 1024;
const LEAST_BYTES = 6;
const LONGEST_VOICE_MS = 60_000;

interface Rule {
  readonly mostBytes: number;
  /** Code for a larger file. */
  readonly tooLarge: number;
  readonly judge?: (data: Buffer) => void;
}

function judgePicture(data: Buffer): void {
  const format = formatOf(data);
  if (format !== 'png' && format !== 'jpg') throw new Refusal(40123, 'invalid image');
}

function judgeVoice(data: Buffer): void {
  if (formatOf(data) !== 'amr') throw new Refusal(301017, 'only amr voice is supported');
  if (amrDurationMs(data) > LONGEST_VOICE_MS) throw new Refusal(45007, 'voice playtime out of limit');
}

function judgeVideo(data: Buffer): void {
  if (formatOf(data) !== 'mp4') throw new Refusal(40004, 'invalid media type');
}

/** Doc 90253, 91770. */
const RULES: Readonly<Record<MediaType, Rule>> = {
  image: { mostBytes: 10 * MB, tooLarge: 40009, judge: judgePicture },
  voice: { mostBytes: 2 * MB, tooLarge: 45001, judge: judgeVoice },
  video: { mostBytes: 10 * MB, tooLarge: 40011, judge: judgeVideo },
  file: { mostBytes: 20 * MB, tooLarge: 45001 },
};
/** Doc 90256. */
const ADDRESSED_PICTURE: Rule = { mostBytes: 2 * MB, tooLarge: 40009, judge: judgePicture };

/** The `type` of the query, one of those that the call takes. */
export function typeIn({ query }: VendorCall, types: readonly MediaType[]): MediaType {
  const type = types.find((candidate) => candidate === query['type']);
  if (!type) throw new Refusal(40005, 'invalid type');
  return type;
}

/** The file of an upload: its part is called `media`, has a file name and the size and format of the type. */
export function fileIn(call: VendorCall, type: MediaType): WecomFile {
  return judged(call, type, RULES[type], ({ name }) => name === 'media');
}

/** A picture that will have an address: its part may be called anything. */
export const addressedPictureIn = (call: VendorCall): WecomFile => judged(call, 'image', ADDRESSED_PICTURE, () => true);

function judged(call: VendorCall, type: MediaType, rule: Rule, fits: (part: FormPart) => boolean): WecomFile {
  const part = formPartsOf(call)?.find((candidate) => candidate.fileName && fits(candidate));
  if (!part?.fileName || part.data.length === 0) throw new Refusal(44001, 'empty media data');
  const { fileName, contentType, data } = part;
  if (data.length < LEAST_BYTES) throw new Refusal(40006, 'invalid media size');
  if (data.length > rule.mostBytes) throw new Refusal(rule.tooLarge, 'media size out of limit');
  rule.judge?.(data);
  return { type, fileName, contentType, data };
}
