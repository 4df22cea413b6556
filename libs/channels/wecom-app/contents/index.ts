import type { ClassOf } from '#libs/core';
import { WecomAppMarkdown } from './markdown.content.js';
import { WecomAppText } from './text.content.js';
import { WecomAppTextcard } from './textcard.content.js';

/** The content kinds of app messages, in the order in which they are offered. */
export const WECOM_APP_CONTENTS: readonly ClassOf<object>[] = [WecomAppText, WecomAppMarkdown, WecomAppTextcard];
