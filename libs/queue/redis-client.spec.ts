import { describe, expect, it } from '@jest/globals';
import { loginOf } from './redis-client.js';

const topology = { mode: 'cluster', nodes: [], primaryName: 'mymaster' } as const;

describe('the login at a Redis', () => {
  it.each([
    ['redis://redis:6379', {}],
    ['redis://:p%40ss@redis', { password: 'p@ss' }],
    ['redis://hongyan:secret@redis/3', { username: 'hongyan', password: 'secret', db: 3 }],
    ['rediss://hongyan@redis/0', { username: 'hongyan', tls: {} }],
  ])('%s', (url, login) => {
    expect(loginOf({ url })).toEqual(login);
  });

  it('trusts the given certificates alone', () => {
    const place = { url: 'rediss://redis', topology: { ...topology, certificateAuthority: 'PEM' } };
    expect(loginOf(place)).toEqual({ tls: { ca: 'PEM' } });
  });
});
