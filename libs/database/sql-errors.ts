import { isNativeError } from 'node:util/types';

/** SQLSTATE of a PostgreSQL error, if it is one. */
export function sqlState(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  const { code } = error;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && 'severity' in error ? code : undefined;
}

/** 08: connection; 53: resources; 57P: shutting down; 25006: read-only; 58: system. */
const AWAY = /^(08|53|58|57P0[1-3]|25006|57014)/;

const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EPIPE',
  'EHOSTUNREACH',
  'ENOENT',
]);

/** The server cannot serve anybody right now, as opposed to refusing this statement. */
export function isConnectionFault(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== undefined) return AWAY.test(state);
  if (!isNativeError(error)) return false;
  if ('code' in error && typeof error.code === 'string' && NETWORK.has(error.code)) return true;
  return /timeout exceeded when trying to connect|Connection terminated|Query read timeout|Client has encountered a connection error|the database system is/i.test(
    error.message,
  );
}

/** Data exceptions (22) and constraint violations (23): one row of a batch is at fault. */
export const isDataFault = (error: unknown): boolean => /^2[23]/.test(sqlState(error) ?? '');

/** A migration has changed what a prepared statement answers with: its connection has to go. */
export const isStalePlan = (error: unknown): boolean =>
  sqlState(error) === '0A000' && isNativeError(error) && error.message.startsWith('cached plan must not change');

/** Deadlock and serialisation failures, and stale plans: nothing was done, the same statement may be repeated. */
export const isRepeatable = (error: unknown): boolean =>
  ['40P01', '40001'].includes(sqlState(error) ?? '') || isStalePlan(error);

/** `lock_timeout` ran out. */
export const isLockTimeout = (error: unknown): boolean => sqlState(error) === '55P03';

export const isUniqueViolation = (error: unknown): boolean => sqlState(error) === '23505';
