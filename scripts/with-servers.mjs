// Runs a TypeScript program that starts servers and processes of its own. Whichever way it ends, they end with it.
import './typescript.mjs';
import { endTestRun, startTestRun } from '../libs/testing/test-run.mjs';

/** Calls the program's `main` with the arguments of the command line and exits with its answer. */
export async function runWithServers(program) {
  await startTestRun();
  // The reaper sees the end of this process and cleans up after it.
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));
  const { main } = await import(program);
  const code = await main(process.argv.slice(2)).catch((error) => {
    console.error(error);
    return 1;
  });
  await endTestRun();
  process.exit(code);
}
