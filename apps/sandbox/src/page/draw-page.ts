import type { Language } from '#libs/core';
import type { Dropped, ShownEntry } from '../inbox/inbox-entry.js';
import { hasButtons } from './card-state.js';
import { html, NOTHING, type Html } from './html.js';
import { drawUpload } from './draw-upload.js';
import { drawContent } from './message-content.js';
import { PAGE_TEXTS, type PageTexts } from './page-texts.js';

export interface FeedState {
  readonly entries: readonly ShownEntry[];
  readonly activeFaults: number;
  readonly clockOffsetMs: number;
}

export interface PageFilter {
  readonly channel: string;
  readonly recipient: string;
}

const MOST_NAMED = 8;

function drawNames(names: readonly string[], texts: PageTexts): Html {
  if (names.length === 0) return html`<span class="muted">${texts.nobody}</span>`;
  const named = names.slice(0, MOST_NAMED).map((name) => html`<span class="chip">${name}</span>`);
  const rest = names.length > MOST_NAMED ? html`<span class="muted">${texts.more(names.length)}</span>` : NOTHING;
  return html`${named}${rest}`;
}

/** Each recipient, with what they did with the message; a press on the name opens it for them. */
function drawReaders(
  { id, parts, readBy, recalled, recipients }: ShownEntry,
  filter: PageFilter,
  texts: PageTexts,
): Html {
  if (recalled || parts.length > 0 || recipients.length === 0) return drawNames(recipients, texts);
  const buttons = recipients.slice(0, MOST_NAMED).map((name) => {
    if (readBy.includes(name)) return html`<span class="chip" title="${texts.read}">${name} ✓</span>`;
    const query = new URLSearchParams({ by: name, ...filter }).toString();
    const action = `/_sandbox/page/inbox/${id}/read?${query}`;
    return html`<form class="opener" method="post" action="${action}">
      <button class="chip" title="${texts.open}">${name}</button>
    </form>`;
  });
  const rest =
    recipients.length > MOST_NAMED ? html`<span class="muted">${texts.more(recipients.length)}</span>` : NOTHING;
  return html`${buttons}${rest}`;
}

function drawDrops(dropped: readonly Dropped[], texts: PageTexts): Html {
  if (dropped.length === 0) return NOTHING;
  const reasons = [...new Set(dropped.map(({ reason }) => reason))];
  const lines = reasons.map((reason) => {
    const names = dropped.filter((drop) => drop.reason === reason).map(({ recipient }) => recipient);
    return html`<div>${drawNames(names, texts)} ${texts.drops[reason]}</div>`;
  });
  return html`<div class="drops"><b>${texts.notShown}</b>${lines}</div>`;
}

/** Members who have to confirm a message to customers; a press on the button does it for them. */
function drawParts({ id, parts, recalled }: ShownEntry, filter: PageFilter, texts: PageTexts): Html {
  const drawn = parts.slice(0, MOST_NAMED).map(({ confirmedAt, customers, member }) => {
    const count = html`<span class="muted">× ${String(customers.length)}</span>`;
    if (confirmedAt !== null) return html`<div class="muted">✓ ${texts.confirmed(member)} ${count}</div>`;
    if (recalled) return NOTHING;
    const query = new URLSearchParams({ by: member, ...filter }).toString();
    return html`<form class="opener" method="post" action="/_sandbox/page/inbox/${id}/confirm?${query}">
      <button class="choice">${texts.confirm(member)}</button> ${count}
    </form>`;
  });
  return html`${drawn}`;
}

/** Who presses the buttons of a card, and who has pressed. */
function drawClicks(entry: ShownEntry, texts: PageTexts): Html {
  if (!hasButtons(entry)) return NOTHING;
  const people = entry.recipients.slice(0, MOST_NAMED).map((name) => html`<option>${name}</option>`);
  const clicks = entry.clicks.map(
    ({ at, key, user }) => html`<div class="muted">${at.slice(11, 19)} ${texts.pressed(user, key)}</div>`,
  );
  return html`<label class="muted"
      >${texts.pressAs}
      <select class="presser">
        ${people}
      </select></label
    >
    <span class="told" data-failed="${texts.pressFailed}"></span>${clicks}`;
}

function drawEntry(entry: ShownEntry, filter: PageFilter, texts: PageTexts): Html {
  const time = entry.at.slice(11, 19);
  const recalled = entry.recalled ? html`<span class="badge">${texts.recalled}</span>` : NOTHING;
  const notes = entry.notes.map((note) => html`<div class="note">${note}</div>`);
  const state = entry.recalled || entry.recipients.length === 0 ? 'faded' : '';
  return html`<article class="${entry.family} ${state}" data-entry="${entry.id}">
    <header>
      <b>${texts.channels[entry.channel]}</b> <span class="muted">${entry.account} · ${entry.msgtype}</span>
      <time datetime="${entry.at}" title="${entry.at}">${time} UTC</time>${recalled}
    </header>
    <div class="people">${drawReaders(entry, filter, texts)}</div>
    <div class="bubble">${drawContent(entry)}${entry.media.map(drawUpload)}</div>
    ${drawClicks(entry, texts)} ${drawParts(entry, filter, texts)} ${drawDrops(entry.dropped, texts)}${notes}
    <details id="request-${entry.id}">
      <summary>${texts.request}</summary>
      <pre>${JSON.stringify(entry.request, null, 2)}</pre>
    </details>
  </article>`;
}

/** The part that is fetched again every two seconds. */
export function drawFeed(
  { entries, activeFaults, clockOffsetMs }: FeedState,
  filter: PageFilter,
  language: Language,
): Html {
  const texts = PAGE_TEXTS[language];
  const faults = activeFaults > 0 ? html`<p class="bar">${texts.faults(activeFaults)}</p>` : NOTHING;
  const hours = (clockOffsetMs / 3_600_000).toFixed(1);
  const clock = clockOffsetMs > 0 ? html`<p class="bar">${texts.clock(hours)}</p>` : NOTHING;
  const list =
    entries.length > 0 ? entries.map((entry) => drawEntry(entry, filter, texts)) : html`<p>${texts.empty}</p>`;
  return html`${faults}${clock}${list}`;
}

function drawFilter(filter: PageFilter, texts: PageTexts): Html {
  const channels = Object.entries(texts.channels).map(([name, label]) =>
    name === filter.channel
      ? html`<option value="${name}" selected>${label}</option>`
      : html`<option value="${name}">${label}</option>`,
  );
  return html`<form method="get" action="/">
    <input
      name="recipient"
      value="${filter.recipient}"
      placeholder="${texts.recipient}"
      aria-label="${texts.recipient}"
    />
    <select name="channel" aria-label="${texts.allChannels}">
      <option value="">${texts.allChannels}</option>
      ${channels}
    </select>
    <button>${texts.filter}</button>
  </form>`;
}

export function drawPage(state: FeedState, filter: PageFilter, language: Language): Html {
  const texts = PAGE_TEXTS[language];
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${texts.title}</title>
        <link rel="stylesheet" href="/_sandbox/page/style.css" />
        <script src="/_sandbox/page/refresh.js" defer></script>
      </head>
      <body>
        <div class="top">
          <div>
            <h1>${texts.title}</h1>
            <p class="muted">${texts.subtitle}</p>
          </div>
          ${drawFilter(filter, texts)}
        </div>
        <main id="feed">${drawFeed(state, filter, language)}</main>
      </body>
    </html>`;
}
