import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { Terminal } from './terminal.js';

function terminal(isJson: boolean): {
  readonly shown: Terminal;
  readonly out: () => string;
  readonly err: () => string;
} {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const textOf = (stream: PassThrough): string => String(stream.read() ?? '');
  return {
    shown: new Terminal({ stdin, stdout, stderr }, isJson),
    out: () => textOf(stdout),
    err: () => textOf(stderr),
  };
}

describe('a terminal', () => {
  it('lines columns up, counting wide characters twice', () => {
    const { shown, out } = terminal(false);
    shown.table(
      [
        ['NAME', ({ name }) => JSON.stringify(name).replaceAll('"', '')],
        ['ID', ({ id }) => JSON.stringify(id)],
      ],
      [
        { name: '张三', id: 1 },
        { name: 'a', id: 2 },
      ],
    );
    expect(out()).toBe('NAME  ID\n张三  1\na     2\n');
  });

  it('shows texts of others without what would steer it', () => {
    const { shown, out } = terminal(false);
    shown.line('a\u001b[2Jb\u202ec');
    expect(out()).toBe('a [2Jb c\n');
  });

  it('with --json writes documents to stdout, and words to stderr only', () => {
    const { err, out, shown } = terminal(true);
    shown.line('for people');
    shown.note('beside it');
    shown.json({ ok: true });
    expect([out(), err()]).toEqual(['{"ok":true}\n', 'beside it\n']);
  });

  it('draws no bar where nobody looks', () => {
    const { err, shown } = terminal(false);
    const progress = shown.progress();
    progress.update(1, 2);
    progress.stop();
    expect(err()).toBe('');
  });
});
