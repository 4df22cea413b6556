import {
  ChannelRegistry,
  ContentKind,
  ListField,
  MediaField,
  TextField,
  TextsField,
  bodyOf,
  type ChannelDefinition,
  type Content,
  type Mention,
} from '#libs/channels';
import { bytes, characters, type JsonObject } from '#libs/core';

const label = { zh: '测试', en: 'Test' };

class TestAccount {}

@ContentKind({ kind: 'text', label, example: { content: 'x' } })
class TextContent {
  @TextField({ label, limit: bytes(40), format: 'text' })
  content!: string;
}

class LinkItem {
  @TextField({ label, format: 'plain', limit: characters(10) })
  title!: string;

  @TextField({ label, format: 'url', required: false })
  url?: string;

  @MediaField({ label, media: 'image', accepts: ['url'], required: false })
  picture?: string;
}

/** A kind with a text of every format, lists and nesting. */
@ContentKind({ kind: 'card', label, example: { title: 'x' } })
class CardContent {
  @TextField({ label, format: 'plain' })
  title!: string;

  @TextField({ label, format: 'html', required: false, limit: bytes(30) })
  description?: string;

  @TextField({ label, format: 'markdown', required: false })
  body?: string;

  @TextField({ label, format: 'url', required: false, limit: bytes(30) })
  url?: string;

  @TextField({ label, format: 'key', required: false })
  key?: string;

  @TextsField({ label, required: false })
  tags?: string[];

  @MediaField({ label, media: 'video', accepts: ['media_id'], required: false })
  film?: string;

  @ListField({ label, required: false, item: () => LinkItem })
  links?: LinkItem[];
}

const handler = {
  buildBody: (delivery: { content: Content }): JsonObject => bodyOf(delivery.content),
  send: () => Promise.reject(new Error('a test channel sends nothing')),
};

const base = {
  family: 'wecom',
  label,
  account: TestAccount,
  contents: [TextContent, CardContent],
  limits: [],
  recall: { supported: false, why: label },
  receipts: { supported: false, why: { zh: '没有回执', en: 'No receipts' } },
  resendsAfterAmbiguity: 1,
  handler,
  errors: {},
  sandbox: { account: {}, content: { kind: 'text', content: 'x' }, recipients: [] },
} as const satisfies Partial<ChannelDefinition>;

/** Sends to persons; knows one option of each type; reports what was read. */
export const testPeople: ChannelDefinition = {
  ...base,
  name: 'test-people',
  addressing: { to: 'people', perCall: { user: 10 }, separators: ['|'] },
  options: [
    { name: 'safe', label, type: 'integer', values: [0, 1] },
    { name: 'interval', label, type: 'integer', min: 1, max: 100 },
    { name: 'check', label, type: 'boolean' },
    { name: 'depth', label, type: 'integer', kinds: { card: [0, 2] } },
  ],
  receipts: { supported: true, windowSeconds: 86_400, tellsRead: true },
  media: {
    rules: { image: { maxBytes: 1_000, formats: ['png'] } },
    forms: ['url'],
    upload: () => Promise.reject(new Error('a test channel uploads nothing')),
  },
};

const mentionText = (mention: Mention): string => (mention.type === 'all' ? ' @ALL' : ` @${mention.id}`);

/** Sends to one group; writes mentions behind the text; refuses to mention everybody in cards. */
export const testGroup: ChannelDefinition = {
  ...base,
  name: 'test-group',
  addressing: { to: 'group', maxMentions: 3 },
  options: [],
  bodyLimit: bytes(2_000),
  mention: (content, mentions) => {
    const text = content['content'];
    if (typeof text !== 'string') return content;
    return { ...content, content: `${text}${mentions.map(mentionText).join('')}` };
  },
  checkMentions: (kind, mentions) =>
    kind === 'card' && mentions.some(({ type }) => type === 'all')
      ? [{ code: 'mention_not_supported', message: 'cards mention nobody at large' }]
      : [],
};

export const testChannels = (): ChannelRegistry => new ChannelRegistry([testPeople, testGroup]);
