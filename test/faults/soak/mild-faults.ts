import type { Stage } from '../stage.js';

const SENDS = ['message/send', 'webhook/send', 'robot/send'] as const;

/** Troubles of an ordinary day; none of them ends a process. Each is over when it resolves. */
const TROUBLES: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  'vendor busy': (stage) => passing(stage, { type: 'errcode', code: -1 }, 0.3),
  'vendor 503': (stage) => passing(stage, { type: 'http', status: 503 }, 0.3),
  'vendor garbage': (stage) => passing(stage, { type: 'garbage', when: 'before' }, 0.1),
  'vendor resets': async (stage) => stage.wires.vendor.reset(),
  'vendor slow': async (stage) => {
    stage.wires.vendor.slow(200);
    await stage.seconds(3);
    stage.wires.vendor.slow(0);
  },
  'token revoked': async (stage) => void (await stage.deployment.sandbox.revokeTokens('wwsandbox00000001:1000002')),
  'Redis away': async (stage) => {
    await stage.deployment.redis.kill();
    await stage.seconds(2);
    await stage.deployment.redis.restart();
  },
  'Redis emptied': (stage) => stage.deployment.redis.wipe(),
  'PostgreSQL connections reset': async (stage) => {
    stage.wires.apiDatabase.reset();
    stage.wires.workerDatabase.reset();
  },
};

async function passing(stage: Stage, action: Parameters<Stage['likely']>[0], probability: number): Promise<void> {
  for (const endpoint of SENDS) await stage.likely(action, endpoint, probability);
  await stage.seconds(3);
  await stage.deployment.sandbox.clearFaults();
}

/** One of them, by chance; answers its name. */
export async function strike(stage: Stage): Promise<string> {
  const names = Object.keys(TROUBLES);
  const name = names[Math.floor(Math.random() * names.length)] ?? '';
  await TROUBLES[name]?.(stage);
  return name;
}
