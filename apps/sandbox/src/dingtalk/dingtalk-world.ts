/** The apps and robots that exist in the fake DingTalk. */
export interface DingtalkApp {
  readonly appKey: string;
  readonly appSecret: string;
  readonly agentId: number;
  /** The app's robot, which writes to persons and to the chat groups below. */
  readonly robotCode: string;
  /** Label in inbox and faults. */
  readonly account: string;
}

const app = (number: number): DingtalkApp => ({
  appKey: `dingsandboxkey0${number}`,
  appSecret: `sandbox-secret-work-0${number}`,
  agentId: 1_000_000_000 + number,
  robotCode: `dingsandboxrobot0${number}`,
  account: `dingsandboxkey0${number}:${1_000_000_000 + number}`,
});

export const APPS: readonly DingtalkApp[] = [app(1), app(2)];

/** A webhook robot with its security settings. */
export interface DingtalkRobot {
  readonly token: string;
  /** The last four characters of the token. */
  readonly label: string;
  readonly secret?: string;
  readonly keywords?: readonly string[];
}

const robot = (ending: string, settings: Omit<DingtalkRobot, 'token' | 'label'> = {}): DingtalkRobot => ({
  token: `d1a9${ending.padStart(60, '0')}`,
  label: ending.padStart(4, '0'),
  ...settings,
});

export const ROBOTS: readonly DingtalkRobot[] = [
  robot('b02', { secret: 'SECsandbox000000000000000000000000000000000000000000000000000000001' }),
  robot('b03'),
  robot('b04', { keywords: ['鸿雁', 'alert'] }),
];

/** A chat group that the robots of the apps have been added to. */
export interface DingtalkGroup {
  readonly openConversationId: string;
  readonly members: readonly string[];
  readonly isDisbanded: boolean;
}

export const GROUPS: readonly DingtalkGroup[] = [
  {
    openConversationId: 'cidSandboxGroup01==',
    members: ['zhangsan', 'lisi', 'manager01', 'user02'],
    isDisbanded: false,
  },
  { openConversationId: 'cidSandboxGroup02==', members: ['wangwu', 'zhaoliu'], isDisbanded: false },
  { openConversationId: 'cidSandboxDisbanded==', members: [], isDisbanded: true },
];
