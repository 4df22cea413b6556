/** How the process ends. Documented in docs/cli.md. */
export const EXIT = {
  done: 0,
  /** The call went well, its result is bad: a failed message, a finding of the doctor. */
  unsuccessful: 1,
  /** Wrong arguments. */
  usage: 2,
  /** The API refused. */
  refused: 3,
  /** The API or the database cannot be reached, or has an internal error. */
  unavailable: 4,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** An end that a person reads on stderr. */
export class CommandFailure extends Error {
  constructor(
    message: string,
    readonly exitCode: ExitCode,
  ) {
    super(message);
    this.name = 'CommandFailure';
  }
}
