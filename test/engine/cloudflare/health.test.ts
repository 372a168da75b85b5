import type { ServerResponse } from 'node:http';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { HealthWindow, Transport } from '../../../src/engine/cloudflare/contract.ts';
import { HEALTH_DATASET, HEALTH_QUERIES } from '../../../src/engine/cloudflare/health-query.ts';
import { ACCOUNT, clientFor, credentials, json, type Seen, type Site, site, transport } from './loopback.ts';

const FROM = Date.UTC(2026, 10, 20, 10, 0);
const MINUTE = 60_000;
const WINDOW: HealthWindow = { from: FROM, to: FROM + 8 * MINUTE };

interface Point {
  readonly name: string;
  readonly colo: string;
  readonly minute: number;
}
const rowOf = ({ name, colo, minute }: Point): unknown => ({
  count: 3,
  avg: { tunnelState: 0.5 },
  dimensions: {
    tunnelName: name,
    siteName: 'Oslo',
    edgeColoCode: colo,
    edgeColoName: `Place ${colo}`,
    datetimeMinute: `${new Date(minute).toISOString().slice(0, 19)}Z`,
  },
});

const Asked = z.object({
  query: z.string(),
  variables: z.object({ from: z.string(), to: z.string(), limit: z.number(), name: z.string().optional() }),
});

/** Answers as Cloudflare would: filter, order by name, limit. */
function query(points: readonly Point[], body: string): unknown[] {
  const { query, variables } = Asked.parse(JSON.parse(body));
  const { from, to, limit, name = '' } = variables;
  const named = (point: Point): boolean => {
    if (query === HEALTH_QUERIES.from) return point.name >= name;
    if (query === HEALTH_QUERIES.after) return point.name > name;
    return query === HEALTH_QUERIES.only ? point.name === name : true;
  };
  return points
    .filter((point) => point.minute >= Date.parse(from) && point.minute < Date.parse(to) && named(point))
    .toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    .slice(0, limit)
    .map(rowOf);
}
const data = (rows: unknown): unknown => ({
  data: { viewer: { accounts: [{ [HEALTH_DATASET]: rows }] } },
  errors: null,
});

describe('tunnel health', () => {
  let way: Transport;
  let server: Site;
  let answer: (seen: Seen, response: ServerResponse) => void;
  beforeAll(async () => {
    way = transport();
    server = await site((seen, response) => answer(seen, response));
  });
  afterAll(async () => {
    await way.close();
    await server.close();
  });
  afterEach(() => {
    server.seen.length = 0;
  });
  const serve = (points: readonly Point[]): void => {
    answer = (seen, response) => json(response, 200, data(query(points, seen.body)));
  };
  const ask = (healthPageSize: number) =>
    clientFor(server.base, { transport: way, healthPageSize }).tunnelHealth(ACCOUNT, WINDOW);

  it('asks once, with the names of the real schema', async () => {
    serve([{ name: 'a', colo: 'OSL', minute: FROM }]);
    const read = await ask(10);
    expect(read).toMatchObject({ ok: true, meta: { requests: 1 } });
    expect(read.ok && read.value).toEqual([
      {
        tunnelName: 'a',
        siteName: 'Oslo',
        coloCode: 'OSL',
        coloName: 'Place OSL',
        minute: FROM,
        state: 0.5,
        samples: 3,
      },
    ]);
    expect(server.seen[0]).toMatchObject({ method: 'POST', url: '/client/v4/graphql' });
    expect(JSON.parse(server.seen[0]?.body ?? '').variables).toEqual({
      account: ACCOUNT,
      from: '2026-11-20T10:00:00.000Z',
      to: '2026-11-20T10:08:00.000Z',
      limit: 10,
    });
    for (const text of Object.values(HEALTH_QUERIES)) expect(text).not.toMatch(/\bactive\b|resultStatus/);
  });

  it('reads every row once, however small the pages are', async () => {
    const point = fc.record({
      name: fc.constantFrom('a', 'b', 'c', 'long-name', 'z'),
      colo: fc.constantFrom('OSL', 'FRA', 'AMS'),
      minute: fc.nat(7).map((at) => FROM + at * MINUTE),
    });
    const points = fc.uniqueArray(point, {
      maxLength: 60,
      size: 'max',
      selector: (p) => `${p.name} ${p.colo} ${p.minute}`,
    });
    // A page holds at least the data centres of one minute of one tunnel: less no service grants.
    await fc.assert(
      fc.asyncProperty(points, fc.integer({ min: 4, max: 70 }), async (all, pageSize) => {
        serve(all);
        const read = await ask(pageSize);
        if (!read.ok) throw new Error(read.error.sentence);
        const key = (name: string, colo: string, minute: number): string => `${name} ${colo} ${minute}`;
        const got = read.value.map((row) => key(row.tunnelName, row.coloCode, row.minute)).sort();
        expect(got).toEqual(all.map((p) => key(p.name, p.colo, p.minute)).sort());
      }),
      { numRuns: 60 },
    );
  });

  it('reads a tunnel that alone fills pages in shorter stretches of time', async () => {
    const minutes = Array.from({ length: 8 }, (_, at) => FROM + at * MINUTE);
    const flood = minutes.flatMap((minute) => ['OSL', 'FRA', 'AMS'].map((colo) => ({ name: 'b', colo, minute })));
    serve([{ name: 'a', colo: 'OSL', minute: FROM }, ...flood, { name: 'c', colo: 'OSL', minute: FROM }]);
    const read = await ask(5);
    expect(read.ok && read.value.map((row) => row.tunnelName).sort()).toEqual(['a', ...flood.map(() => 'b'), 'c']);
  });

  it('does not go round in circles when the server always sends a full page', async () => {
    const full = (name: string): void => {
      const rows = [1, 2, 3].map((at) => rowOf({ name: at === 1 ? 'a' : name, colo: 'OSL', minute: FROM }));
      answer = (_, response) => json(response, 200, data(rows));
    };
    for (const name of ['a', 'b']) {
      full(name);
      expect(await ask(3)).toMatchObject({ ok: false, error: { kind: 'wrong-shape' } });
      expect(server.seen.length).toBeLessThan(40);
      server.seen.length = 0;
    }
  });

  it('leaves out rows that cannot be read and counts them', async () => {
    const fine = rowOf({ name: 'a', colo: 'OSL', minute: FROM });
    const odd = [
      null,
      {},
      { avg: { tunnelState: 2 } },
      { ...Object(fine), avg: { tunnelState: 7 } },
      { ...Object(fine), avg: {} },
    ];
    answer = (_, response) => json(response, 200, data([fine, ...odd]));
    const read = await ask(100);
    expect(read.ok && [read.value.length, read.meta.dropped]).toEqual([1, odd.length]);
    answer = (_, response) => json(response, 200, data(odd));
    expect(await ask(100)).toMatchObject({ ok: false, error: { kind: 'wrong-shape' } });
  });

  it.each([
    [
      { data: null, errors: [{ message: 'not authorized for that account', extensions: { code: 'authz' } }] },
      'missing-permission',
    ],
    [{ data: null, errors: [{ message: 'Authentication error' }] }, 'missing-permission'],
    [{ data: null, errors: [{ message: 'rate limiter budget depleted, try again after 5 minutes' }] }, 'rate-limited'],
    [{ data: null, errors: [{ message: 'quota exceeded' }] }, 'rate-limited'],
    [{ data: null, errors: [{ message: 'unknown field "x"' }] }, 'rejected'],
    [{ data: null, errors: [{ message: 'Internal server error' }] }, 'server-error'],
    [{ data: null, errors: [{}] }, 'rejected'],
    [{ data: { viewer: { accounts: [] } }, errors: null }, 'missing-permission'],
    [{ data: { viewer: { accounts: [{}] } } }, 'wrong-shape'],
    [{ data: null }, 'wrong-shape'],
    [[], 'wrong-shape'],
  ] as const)('with errors in a 200 is a fault: %j', async (body, kind) => {
    answer = (_, response) => json(response, 200, body);
    const read = await ask(10);
    expect(read).toMatchObject({ ok: false, error: { kind, status: 200 } });
    if (kind === 'missing-permission' && !read.ok) {
      expect(read.error.permission).toBe('Account Analytics Read');
      expect(read.error.sentence).toContain('Account Analytics Read');
    }
  });

  it('does not call the credential refused for a permission alone', async () => {
    const source = credentials();
    answer = (_, response) =>
      json(response, 200, { data: null, errors: [{ message: 'not authorized for that account' }] });
    await clientFor(server.base, { transport: way, credentials: source }).tunnelHealth(ACCOUNT, WINDOW);
    expect(source.refusals()).toBe(0);
  });

  it('never throws, whatever comes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 3 }), async (value) => {
        answer = (_, response) => json(response, 200, data(value));
        expect(typeof (await ask(1000)).ok).toBe('boolean');
      }),
      { numRuns: 50 },
    );
  });

  it('of 10,000 rows is read in little time', async () => {
    const names = Array.from({ length: 1000 }, (_, at) => `tunnel-${at}`);
    const points = names.flatMap((name) =>
      Array.from({ length: 10 }, (_, c) => ({ name, colo: `C${c}`, minute: FROM })),
    );
    const rows = points.map(rowOf);
    answer = (_, response) => json(response, 200, data(rows));
    await ask(20_000);
    const start = performance.now();
    const read = await ask(20_000);
    console.info(`10,000 health rows with the exchange: ${(performance.now() - start).toFixed(0)} ms`);
    expect(read.ok && read.value.length).toBe(10_000);
  });
});
