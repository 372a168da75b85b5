import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HealthWindow, Transport } from '../../../src/engine/cloudflare/contract.ts';
import { TRAFFIC_DATASET, TRAFFIC_QUERIES } from '../../../src/engine/cloudflare/traffic.ts';
import { ACCOUNT, clientFor, json, type Seen, type Site, site, transport } from './loopback.ts';

const FROM = Date.UTC(2026, 10, 20, 4, 0);
const WINDOW: HealthWindow = { from: FROM, to: FROM + 6 * 3_600_000 };

const rowOf = (tunnelName: string, bits: number): unknown => ({ sum: { bits }, dimensions: { tunnelName } });
const data = (rows: unknown): unknown => ({
  data: { viewer: { accounts: [{ [TRAFFIC_DATASET]: rows }] } },
  errors: null,
});

describe('tunnel traffic', () => {
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
  const ask = (healthPageSize = 100) => {
    server.seen.length = 0;
    return clientFor(server.base, { transport: way, healthPageSize }).tunnelTraffic(ACCOUNT, WINDOW);
  };
  const serve = (body: unknown, status = 200): void => {
    answer = (_, response) => json(response, status, body);
  };

  it('asks once for six hours by name, and never for what empties the answer', async () => {
    serve(data([rowOf('a', 12), rowOf('b', 0)]));
    expect(await ask()).toMatchObject({
      ok: true,
      value: [
        { tunnelName: 'a', bits: 12 },
        { tunnelName: 'b', bits: 0 },
      ],
      meta: { requests: 1 },
    });
    expect(JSON.parse(server.seen[0]?.body ?? '').variables).toEqual({
      account: ACCOUNT,
      from: '2026-11-20T04:00:00.000Z',
      to: '2026-11-20T10:00:00.000Z',
      limit: 100,
    });
    for (const text of Object.values(TRAFFIC_QUERIES)) expect(text).not.toMatch(/\bactive\b|direction/);
  });

  it('follows pages by name', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    answer = (seen, response) => {
      const { variables } = JSON.parse(seen.body);
      const rest = names.filter((name) => name > (variables.name ?? '')).slice(0, variables.limit);
      json(response, 200, data(rest.map((name, i) => rowOf(name, i + 1))));
    };
    const read = await ask(3);
    expect(read.ok && read.value.map(({ tunnelName }) => tunnelName)).toEqual(names);
    expect(read.meta.requests).toBe(3);
  });

  it('does not go round for ever on a server that repeats its page', async () => {
    serve(data([rowOf('a', 1), rowOf('b', 1)]));
    const read = await ask(2);
    expect(read.ok).toBe(true);
    expect(read.meta.requests).toBe(2);
  });

  it('leaves out rows that it cannot read, and takes an empty answer for what it is', async () => {
    serve(data([rowOf('a', 12), { sum: null, dimensions: {} }, rowOf('b', -4), 'nonsense', rowOf('c', 3)]));
    const read = await ask();
    expect(read.ok && read.value.map(({ tunnelName }) => tunnelName)).toEqual(['a', 'c']);
    serve(data([]));
    expect(await ask()).toMatchObject({ ok: true, value: [] });
  });

  it.each([
    ['no row that can be read', data(['nonsense']), 'wrong-shape'],
    ['no rows at all', { data: { viewer: { accounts: [{}] } }, errors: null }, 'wrong-shape'],
    ['an account that is left out', { data: { viewer: { accounts: [] } }, errors: null }, 'missing-permission'],
    [
      'a refusal in a 200',
      { data: null, errors: [{ message: 'not authorized for that account', extensions: { code: 'authz' } }] },
      'missing-permission',
    ],
  ])('tells %s as its fault', async (_, body, kind) => {
    serve(body);
    expect(await ask()).toMatchObject({ ok: false, error: { kind } });
  });
});
