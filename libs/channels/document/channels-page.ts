import type { ChannelDefinition } from '../channel.js';
import { channelSection } from './channel-section.js';
import { both, code, durationText, paragraphs, table } from './markdown.js';

const INTRODUCTION = `# Channels · 通道

What each channel can send, whom to, how much of it, and what its vendor's error codes mean. Written from the definitions
in \`libs/channels\` by \`npm run docs\`; a test compares them. \`GET /v1/channels\` and \`GET /v1/channels/{name}/errors\` tell
the same to programs.`;

const READING = `## How to read it · 说明

- **limit**: above it a message is refused with \`content_too_long\`, when it is accepted. Bytes are those of UTF-8.
  *Advised* limits are the vendor's: above them it may cut what is shown.
- **placeholders**: how the value of \`{{name}}\` is written into the field, so that the reader sees exactly the value.
- **media** fields take \`asset:<id>\` of an uploaded file and whatever else is named: the vendor's media id, a web address,
  base64.
- **limits** are keys of an account's \`limits\`; \`null\` switches one off.
- **code**: what the vendor answered, as \`provider.code\` in attempts, timeline and problems. A code that is not listed fails
  for good with reason \`provider_rejected\`. Words decide only where one code has several causes.`;

const FORMATS = table(
  ['placeholders', 'the value is written'],
  [
    ['text', 'as text: what the vendor would make active is broken up'],
    ['markdown', 'with Markdown characters made harmless'],
    ['html', 'with HTML entities'],
    ['url', 'percent-encoded'],
    ['plain', 'as it is: the vendor never interprets the field'],
    ['key', 'as it is: ids and callback keys'],
  ],
);

/** `docs/channels.md`. Pure: equal definitions, equal bytes. */
export function channelsPage(channels: readonly ChannelDefinition[]): string {
  const page = paragraphs(INTRODUCTION, overview(channels), READING, FORMATS, ...channels.map(channelSection));
  return `${page}\n`;
}

function overview(channels: readonly ChannelDefinition[]): string {
  const rows = channels.map((channel) => [
    `[${code(channel.name)}](#${anchorOf(channel)})`,
    both(channel.label),
    goesTo(channel),
    String(channel.contents.length),
    channel.recall.supported ? durationText(channel.recall.windowSeconds) : 'no',
    String(Object.keys(channel.errors).length),
  ]);
  return table(['channel', 'name · 名称', 'goes to', 'content kinds', 'recall', 'error codes'], rows);
}

const goesTo = ({ addressing }: ChannelDefinition): string => {
  if (addressing.to === 'group') return 'a chat group';
  return addressing.who ?? 'people';
};

/** As repositories make it of a heading: lower case, blanks as hyphens, everything but letters and digits dropped. */
const anchorOf = ({ label, name }: ChannelDefinition): string =>
  `${name} – ${label.en} · ${label.zh}`
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');
