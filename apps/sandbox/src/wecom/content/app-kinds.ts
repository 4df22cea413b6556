import { bytes, characters } from '#libs/core';
import { Refusal } from '../../exchange/refusal.js';
import type { ContentPart } from './content-part.js';

/** Judges one message type's object: throws a refusal, or notes what the vendor would cut or ignore. */
export type ContentJudge = (content: ContentPart) => void;

const TEXT = bytes(2048);
const TITLE = bytes(128);
const DESCRIPTION = bytes(512);

const judgeUpload =
  (type: 'image' | 'voice' | 'file'): ContentJudge =>
  (content) => {
    content.media('media_id', type);
    content.noteUnknown(['media_id']);
  };

function judgeVideo(content: ContentPart): void {
  content.media('media_id', 'video');
  content.text('title', { most: TITLE });
  content.text('description', { most: DESCRIPTION });
  content.noteUnknown(['media_id', 'title', 'description']);
}

function judgeTextcard(content: ContentPart): void {
  content.text('title', { missing: 41016, most: TITLE });
  content.text('description', { missing: 41033, most: DESCRIPTION });
  content.url('url', { missing: 41010 });
  content.text('btntxt', { most: characters(4) });
  content.noteUnknown(['title', 'description', 'url', 'btntxt']);
}

function judgeArticle(article: ContentPart): void {
  article.text('title', { missing: 41016, most: TITLE });
  article.text('description', { most: DESCRIPTION });
  article.url('picurl');
  if (article.has('appid') !== article.has('pagepath')) throw new Refusal(40058, 'appid and pagepath go together');
  article.text('appid');
  article.text('pagepath', { most: bytes(128) });
  article.url('url', article.has('appid') ? {} : { missing: 41010 });
  article.noteUnknown(['title', 'description', 'url', 'picurl', 'appid', 'pagepath']);
}

function judgeStoredArticle(article: ContentPart): void {
  article.text('title', { missing: 41016, most: TITLE });
  article.media('thumb_media_id', 'image');
  article.text('author', { most: bytes(64), tooLong: 45032 });
  article.url('content_source_url');
  article.text('content', { missing: 44004, most: bytes(666 * 1024), tooLong: 45002 });
  article.text('digest', { most: DESCRIPTION });
  article.noteUnknown(['title', 'thumb_media_id', 'author', 'content_source_url', 'content', 'digest']);
}

const judgeArticles =
  (judge: ContentJudge): ContentJudge =>
  (content) => {
    if (!content.has('articles')) throw new Refusal(40063, 'missing articles');
    for (const article of content.list('articles', 1, 8, 45008)) judge(article);
  };

/** The vendor ignores a pair that is wholly empty. */
function judgeNoticeItem(item: ContentPart): void {
  if (!item.has('key') && !item.has('value')) return;
  item.text('key', { missing: 90202, most: characters(10), tooLong: 90202 });
  item.text('value', { missing: 90203, most: characters(30), tooLong: 90203 });
}

function judgeNotice(notice: ContentPart): void {
  const appid = notice.text('appid', { missing: 90200 });
  if (!appid.startsWith('wx')) throw new Refusal(90207, 'invalid miniprogram appid');
  notice.text('page', { most: bytes(1024), tooLong: 90204 });
  judgeNoticeText(notice.text('title', { missing: 41016 }));
  judgeNoticeText(notice.text('description'));
  notice.boolean('emphasis_first_item');
  for (const item of notice.list('content_item', 0, 10, 90201)) judgeNoticeItem(item);
  notice.noteUnknown(['appid', 'page', 'title', 'description', 'emphasis_first_item', 'content_item']);
}

function judgeNoticeText(text: string): void {
  const size = [...text].length;
  if (text !== '' && (size < 4 || size > 12)) throw new Refusal(40058, 'title and description take 4 to 12 characters');
}

/** Every type of app messages but template cards. No answer for over-long markdown is documented; the robot's is given. */
export const APP_KINDS: Readonly<Record<string, ContentJudge>> = {
  text: (content) => void content.text('content', { missing: 44004, most: TEXT, tooLong: 45002 }),
  markdown: (content) => void content.text('content', { missing: 40063, most: TEXT, tooLong: 40058 }),
  image: judgeUpload('image'),
  voice: judgeUpload('voice'),
  file: judgeUpload('file'),
  video: judgeVideo,
  textcard: judgeTextcard,
  news: judgeArticles(judgeArticle),
  mpnews: judgeArticles(judgeStoredArticle),
  miniprogram_notice: judgeNotice,
};
