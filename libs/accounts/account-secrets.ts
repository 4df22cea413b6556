import type { Database } from '#libs/database';
import { SealedColumn, type SealedRows, type SecretBox } from '#libs/security';
import { AccountVault, type SealedSecrets } from './account-vault.js';
import { tokenContext } from './token-store.js';

const STALE = `
  SELECT code, secrets FROM account
  WHERE EXISTS (SELECT FROM jsonb_each(secrets) AS secret WHERE secret.value ->> 'kid' <> $1)
  ORDER BY code LIMIT $2`;

/** Accounts, whose fingerprints change with the key as well. */
class AccountSecrets implements SealedRows {
  readonly name = 'accounts';

  constructor(
    private readonly database: Database,
    private readonly vault: AccountVault,
    private readonly box: SecretBox,
  ) {}

  async rewrapSome(limit: number): Promise<number> {
    const rows = await this.database.query<{ code: string; secrets: SealedSecrets }>(STALE, [this.box.keyId, limit]);
    for (const { code, secrets: old } of rows) {
      const { fingerprints, secrets } = this.vault.rewrap(code, old);
      await this.database.query(
        'UPDATE account SET secrets = $1::jsonb, fingerprints = $2 WHERE code = $3 AND secrets = $4::jsonb',
        [JSON.stringify(secrets), fingerprints, code, JSON.stringify(old)],
      );
    }
    return rows.length;
  }
}

/** What accounts keep sealed: their secrets, and the access tokens in force. */
export function sealedAccountRows(database: Database, vault: AccountVault, box: SecretBox): readonly SealedRows[] {
  return [
    new AccountSecrets(database, vault, box),
    new SealedColumn(database, box, {
      name: 'access tokens',
      table: 'access_token',
      keys: ['account', 'purpose'],
      column: 'value',
      isLive: 'expires_at > now()',
      contextOf: ({ account }) => tokenContext(String(account)),
    }),
  ];
}
