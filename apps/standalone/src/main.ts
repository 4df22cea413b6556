import { CHANNELS } from '#libs/channels';
import { ConfigError } from '#libs/core';
import { ApiClient } from './api-client.js';
import { bannerLines } from './banner.js';
import { parseArguments, type StartOptions } from './command-line.js';
import { Demo, type DemoOutcome } from './demo.js';
import { Installer, type Installation } from './installation.js';
import { checkReport, timelineLines } from './report.js';
import { seedCallbacks } from './seed-callbacks.js';
import { seedExamples } from './seed.js';
import { EndRequested, Shutdown } from './shutdown.js';

type Say = (line: string) => void;

/** Exit code of a program that was stopped before it was done. */
const INTERRUPTED = 130;

const toStderr: Say = (line) => void process.stderr.write(`${line}\n`);
const toStdout: Say = (line) => void process.stdout.write(`${line}\n`);

const shutdown = new Shutdown(toStderr);
shutdown.listenToSignals();
/** Printed after everything has stopped. */
let lastLine: string | undefined;

function finishCheck(outcomes: readonly DemoOutcome[]): number {
  const { ok, line } = checkReport(outcomes);
  lastLine = line;
  return ok ? 0 : 1;
}

/** Under `--check` all recalls are tried; otherwise one shows how it works. */
async function runDemo(installation: Installation, { check }: StartOptions): Promise<readonly DemoOutcome[]> {
  const { urls, adminKey, data } = installation;
  const recallable = CHANNELS.filter((channel) => channel.recall.supported);
  return new Demo(new ApiClient(urls.api, adminKey.value), new ApiClient(urls.sandbox)).run({
    channels: CHANNELS,
    number: await data.nextDemoNumber(),
    now: new Date(),
    recalls: (channel) => (check ? recallable : recallable.slice(0, 1)).includes(channel),
  });
}

/** Seeds and shows; answers the exit code. */
async function useInstallation(installation: Installation, options: StartOptions, say: Say): Promise<number> {
  const { adminKey, urls } = installation;
  await seedExamples(new ApiClient(urls.api, adminKey.value), CHANNELS);
  await seedCallbacks(new ApiClient(urls.sandbox), urls.api, CHANNELS);
  const outcomes = options.demo ? await runDemo(installation, options) : [];
  timelineLines(outcomes).forEach(say);
  return options.check ? finishCheck(outcomes) : 0;
}

async function run(options: StartOptions): Promise<number> {
  const say = options.check ? toStderr : toStdout;
  const installation = await new Installer(process.env, shutdown, say).start();
  const ended = shutdown.requested.then(() => INTERRUPTED);
  const code = await Promise.race([useInstallation(installation, options, say), ended]);
  if (options.check || code !== 0) return code;
  bannerLines(installation, CHANNELS).forEach(say);
  await ended;
  say('Stopping …');
  return 0;
}

/** What a person can mend is said in a sentence; anything else is a bug and shows where it happened. */
function describeFailure(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

try {
  process.exitCode = await run(parseArguments(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof EndRequested)) toStderr(describeFailure(error));
  process.exitCode = error instanceof EndRequested ? INTERRUPTED : 1;
}
await shutdown.run();
if (lastLine !== undefined) toStdout(lastLine);
process.exit();
