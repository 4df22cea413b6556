import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

export type AddressChange = Readonly<Record<string, string | undefined>>;

export interface Address {
  readonly get: (name: string) => string;
  readonly set: (change: AddressChange) => void;
}

/** The address is the state: what a page shows stands in its query. An empty value is left out. */
export function useAddress(): Address {
  const [query, setQuery] = useSearchParams();
  const get = useCallback((name: string) => query.get(name) ?? '', [query]);
  const set = useCallback(
    (change: AddressChange) => {
      setQuery(
        (before) => {
          const after = new URLSearchParams(before);
          for (const [name, value] of Object.entries(change)) {
            if (value) after.set(name, value);
            else after.delete(name);
          }
          return after;
        },
        { replace: true },
      );
    },
    [setQuery],
  );
  return { get, set };
}
