import { describe, expect, it } from '@jest/globals';
import {
  isConnectionFault,
  isDataFault,
  isLockTimeout,
  isRepeatable,
  isUniqueViolation,
  sqlState,
} from './sql-errors.js';

const pgError = (code: string): Error => Object.assign(new Error('x'), { code, severity: 'ERROR' });
const systemError = (code: string): Error => Object.assign(new Error('x'), { code });

describe('errors of PostgreSQL', () => {
  it.each(['08006', '53300', '53100', '57P01', '57P03', '25006', '57014', '58030'])(
    'takes %s for a server that is away',
    (code) => expect(isConnectionFault(pgError(code))).toBe(true),
  );

  it.each(['23505', '22P02', '40P01', '42601', '55P03'])('takes %s for a refused statement', (code) => {
    expect(isConnectionFault(pgError(code))).toBe(false);
  });

  it.each(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EPIPE', 'ENOENT'])(
    'takes %s for a server that is away',
    (code) => {
      expect(isConnectionFault(systemError(code))).toBe(true);
    },
  );

  it.each([
    'timeout exceeded when trying to connect',
    'Connection terminated unexpectedly',
    'Query read timeout',
    'Client has encountered a connection error and is not queryable',
  ])('takes "%s" for a server that is away', (message) => {
    expect(isConnectionFault(new Error(message))).toBe(true);
  });

  it('does not take a fault of our own for one of the server', () => {
    expect(isConnectionFault(new TypeError('x is undefined'))).toBe(false);
    expect(isConnectionFault('text')).toBe(false);
    expect(sqlState(systemError('ECONNRESET'))).toBeUndefined();
  });

  it('tells apart what may be repeated, what one row is to blame for, and what waited too long', () => {
    const kinds = ['40P01', '40001', '22001', '23505', '55P03'].map((code) => {
      const error = pgError(code);
      return [isRepeatable(error), isDataFault(error), isLockTimeout(error), isUniqueViolation(error)];
    });
    expect(kinds).toEqual([
      [true, false, false, false],
      [true, false, false, false],
      [false, true, false, false],
      [false, true, false, true],
      [false, false, true, false],
    ]);
  });
});
