import {
  ChannelRegistry,
  ContentKind,
  TextField,
  type ChannelDefinition,
  type OutboundDelivery,
  type ProviderCall,
  type RecallAnswer,
  type SendReceipt,
  type SentDelivery,
} from '#libs/channels';
import { bytes } from '#libs/core';

const label = { zh: '测试', en: 'Test' };

class TestAccount {}

@ContentKind({ kind: 'text', label, example: { content: 'x' } })
class TextContent {
  @TextField({ label, limit: bytes(60), format: 'text' })
  content!: string;
}

/** A channel to people that asks the vendor through `http`, so that what is recorded of calls can be seen. */
export class TestChannel {
  readonly sent: { readonly call: ProviderCall; readonly delivery: OutboundDelivery }[] = [];
  readonly recalled: { readonly token: string; readonly id: string }[] = [];
  private readonly answers: (SendReceipt | Error)[] = [];
  private readonly recallAnswers: (Error | RecallAnswer | undefined)[] = [];

  readonly definition: ChannelDefinition = {
    name: 'letter',
    family: 'wecom',
    label,
    account: TestAccount,
    contents: [TextContent],
    addressing: { to: 'people', perCall: { user: 3, department: 2 }, separators: ['|'] },
    options: [],
    limits: [],
    recall: { supported: true, windowSeconds: 86_400 },
    receipts: { supported: false, why: { zh: '没有回执', en: 'No receipts' } },
    resendsAfterAmbiguity: 1,
    handler: {
      buildBody: () => ({}),
      send: (call, delivery) => this.send(call, delivery),
      recall: (call, sent) => this.recall(call, sent),
    },
    errors: {},
    sandbox: { account: {}, content: { kind: 'text', content: 'x' }, recipients: [] },
  };

  readonly group: ChannelDefinition = {
    ...this.definition,
    name: 'board',
    addressing: { to: 'group', maxMentions: 3 },
    recall: { supported: false, why: label },
  };

  readonly registry = new ChannelRegistry([this.definition, this.group]);

  /** The next sends are answered so, in turn; afterwards with a yes. */
  arrange(...answers: readonly (SendReceipt | Error)[]): void {
    this.answers.push(...answers);
  }

  /** The next recalls are answered so; undefined is a yes. */
  arrangeRecall(...answers: readonly (Error | RecallAnswer | undefined)[]): void {
    this.recallAnswers.push(...answers);
  }

  private async send(call: ProviderCall, delivery: OutboundDelivery): Promise<SendReceipt> {
    this.sent.push({ call, delivery });
    await call.http.send({ method: 'POST', url: `${call.hosts.primary}/send` });
    const answer = this.answers.shift() ?? { refused: [], providerCode: '0', providerMsgId: 'id-1' };
    if (answer instanceof Error) throw answer;
    return answer;
  }

  private recall(call: ProviderCall, sent: SentDelivery): Promise<RecallAnswer | void> {
    this.recalled.push({ token: call.token, id: sent.providerMsgId });
    const answer = this.recallAnswers.shift();
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  }
}
