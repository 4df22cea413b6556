import type { ClassOf } from '#libs/core';
import { ActionCardContent } from './action-card.content.js';
import { FileContent } from './file.content.js';
import { ImageContent } from './image.content.js';
import { LinkContent } from './link.content.js';
import { MarkdownContent } from './markdown.content.js';
import { OaContent } from './oa.content.js';
import { TextContent } from './text.content.js';
import { VoiceContent } from './voice.content.js';

/** The content kinds of the channel: one file each, and its name here. */
export const WORK_CONTENTS: readonly ClassOf<object>[] = [
  TextContent,
  ImageContent,
  VoiceContent,
  FileContent,
  LinkContent,
  OaContent,
  MarkdownContent,
  ActionCardContent,
];
