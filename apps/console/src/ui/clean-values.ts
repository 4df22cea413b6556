/** What a form holds without its empty fields: absent means default, an empty text is none. */
export function cleanValues(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cleanValues).filter((item) => item !== undefined);
  if (typeof value === 'string') return value === '' ? undefined : value;
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  const kept = Object.entries(value)
    .map(([name, item]) => [name, cleanValues(item)] as const)
    .filter(([, item]) => item !== undefined);
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
