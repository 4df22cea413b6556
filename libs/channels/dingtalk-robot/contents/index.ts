import type { ClassOf } from '#libs/core';
import { ActionCardContent } from './action-card.content.js';
import { FeedCardContent } from './feed-card.content.js';
import { LinkContent } from './link.content.js';
import { MarkdownContent } from './markdown.content.js';
import { TextContent } from './text.content.js';

/** The content kinds of the channel: one file each, and its name here. */
export const ROBOT_CONTENTS: readonly ClassOf<object>[] = [
  TextContent,
  LinkContent,
  MarkdownContent,
  ActionCardContent,
  FeedCardContent,
];
