import { expect, it } from 'vitest';
import { accountNumberIn, identityOf, ikeIdentities } from '../../src/shared/ike.ts';
import { type AccountId, type TunnelId, tunnelKey } from '../../src/shared/model.ts';

const ID = 'f5407d8db1a542b196c59f6d04ba8bd1';
const HEX = '023e105f4ecef8ad9ca31a8372d0c353';
const TUNNEL = {
  key: tunnelKey(HEX as AccountId, ID as TunnelId),
  cloudflareEndpoint: '162.159.135.1',
  customerEndpoint: '185.30.1.9',
  fqdnId: null,
};

it('names a tunnel in four ways, with the numeric account id', () => {
  const identities = ikeIdentities(TUNNEL, '123456789', true);
  expect(identities.router.map(({ value }) => value)).toEqual([
    `${ID}.123456789.ipsec.cloudflare.com`,
    `ipsec@${ID}.123456789.ipsec.cloudflare.com`,
    `123456789_${ID}`,
    '185.30.1.9',
  ]);
  expect(identities.cloudflare).toBe('162.159.135.1');
  expect(identityOf(identities, 'ID_KEY_ID')).toBe(`123456789_${ID}`);
});

it('never makes an identity of the hexadecimal id: without the number it says what is missing', () => {
  const { router } = ikeIdentities({ ...TUNNEL, customerEndpoint: null }, null, true);
  expect(router.map(({ value }) => value)).toEqual([null, null, null, null]);
  expect(router.map(({ trouble }) => trouble)).toEqual([
    'account-number-unknown',
    'account-number-unknown',
    'account-number-unknown',
    'no-customer-endpoint',
  ]);
  expect(ikeIdentities(TUNNEL, null, false).router[3]).toMatchObject({ trouble: 'endpoints-not-unique' });
  expect(ikeIdentities({ ...TUNNEL, customerEndpoint: '2001:db8::1' }, null, true).router[3]).toMatchObject({
    value: null,
    trouble: 'not-ipv4',
  });
});

it('learns the number from every identity that holds it, and from no other', () => {
  for (const identity of [
    `${ID}.33145236.ipsec.cloudflare.com`,
    `ipsec@${ID}.33145236.ipsec.cloudflare.com`,
    'site-a.33145236.custom.ipsec.cloudflare.com',
    `33145236_${ID}`,
  ]) {
    expect(accountNumberIn(identity)).toBe('33145236');
  }
  for (const identity of [
    `site-a.${HEX}.custom.ipsec.cloudflare.com`,
    `${HEX}_${ID}`,
    `${ID}.33145236.ipsec.example.com`,
    '',
    '33145236',
  ]) {
    expect(accountNumberIn(identity)).toBeNull();
  }
});
