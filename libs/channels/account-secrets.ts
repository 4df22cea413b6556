import type { ClassOf } from '#libs/core';
import { fieldsOf } from './fields.js';

/** The values of an account's secret fields: what has to be masked wherever a vendor might echo it. */
export function accountSecrets<Account extends object>(type: ClassOf<Account>, account: Account): readonly string[] {
  const secretNames = new Set(fieldsOf(type).flatMap((field) => (field.secret ? [field.name] : [])));
  return Object.entries(account).flatMap(([name, value]: [string, unknown]) =>
    secretNames.has(name) && typeof value === 'string' ? [value] : [],
  );
}
