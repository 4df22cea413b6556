import { bytes } from '#libs/core';
import { Refusal } from '../../exchange/refusal.js';
import { judgeUnique, type ContentPart } from './content-part.js';

/** Judges one block of a card; the block itself may be absent. */
type BlockJudge = (card: ContentPart) => void;

const CALLBACK_KEY = bytes(1024);
const OPTION_ID = bytes(128);
const RATIO = { least: 1.3, most: 2.25 };

/** `type` 1 opens an address, 2 a mini program. */
function judgeTarget(part: ContentPart, types: readonly number[], invalid?: number): void {
  const type = part.integer('type', types, invalid);
  if (type === 1) part.url('url', { missing: 42028 });
  if (type === 2) part.text('appid', { missing: 42030 });
  part.text('pagepath');
}

function judgeSource(card: ContentPart): void {
  const source = card.object('source');
  source?.url('icon_url');
  source?.text('desc');
  source?.integer('desc_color', [0, 1, 2, 3]);
}

function judgeMenu(card: ContentPart): void {
  const menu = card.object('action_menu');
  if (!menu) return;
  menu.text('desc');
  const actions = menu.list('action_list', 1, 3, 40058);
  for (const action of actions) {
    action.text('text', { missing: 42038 });
    action.text('key', { missing: 42039, most: CALLBACK_KEY, tooLong: 42039 });
  }
  judgeUnique(actions, 'key', 42051);
}

function judgeTaskId(card: ContentPart): void {
  const taskId = card.text('task_id', { most: bytes(128), tooLong: 42014 });
  if (!/^[0-9A-Za-z_\-@]*$/.test(taskId)) throw new Refusal(42014, 'taskid has existed or empty or exceed max len');
}

function judgeTitle(card: ContentPart): void {
  const title = card.object('main_title');
  title?.text('title');
  title?.text('desc');
}

function judgeQuote(card: ContentPart): void {
  const quote = card.object('quote_area');
  if (!quote) return;
  judgeTarget(quote, [0, 1, 2]);
  quote.text('title');
  quote.text('quote_text');
}

function judgeEmphasis(card: ContentPart): void {
  const emphasis = card.object('emphasis_content');
  emphasis?.text('title');
  emphasis?.text('desc');
}

function judgeImageText(card: ContentPart): void {
  const area = card.object('image_text_area');
  if (!area) return;
  judgeTarget(area, [0, 1, 2]);
  area.text('title');
  area.text('desc');
  area.url('image_url', { missing: 42044 });
}

function judgeImage(card: ContentPart): void {
  const image = card.object('card_image');
  if (!image) return;
  image.url('url', { missing: 42044 });
  const ratio = image.number('aspect_ratio') ?? RATIO.least;
  if (ratio < RATIO.least || ratio > RATIO.most) throw new Refusal(40058, 'invalid aspect_ratio');
}

function judgeVertical(card: ContentPart): void {
  for (const row of card.list('vertical_content_list', 0, 4, 42036)) {
    row.text('title', { missing: 42033 });
    row.text('desc');
  }
}

function judgeHorizontal(card: ContentPart): void {
  for (const row of card.list('horizontal_content_list', 0, 6, 42035)) {
    row.text('keyname', { missing: 42027 });
    row.text('value');
    const type = row.integer('type', [0, 1, 2, 3]);
    if (type === 1) row.url('url', { missing: 42028 });
    if (type === 2) row.media('media_id', 'file', 42029);
    if (type === 3) row.text('userid', { missing: 42050 });
  }
}

function judgeJumps(card: ContentPart): void {
  for (const jump of card.list('jump_list', 0, 3, 42042)) {
    judgeTarget(jump, [0, 1, 2]);
    jump.text('title', { missing: 42033 });
  }
}

function judgeAction(types: readonly number[]): BlockJudge {
  return (card) => {
    const action = card.object('card_action');
    if (action) judgeTarget(action, types, 42045);
    if (action && !types.includes(0) && !action.has('type')) throw new Refusal(42045, 'invalid card_action');
  };
}

function judgeOptions(question: ContentPart, most: number, areBoxes = false): void {
  question.text('question_key', { missing: 42043, most: CALLBACK_KEY, tooLong: 42043 });
  const options = question.list('option_list', 1, most, 42037);
  for (const option of options) {
    option.text('id', { missing: 42040, most: OPTION_ID, tooLong: 42040 });
    option.text('text', { missing: 42041 });
    if (areBoxes) option.boolean('is_checked', true);
  }
  judgeUnique(options, 'id', 42040);
}

function judgeSelection(card: ContentPart): void {
  const selection = card.object('button_selection');
  if (!selection) return;
  judgeOptions(selection, 10);
  selection.text('title');
  selection.text('selected_id');
}

function judgeButtons(card: ContentPart): void {
  const buttons = card.list('button_list', 1, 6, 40058);
  for (const button of buttons) {
    button.text('text', { missing: 42020 });
    button.integer('style', [1, 2, 3, 4]);
    if (button.integer('type', [0, 1]) === 1) button.url('url', { missing: 42028 });
    else button.text('key', { missing: 42019, most: CALLBACK_KEY, tooLong: 42018 });
  }
  judgeUnique(buttons, 'key', 42018);
}

function judgeCheckbox(card: ContentPart): void {
  const checkbox = card.object('checkbox');
  if (!checkbox) return;
  checkbox.integer('mode', [0, 1]);
  checkbox.boolean('disable');
  judgeOptions(checkbox, 20, true);
}

function judgeSelects(card: ContentPart): void {
  const selects = card.list('select_list', 1, 3, 42047);
  for (const select of selects) {
    judgeOptions(select, 10);
    select.boolean('disable');
    select.text('title');
    select.text('selected_id');
  }
  judgeUnique(selects, 'question_key', 42043);
}

function judgeSubmit(card: ContentPart): void {
  const submit = card.object('submit_button');
  submit?.text('text');
  submit?.text('key', { missing: 42046, most: CALLBACK_KEY, tooLong: 42046 });
}

/** Every block of every card. */
export const CARD_BLOCKS = {
  source: judgeSource,
  action_menu: judgeMenu,
  task_id: judgeTaskId,
  main_title: judgeTitle,
  quote_area: judgeQuote,
  emphasis_content: judgeEmphasis,
  sub_title_text: (card) => void card.text('sub_title_text'),
  image_text_area: judgeImageText,
  card_image: judgeImage,
  vertical_content_list: judgeVertical,
  horizontal_content_list: judgeHorizontal,
  jump_list: judgeJumps,
  card_action: judgeAction([1, 2]),
  optional_action: judgeAction([0, 1, 2]),
  button_selection: judgeSelection,
  button_list: judgeButtons,
  checkbox: judgeCheckbox,
  select_list: judgeSelects,
  submit_button: judgeSubmit,
  replace_text: (card) => void card.text('replace_text'),
} as const satisfies Readonly<Record<string, BlockJudge>>;

export type CardBlock = keyof typeof CARD_BLOCKS;
