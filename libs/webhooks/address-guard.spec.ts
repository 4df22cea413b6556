import { describe, expect, it } from '@jest/globals';
import { AddressGuard, AddressRefusedError } from './address-guard.js';

const guard = new AddressGuard({ webhookAllowedNetworks: [] });
const open = new AddressGuard({ webhookAllowedNetworks: ['10.20.0.0/16', 'fd00:1::/32', '127.0.0.1/32'] });

const REFUSED = [
  '127.0.0.1',
  '127.1',
  '2130706433',
  '0x7f000001',
  '0177.0.0.1',
  '１２７.０.０.１',
  '0.0.0.0',
  '10.1.2.3',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.100.100.200',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '[::1]',
  '[::]',
  '[::127.0.0.1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[64:ff9b::7f00:1]',
  '[2002:7f00:1::]',
  '[fd00:ec2::254]',
  '[fe80::1]',
  '[ff02::1]',
  '[2001:db8::1]',
];

describe('the guard of addresses', () => {
  it.each(REFUSED)('refuses %s, however it is written', async (host) => {
    const url = `https://${host}:8443/hook`;
    await expect(guard.requireUrl(url)).rejects.toMatchObject({ code: 'host_not_allowed' });
    expect(() => guard.requireHost(new URL(url).hostname)).toThrow(AddressRefusedError);
  });

  it.each(['8.8.8.8', '[2606:4700::1111]', '[::ffff:8.8.8.8]'])('lets %s pass', async (host) => {
    await expect(guard.requireUrl(`http://${host}/`)).resolves.toBeUndefined();
    expect(() => guard.requireHost(new URL(`http://${host}/`).hostname)).not.toThrow();
  });

  it.each([
    'ftp://8.8.8.8/',
    'file:///etc/passwd',
    'gopher://8.8.8.8/',
    'hooks',
    'https://u:p@8.8.8.8/',
    'http://8.8.8.8/#a',
  ])('refuses %s as no address of a receiver', (url) =>
    expect(guard.requireUrl(url)).rejects.toMatchObject({ code: 'invalid_value' }),
  );

  it('refuses a name that leads to ourselves', async () => {
    await expect(guard.requireUrl('http://localhost/')).rejects.toMatchObject({ code: 'host_not_allowed' });
    await expect(guard.requireUrl('http://localhost./')).rejects.toMatchObject({ code: 'host_not_allowed' });
  });

  it('leaves a name that nobody knows to the attempts', async () => {
    await expect(guard.requireUrl('https://nowhere.invalid/hook')).resolves.toBeUndefined();
  });

  it('lets the networks of the configuration pass, and no others', () => {
    expect(['10.20.1.1', '::ffff:10.20.1.1', 'fd00:1::5', '127.0.0.1'].map((one) => open.mayCall(one))).not.toContain(
      false,
    );
    expect(['10.21.0.1', 'fd00:2::5', '127.0.0.2', 'nonsense'].map((one) => open.mayCall(one))).not.toContain(true);
  });

  const lookedUp = (by: AddressGuard, all: boolean): Promise<unknown> =>
    new Promise((resolve) => by.lookup('localhost', { all, family: 4 }, (error, found) => resolve(error ?? found)));

  it('resolves names for connections to addresses that it has checked', async () => {
    expect(await lookedUp(open, true)).toEqual([{ address: '127.0.0.1', family: 4 }]);
    expect(await lookedUp(open, false)).toBe('127.0.0.1');
    expect(await lookedUp(guard, true)).toBeInstanceOf(AddressRefusedError);
  });
});
