import type { ClassOf } from '#libs/core';
import { MarkdownContent } from './markdown.content.js';
import { TextContent } from './text.content.js';

/** The content kinds of the channel: one file each, and its name here. */
export const WORK_CONTENTS: readonly ClassOf<object>[] = [TextContent, MarkdownContent];
