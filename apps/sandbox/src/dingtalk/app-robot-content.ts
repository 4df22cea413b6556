import { isJsonObject, sizeOf, type JsonObject, type JsonValue } from '#libs/core';
import { parsedJson } from '../exchange/parse-json.js';
import { Refusal } from '../exchange/refusal.js';
import { MessageFields, type FieldRefusals, type Findings } from './message-fields.js';

const MOST_PARAM_BYTES = 15_000;

const badParam = (path: string): Refusal =>
  new Refusal('invalidParameter.msgParam.invalid', `msgParam参数无效：${path}`);
/** No code of its own is documented for a bad media id. */
const REFUSALS: FieldRefusals = { missing: badParam, invalid: badParam, unknownMedia: badParam };

const NUMBER = { pattern: /^\d+$/ };
const FILE_TYPE = { pattern: /^(?:xlsx|pdf|zip|rar|doc|docx)$/ };

type Judge = (fields: MessageFields) => void;

/** Every value is a text that must be there. */
const texts =
  (...names: readonly string[]): Judge =>
  (fields) => {
    for (const name of names) fields.text(name);
  };

const numbered = (count: number, ...names: readonly string[]): readonly string[] =>
  Array.from({ length: count }, (_, index) => names.map((name) => `${name}${index + 1}`)).flat();

const buttonCard = (count: number): Judge => texts('title', 'text', ...numbered(count, 'actionTitle', 'actionURL'));

function judgeVideo(video: MessageFields): void {
  video.media('videoMediaId', 'video');
  video.media('picMediaId', 'image');
  video.text('duration', NUMBER);
  video.text('videoType', { pattern: /^mp4$/ });
  video.optionalText('height', NUMBER);
  video.optionalText('width', NUMBER);
}

const KINDS: Readonly<Record<string, Judge>> = {
  sampleText: texts('content'),
  sampleMarkdown: texts('title', 'text'),
  sampleImageMsg: (fields) => fields.picture('photoURL'),
  sampleLink: (fields) => {
    texts('title', 'text', 'messageUrl')(fields);
    fields.picture('picUrl');
  },
  sampleActionCard: texts('title', 'text', 'singleTitle', 'singleURL'),
  sampleActionCard2: buttonCard(2),
  sampleActionCard3: buttonCard(3),
  sampleActionCard4: buttonCard(4),
  sampleActionCard5: buttonCard(5),
  sampleActionCard6: texts('title', 'text', ...numbered(2, 'buttonTitle', 'buttonUrl')),
  sampleAudio: (fields) => {
    fields.media('mediaId', 'voice');
    fields.text('duration', NUMBER);
  },
  sampleFile: (fields) => {
    fields.media('mediaId', 'file');
    fields.text('fileName');
    fields.text('fileType', FILE_TYPE);
  },
  sampleVideo: judgeVideo,
};

/** Judges `msgKey` and `msgParam`, which is JSON as text; returns the key. */
export function judgeAppRobotContent({ msgKey, msgParam }: JsonObject, findings: Findings): string {
  const judge = typeof msgKey === 'string' && Object.hasOwn(KINDS, msgKey) ? KINDS[msgKey] : undefined;
  if (typeof msgKey !== 'string' || !judge) throw new Refusal('invalidParameter.msgKey.invalid', 'msgKey参数无效');
  const fields = new MessageFields(paramOf(msgParam), 'msgParam', REFUSALS, findings);
  judge(fields);
  fields.noteUnknown();
  return msgKey;
}

function paramOf(msgParam: JsonValue | undefined): JsonObject {
  if (typeof msgParam !== 'string') throw badParam('must be JSON text');
  if (sizeOf(msgParam, 'bytes') > MOST_PARAM_BYTES) {
    throw new Refusal('invalidParameter.msgParam.tooLong', 'msgParam参数过长');
  }
  const param = parsedJson(msgParam);
  if (!isJsonObject(param)) throw badParam('is no JSON object');
  return param;
}
