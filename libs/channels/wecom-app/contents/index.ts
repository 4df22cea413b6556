import type { ClassOf } from '#libs/core';
import { WecomAppFile } from './file.content.js';
import { WecomAppImage } from './image.content.js';
import { WecomAppMarkdown } from './markdown.content.js';
import { WecomAppMiniprogramNotice } from './miniprogram-notice.content.js';
import { WecomAppMpnews } from './mpnews.content.js';
import { WecomAppNews } from './news.content.js';
import { WecomAppTemplateCard } from './template-card.content.js';
import { WecomAppText } from './text.content.js';
import { WecomAppTextcard } from './textcard.content.js';
import { WecomAppVideo } from './video.content.js';
import { WecomAppVoice } from './voice.content.js';

/** The content kinds of app messages, in the order in which they are offered. */
export const WECOM_APP_CONTENTS: readonly ClassOf<object>[] = [
  WecomAppText,
  WecomAppMarkdown,
  WecomAppTextcard,
  WecomAppNews,
  WecomAppMpnews,
  WecomAppImage,
  WecomAppVoice,
  WecomAppVideo,
  WecomAppFile,
  WecomAppMiniprogramNotice,
  WecomAppTemplateCard,
];
