import type { ClassOf } from '#libs/core';
import { WecomRobotFile } from './file.content.js';
import { WecomRobotImage } from './image.content.js';
import { WecomRobotMarkdown } from './markdown.content.js';
import { WecomRobotMarkdownV2 } from './markdown-v2.content.js';
import { WecomRobotNews } from './news.content.js';
import { WecomRobotTemplateCard } from './template-card.content.js';
import { WecomRobotText } from './text.content.js';
import { WecomRobotVoice } from './voice.content.js';

/** The content kinds of group robots, in the order in which they are offered. */
export const WECOM_ROBOT_CONTENTS: readonly ClassOf<object>[] = [
  WecomRobotText,
  WecomRobotMarkdown,
  WecomRobotMarkdownV2,
  WecomRobotNews,
  WecomRobotImage,
  WecomRobotFile,
  WecomRobotVoice,
  WecomRobotTemplateCard,
];
