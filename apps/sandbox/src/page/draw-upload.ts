import type { ShownUpload } from '../media/show-upload.js';
import { html, type Html } from './html.js';

const SIGNS: Readonly<Record<ShownUpload['type'], string>> = { image: '🖼', voice: '🔊', video: '🎬', file: '📎' };

/** An uploaded file of a message: a picture as it is, anything else by its name, to be stored with a click. */
export function drawUpload({ type, fileName, bytes, path }: ShownUpload): Html {
  const label = html`${SIGNS[type]} ${fileName} <span class="muted">${sizeText(bytes)}</span>`;
  if (path === null) return html`<span class="upload">${label}</span>`;
  if (type === 'image')
    return html`<a class="upload" href="${path}"><img src="${path}" alt="${fileName}" />${label}</a>`;
  return html`<a class="upload" href="${path}">${label}</a>`;
}

const sizeText = (bytes: number): string => {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
};
