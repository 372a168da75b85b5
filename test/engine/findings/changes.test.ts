/** What changed: every new modified_on, field by field, MD5 keys without the keys; and secrets, which are nowhere. */
import { afterEach, describe, expect, it } from 'vitest';
import type { EventKind, HistoryEvent } from '../../../src/shared/model.ts';
import { SCENARIOS, type Scenario } from '../../../src/simulator/index.ts';
import { type Bed, MINUTE, openBed } from './bed.ts';

const FIRST = 'canary-md5-first-77c1';
const SECOND = 'canary-md5-second-03ab';
const PSK = 'canary-psk-9d1e-0042';

/** One site has an MD5 key. */
const KEYED: Scenario = {
  ...SCENARIOS.calm,
  accounts: SCENARIOS.calm.accounts.map((account) => ({
    ...account,
    sites: account.sites.map((site) => (site.code === 'mad1' ? { ...site, md5Key: FIRST } : site)),
  })),
};

let bed: Bed;
afterEach(() => bed.stop());

const tunnel = (name: string): string => `ipsec_tunnels/${bed.row(name).id}`;
const heard = (kind: EventKind): HistoryEvent[] => bed.events.filter((event) => event.kind === kind);
const feed = (query: { key?: HistoryEvent['key']; before?: number; limit?: number } = {}): readonly HistoryEvent[] => {
  const answer = bed.desk().configEvents({ accountId: null, key: null, before: null, limit: 100, ...query });
  if (answer instanceof Promise) throw new Error('the desk answers at once');
  return answer;
};

describe('what changed', () => {
  it('is told field by field, and told as nothing visible where a key was set by hand', async () => {
    bed = await openBed(KEYED);
    await bed.pass(MINUTE);
    expect(heard('config-changed')).toEqual([]);
    await bed.write('PUT', tunnel('ams1-tun-a'), { description: 'new words', replay_protection: true });
    await bed.pass(MINUTE);
    expect(heard('config-changed').map(({ detail }) => detail)).toEqual([
      {
        fields: 'description, replayProtection',
        modifiedAt: expect.any(Number),
        description: expect.stringMatching(/ -> new words$/),
        replayProtection: 'false -> true',
      },
    ]);
    await bed.write('PUT', tunnel('ams1-tun-b'), { psk: PSK });
    await bed.pass(MINUTE);
    const [, byHand] = heard('config-changed');
    expect(byHand).toMatchObject({ key: bed.row('ams1-tun-b').key });
    expect(byHand?.detail).toEqual({ fields: '', modifiedAt: expect.any(Number) });
    // Sessions, health and ages move all the time, and are no change.
    await bed.pass(30 * MINUTE);
    expect(heard('config-changed')).toHaveLength(2);
  });

  it('tells that an MD5 key is another one, and neither of them', async () => {
    bed = await openBed(KEYED);
    await bed.pass(MINUTE);
    const { key } = bed.row('mad1-tun-a');
    const asn = bed.engine().tunnel(key)?.tunnel.bgp?.customerAsn;
    await bed.write('PUT', tunnel('mad1-tun-a'), { bgp: { customer_asn: asn, md5_key: SECOND } });
    await bed.pass(MINUTE);
    expect(heard('config-changed').at(-1)?.detail).toMatchObject({
      fields: expect.stringContaining('bgp.md5Key'),
      'bgp.md5Key': '••• -> •••',
    });
    // What only tells them apart stays in the process as well.
    const mark = /md5KeyMark/;
    expect(JSON.stringify(bed.engine().tunnel(key))).not.toMatch(mark);
    await bed.write('PUT', tunnel('mad1-tun-b'), { psk: PSK });
    await bed.pass(MINUTE);
    const said = JSON.stringify([bed.desk().findings({ accountId: null }), feed(), bed.sent]);
    await bed.engine().stop();
    const written = bed.files();
    expect(written).toContain('bgp.md5Key');
    for (const secret of [FIRST, SECOND, PSK, 'md5KeyMark', bed.account.readToken, bed.account.writeToken]) {
      expect(said.includes(secret), `${secret} in what was said`).toBe(false);
      expect(written.includes(secret), `${secret} in the files`).toBe(false);
    }
  });

  it('is told after a start, too, visible or not', async () => {
    bed = await openBed(KEYED);
    await bed.pass(MINUTE);
    const [a, b] = [tunnel('ams1-tun-a'), tunnel('ams1-tun-b')];
    await bed.engine().stop();
    await bed.pass(10 * MINUTE);
    await bed.write('PUT', a, { psk: PSK });
    await bed.write('PUT', b, { description: 'while away' });
    await bed.restart();
    await bed.pass(MINUTE);
    const byKey = new Map(heard('config-changed').map(({ key, detail }) => [key, detail.fields]));
    expect(byKey.get(bed.row('ams1-tun-a').key)).toBe('');
    expect(byKey.get(bed.row('ams1-tun-b').key)).toBe('description');
    expect(byKey.size).toBe(2);
    await bed.restart();
    await bed.pass(MINUTE);
    expect(heard('config-changed')).toHaveLength(2);
  });

  it('can be read as a feed: of all, of a tunnel, page by page, without the noise of sessions', async () => {
    bed = await openBed('renamed-recreated');
    await bed.pass(3 * 60 * MINUTE);
    const all = feed();
    const kinds = new Set(all.map(({ kind }) => kind));
    expect(kinds).toContain('tunnel-renamed');
    // Deleted and created anew minutes later: gone for two lists in between.
    expect(kinds).toContain('tunnel-disappeared');
    expect(kinds).toContain('tunnel-appeared');
    expect(kinds).not.toContain('started');
    expect(all.map(({ seq }) => seq)).toEqual(all.map(({ seq }) => seq).toSorted((x, y) => y - x));
    const [first, second, third] = all;
    expect(feed({ before: first?.seq ?? 0, limit: 2 })).toEqual([second, third]);
    const of = feed({ key: first?.key ?? null });
    expect(new Set(of.map(({ key }) => key))).toEqual(new Set([first?.key]));
    expect(bed.desk().configEvents({ accountId: bed.account.id, key: null, before: null, limit: 100 })).toEqual(all);
  });
});
