import type { JsonObject } from '#libs/core';
import { Refusal } from '../../exchange/refusal.js';
import { CARD_BLOCKS, type CardBlock } from './card-blocks.js';
import { MISSING_BLOCK, type CardRules, type CardRuleSet } from './card-rules.js';
import { ContentPart, type JudgeContext } from './content-part.js';

/** A card as far as the vendor keeps it in mind after sending. */
export interface JudgedCard {
  /** Empty: none was given. */
  readonly taskId: string;
  /** Clicks come back to the app, and the card can be updated. */
  readonly callsBack: boolean;
}

const CALL_BACK: readonly string[] = ['button_interaction', 'vote_interaction', 'multiple_interaction'];

/** The field in which a block stands. */
const fieldOf = (block: CardBlock): string => (block === 'optional_action' ? 'card_action' : block);

function rulesFor(card: JsonObject, ruleSet: CardRuleSet): CardRules {
  const { card_type: cardType } = card;
  const rules = typeof cardType === 'string' && Object.hasOwn(ruleSet, cardType) ? ruleSet[cardType] : undefined;
  if (!rules) throw new Refusal(42031, 'invalid card_type');
  return rules;
}

function hasPath(card: ContentPart, path: string): boolean {
  const [block, field] = path.split('.');
  if (block === undefined || field === undefined) return card.has(path);
  return card.object(block)?.has(field) ?? false;
}

/** Judges a template card: the blocks of its type, their fields and counts. */
export function judgeCard(content: JsonObject, ruleSet: CardRuleSet, context: Omit<JudgeContext, 'soft'>): JudgedCard {
  const { required, optional, oneOf, soft } = rulesFor(content, ruleSet);
  const card = new ContentPart(content, 'template_card', { ...context, soft });
  for (const block of required) {
    if (!card.has(fieldOf(block))) throw new Refusal(MISSING_BLOCK[block] ?? 40058, `missing ${fieldOf(block)}`);
  }
  if (oneOf && !oneOf.paths.some((path) => hasPath(card, path))) {
    throw new Refusal(oneOf.code, `missing ${oneOf.paths.join(' or ')}`);
  }
  const blocks = [...new Set([...required, ...optional])];
  for (const block of blocks) CARD_BLOCKS[block](card);
  card.noteUnknown(['card_type', ...blocks.map(fieldOf)]);
  const hasMenu = blocks.includes('action_menu') && card.has('action_menu');
  const needsTask = hasMenu && blocks.includes('task_id');
  if (needsTask && !card.has('task_id')) throw new Refusal(42014, 'taskid has existed or empty or exceed max len');
  return { taskId: card.text('task_id'), callsBack: hasMenu || CALL_BACK.includes(card.text('card_type')) };
}
