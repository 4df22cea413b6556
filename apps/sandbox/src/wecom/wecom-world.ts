/** The corp, apps and robots that exist in the fake WeCom. */
export const CORP_ID = 'wwsandbox00000001';

export interface WecomApp {
  readonly agentId: number;
  readonly secret: string;
  /** Label in inbox and faults. */
  readonly account: string;
  /** Whether a callback address is set up: without one the app cannot send cards that call back. */
  readonly hasCallback: boolean;
  /** Made before 2022-06-20: its address book tells mobiles and e-mails. */
  readonly isOld: boolean;
  /** Listed under customer contact as a callable app. */
  readonly hasCustomers: boolean;
}

const app = (agentId: number, has: Partial<WecomApp> = {}): WecomApp => ({
  agentId,
  secret: `sandbox-secret-app-${agentId}`,
  account: `${CORP_ID}:${agentId}`,
  hasCallback: false,
  isOld: false,
  hasCustomers: false,
  ...has,
});

export const APPS: readonly WecomApp[] = [
  app(1000002, { hasCallback: true }),
  app(1000003, { isOld: true }),
  app(1000004, { hasCustomers: true }),
];

const ROBOT_KEYS: readonly string[] = ['5a4d0000-0000-4000-8000-00000000b0b1', '5a4d0000-0000-4000-8000-00000000b0b2'];

const labelOf = (key: string): string => key.slice(-4);

export const ROBOT_LABELS: readonly string[] = ROBOT_KEYS.map(labelOf);

/** The label of a robot, the last four characters of its key; undefined when there is no such robot. */
export const robotLabel = (key: string | undefined): string | undefined =>
  key !== undefined && ROBOT_KEYS.includes(key) ? labelOf(key) : undefined;
