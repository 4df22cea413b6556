import { randomFillSync } from 'node:crypto';

const pool = Buffer.alloc(10 * 256);
let poolOffset = pool.length;
let lastMs = 0;
let sequence = 0;

function randomBytes(length: number): Buffer {
  if (poolOffset + length > pool.length) {
    randomFillSync(pool);
    poolOffset = 0;
  }
  poolOffset += length;
  return pool.subarray(poolOffset - length, poolOffset);
}

/**
 * A UUIDv7 (RFC 9562), strictly increasing within the process: the 12 bits after the millisecond are a counter that
 * borrows from the next millisecond when it is used up.
 */
export function newId(nowMs: number = Date.now()): string {
  if (nowMs > lastMs) {
    lastMs = nowMs;
    sequence = randomBytes(2).readUInt16BE() & 0x3ff;
  } else {
    sequence += 1;
    if (sequence > 0xfff) {
      lastMs += 1;
      sequence = 0;
    }
  }
  const tail = randomBytes(8);
  const hex = lastMs.toString(16).padStart(12, '0');
  const variant = (0x8000 | (tail.readUInt16BE(0) & 0x3fff)).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7${sequence.toString(16).padStart(3, '0')}-${variant}-${tail.toString('hex', 2)}`;
}

/** The last millisecond that an id can hold: 48 bits. */
const MAX_ID_MS = 2 ** 48 - 1;

/** The smallest UUIDv7-shaped id of an instant: the lower bound of a time range over ids. */
export function lowestIdAt(instant: Date): string {
  const hex = Math.min(Math.max(0, instant.getTime()), MAX_ID_MS).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

/** The instant inside a UUIDv7. */
export const idTime = (id: string): Date => new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16));

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
export const isUuid = (text: string): boolean => UUID.test(text);
