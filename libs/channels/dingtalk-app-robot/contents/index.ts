import type { ClassOf } from '#libs/core';
import { SampleActionCard } from './sample-action-card.content.js';
import {
  SampleActionCard2,
  SampleActionCard3,
  SampleActionCard4,
  SampleActionCard5,
  SampleActionCard6,
} from './sample-action-cards.content.js';
import { SampleAudio } from './sample-audio.content.js';
import { SampleFile } from './sample-file.content.js';
import { SampleImage } from './sample-image.content.js';
import { SampleLink } from './sample-link.content.js';
import { SampleMarkdown } from './sample-markdown.content.js';
import { SampleText } from './sample-text.content.js';
import { SampleVideo } from './sample-video.content.js';

/** The content kinds of the channel, by the vendor's `msgKey`; their fields are those of `msgParam`. */
export const APP_ROBOT_CONTENTS: readonly ClassOf<object>[] = [
  SampleText,
  SampleMarkdown,
  SampleImage,
  SampleLink,
  SampleActionCard,
  SampleActionCard2,
  SampleActionCard3,
  SampleActionCard4,
  SampleActionCard5,
  SampleActionCard6,
  SampleAudio,
  SampleFile,
  SampleVideo,
];
