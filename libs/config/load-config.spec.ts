import { describe, expect, it } from '@jest/globals';
import { ConfigError } from '#libs/core';
import { loadConfig } from './load-config.js';

const KEY = Buffer.alloc(32, 7).toString('base64');
const LEAST = { DATABASE_URL: 'postgresql://hongyan:s3cret@db/hongyan', HONGYAN_ENCRYPTION_KEY: KEY };

function faultsOf(env: NodeJS.ProcessEnv): string {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError && error.code === 'invalid_configuration') return error.message;
    throw error;
  }
  return '';
}

describe('loadConfig', () => {
  it('needs a database and an encryption key, and has a default for everything else', () => {
    const config = loadConfig(LEAST);
    expect(config).toMatchObject({
      databaseUrl: LEAST.DATABASE_URL,
      host: '0.0.0.0',
      port: 3000,
      sandboxPort: 3001,
      workerHealthPort: 3002,
      workerConcurrency: 200,
      logLevel: 'info',
      logFormat: 'json',
      metricsPublic: false,
      queueLimit: 500,
    });
    expect(config).not.toHaveProperty('redisUrl');
    expect(config).not.toHaveProperty('adminKey');
  });

  describe('of Redis', () => {
    const REDIS = { ...LEAST, REDIS_URL: 'rediss://hongyan:s3cret@redis-1:7000/0' };

    it('takes the address alone for the Redis itself', () => {
      expect(loadConfig(REDIS).redisTopology).toMatchObject({
        mode: 'single',
        nodes: [{ host: 'redis-1', port: 7000 }],
      });
    });

    it.each([
      ['cluster', 6379],
      ['sentinel', 26379],
    ])('takes it for the first of several: %s', (mode, port) => {
      const env = { ...REDIS, HONGYAN_REDIS_MODE: mode, HONGYAN_REDIS_NODES: 'redis-2, [::1]:7001' };
      const nodes = [
        { host: 'redis-1', port: 7000 },
        { host: 'redis-2', port },
        { host: '::1', port: 7001 },
      ];
      expect(loadConfig(env).redisTopology).toEqual({ mode, nodes, primaryName: 'mymaster' });
    });

    it.each([
      [{ HONGYAN_REDIS_MODE: 'cluster' }, 'HONGYAN_REDIS_MODE cluster needs REDIS_URL'],
      [{ ...REDIS, HONGYAN_REDIS_NODES: 'redis-2' }, 'HONGYAN_REDIS_NODES is for a cluster or sentinels'],
      [{ ...REDIS, HONGYAN_REDIS_MODE: 'cluster', HONGYAN_REDIS_NODES: 'a:b' }, 'HONGYAN_REDIS_NODES item 1 must be'],
      [{ HONGYAN_REDIS_MODE: 'cluster', REDIS_URL: 'redis://a/1' }, 'REDIS_URL must not name a database'],
      [{ ...REDIS, HONGYAN_REDIS_CA_FILE: '/nowhere/ca.pem' }, 'HONGYAN_REDIS_CA_FILE cannot be read: ENOENT'],
      [{ ...REDIS, HONGYAN_REDIS_CA_FILE: import.meta.filename }, 'HONGYAN_REDIS_CA_FILE holds no certificate'],
      [
        { REDIS_URL: 'redis://a', HONGYAN_REDIS_CA_FILE: import.meta.filename },
        'HONGYAN_REDIS_CA_FILE needs a REDIS_URL',
      ],
    ])('refuses %j', (env, fault) => {
      expect(faultsOf({ ...LEAST, ...env })).toContain(fault);
    });
  });

  it('names every mistake at once', () => {
    const text = faultsOf({
      PORT: 'eighty',
      LOG_LEVEL: 'loud',
      HONGYAN_METRICS_PUBLIC: 'maybe',
      REDIS_URL: 'localhost',
    });
    for (const name of [
      'DATABASE_URL',
      'HONGYAN_ENCRYPTION_KEY',
      'PORT',
      'LOG_LEVEL',
      'HONGYAN_METRICS_PUBLIC',
      'REDIS_URL',
    ]) {
      expect(text).toContain(`\n  ${name} `);
    }
  });

  it('never shows a secret', () => {
    const secrets = {
      DATABASE_URL: 'mysql://root:planted-database@db',
      REDIS_URL: 'http://:planted-redis@redis',
      HONGYAN_ADMIN_KEY: 'planted-admin',
      HONGYAN_ENCRYPTION_KEY: 'planted-encryption',
      WECOM_API_BASE_URL: 'https://user:planted-base@host',
    };
    const text = faultsOf(secrets);
    for (const name of Object.keys(secrets)) expect(text).toContain(name);
    expect(text).not.toContain('planted');
  });

  it('takes an empty variable for one that is not set', () => {
    expect(loadConfig({ ...LEAST, PORT: '', REDIS_URL: ' ' })).toMatchObject({ port: 3000 });
  });

  it('prefers the environment to the defaults of the program, and these to the declared ones', () => {
    const config = loadConfig({ ...LEAST, PORT: '8080' }, { PORT: '4000', SANDBOX_PORT: '4001' });
    expect(config).toMatchObject({ port: 8080, sandboxPort: 4001, workerHealthPort: 3002 });
  });

  it.each(['-1', '65536', '80.5', '0x50', '1e3'])('refuses the port %s', (port) => {
    expect(faultsOf({ ...LEAST, PORT: port })).toContain('PORT must be a whole number from 0 to 65535');
  });

  it('reads an encryption key without an id, and a list of them for rotation', () => {
    expect(loadConfig(LEAST).encryptionKeys).toEqual([{ id: 'default', key: Buffer.alloc(32, 7) }]);
    const keys = `new:${Buffer.alloc(32, 8).toString('base64')}, old:${KEY}`;
    const { encryptionKeys } = loadConfig({ ...LEAST, HONGYAN_ENCRYPTION_KEY: keys });
    expect(encryptionKeys.map(({ id }) => id)).toEqual(['new', 'old']);
  });

  it.each([
    ['a short key', Buffer.alloc(16).toString('base64')],
    ['text that is no base64', '!'.repeat(44)],
    ['two keys with one id', `a:${KEY},a:${KEY}`],
    ['an id with a blank', `a b:${KEY}`],
  ])('refuses %s', (_what, keys) => {
    expect(faultsOf({ ...LEAST, HONGYAN_ENCRYPTION_KEY: keys })).toContain('HONGYAN_ENCRYPTION_KEY');
  });

  it('takes an admin key of 24 printable characters that begins hy_', () => {
    const key = `hy_${'k'.repeat(21)}`;
    expect(loadConfig({ ...LEAST, HONGYAN_ADMIN_KEY: key }).adminKey).toBe(key);
    expect(faultsOf({ ...LEAST, HONGYAN_ADMIN_KEY: key.slice(0, -1) })).toContain('HONGYAN_ADMIN_KEY');
  });

  it('allows the vendors, the base addresses of the environment, the sandbox and the listed origins', () => {
    const config = loadConfig({
      ...LEAST,
      WECOM_API_BASE_URL: 'http://10.0.0.5:8080/mock/',
      HONGYAN_SANDBOX_URL: 'http://127.0.0.1:3001',
      HONGYAN_ALLOWED_ORIGINS: 'https://wx.corp.example, https://ding.corp.example/',
    });
    expect(config.providerHosts.wecom.primary).toBe('http://10.0.0.5:8080/mock');
    expect(config.allowedOrigins).toEqual(
      expect.arrayContaining([
        'https://qyapi.weixin.qq.com',
        'https://oapi.dingtalk.com',
        'https://api.dingtalk.com',
        'http://10.0.0.5:8080',
        'http://127.0.0.1:3001',
        'https://wx.corp.example',
        'https://ding.corp.example',
      ]),
    );
  });

  it.each(['ftp://host', 'https://host?x=1', 'host', 'https://host#a'])('refuses the base address %s', (url) => {
    expect(faultsOf({ ...LEAST, DINGTALK_API_V1_BASE_URL: url })).toContain('DINGTALK_API_V1_BASE_URL');
  });

  it('refuses an allowed origin with a path', () => {
    const text = faultsOf({ ...LEAST, HONGYAN_ALLOWED_ORIGINS: 'https://good.example,https://bad.example/path' });
    expect(text).toContain('HONGYAN_ALLOWED_ORIGINS item 2');
  });
});
