import type { ClassOf } from '#libs/core';
import { WecomRobotMarkdown } from './markdown.content.js';
import { WecomRobotText } from './text.content.js';

/** The content kinds of group robots, in the order in which they are offered. */
export const WECOM_ROBOT_CONTENTS: readonly ClassOf<object>[] = [WecomRobotText, WecomRobotMarkdown];
