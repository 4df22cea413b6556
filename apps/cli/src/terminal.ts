import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';
import { SingleBar } from 'cli-progress';
import type { JsonObject, JsonValue } from '#libs/core';

export interface Streams {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable & { readonly isTTY?: boolean };
}

/** A column of a table: its heading and what it shows of an item. */
export type Column = readonly [heading: string, show: (item: JsonObject) => string];

export interface Progress {
  update(done: number, total: number): void;
  stop(): void;
}

/** Wide characters take two columns of a terminal. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/gu;
/** Texts of others must not steer the terminal. */
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/gu;

const widthOf = (text: string): number => text.length + (text.match(WIDE)?.length ?? 0);
const tame = (text: string): string => text.replace(CONTROLS, ' ');
const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)));

/** Results go to stdout, everything said about them to stderr. */
export class Terminal {
  constructor(
    private readonly streams: Streams,
    readonly isJson: boolean,
  ) {}

  /** The result of a command, with `--json` only. */
  json(value: JsonValue): void {
    if (this.isJson) this.streams.stdout.write(`${JSON.stringify(value)}\n`);
  }

  /** A line of a result for people. */
  line(text: string): void {
    if (!this.isJson) this.streams.stdout.write(`${tame(text)}\n`);
  }

  /** A word beside the result. */
  note(text: string): void {
    this.streams.stderr.write(`${text.split('\n').map(tame).join('\n')}\n`);
  }

  table(columns: readonly Column[], items: readonly JsonObject[]): void {
    const rows = [
      columns.map(([heading]) => heading),
      ...items.map((item) => columns.map(([, show]) => tame(show(item)))),
    ];
    const widths = columns.map((_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ''))));
    for (const row of rows) {
      this.line(
        row
          .map((cell, column) => padded(cell, widths[column] ?? 0))
          .join('  ')
          .trimEnd(),
      );
    }
  }

  /** Whether somebody is there to answer a question. */
  get isInteractive(): boolean {
    return this.streams.stdin.isTTY === true && this.streams.stderr.isTTY === true;
  }

  async ask(question: string): Promise<string> {
    const lines = createInterface({ input: this.streams.stdin, output: this.streams.stderr });
    try {
      return await lines.question(question);
    } finally {
      lines.close();
    }
  }

  /** A bar on stderr; nothing where stderr is no terminal. */
  progress(): Progress {
    if (this.streams.stderr.isTTY !== true) return { update: () => undefined, stop: () => undefined };
    const bar = new SingleBar({
      stream: this.streams.stderr,
      format: '{bar} {value}/{total} {percentage}% {eta_formatted}',
      hideCursor: true,
      clearOnComplete: true,
    });
    bar.start(1, 0);
    return {
      update: (done, total) => {
        bar.setTotal(Math.max(total, 1));
        bar.update(done);
      },
      stop: () => bar.stop(),
    };
  }
}
