import { expect, it } from 'vitest';
import { accountNumberOf } from '../../../src/engine/keys/account-number.ts';
import { policiesOf } from '../../../src/engine/settings/key-policies.ts';
import { jsonSchema, settingsSchema } from '../../../src/engine/settings/schema.ts';
import { ACCOUNT, DAY, POLICY, T0, tunnel } from '../../fixtures/tunnels.ts';
import { lister, look, newFleet, row } from '../state/playing.ts';

const settings = (more: object) =>
  settingsSchema.parse({ accounts: [{ name: 'Main', id: ACCOUNT, token: { env: 'T' } }], ...more });
const PCI = { tag: 'pci', aging: '30d', due: '60d', stale: '90d' };
const LAB = { tag: 'Lab', aging: '300d', due: '400d', stale: '500d' };

it('gives a tunnel the strictest policy among its tags, else the general one', () => {
  const { all, of } = policiesOf(settings({ psk: { tags: [LAB, PCI] } }));
  expect(all.map(({ tag }) => tag)).toEqual([null, 'Lab', 'pci']);
  expect(of(tunnel('a'), null)).toEqual({ tag: null, policy: POLICY });
  expect(of(tunnel('b', { description: 'core #LAB' }), null)).toMatchObject({
    tag: 'Lab',
    policy: { dueMs: 400 * DAY },
  });
  expect(of(tunnel('c', { description: '#lab #pci' }), null)).toMatchObject({
    tag: 'pci',
    policy: { dueMs: 60 * DAY },
  });
});

it('takes the tags of alerts.tags as well, by site too', () => {
  const tags = [{ tag: 'pci', match: { site: 'Amsterdam' } }];
  const { of } = policiesOf(settings({ psk: { tags: [PCI] }, alerts: { tags } }));
  const one = tunnel('a');
  expect(of(one, null).tag).toBeNull();
  expect(of(one, 'Amsterdam').tag).toBe('pci');
  expect(of(one, null).tag).toBeNull();
});

it('decides the lane of the key, tells the page where it differs, and follows a site that becomes known', () => {
  const tags = [{ tag: 'pci', match: { site: 'Amsterdam' } }];
  const { policyOf, general: policy } = policiesOf(settings({ psk: { tags: [PCI] }, alerts: { tags } }));
  const one = tunnel('a', { pskGeneratedAt: T0 - 70 * DAY });
  const two = tunnel('b', { pskGeneratedAt: T0 - 70 * DAY, description: '#pci' });
  const fleet = newFleet();
  fleet.applyList(lister()([one, two]), look(T0, null, { policy, policyOf }));
  expect(fleet.row(one.key)?.lanes.psk.value).toBe('fresh');
  expect(fleet.row(one.key)).not.toHaveProperty('pskPolicy');
  expect(fleet.row(two.key)?.lanes.psk.value).toBe('due');
  expect(fleet.row(two.key)?.pskPolicy).toEqual({ agingMs: 30 * DAY, dueMs: 60 * DAY, staleMs: 90 * DAY });

  fleet.applyHealth([{ ...row('a', T0, 1), siteName: 'Amsterdam' }], look(T0 + 60_000, T0, { policy, policyOf }));
  const update = fleet.applyTime(look(T0 + 65_000, T0, { policy, policyOf }));
  expect([...update.touched]).toEqual([one.key]);
  expect(fleet.row(one.key)?.lanes.psk).toMatchObject({ value: 'due' });
  expect([...fleet.applyTime(look(T0 + 70_000, T0, { policy, policyOf })).touched]).toEqual([]);
  // It ages by its own policy from now on.
  fleet.applyTime(look(T0 + 21 * DAY, T0, { policy, policyOf }));
  expect(fleet.row(one.key)?.lanes.psk).toMatchObject({ value: 'stale', since: T0 + 20 * DAY, exact: true });
});

it('wants ages in order, each tag once, and the numeric account id as it is', () => {
  const issues = (more: object): string[] => {
    const read = settingsSchema.safeParse(more);
    return read.success ? [] : read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  };
  expect(issues({ psk: { tags: [{ ...PCI, due: '20d' }] } })).toEqual(['psk.tags.0: aging < due < stale']);
  expect(issues({ psk: { tags: [PCI, { ...PCI, tag: 'PCI' }] } })).toEqual(['psk.tags.1.tag: a tag of its own']);
  const account = { name: 'Main', id: ACCOUNT, token: { env: 'T' } };
  expect(issues({ accounts: [{ ...account, number: '33145236' }] })).toEqual([]);
  expect(issues({ accounts: [{ ...account, number: ACCOUNT }] })[0]).toMatch(/^accounts\.0\.number: .*not the 32 hex/);
  expect(JSON.stringify(jsonSchema())).toContain('"aging","due","stale"');
});

it('learns the numeric account id from what tunnels say', () => {
  const entry = (more: object) => ({ tunnel: tunnel('a', more) });
  expect(accountNumberOf([entry({}), entry({ fqdnId: 'ams.33145236.custom.ipsec.cloudflare.com' })])).toBe('33145236');
  expect(accountNumberOf([entry({ accountNumber: '4455' })])).toBe('4455');
  expect(accountNumberOf([entry({ fqdnId: `ams.${ACCOUNT}.custom.ipsec.cloudflare.com` })])).toBeNull();
});
