import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '#libs/database';
import { SealedColumn, SecretBox, type SealedRows, type SealedSecret } from '#libs/security';

type Column = 'secret' | 'previous_secret';

const contextOf = (id: string, column: Column): string => `webhook:${id}:${column}`;

/** Secrets of endpoints at rest. */
@Injectable()
export class WebhookSecrets {
  constructor(@Inject(SecretBox) private readonly box: SecretBox) {}

  seal(id: string, secret: string): string {
    return JSON.stringify(this.box.seal(secret, contextOf(id, 'secret')));
  }

  /** The secret in use as the one before: what is moved has to be sealed for its new place. */
  sealAsPrevious(id: string, sealed: SealedSecret): string {
    const secret = this.box.open(sealed, contextOf(id, 'secret'));
    return JSON.stringify(this.box.seal(secret, contextOf(id, 'previous_secret')));
  }

  /** The newest first. */
  open(id: string, secret: SealedSecret, previous: SealedSecret | null): readonly string[] {
    const current = this.box.open(secret, contextOf(id, 'secret'));
    return previous ? [current, this.box.open(previous, contextOf(id, 'previous_secret'))] : [current];
  }
}

const sealedIn = (database: Database, box: SecretBox, column: Column, name: string, isLive: string): SealedRows =>
  new SealedColumn(database, box, {
    name,
    table: 'webhook_endpoint',
    keys: ['id'],
    column,
    isLive,
    contextOf: (row) => contextOf(String(row['id']), column),
  });

/** For the rotation of encryption keys. */
export const sealedWebhookSecrets = (database: Database, box: SecretBox): readonly SealedRows[] => [
  sealedIn(database, box, 'secret', 'secrets of webhooks', 'true'),
  sealedIn(database, box, 'previous_secret', 'former secrets of webhooks', 'previous_until > now()'),
];
