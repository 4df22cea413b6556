import { createSandbox } from './create-sandbox.js';
import { readSandboxOptions } from './sandbox-options.js';

async function start(): Promise<void> {
  const sandbox = await createSandbox(readSandboxOptions(process.env));
  console.log(`Sandbox of WeCom and DingTalk: ${sandbox.url}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.close());
}

try {
  await start();
} catch (error) {
  console.error(`The sandbox could not start: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
