import {
  ChannelRegistry,
  ContentKind,
  TextField,
  bodyOf,
  type ChannelDefinition,
  type ChannelHandler,
  type LimitDefinition,
  type Mention,
  type OutboundDelivery,
  type ProviderCall,
  type SendReceipt,
  type SentDelivery,
} from '#libs/channels';
import { bytes, type JsonObject } from '#libs/core';

const label = { zh: '测试', en: 'Test' };

class TestAccount {}

const textIn = ({ content }: JsonObject): string => (typeof content === 'string' ? content : '');

@ContentKind({
  kind: 'text',
  label,
  example: { content: 'x' },
  merge: (bodies, left) => ({ content: [...bodies.map(textIn), ...(left > 0 ? [`+${left}`] : [])].join('\n') }),
})
class TextContent {
  @TextField({ label, limit: bytes(60), format: 'text' })
  content!: string;
}

type Answer = SendReceipt | Error;

/** A vendor that does what is arranged, says yes to everything else, and remembers every call. */
export class TestVendor implements ChannelHandler {
  readonly sent: OutboundDelivery[] = [];
  readonly recalled: string[] = [];
  /** Runs while a send is under way, before it is answered. */
  onSend: ((delivery: OutboundDelivery) => Promise<void>) | undefined;
  private readonly answers: Answer[] = [];
  private readonly recallAnswers: (Error | undefined)[] = [];
  private count = 0;

  /** The next sends are answered so, in turn. */
  arrange(...answers: readonly Answer[]): void {
    this.answers.push(...answers);
  }

  /** The next recalls are answered so; undefined is a yes. */
  arrangeRecall(...answers: readonly (Error | undefined)[]): void {
    this.recallAnswers.push(...answers);
  }

  buildBody(delivery: OutboundDelivery): JsonObject {
    return { to: delivery.addressees.map(({ id }) => id), ...bodyOf(delivery.content) };
  }

  async send(_call: ProviderCall, delivery: OutboundDelivery): Promise<SendReceipt> {
    this.sent.push(delivery);
    await this.onSend?.(delivery);
    const answer = this.answers.shift() ?? { refused: [], providerCode: '0', providerMsgId: `id-${(this.count += 1)}` };
    if (answer instanceof Error) throw answer;
    return answer;
  }

  recall(_call: ProviderCall, sent: SentDelivery): Promise<void> {
    this.recalled.push(sent.providerMsgId);
    const answer = this.recallAnswers.shift();
    return answer ? Promise.reject(answer) : Promise.resolve();
  }
}

const mentionText = (mention: Mention): string => (mention.type === 'all' ? ' @ALL' : ` @${mention.id}`);

const common = {
  label,
  account: TestAccount,
  contents: [TextContent],
  options: [],
  limits: [],
  receipts: { supported: false, why: label },
  errors: {},
  sandbox: { account: {}, content: { kind: 'text', content: 'x' }, recipients: [] },
} as const satisfies Partial<ChannelDefinition>;

export const RECALL_WINDOW_SECONDS = 86_400;

/** To people, ignoring the case of their ids; three to a call; can take back; says nothing about repetitions. */
export const letterChannel = (handler: ChannelHandler = new TestVendor()): ChannelDefinition => ({
  ...common,
  name: 'letter',
  family: 'wecom',
  addressing: { to: 'people', perCall: { user: 3, department: 2, tag: 2, all: 1 }, separators: ['|'] },
  recall: { supported: true, windowSeconds: RECALL_WINDOW_SECONDS },
  resendsAfterAmbiguity: 1,
  handler,
});

/** To people and departments of another vendor, ten to a call; suppresses repetitions by itself, tells receipts. */
export const noteChannel = (handler: ChannelHandler = new TestVendor()): ChannelDefinition => ({
  ...common,
  name: 'note',
  family: 'dingtalk',
  addressing: { to: 'people', perCall: { user: 10, department: 5, all: 1 }, separators: [','] },
  recall: { supported: true, windowSeconds: RECALL_WINDOW_SECONDS },
  receipts: { supported: true, windowSeconds: 86_400, tellsRead: true },
  resendsAfterAmbiguity: 3,
  handler,
});

/** To one chat group; what hangs there stays. */
export const boardChannel = (handler: ChannelHandler = new TestVendor()): ChannelDefinition => ({
  ...common,
  name: 'board',
  family: 'wecom',
  addressing: { to: 'group', maxMentions: 3 },
  recall: { supported: false, why: label },
  resendsAfterAmbiguity: 1,
  handler,
  mention: (content, mentions) => ({
    ...content,
    content: mentions.map(mentionText).reduce((text, tag) => (text.includes(tag) ? text : text + tag), textIn(content)),
  }),
});

/** @param limits of letters; @param boardLimits of boards; notes have none */
export const testChannels = (
  handler: ChannelHandler = new TestVendor(),
  limits: readonly LimitDefinition[] = [],
  boardLimits: readonly LimitDefinition[] = [],
): ChannelRegistry =>
  new ChannelRegistry([
    { ...letterChannel(handler), limits },
    noteChannel(handler),
    { ...boardChannel(handler), limits: boardLimits },
  ]);
