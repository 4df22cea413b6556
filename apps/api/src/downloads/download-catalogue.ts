import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { InvariantError, ValidationError, type Language } from '#libs/core';
import type { Identity, Scope } from '#libs/security';

/** A file that may be fetched by a link without a key. */
export interface Downloadable {
  /** Path without query. */
  readonly path: string;
  readonly scope: Scope;
  readonly fileName: string;
  readonly contentType: string;
  /** @throws ValidationError for a query that it does not understand, before anything is read */
  open(query: Readonly<Record<string, string | string[]>>, identity: Identity, language: Language): Readable;
}

/** What can be downloaded: each part of the API enters its own files. */
@Injectable()
export class DownloadCatalogue {
  private readonly entries = new Map<string, Downloadable>();

  register(entry: Downloadable): void {
    if (this.entries.has(entry.path)) throw new InvariantError(`Two downloads share the path ${entry.path}`);
    this.entries.set(entry.path, entry);
  }

  /** @throws ValidationError `not_downloadable` at `/path` */
  get(path: string): Downloadable {
    const entry = this.entries.get(path);
    if (entry) return entry;
    const code = 'not_downloadable';
    throw new ValidationError([{ pointer: '/path', code, message: 'Nothing can be downloaded there' }]);
  }
}

/** `path?query` in its parts; a repeated parameter is a list. */
export function splitPath(whole: string): {
  readonly path: string;
  readonly query: Readonly<Record<string, string | string[]>>;
} {
  const [path = '', search = ''] = whole.split('?', 2);
  const parameters = new URLSearchParams(search);
  const query: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>;
  for (const name of new Set(parameters.keys())) {
    const values = parameters.getAll(name);
    query[name] = values.length === 1 ? (values[0] ?? '') : values;
  }
  return { path, query };
}
