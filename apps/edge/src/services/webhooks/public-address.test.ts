import { expect, test } from 'vitest';
import { isLoopbackAddress, isPublicAddress } from './public-address.ts';

test.each([
  '1.1.1.1',
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '172.15.255.255',
  '172.32.0.0',
  '192.0.1.0',
  '192.167.255.255',
  '198.17.255.255',
  '198.20.0.0',
  '223.255.255.255',
  '2606:4700::1111',
  '2a00:1450:4001::200e',
  '2001:4860:4860::8888',
  '2001:200::1',
])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test.each([
  ['this network', '0.0.0.0'],
  ['private', '10.1.2.3'],
  ['private', '172.16.0.1'],
  ['private', '172.31.255.255'],
  ['private', '192.168.0.1'],
  ['shared by a carrier', '100.64.0.1'],
  ['loopback', '127.0.0.1'],
  ['loopback', '127.255.255.254'],
  ['link-local, where clouds keep their metadata', '169.254.169.254'],
  ['protocol assignments', '192.0.0.170'],
  ['documentation', '192.0.2.1'],
  ['documentation', '198.51.100.1'],
  ['documentation', '203.0.113.1'],
  ['relays of 6to4', '192.88.99.1'],
  ['benchmarks', '198.19.255.255'],
  ['multicast', '224.0.0.1'],
  ['reserved', '240.0.0.1'],
  ['broadcast', '255.255.255.255'],
  ['unspecified', '::'],
  ['loopback', '::1'],
  ['mapped IPv4', '::ffff:127.0.0.1'],
  ['mapped IPv4', '::ffff:8.8.8.8'],
  ['translated IPv4', '64:ff9b::7f00:1'],
  ['unique local', 'fd00::1'],
  ['unique local', 'fc00::1'],
  ['link-local', 'fe80::1'],
  ['link-local with a zone', 'fe80::1%eth0'],
  ['multicast', 'ff02::1'],
  ['a tunnel to any IPv4 address', '2002:7f00:1::'],
  ['a tunnel of Teredo', '2001:0:53aa:64c::1'],
  ['documentation', '2001:db8::1'],
  ['documentation', '3fff::1'],
  ['no address', 'example.com'],
  ['too many groups', '2606:1:2:3:4:5:6:7:8'],
  ['too few groups', '2606:1:2'],
  ['two gaps', '2606::1::2'],
  ['a number too large', '1.1.1.256'],
  ['nothing', ''],
])('%s (%s) is not public', (_, address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test('this machine’s own addresses are 127/8 and ::1', () => {
  const own = ['127.0.0.1', '127.9.9.9', '::1', '0:0:0:0:0:0:0:1'];
  const others = ['128.0.0.1', '126.255.255.255', '::2', '::', 'localhost', '10.0.0.1'];
  expect(own.filter(isLoopbackAddress)).toEqual(own);
  expect(others.filter(isLoopbackAddress)).toEqual([]);
});
