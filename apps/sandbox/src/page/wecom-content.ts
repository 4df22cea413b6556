import type { JsonObject } from '#libs/core';
import { line, link, listIn, media, targetOf, text, type Draw } from './content-parts.js';
import { html, NOTHING, type Html } from './html.js';
import { cardText, wecomMarkdown, wecomMarkdownV2, wecomText } from './rich-text.js';
import { drawWecomCard } from './wecom-card-content.js';

function drawArticle(article: JsonObject): Html {
  const picture = text(article['picurl']) || text(article['thumb_media_id']);
  return html`<div class="article" title="${targetOf(article)}">
    ${picture === '' ? NOTHING : media('🖼', picture)}${line('title', article['title'])}${line('muted', article['author'])}
    ${line('text', text(article['description']) || text(article['digest']))}
  </div>`;
}

const drawArticles: Draw = (content) => html`${listIn(content, 'articles').map(drawArticle)}`;

const drawNotice: Draw = (notice) => {
  const items = listIn(notice, 'content_item').map(
    ({ key, value }, index) =>
      html`<div class="fact">
        <span class="muted">${text(key)}</span>
        <span class="${notice['emphasis_first_item'] === true && index === 0 ? 'number' : ''}">${text(value)}</span>
      </div>`,
  );
  return html`${line('title', notice['title'])}${line('muted', notice['description'])}${items}${link('打开小程序', text(notice['page']))}`;
};

/** The messages of WeCom apps and robots, roughly as the client shows them. */
export const WECOM: Readonly<Record<string, Draw>> = {
  text: (content) => html`<div class="text">${wecomText(text(content['content']))}</div>`,
  markdown: (content) => wecomMarkdown(text(content['content'])),
  markdown_v2: (content) => wecomMarkdownV2(text(content['content'])),
  textcard: (content) =>
    html`<div class="title">${text(content['title'])}</div>
      <div class="text">${cardText(text(content['description']))}</div>
      <div class="footer" title="${text(content['url'])}">${text(content['btntxt']) || '详情'}</div>`,
  image: (content) => media('🖼', text(content['media_id']) || `md5 ${text(content['md5'])}`),
  voice: (content) => media('🔊', content['media_id']),
  video: (content) =>
    html`${media('🎬', content['media_id'])}${line('title', content['title'])}${line('text', content['description'])}`,
  file: (content) => media('📎', content['media_id']),
  news: drawArticles,
  mpnews: drawArticles,
  miniprogram_notice: drawNotice,
  template_card: drawWecomCard,
};
