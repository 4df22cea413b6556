import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { NotFoundError } from '#libs/core';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Best first, as `Accept-Encoding` names them and as the build names the files. */
const ENCODINGS = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
] as const;

export interface ConsoleFile {
  readonly type: string;
  readonly content: Buffer;
  /** How `content` is compressed. */
  readonly encoding?: string;
}

/** The root of the project: there is one more folder above the built code than above the sources. */
function rootAbove(folder: string): string {
  return existsSync(join(folder, 'package.json')) || folder === dirname(folder) ? folder : rootAbove(dirname(folder));
}

const FOLDER = join(rootAbove(import.meta.dirname), 'dist', 'console');

/** The built console. Only files that the build made are ever opened, so no path of a request reaches the disk. */
export class ConsoleFiles {
  private names: Promise<ReadonlySet<string>> | undefined;
  private readonly contents = new Map<string, Promise<Buffer>>();

  constructor(private readonly folder = FOLDER) {}

  /** @throws NotFoundError when the console has not been built */
  async page(): Promise<string> {
    if (!(await this.list()).has('index.html')) throw new NotFoundError('The console is not built: npm run build');
    return (await this.read('index.html')).toString('utf8');
  }

  /** @throws NotFoundError */
  async asset(name: string, acceptedEncodings: string): Promise<ConsoleFile> {
    const path = `assets/${name}`;
    const type = TYPES[extname(name)];
    const names = await this.list();
    if (type === undefined || !names.has(path)) throw new NotFoundError('There is no such file');
    const encoding = ENCODINGS.find(
      (candidate) => names.has(path + candidate.suffix) && accepts(acceptedEncodings, candidate.name),
    );
    if (encoding === undefined) return { type, content: await this.read(path) };
    return { type, content: await this.read(path + encoding.suffix), encoding: encoding.name };
  }

  private list(): Promise<ReadonlySet<string>> {
    this.names ??= this.scan().then((names) => {
      // Not built yet: asked again with the next request.
      if (names.size === 0) this.names = undefined;
      return names;
    });
    return this.names;
  }

  private async scan(): Promise<ReadonlySet<string>> {
    if (!existsSync(this.folder)) return new Set();
    const assets = existsSync(join(this.folder, 'assets')) ? await readdir(join(this.folder, 'assets')) : [];
    const pages = (await readdir(this.folder)).filter((name) => name === 'index.html');
    return new Set([...pages, ...assets.map((name) => `assets/${name}`)]);
  }

  private read(path: string): Promise<Buffer> {
    const known = this.contents.get(path);
    if (known) return known;
    const content = readFile(join(this.folder, path));
    this.contents.set(path, content);
    content.catch(() => this.contents.delete(path));
    return content;
  }
}

/** `gzip;q=0` is a refusal. */
function accepts(header: string, encoding: string): boolean {
  return header.split(',').some((item) => {
    const [name, weight] = item.trim().split(/\s*;\s*/);
    return name?.toLowerCase() === encoding && !/^q=0(\.0*)?$/.test(weight ?? '');
  });
}
