import { describe, expect, it } from '@jest/globals';
import { readSandboxOptions } from './sandbox-options.js';

describe('readSandboxOptions', () => {
  it('has defaults, for empty variables too', () => {
    expect(readSandboxOptions({ SANDBOX_PORT: ' ' })).toEqual({ port: 3001, host: '0.0.0.0' });
  });

  it('reads port and address', () => {
    expect(readSandboxOptions({ SANDBOX_PORT: '0', HONGYAN_HOST: '127.0.0.1' })).toEqual({
      port: 0,
      host: '127.0.0.1',
    });
  });

  it.each(['65536', '-1', 'http', '1e3'])('refuses %s as port', (port) => {
    expect(() => readSandboxOptions({ SANDBOX_PORT: port })).toThrow(RangeError);
  });
});
