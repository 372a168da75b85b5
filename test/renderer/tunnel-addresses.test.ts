import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { insideAddresses } from '../../src/renderer/views/tunnel/addresses.ts';

describe('the inside of a tunnel', () => {
  it.each([
    ['10.252.2.26/31', '10.252.2.26', '10.252.2.27'],
    ['10.252.2.27/31', '10.252.2.27', '10.252.2.26'],
    ['169.254.240.1/30', '169.254.240.1', '169.254.240.2'],
    ['169.254.240.2/30', '169.254.240.2', '169.254.240.1'],
    ['169.254.240.253/30', '169.254.240.253', '169.254.240.254'],
    ['fd00::8/127', 'fd00::8', 'fd00::9'],
    ['fd00::a5/126', 'fd00::a5', 'fd00::a6'],
    ['fd00::/127', 'fd00::', 'fd00::1'],
  ])('%s: the customer’s side is derived', (cidr, cloudflare, customer) => {
    expect(insideAddresses(cidr)).toEqual({ cloudflare, customer });
  });

  it('leaves open what the prefix does not determine', () => {
    expect(insideAddresses('10.0.0.5/24')?.customer).toBeNull();
    expect(insideAddresses('10.0.0.5/32')?.customer).toBeNull();
    // The network and the broadcast address of a /30 are no hosts.
    expect(insideAddresses('10.0.0.4/30')?.customer).toBeNull();
    expect(insideAddresses('10.0.0.7/30')?.customer).toBeNull();
  });

  it('knows what is no address', () => {
    for (const text of [
      '',
      '10.0.0.1',
      '10.0.0/31',
      '10.0.0.256/31',
      'x/31',
      '10.0.0.1/33',
      '10.0.0.1/-1',
      'zz::/127',
    ]) {
      expect(insideAddresses(text)).toBeNull();
    }
  });

  it('is its own inverse', () => {
    fc.assert(
      fc.property(fc.nat(255), fc.nat(255), fc.constantFrom(30, 31), (third, last, bits) => {
        const there = insideAddresses(`10.1.${third}.${last}/${bits}`)?.customer;
        if (!there) return;
        expect(insideAddresses(`${there}/${bits}`)?.customer).toBe(`10.1.${third}.${last}`);
      }),
    );
  });
});
