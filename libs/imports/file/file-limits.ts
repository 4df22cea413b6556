/** What a file of recipients may be. */
export const FILE_LIMITS = {
  bytes: 64 * 1024 * 1024,
  rows: 100_000,
  columns: 200,
  /** As Excel has it. */
  cellCharacters: 32_767,
  /** A record that goes on for longer has a quote that never closes. */
  recordCharacters: 1024 * 1024,
  /** Of one part of a workbook, unpacked. */
  partBytes: 400 * 1024 * 1024,
  /** Texts of a workbook are kept in memory. */
  sharedCharacters: 48 * 1024 * 1024,
  archiveEntries: 2_000,
} as const;
