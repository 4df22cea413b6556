import type { CardBlock } from './card-blocks.js';

/** Which blocks a card type takes, and how long the vendor advises their texts to be. */
export interface CardRules {
  readonly required: readonly CardBlock[];
  readonly optional: readonly CardBlock[];
  /** Of each group at least one must be there; `code` when none is. */
  readonly oneOf?: { readonly paths: readonly string[]; readonly code: number };
  readonly soft: Readonly<Record<string, number>>;
}

export type CardRuleSet = Readonly<Record<string, CardRules>>;

const APP_SOFT = {
  'source.desc': 20,
  'main_title.title': 36,
  'main_title.desc': 44,
  'emphasis_content.title': 14,
  'emphasis_content.desc': 22,
  sub_title_text: 160,
  'vertical_content_list.title': 38,
  'vertical_content_list.desc': 160,
  'horizontal_content_list.keyname': 5,
  'horizontal_content_list.value': 30,
  'jump_list.title': 18,
  'button_selection.option_list.text': 16,
  'button_list.text': 10,
  'checkbox.option_list.text': 17,
  'select_list.option_list.text': 16,
  'submit_button.text': 10,
};

const ROBOT_SOFT = {
  'source.desc': 13,
  'main_title.title': 26,
  'main_title.desc': 30,
  'emphasis_content.title': 10,
  'emphasis_content.desc': 15,
  sub_title_text: 112,
  'vertical_content_list.title': 26,
  'vertical_content_list.desc': 112,
  'horizontal_content_list.keyname': 5,
  'horizontal_content_list.value': 26,
  'jump_list.title': 13,
};

const HEAD: readonly CardBlock[] = ['source', 'action_menu', 'task_id', 'quote_area', 'horizontal_content_list'];
const TITLES = { paths: ['main_title.title', 'sub_title_text'], code: 41016 };
const MAIN_TITLE = { paths: ['main_title.title'], code: 41016 };

/** Doc 90236. */
export const APP_CARDS: CardRuleSet = {
  text_notice: {
    required: ['card_action'],
    optional: [...HEAD, 'main_title', 'emphasis_content', 'sub_title_text', 'jump_list'],
    oneOf: TITLES,
    soft: APP_SOFT,
  },
  news_notice: {
    required: ['main_title', 'card_action'],
    optional: [...HEAD, 'image_text_area', 'card_image', 'vertical_content_list', 'jump_list'],
    oneOf: { paths: ['card_image.url', 'image_text_area.image_url'], code: 42044 },
    soft: APP_SOFT,
  },
  button_interaction: {
    required: ['main_title', 'task_id', 'button_list'],
    optional: [...HEAD, 'sub_title_text', 'optional_action', 'button_selection'],
    oneOf: MAIN_TITLE,
    soft: APP_SOFT,
  },
  vote_interaction: {
    required: ['main_title', 'task_id', 'checkbox', 'submit_button'],
    optional: ['source'],
    oneOf: MAIN_TITLE,
    soft: { ...APP_SOFT, 'main_title.title': 16, 'main_title.desc': 160 },
  },
  multiple_interaction: {
    required: ['main_title', 'task_id', 'select_list', 'submit_button'],
    optional: ['source'],
    oneOf: MAIN_TITLE,
    soft: { ...APP_SOFT, 'main_title.desc': 160 },
  },
};

/** An update names no task; the submit button may go, and a grey button has a text (doc 94888). */
function updated({ optional, required, ...rules }: CardRules): CardRules {
  const hasButton = required.includes('task_id');
  const gone: readonly CardBlock[] = ['task_id', 'submit_button'];
  const kept = (blocks: readonly CardBlock[]): CardBlock[] => blocks.filter((block) => !gone.includes(block));
  const more: CardBlock[] = hasButton ? ['replace_text'] : [];
  if (required.includes('submit_button')) more.push('submit_button');
  return { ...rules, required: kept(required), optional: [...kept(optional), ...more] };
}

export const UPDATED_CARDS: CardRuleSet = Object.fromEntries(
  Object.entries(APP_CARDS).map(([type, rules]) => [type, updated(rules)]),
);

const ROBOT_HEAD: readonly CardBlock[] = ['source', 'quote_area', 'horizontal_content_list', 'jump_list'];

/** Doc 91770. */
export const ROBOT_CARDS: CardRuleSet = {
  text_notice: {
    required: ['main_title', 'card_action'],
    optional: [...ROBOT_HEAD, 'emphasis_content', 'sub_title_text'],
    oneOf: TITLES,
    soft: ROBOT_SOFT,
  },
  news_notice: {
    required: ['main_title', 'card_image', 'card_action'],
    optional: [...ROBOT_HEAD, 'image_text_area', 'vertical_content_list'],
    oneOf: MAIN_TITLE,
    soft: ROBOT_SOFT,
  },
};

/** Codes for a block that the card type cannot do without. */
export const MISSING_BLOCK: Readonly<Partial<Record<CardBlock, number>>> = {
  main_title: 41016,
  task_id: 42014,
  card_action: 42045,
  card_image: 42044,
  button_list: 42019,
  checkbox: 42043,
  select_list: 42047,
  submit_button: 42046,
};
