import { ConsoleLogger } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { AccountReader, type SendingAccount } from '#libs/accounts';
import { AssetsModule, AssetsService, MediaService, type AssetEntity } from '#libs/assets';
import {
  ChannelRegistry,
  type ChannelDefinition,
  type MediaFile,
  type ProviderCall,
  type UploadForm,
  type UploadedMedia,
} from '#libs/channels';
import { AppConfigModule } from '#libs/config';
import { Database } from '#libs/database';
import { startTestDatabase, testConfig, type TestDatabase } from '#libs/testing';
import { CALLER, SAMPLES } from '../../../libs/assets/testing/factories.js';

const label = { zh: '测试', en: 'Test' };
const DAY_MS = 86_400_000;

class PostAccount {}

/** What reaches the vendor, and what it answers; by default ids that end in three days. */
export class MediaVendor {
  readonly uploads: { readonly token: string; readonly file: MediaFile; readonly form: UploadForm }[] = [];
  readonly answers: (UploadedMedia | Error)[] = [];
  /** Runs while an upload is under way. */
  onUpload: (() => Promise<unknown>) | undefined;
  tokens = 0;

  async upload({ token }: ProviderCall, file: MediaFile, form: UploadForm): Promise<UploadedMedia> {
    this.uploads.push({ token, file, form });
    const count = this.uploads.length;
    await this.onUpload?.();
    const answer = this.answers.shift() ?? { value: `id-${count}`, expiresAt: new Date(Date.now() + 3 * DAY_MS) };
    if (answer instanceof Error) throw answer;
    return answer;
  }
}

export const postChannel = (vendor: MediaVendor): ChannelDefinition => ({
  name: 'post',
  family: 'wecom',
  label,
  account: PostAccount,
  contents: [],
  addressing: { to: 'group', maxMentions: 0 },
  options: [],
  limits: [],
  recall: { supported: false, why: label },
  receipts: { supported: false, why: { zh: '没有回执', en: 'No receipts' } },
  resendsAfterAmbiguity: 1,
  errors: {},
  handler: { buildBody: () => ({}), send: () => Promise.resolve({ refused: [], providerCode: '0' }) },
  fetchToken: () => Promise.resolve({ value: `token-${(vendor.tokens += 1)}`, expiresInSeconds: 7_200 }),
  media: {
    rules: { image: { minBytes: 6, maxBytes: 10_000, formats: ['jpg', 'png'] }, file: { maxBytes: 20_000 } },
    forms: ['media_id', 'url'],
    upload: (call, file, form) => vendor.upload(call, file, form),
  },
  sandbox: { account: {}, content: { kind: 'text' }, recipients: [] },
});

/** Processes with assets on one database, with the accounts `post-1` and `post-2`. */
export class AssetsSystem {
  readonly vendor = new MediaVendor();
  private readonly modules: TestingModule[] = [];

  private constructor(private readonly server: TestDatabase) {}

  static async start(processes = 1): Promise<AssetsSystem> {
    const system = new AssetsSystem(await startTestDatabase());
    for (let count = 0; count < processes; count += 1) await system.addProcess();
    for (const code of ['post-1', 'post-2']) {
      await system.query(`INSERT INTO account (code, name, channel, config) VALUES ($1, 'x', 'post', '{}')`, [code]);
    }
    return system;
  }

  async addProcess(): Promise<void> {
    const config = testConfig({ databaseUrl: this.server.url });
    const module = await Test.createTestingModule({ imports: [AppConfigModule.forRoot(config), AssetsModule] })
      .overrideProvider(ChannelRegistry)
      .useValue(new ChannelRegistry([postChannel(this.vendor)]))
      .setLogger(new ConsoleLogger({ logLevels: [] }))
      .compile();
    await module.init();
    this.modules.push(module);
  }

  get<T>(type: abstract new (...args: never[]) => T, process = 0): T {
    const module = this.modules[process];
    if (!module) throw new TypeError(`there is no process ${process}`);
    return module.get<T>(type, { strict: false });
  }

  media(process = 0): MediaService {
    return this.get(MediaService, process);
  }

  account(code = 'post-1', process = 0): Promise<SendingAccount> {
    return this.get(AccountReader, process).get(code);
  }

  upload(bytes: Buffer = SAMPLES.png, fileName = '图 1.png'): Promise<AssetEntity> {
    return this.get(AssetsService).upload({ callerId: CALLER, fileName, bytes });
  }

  readonly query = <Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]> =>
    this.get(Database).query<Row>(text, values);

  /** Forgets what processes hold in memory, as five seconds do. */
  async forget(): Promise<void> {
    const count = this.modules.length;
    for (let index = 0; index < count; index += 1) await this.addProcess();
    await Promise.all(this.modules.splice(0, count).map((module) => module.close()));
  }

  async stop(): Promise<void> {
    for (const module of this.modules) await module.close();
    await this.server.stop();
  }
}
