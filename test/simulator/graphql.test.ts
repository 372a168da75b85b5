import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { HEALTH_QUERIES } from '../../src/engine/cloudflare/health-query.ts';
import { SDL } from '../../src/simulator/index.ts';
import { DAY, HEALTH, json, lab, MINUTE, SECOND, scenarioWith, time } from './helpers.ts';

const world = lab({ scenario: scenarioWith([]), start: 5 * MINUTE });
const account = world.sim.accounts[0]?.id ?? '';

function ask(query: string, variables: Record<string, unknown> = {}, token = world.sim.readToken) {
  const body = JSON.stringify({ query, variables: { a: account, f: time(0), t: time(2 * MINUTE), ...variables } });
  return json(world.ask('POST', '/graphql', body, { authorization: `Bearer ${token}` }));
}

/** A query over the window with other arguments and another selection. */
function rows(selection: string, args = 'limit: 10000', filter = ''): Record<string, never>[] {
  const answer = ask(`query ($a: string!, $f: Time!, $t: Time!) {
    viewer { accounts(filter: { accountTag: $a }) {
      rows: magicTransitTunnelHealthChecksAdaptiveGroups(
        ${args}, filter: { datetime_geq: $f, datetime_lt: $t ${filter} }) { ${selection} } } } }`);
  if (answer.errors !== null) throw new Error(JSON.stringify(answer.errors));
  return answer.data.viewer.accounts[0].rows;
}

describe('the GraphQL endpoint', () => {
  it.each(Object.entries(HEALTH_QUERIES))("answers the monitor's own query: %s", (name, query) => {
    expect(validate(buildSchema(SDL), parse(query))).toEqual([]);
    const named = name === 'first' ? {} : { name: 'bbb1-tun-a' };
    const answer = ask(query, { account, from: time(0), to: time(MINUTE), limit: 100, ...named });
    expect(answer.errors).toBeNull();
    const names = answer.data.viewer.accounts[0].magicTransitTunnelHealthChecksAdaptiveGroups.map(
      (row: { dimensions: { tunnelName: string } }) => row.dimensions.tunnelName,
    );
    const counts: Record<string, number> = { first: 32, from: 24, after: 20, only: 4 };
    expect(names).toHaveLength(counts[name] ?? -1);
    expect(names).toEqual(names.toSorted());
  });

  it('gives a row for each tunnel, data centre and minute', () => {
    const all = world.health(0, 2 * MINUTE);
    expect(all).toHaveLength(8 * 4 * 2);
    expect(all[0]).toEqual({
      count: expect.any(Number),
      avg: { tunnelState: 1 },
      dimensions: {
        tunnelName: 'aaa1-tun-a',
        siteName: 'Aachen',
        edgeColoCode: 'AMS',
        datetimeMinute: '2026-11-20T12:00:00Z',
      },
    });
  });

  it('groups by what is selected', () => {
    const byTunnel = rows('count avg { tunnelState } dimensions { tunnelName }');
    expect(byTunnel).toHaveLength(8);
    const whole = rows('count');
    expect(whole).toHaveLength(1);
    const sum = world.health(0, 2 * MINUTE).reduce((total, row) => total + row.count, 0);
    expect(whole[0]).toEqual({ count: sum });
    expect(rows('dimensions { edgeColoCity datetimeHour }')).toHaveLength(4);
    expect(rows('dimensions { datetimeFiveMinutes }')).toEqual([
      { dimensions: { datetimeFiveMinutes: time(0).replace('.000', '') } },
    ]);
  });

  it('averages over the group', async () => {
    const sick = lab({
      scenario: scenarioWith([{ what: 'colo-degraded', who: {}, colos: ['FRA'], from: '0s', for: '1h' }]),
      start: 5 * MINUTE,
    });
    const query = HEALTH.replace('edgeColoCode', '').replace('datetimeMinute', '');
    const variables = { a: sick.sim.accounts[0]?.id, f: time(0), t: time(2 * MINUTE) };
    const { data } = json(sick.ask('POST', '/graphql', { query, variables }));
    const [first] = data.viewer.accounts[0].magicTransitTunnelHealthChecksAdaptiveGroups;
    expect(first.avg.tunnelState).toBeGreaterThan(0.85);
    expect(first.avg.tunnelState).toBeLessThan(0.9);
  });

  it('filters, orders and limits', () => {
    const names = (args: string, filter: string) =>
      rows('dimensions { tunnelName }', args, filter).map(
        (row: { dimensions?: { tunnelName: string } }) => row.dimensions?.tunnelName,
      );
    expect(names('limit: 100', ', tunnelName_in: ["aaa1-tun-b", "ccc1-tun-a"]')).toEqual(['aaa1-tun-b', 'ccc1-tun-a']);
    expect(names('limit: 100', ', tunnelName_like: "bbb%"')).toEqual(['bbb1-tun-a', 'bbb1-tun-b']);
    expect(names('limit: 100', ', siteName_neq: "Aachen", edgeColoCode: "FRA"')).toHaveLength(6);
    expect(names('limit: 2, orderBy: [tunnelName_DESC]', '')).toEqual(['ddd1-tun-b', 'ddd1-tun-a']);
    expect(names('limit: 3', ', OR: [{ tunnelName: "aaa1-tun-a" }, { tunnelName: "ddd1-tun-b" }]')).toEqual([
      'aaa1-tun-a',
      'ddd1-tun-b',
    ]);
    expect(
      rows('dimensions { tunnelName edgeColoCode datetimeMinute }', 'limit: 10, orderBy: [tunnelName_ASC]'),
    ).toHaveLength(10);
  });

  it('understands aliases and fragments', () => {
    const answer =
      ask(`query ($a: string!, $f: Time!, $t: Time!) { v: viewer { accounts(filter: { accountTag: $a }) { ...rows } } }
      fragment rows on account { r: magicTransitTunnelHealthChecksAdaptiveGroups(limit: 1, filter: { datetime_geq: $f, datetime_lt: $t }) {
        n: count ... on AccountMagicTransitTunnelHealthChecksAdaptiveGroups { d: dimensions { name: tunnelName } } } }`);
    expect(answer.data.v.accounts[0].r).toEqual([{ n: expect.any(Number), d: { name: 'aaa1-tun-a' } }]);
  });

  it('is empty as soon as active is selected or filtered', () => {
    expect(rows('count dimensions { tunnelName active }')).toEqual([]);
    expect(rows('count dimensions { tunnelName }', 'limit: 10', ', active: 1')).toEqual([]);
  });

  it('says what is wrong in a 200', () => {
    const messages = (answer: { data: unknown; errors: { message: string }[] }) => {
      expect(answer.data).toBeNull();
      return answer.errors.map(({ message }) => message).join();
    };
    expect(messages(ask('{ viewer { zones } }'))).toContain('Cannot query field "zones"');
    expect(messages(ask('{ viewer '))).toContain('Syntax Error');
    expect(messages(ask(HEALTH.replace('Time!', 'String!')))).toContain('String');
    expect(messages(ask(HEALTH, { a: undefined }))).toContain('$a');
    expect(messages(ask(HEALTH, { f: 'yesterday' }))).toContain('datetime_geq');
    expect(messages(ask(HEALTH, { f: time(-8 * DAY) }))).toContain('604800');
    expect(messages(ask(HEALTH, { f: time(-100 * DAY), t: time(-99 * DAY) }))).toContain('older');
    expect(messages(ask(HEALTH.replace('10000', '10001')))).toContain('limit');
    expect(messages(ask(HEALTH, { a: '0'.repeat(32) }))).toContain('not authorized');
  });

  it('needs Account Analytics Read, a permission of its own', () => {
    const [first] = world.sim.accounts;
    const refused = ask(HEALTH, {}, first?.analyticsLessToken);
    expect(refused).toMatchObject({ data: null, errors: [{ extensions: { code: 'authz' } }] });
    expect(ask(HEALTH, {}, first?.magicLessToken).errors).toBeNull();
  });

  it('tells its limits', () => {
    const answer = ask(`query ($a: string!) { viewer { accounts(filter: { accountTag: $a }) { settings {
      magicTransitTunnelHealthChecksAdaptiveGroups { enabled maxDuration maxPageSize notOlderThan availableFields } } } } }`);
    const settings = answer.data.viewer.accounts[0].settings.magicTransitTunnelHealthChecksAdaptiveGroups;
    expect(settings).toMatchObject({ enabled: true, maxDuration: 604800, maxPageSize: 10000 });
    expect(settings.availableFields).toContain('dimensions.edgeColoCode');
  });

  it('lets results arrive late and grow', async () => {
    const late = lab({ scenario: scenarioWith([]), start: 0 });
    const minute = () => late.health(0, MINUTE).reduce((sum, row) => sum + row.count, 0);
    const seen: number[] = [];
    for (const at of [30 * SECOND, 75 * SECOND, 100 * SECOND, 3 * MINUTE, 10 * MINUTE]) {
      await late.to(at);
      seen.push(minute());
    }
    expect(seen[0]).toBe(0);
    expect(seen[1]).toBeGreaterThan(0);
    expect(seen[2]).toBeGreaterThan(seen[1] ?? 0);
    expect(seen[3]).toBeGreaterThan(seen[2] ?? 0);
    expect(seen[4]).toBe(seen[3]);
  });
});
