import type { JsonObject } from '#libs/core';
import { button, callback, line, link, listIn, media, objectIn, targetOf, text, type Draw } from './content-parts.js';
import { html, NOTHING, type Html } from './html.js';

/** By type of a row: text, link, file, member. */
const SIGNS = ['', '🔗', '📎', '👤'];

const drawHead = (card: JsonObject): Html => {
  const source = objectIn(card, 'source');
  const menu = listIn(objectIn(card, 'action_menu'), 'action_list').map((action) =>
    callback(action['text'], action['key']),
  );
  const title = objectIn(card, 'main_title');
  return html`${line('muted', source['desc'])}${menu}${line('title', title['title'])}${line('text', title['desc'])}`;
};

function drawPictures(card: JsonObject): Html {
  const area = objectIn(card, 'image_text_area');
  const picture = text(objectIn(card, 'card_image')['url']);
  const beside = text(area['image_url']);
  return html`${picture === '' ? NOTHING : media('🖼', picture)}${beside === '' ? NOTHING : media('🖼', beside)}
  ${line('title', area['title'])}${line('text', area['desc'])}`;
}

function drawTexts(card: JsonObject): Html {
  const emphasis = objectIn(card, 'emphasis_content');
  const quote = objectIn(card, 'quote_area');
  return html`${line('number', emphasis['title'])}${line('muted', emphasis['desc'])}${line('quote', quote['title'])}
  ${line('quote', quote['quote_text'])}${line('text', card['sub_title_text'])}`;
}

function drawRows(card: JsonObject): Html {
  const vertical = listIn(card, 'vertical_content_list').map(
    (row) => html`${line('h4', row['title'])}${line('text', row['desc'])}`,
  );
  const horizontal = listIn(card, 'horizontal_content_list').map((row) => {
    const target = targetOf(row) || text(row['media_id']) || text(row['userid']);
    const sign = SIGNS[Number(row['type'] ?? 0)] ?? '';
    return html`<div class="fact" title="${target}">
      <span class="muted">${text(row['keyname'])}</span> <span>${sign} ${text(row['value'])}</span>
    </div>`;
  });
  return html`${vertical}${horizontal}`;
}

function drawQuestion(question: JsonObject): Html {
  const isOpen = question['disable'] !== true;
  const several = question['mode'] === 1;
  const options = listIn(question, 'option_list').map((option, index) => {
    const isPreset = option['id'] === question['selected_id'] || (index === 0 && !question['selected_id']);
    const isChosen = 'is_checked' in option ? option['is_checked'] === true : isPreset;
    const kind = several ? 'checkbox' : 'radio';
    const state = `${isChosen ? 'checked' : ''} ${isOpen ? '' : 'disabled'}`;
    return html`<label class="option">
      <input
        type="${kind}"
        name="${text(question['question_key'])}"
        value="${text(option['id'])}"
        ${STATES[state] ?? NOTHING}
      />
      ${text(option['text'])}
    </label>`;
  });
  return html`${line('h4', question['title'])}${options}`;
}

/** Attributes cannot be interpolated as text. */
const STATES: Readonly<Record<string, Html>> = {
  'checked ': html`checked`,
  ' disabled': html`disabled`,
  'checked disabled': html`checked disabled`,
};

function drawInteraction(card: JsonObject): Html {
  const questions = [objectIn(card, 'button_selection'), objectIn(card, 'checkbox'), ...listIn(card, 'select_list')];
  return html`${questions.map(drawQuestion)}${drawButtons(card)}`;
}

/** A card that was dealt with keeps one grey button. */
function drawButtons(card: JsonObject): Html {
  const replaced = text(card['replace_text']);
  if (replaced !== '') return button(replaced, 'grey');
  const buttons = listIn(card, 'button_list').map((entry) => {
    const style = `style-${Number(entry['style'] ?? 1)}`;
    return entry['type'] === 1 ? button(entry['text'], style) : callback(entry['text'], entry['key'], style);
  });
  const submit = objectIn(card, 'submit_button');
  const label = text(submit['text']) || '提交';
  return html`${buttons}${'submit_button' in card ? callback(label, submit['key'], 'style-1') : NOTHING}`;
}

/** A template card of any type: whichever blocks it has, from top to bottom. */
export const drawWecomCard: Draw = (card) => {
  const jumps = listIn(card, 'jump_list').map((jump) => link(jump['title'], targetOf(jump)));
  const whole = targetOf(objectIn(card, 'card_action'));
  const parts = [drawHead(card), drawPictures(card), drawTexts(card), drawRows(card), drawInteraction(card)];
  return html`<form class="card" title="${whole}">${parts}${jumps}</form>`;
};
