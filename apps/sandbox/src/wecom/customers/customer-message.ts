import { bytes, isJsonObject, type JsonObject } from '#libs/core';
import { Refusal } from '../../exchange/refusal.js';
import { ContentPart, type JudgeContext } from '../content/content-part.js';

const MOST_ATTACHMENTS = 9;

type AttachmentJudge = (part: ContentPart, has: (name: string) => boolean) => void;

const judgeMedia =
  (type: 'video' | 'file'): AttachmentJudge =>
  (part) => {
    part.media('media_id', type);
    part.noteUnknown(['media_id']);
  };

const JUDGES: Readonly<Record<string, AttachmentJudge>> = {
  image: (part, has) => {
    if (has('pic_url') && !has('media_id')) part.url('pic_url');
    else part.media('media_id', 'image');
    part.noteUnknown(['media_id', 'pic_url']);
  },
  link: (part) => {
    part.text('title', { missing: 41016, most: bytes(128), tooLong: 40058 });
    part.url('picurl');
    part.text('desc', { most: bytes(512), tooLong: 40058 });
    part.url('url', { missing: 41010 });
    part.noteUnknown(['title', 'picurl', 'desc', 'url']);
  },
  miniprogram: (part) => {
    part.text('title', { missing: 41016, most: bytes(64), tooLong: 40058 });
    part.media('pic_media_id', 'image');
    const appid = part.text('appid', { missing: 90200 });
    if (!appid.startsWith('wx')) throw new Refusal(90207, 'invalid miniprogram appid');
    part.text('page', { missing: 90204 });
    part.noteUnknown(['title', 'pic_media_id', 'appid', 'page']);
  },
  video: judgeMedia('video'),
  file: judgeMedia('file'),
};

/** Judges text and attachments; at least one of them must be there. Answers the type under which the inbox shows it. */
export function judgeCustomerMessage(body: JsonObject, context: JudgeContext): string {
  const { attachments, text } = body;
  const hasText = isJsonObject(text) && text['content'] !== undefined && text['content'] !== '';
  if (text !== undefined && !isJsonObject(text)) throw new Refusal(40058, 'invalid text. invalid Request Parameter');
  if (hasText) {
    new ContentPart(text, 'text', context).text('content', { missing: 44004, most: bytes(4000), tooLong: 40058 });
  }
  if (attachments === undefined) {
    if (!hasText) throw new Refusal(40063, 'text and attachments are empty');
    return 'text';
  }
  if (!Array.isArray(attachments)) throw new Refusal(40058, 'invalid attachments. invalid Request Parameter');
  if (attachments.length === 0 && !hasText) throw new Refusal(41088, 'attachments are empty');
  if (attachments.length > MOST_ATTACHMENTS) throw new Refusal(41064, 'too many attachments');
  const types = attachments.map((attachment) => judgeAttachment(attachment, context));
  return hasText ? 'text' : (types[0] ?? 'text');
}

function judgeAttachment(attachment: unknown, context: JudgeContext): string {
  if (!isJsonObject(attachment)) throw new Refusal(40058, 'invalid attachments. invalid Request Parameter');
  const { msgtype } = attachment;
  const judge = typeof msgtype === 'string' && Object.hasOwn(JUDGES, msgtype) ? JUDGES[msgtype] : undefined;
  if (typeof msgtype !== 'string' || !judge) throw new Refusal(41065, 'invalid attachment msgtype');
  const fields = attachment[msgtype];
  if (!isJsonObject(fields)) throw new Refusal(40063, `missing ${msgtype}`);
  const part = new ContentPart(fields, `attachments.${msgtype}`, context);
  judge(part, (name) => part.has(name));
  for (const name of Object.keys(attachment)) {
    if (name !== 'msgtype' && name !== msgtype)
      context.notes.push(`attachments.${name} means nothing beside ${msgtype}`);
  }
  return msgtype;
}
