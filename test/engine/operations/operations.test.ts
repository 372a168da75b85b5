/** Every operation against the simulator by real HTTP: what is planned, what is sent, what is read back, what is recorded. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Tunnel } from '../../../src/shared/model.ts';
import type { TunnelDraft } from '../../../src/shared/operations.ts';
import { type OperationsBed, openOperations } from './bed.ts';

const PSK = 'CanaryKeyOfTunnelwatch2026abcdef';
const MD5 = 'canary-md5-of-tunnelwatch';

let bed: OperationsBed;
let first: Tunnel;
let second: Tunnel;
beforeEach(async () => {
  bed = await openOperations();
  const [one, two] = await bed.tunnels();
  if (one === undefined || two === undefined) throw new Error('no tunnels');
  [first, second] = [one, two];
});
afterEach(() => bed.close());

const draft: TunnelDraft = {
  name: 'made-by-test',
  cloudflareEndpoint: '162.159.64.41',
  interfaceAddress: '10.99.0.0/31',
  customerEndpoint: '198.51.100.77',
  bgp: { customerAsn: 64_999, md5Key: MD5 },
  healthCheck: { rate: 'high', type: 'request', direction: 'bidirectional' },
  psk: PSK,
};
const confirm = (plan: string, typed: string | null = null) => bed.desk.confirm({ plan, typed, by: 'Ada' });

describe('creating', () => {
  it('is planned with every field, carried out, read back, recorded, and polled for', async () => {
    const plan = await bed.planned({ kind: 'create', accountId: bed.account.id, draft });
    expect(bed.writes()).toEqual([]);
    expect(plan).toMatchObject({ kind: 'create', account: bed.account.name, confirmBy: null });
    expect(plan.diffs[0]?.changes).toEqual(
      expect.arrayContaining([
        { field: 'name', before: null, after: 'made-by-test' },
        { field: 'bgp.customerAsn', before: null, after: '64999' },
        { field: 'bgp.md5Key', before: null, after: '•••••• (new)' },
        { field: 'psk', before: null, after: '•••••• (new)' },
      ]),
    );
    const done = await confirm(plan.id);
    expect(done).toMatchObject({ state: 'done', sentence: 'made-by-test was created.' });
    expect(done.newKeys).toMatchObject([{ name: 'made-by-test', psk: PSK }]);
    const made = await bed.tunnel('made-by-test');
    expect(made).toMatchObject({ healthCheck: { rate: 'high' }, bgp: { customerAsn: 64_999 } });
    expect(done.tunnels).toMatchObject([{ key: made?.key, applied: true }]);
    expect(bed.writes()).toEqual(['POST /ipsec_tunnels']);
    expect(bed.polled).toEqual([bed.account.id]);
    const [entry] = bed.ledger.audit(null, 1);
    expect(entry).toMatchObject({ by: 'Ada', kind: 'create', state: 'done', cfRay: done.cfRay });
    expect(entry?.diffs).toMatchObject([{ key: made?.key, name: 'made-by-test' }]);
    expect(done.cfRay).toMatch(/AMS/);
    const everything = JSON.stringify([plan, { ...done, newKeys: [] }, bed.ledger.audit(null, 100)]);
    for (const secret of [PSK, MD5]) expect(everything).not.toContain(secret);
  });

  it('is checked here before anybody is asked', async () => {
    const outcome = await bed.plan({
      kind: 'create',
      accountId: bed.account.id,
      draft: { ...draft, interfaceAddress: '192.0.2.0/31' },
    });
    expect(outcome).toMatchObject({
      planned: false,
      problems: [{ field: 'interfaceAddress', code: 'interface-range' }],
    });
    expect(bed.asked).toEqual([]);
  });

  it('is refused by Cloudflare with its complaints at their fields', async () => {
    const taken = { ...draft, name: first.name, interfaceAddress: first.interfaceAddress };
    const outcome = await bed.plan({ kind: 'create', accountId: bed.account.id, draft: taken });
    expect(outcome).toMatchObject({
      planned: false,
      sentence: 'Cloudflare would refuse this.',
      problems: [
        { field: 'name', key: null, sentence: 'Cloudflare says: name: another tunnel has this name.' },
        { field: 'interfaceAddress', key: null },
      ],
    });
    expect(bed.writes()).toEqual([]);
  });

  it('clashes when somebody took the name meanwhile', async () => {
    const plan = await bed.planned({ kind: 'create', accountId: bed.account.id, draft });
    await bed.other.createTunnel(bed.account.id, { ...draft, interfaceAddress: '10.98.0.0/31' });
    expect(await confirm(plan.id)).toMatchObject({ state: 'clash', problems: [{ field: 'name' }] });
    expect(bed.writes()).toEqual([]);
  });
});

describe('updating', () => {
  it('shows the change field by field, writes the whole tunnel, and keeps the rest', async () => {
    await bed.other.updateTunnel(bed.account.id, first.id, { bgp: { customerAsn: 64_999, md5Key: MD5 } });
    const change = { healthCheck: { rate: 'high' as const }, description: 'by test' };
    const plan = await bed.planned({ kind: 'update', key: first.key, change });
    expect(plan.diffs).toEqual([
      {
        key: first.key,
        name: first.name,
        changes: [
          { field: 'description', before: first.description, after: 'by test' },
          { field: 'healthCheck.rate', before: first.healthCheck?.rate, after: 'high' },
        ],
      },
    ]);
    expect(await confirm(plan.id)).toMatchObject({ state: 'done', tunnels: [{ key: first.key, applied: true }] });
    const now = await bed.tunnel(first.name);
    expect(now).toMatchObject({
      description: 'by test',
      healthCheck: { rate: 'high' },
      bgp: { customerAsn: 64_999, md5KeySet: true },
    });
    const put = bed.asked.find(({ method, url }) => method === 'PUT' && !url.includes('validate_only'));
    expect(JSON.parse(put?.body ?? '')).toMatchObject({ bgp: { md5_key: MD5 } });
  });

  it('knows another MD5 key from the same, and shows neither', async () => {
    await bed.other.updateTunnel(bed.account.id, first.id, { bgp: { customerAsn: 64_999, md5Key: MD5 } });
    const same = await bed.plan({ kind: 'update', key: first.key, change: { bgp: { md5Key: MD5 } } });
    expect(same).toMatchObject({ planned: false, problems: [{ code: 'nothing-changed', key: first.key }] });
    const plan = await bed.planned({ kind: 'update', key: first.key, change: { bgp: { md5Key: `${MD5}2` } } });
    expect(plan.diffs[0]?.changes).toEqual([{ field: 'bgp.md5Key', before: '••••••', after: '•••••• (new)' }]);
    expect(plan.warnings.join(' ')).toContain('restarts');
    expect(await confirm(plan.id)).toMatchObject({ state: 'done' });
  });

  it('clashes when somebody changed the tunnel meanwhile, and says which fields', async () => {
    const plan = await bed.planned({ kind: 'update', key: first.key, change: { description: 'mine' } });
    await bed.other.updateTunnel(bed.account.id, first.id, { healthCheck: { rate: 'low' } });
    const outcome = await confirm(plan.id);
    expect(outcome).toMatchObject({ state: 'clash', problems: [{ key: first.key, field: 'healthCheck.rate' }] });
    expect(outcome.sentence).toContain('healthCheck.rate mid → low');
    expect(bed.writes()).toEqual([]);
    expect(bed.ledger.audit(null, 1)).toMatchObject([{ state: 'clash', kind: 'update' }]);
  });

  it('clashes when the tunnel is gone', async () => {
    const plan = await bed.planned({ kind: 'update', key: first.key, change: { description: 'mine' } });
    await bed.other.deleteTunnel(bed.account.id, first.id);
    expect(await confirm(plan.id)).toMatchObject({ state: 'clash', problems: [{ key: first.key, field: null }] });
    expect(await bed.plan({ kind: 'update', key: first.key, change: { description: 'x' } })).toMatchObject({
      planned: false,
      sentence: 'This tunnel does not exist any more.',
    });
  });

  it('tells which findings it causes and ends', async () => {
    const off = await bed.planned({ kind: 'update', key: first.key, change: { replayProtection: true } });
    expect(off.causes).toContainEqual(
      expect.objectContaining({ rule: 'replay-protection-on', key: first.key, value: 'true' }),
    );
    const clash = { interfaceAddress: second.interfaceAddress };
    expect(await bed.plan({ kind: 'update', key: first.key, change: clash })).toMatchObject({
      planned: false,
      problems: [{ key: first.key, field: 'interfaceAddress' }],
    });
  });

  it('of several tunnels is one request, all or nothing', async () => {
    const changes = [first, second].map(({ key }) => ({ key, change: { description: 'by bulk' } }));
    const plan = await bed.planned({ kind: 'bulk-update', accountId: bed.account.id, changes });
    expect(plan.diffs).toHaveLength(2);
    expect(await confirm(plan.id)).toMatchObject({
      state: 'done',
      sentence: '2 of 2 tunnels: done.',
      tunnels: [{ applied: true }, { applied: true }],
    });
    expect(bed.writes()).toEqual(['PUT /ipsec_tunnels']);
    const twice = [first, first].map(({ key }) => ({ key, change: { description: 'x' } }));
    expect(await bed.plan({ kind: 'bulk-update', accountId: bed.account.id, changes: twice })).toMatchObject({
      planned: false,
    });
    const wrong = [
      { key: first.key, change: { description: 'x' } },
      { key: second.key, change: { name: first.name } },
    ];
    expect(await bed.plan({ kind: 'bulk-update', accountId: bed.account.id, changes: wrong })).toMatchObject({
      planned: false,
      problems: [{ key: second.key, field: 'name' }],
    });
  });
});

describe('deleting', () => {
  it('asks for the name', async () => {
    const plan = await bed.planned({ kind: 'delete', key: first.key });
    expect(plan.confirmBy).toBe(first.name);
    expect(await confirm(plan.id, 'another')).toMatchObject({ state: 'not-sent' });
    expect(await confirm(plan.id)).toMatchObject({ state: 'not-sent' });
    expect(bed.writes()).toEqual([]);
    expect(await confirm(plan.id, first.name)).toMatchObject({ state: 'done' });
    expect(await bed.tunnel(first.name)).toBeUndefined();
    expect(await confirm(plan.id, first.name)).toMatchObject({ state: 'not-sent' });
  });
});

describe('keys', () => {
  it('are generated, handed out once, and kept in the keychain on demand', async () => {
    const plan = await bed.planned({ kind: 'psk-generate', key: first.key });
    const done = await confirm(plan.id);
    expect(done).toMatchObject({ state: 'done', newKeys: [{ key: first.key, name: first.name }] });
    const psk = done.newKeys[0]?.psk ?? '';
    expect(psk).toHaveLength(32);
    expect(await bed.desk.keepKey({ key: first.key, psk: 'another', by: 'Ada' })).toMatchObject({ done: false });
    expect(await bed.desk.keepKey({ key: second.key, psk, by: 'Ada' })).toMatchObject({ done: false });
    expect(await bed.desk.keepKey({ key: first.key, psk, by: 'Ada' })).toMatchObject({ done: true });
    const entry = `psk ${first.name} (${first.key})`;
    expect(await bed.keychain.get(entry)).toEqual({ ok: true, value: psk });
    expect(JSON.stringify(bed.ledger.audit(null, 100))).not.toContain(psk);
  });

  it('are set for several tunnels, each told by itself', async () => {
    const keys = [
      { key: first.key, psk: PSK },
      { key: second.key, psk: `${PSK}2` },
    ];
    const plan = await bed.planned({ kind: 'psk-set', accountId: bed.account.id, keys });
    expect(bed.writes()).toEqual([]);
    const done = await confirm(plan.id);
    expect(done).toMatchObject({ state: 'done', newKeys: [{ psk: PSK }, { psk: `${PSK}2` }] });
    expect(done.newKeys[0]?.ipsecId).toMatch(/^\d+_/);
  });

  it('that Cloudflare would not take are told in the plan, by tunnel', async () => {
    const keys = [
      { key: first.key, psk: PSK },
      { key: second.key, psk: 'short' },
    ];
    expect(await bed.plan({ kind: 'psk-set', accountId: bed.account.id, keys })).toMatchObject({
      planned: false,
      problems: [{ key: second.key, field: 'psk' }],
    });
  });

  it('can be set in part: applied and unapplied are told apart, and only the former are handed out', async () => {
    const keys = [
      { key: first.key, psk: PSK },
      { key: second.key, psk: `${PSK}2` },
    ];
    const plan = await bed.planned({ kind: 'psk-set', accountId: bed.account.id, keys });
    bed.simulator.faults.set({ kind: 'partial-keys', match: 'writes', times: 1 });
    const done = await confirm(plan.id);
    expect(done).toMatchObject({
      state: 'partial',
      tunnels: [
        { key: first.key, applied: true },
        { key: second.key, applied: false },
      ],
      newKeys: [{ key: first.key }],
    });
    expect(done.sentence).toContain('the edge did not confirm in time');
    expect(bed.ledger.audit(null, 1)).toMatchObject([{ state: 'partial', diffs: [{ key: first.key }] }]);
  });
});
