import { ConfigError } from '#libs/core';

export interface StartOptions {
  /** Send one message per channel to the sandbox and show what became of it. */
  readonly demo: boolean;
  /** Send, recall, report as JSON and stop. */
  readonly check: boolean;
}

const FLAGS: Readonly<Record<string, Partial<StartOptions>>> = {
  '--no-demo': { demo: false },
  '--check': { check: true },
};

/** @throws ConfigError `unknown_option`; `--check` without the demo has nothing to check. */
export function parseArguments(args: readonly string[]): StartOptions {
  const unknown = args.find((argument) => !Object.hasOwn(FLAGS, argument));
  if (unknown !== undefined) {
    throw new ConfigError('unknown_option', `Unknown option ${unknown}. There are: ${Object.keys(FLAGS).join(' ')}`);
  }
  const options = Object.assign(
    { demo: true, check: false },
    ...args.map((argument) => FLAGS[argument]),
  ) as StartOptions;
  if (options.check && !options.demo) throw new ConfigError('unknown_option', '--check needs the demo messages');
  return options;
}
