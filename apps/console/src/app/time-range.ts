/** Ranges on offer, as they stand in addresses: relative ones stay relative. */
export const RANGES = ['-15m', '-1h', '-24h', '-7d', '-30d'] as const;

const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The moment that `-24h` or an instant stands for. */
export function startOf(range: string, now = Date.now()): string | undefined {
  const match = /^-(\d+)([mhd])$/.exec(range);
  if (match) return new Date(now - Number(match[1]) * (UNIT_MS[match[2] ?? ''] ?? 0)).toISOString();
  const at = Date.parse(range);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}
