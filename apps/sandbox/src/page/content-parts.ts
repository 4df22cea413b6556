import { isJsonObject, type JsonObject, type JsonValue } from '#libs/core';
import { html, NOTHING, type Html } from './html.js';

/** Draws the object under a message type's name. */
export type Draw = (content: JsonObject) => Html;

export const text = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');

export const objectIn = (parent: JsonObject, name: string): JsonObject => {
  const value = parent[name];
  return isJsonObject(value) ? value : {};
};

export const listIn = (parent: JsonObject, name: string): readonly JsonObject[] => {
  const value = parent[name];
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
};

/** A line of the given class; nothing where there is no text. */
export const line = (className: string, value: JsonValue | undefined): Html =>
  text(value) === '' ? NOTHING : html`<div class="${className}">${text(value)}</div>`;

/** A place holder for media: nothing is fetched from the addresses of a message. */
export const media = (sign: string, name: JsonValue | undefined): Html =>
  html`<div class="media"><span class="sign">${sign}</span> <span class="muted">${text(name)}</span></div>`;

/** What a click opens: an address, or a page of a mini program. */
export const targetOf = (part: JsonObject): string =>
  text(part['url']) || text(part['pagepath']) || text(part['appid']);

export const link = (label: JsonValue | undefined, target: string): Html =>
  html`<div class="footer" title="${target}">${text(label)}</div>`;

/** A button that calls the app back; the page's script presses it. */
export const callback = (label: JsonValue | undefined, key: JsonValue | undefined, className = ''): Html =>
  html`<button type="button" class="choice ${className}" data-key="${text(key)}">${text(label)}</button>`;

export const button = (label: JsonValue | undefined, className = ''): Html =>
  html`<span class="choice ${className}">${text(label)}</span>`;
