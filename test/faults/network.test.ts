/**
 * Rows 1-10 of the fault matrix: the way to Cloudflare and Cloudflare itself misbehave. Whatever happens, a fault of ours is
 * never shown as a fault of a tunnel.
 */
import type { LookupFunction } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { envelope, failure, send } from './bad-server.ts';
import { CANARY, INTERVAL, untouched, type Watching, watching } from './watching.ts';

const UP = ['up', 'up', 'up', 'up', 'up'];
const MINUTE = 60_000;
let w: Watching;

/** A first minute in which all is well. */
async function seen(...args: Parameters<typeof watching>): Promise<Watching> {
  const started = await watching(...args);
  await started.pass(MINUTE);
  expect(started.account().phase).toBe('seeing');
  expect(untouched(started).bgp).toEqual(UP);
  started.changes.length = 0;
  return started;
}

function expectBlind(kind: string): void {
  expect(w.account()).toMatchObject({ phase: 'blind', blind: { fault: { kind } } });
  expect(untouched(w)).toEqual({ changes: 0, bgp: UP });
  expect(w.kinds().filter((k) => k === 'blind')).toHaveLength(1);
}

async function expectSightBack(): Promise<void> {
  w.server.habit = null;
  await w.pass(INTERVAL + 10_000);
  expect(w.account().phase).toBe('seeing');
  expect(w.kinds().filter((k) => k === 'seeing')).toHaveLength(1);
  expect(untouched(w)).toEqual({ changes: 0, bgp: UP });
}

describe('row 1: DNS is down', () => {
  let broken = false;
  const lookup: LookupFunction = (host, options, done) => {
    if (broken) done(Object.assign(new Error(`getaddrinfo EAI_AGAIN ${host}`), { code: 'EAI_AGAIN' }), []);
    else if (options.all === true) done(null, [{ address: '127.0.0.1', family: 4 }]);
    else done(null, '127.0.0.1', 4);
  };
  afterEach(() => w.stop());

  it('is blind, keeps the states, and sees again', async () => {
    broken = false;
    w = await seen({ host: 'localhost', transport: { lookup } });
    broken = true;
    // Connections that live on need no names: end them.
    await w.server.close();
    await w.server.reopen();
    await w.pass(3 * INTERVAL);
    expectBlind('dns');
    expect(w.account().blind?.fault.sentence).toContain('localhost');
    broken = false;
    await expectSightBack();
  });
});

describe('row 2: offline, then back', () => {
  beforeEach(async () => {
    w = await seen();
  });
  afterEach(() => w.stop());

  it('is blind after the second failure and polls well within one interval of the return', async () => {
    await w.server.close();
    await w.pass(5 * MINUTE);
    expectBlind('offline');
    expect(w.account().listAgeMs).toBeGreaterThan(w.account().staleAfterMs);
    await w.server.reopen();
    await w.pass(INTERVAL);
    expect(w.account().phase).toBe('seeing');
    expect(w.account().listAgeMs).toBeLessThanOrEqual(INTERVAL);
    expect(untouched(w)).toEqual({ changes: 0, bgp: UP });
  });

  it('draws the time without sight as one gap per source, from the last good look', async () => {
    const lastLook = w.clock.now() - (w.account().listAgeMs ?? 0);
    await w.server.close();
    await w.pass(10 * MINUTE);
    await w.server.reopen();
    await w.pass(MINUTE);
    const gaps = w.events.filter((e) => e.kind === 'gap' && e.detail.source === 'list');
    expect(gaps).toHaveLength(1);
    expect(gaps[0]?.detail.from).toBe(lastLook);
    const key = w.engine.board().rows[0]?.key;
    if (key === undefined) throw new Error('no row');
    const [track] = w.engine.history.lanes({ keys: [key], lanes: ['bgp'], from: lastLook - 1, to: w.clock.now() });
    expect(track?.intervals.map((i) => i.value)).toEqual(['up', 'unobserved', 'up']);
    expect(track?.intervals[1]).toMatchObject({ from: lastLook, to: gaps[0]?.detail.to });
  });
});

describe('row 3: 429', () => {
  beforeEach(async () => {
    w = await seen();
  });
  afterEach(() => w.stop());

  it.each([
    ['seconds', '120', 120_000],
    ['a date', null, 120_000],
    ['nothing', undefined, INTERVAL * 0.75],
  ])('waits as Retry-After says: %s', async (_, value, atLeast) => {
    w.server.habit = (_request, reply) => {
      const header = value === null ? new Date(Date.now() + 121_000).toUTCString() : value;
      send(reply, 429, failure(971, 'throttled'), header === undefined ? {} : { 'retry-after': header });
    };
    await w.pass(INTERVAL);
    const asked = w.server.asked.length;
    expect(w.account().budget.blockedForMs).toBeGreaterThan(0);
    // Up to one interval of the wait has passed already.
    await w.pass(Math.max(0, atLeast - INTERVAL - 2_000));
    expect(w.server.asked.length).toBe(asked);
    expect(untouched(w)).toEqual({ changes: 0, bgp: UP });
  });

  it('does not believe an absurd wait', async () => {
    w.server.habit = (_request, reply) => send(reply, 429, failure(971, 'throttled'), { 'retry-after': '99999999' });
    await w.pass(INTERVAL);
    w.server.habit = null;
    await w.pass(70 * MINUTE);
    expect(w.account().phase).toBe('seeing');
  });
});

describe('row 4: a burst of 5xx', () => {
  beforeEach(async () => {
    w = await seen();
  });
  afterEach(() => w.stop());

  it.each([500, 502, 503, 504])('%i: asks ever less often, then at once at pace again', async (status) => {
    w.server.habit = (_request, reply) => send(reply, status, '<html>bad gateway</html>');
    const before = w.server.asked.filter((what) => what === 'list').length;
    await w.pass(30 * MINUTE);
    const lists = w.server.asked.filter((what) => what === 'list').length - before;
    // At full pace there would have been 60.
    expect(lists).toBeGreaterThan(5);
    expect(lists).toBeLessThan(16);
    expectBlind('server-error');
    w.server.habit = null;
    await w.pass(7 * MINUTE);
    const pace = w.server.asked.filter((what) => what === 'list').length;
    await w.pass(5 * MINUTE);
    expect(w.server.asked.filter((what) => what === 'list').length - pace).toBe(10);
  });
});

describe('row 5: the token is refused', () => {
  beforeEach(async () => {
    w = await seen();
  });
  afterEach(() => w.stop());

  it.each([
    [401, 10_000, 'bad-token'],
    [403, 10_000, 'missing-permission'],
  ])('%i: stops hammering, asks for a person, keeps history', async (status, code, kind) => {
    w.server.habit = (_request, reply) => send(reply, status, failure(code, 'Authentication error'));
    await w.pass(INTERVAL);
    expectBlind(kind);
    const asked = w.server.asked.length;
    await w.pass(30 * MINUTE + 10_000);
    expect(w.server.asked.length - asked).toBeLessThan(20);
    expect(w.sent.join('\n')).not.toContain(CANARY);
    expect(w.engine.history.events({ key: null, accountId: null, before: null, limit: 50 }).length).toBeGreaterThan(0);
    w.server.habit = null;
    w.engine.pollNow(null);
    await w.pass(1_000);
    expect(w.account().phase).toBe('seeing');
  });
});

describe('row 6: answers that never end', () => {
  beforeEach(async () => {
    w = await seen({ deadlineMs: 1_500 });
  });
  afterEach(() => w.stop());

  it.each([
    ['hang before headers', () => {}],
    [
      'hang in mid body',
      (_: unknown, reply: import('node:http').ServerResponse) => {
        reply.writeHead(200, { 'content-type': 'application/json' });
        reply.write('{"success":true,');
      },
    ],
    [
      'drip a byte at a time',
      (_: unknown, reply: import('node:http').ServerResponse) => {
        reply.writeHead(200, { 'content-type': 'application/json' });
        const timer = setInterval(() => reply.write(' '), 100);
        reply.on('close', () => clearInterval(timer));
      },
    ],
  ] as const)('%s: the deadline holds, one request at a time', async (_, habit) => {
    w.server.habit = habit;
    const begin = performance.now();
    const before = w.transport.total();
    await w.pass(INTERVAL + 5_000);
    const requests = w.transport.total() - before;
    const perRequest = (performance.now() - begin) / requests;
    expect(requests).toBeGreaterThan(1);
    expect(perRequest).toBeGreaterThan(1_300);
    // None of these would ever end by itself; a busy machine may be late.
    expect(perRequest).toBeLessThan(20_000);
    expect(w.transport.peak()).toBe(1);
    expectBlind('timeout');
    await expectSightBack();
  });
});

describe('row 7: answers that are wrong', () => {
  beforeEach(async () => {
    w = await seen();
  });
  afterEach(() => w.stop());

  it.each([
    ['cut short', 'truncated', '{"success":tr'],
    ['broken JSON', 'not-json', '{"success":true,,}'],
    ['a captive portal', 'not-json', '<html>Welcome to the hotel</html>'],
    ['another shape', 'wrong-shape', '{"tunnels":[1,2,3]}'],
    ['a list that is no list', 'wrong-shape', envelope({ ipsec_tunnels: 'none' })],
    ['a result without list', 'wrong-shape', envelope({})],
  ])('%s', async (_, kind, body) => {
    w.server.habit = (_request, reply) => {
      if (kind !== 'truncated') return send(reply, 200, body);
      reply.writeHead(200, { 'content-type': 'application/json', 'content-length': '999' });
      reply.write(body, () => reply.socket?.destroy());
    };
    await w.pass(3 * MINUTE);
    expectBlind(kind);
    w.server.habit = null;
    await w.pass(6 * MINUTE);
    expect(w.account().phase).toBe('seeing');
    expect(untouched(w)).toEqual({ changes: 0, bgp: UP });
  });

  it('success:false in a good status is a fault with Cloudflare’s words', async () => {
    w.server.habit = (_request, reply) => send(reply, 200, failure(1012, 'account not onboarded'));
    await w.pass(INTERVAL);
    expectBlind('not-onboarded');
  });

  it('an empty list is not "all down": tunnels are gone only when a second list agrees', async () => {
    w.server.tunnels = [];
    await w.pass(INTERVAL);
    expect(w.engine.board().rows).toHaveLength(5);
    expect(untouched(w)).toEqual({ changes: 0, bgp: UP });
    await w.pass(INTERVAL);
    expect(w.engine.board().rows).toHaveLength(0);
    expect(w.kinds().filter((k) => k === 'tunnel-disappeared')).toHaveLength(5);
    expect(w.changes).toEqual([]);
  });

  it('an unknown word is kept and shown as unknown, one bad tunnel costs itself alone', async () => {
    const [first, second, ...rest] = w.server.tunnels;
    const strange = { ...first, bgp_status: { state: 'BGP_PAUSED', tcp_established: true, updated_at: 'x' } };
    w.server.tunnels = [strange, { ...second, interface_address: 7 }, ...rest];
    await w.pass(INTERVAL);
    const rows = w.engine.board().rows;
    expect(rows[0]).toMatchObject({ bgpStatus: { state: 'unknown', raw: 'BGP_PAUSED' }, unreadable: null });
    expect(rows[0]?.lanes.bgp.value).toBe('unknown');
    expect(rows[1]?.unreadable).toMatch(/interface_address/);
    expect(rows.slice(1).map((row) => row.lanes.bgp.value)).toEqual(['up', 'up', 'up', 'up']);
    expect(w.account().phase).toBe('seeing');
  });

  it('ten times more tunnels are ten times more tunnels', async () => {
    const more = Array.from({ length: 45 }, (_, i) => ({ ...w.server.tunnels[0], id: `more-${i}`, name: `more-${i}` }));
    w.server.tunnels = [...w.server.tunnels, ...more];
    await w.pass(INTERVAL);
    expect(w.engine.board().rows).toHaveLength(50);
    expect(w.kinds().filter((k) => k === 'tunnel-appeared')).toHaveLength(45);
  });
});

describe('row 8: a body without end', () => {
  afterEach(() => w.stop());

  it('is cut at the cap, memory stays flat', async () => {
    w = await seen();
    const chunk = Buffer.alloc(65_536, 32);
    w.server.habit = (_request, reply) => {
      reply.writeHead(200, { 'content-type': 'application/json' });
      const more = (): void => {
        while (!reply.destroyed && reply.write(chunk)) {}
      };
      reply.on('drain', more);
      more();
    };
    const before = process.memoryUsage().arrayBuffers;
    await w.pass(10 * MINUTE);
    expectBlind('too-large');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1_048_576);
  });
});

describe('row 10: a redirect to elsewhere', () => {
  afterEach(() => w.stop());

  it('is not followed, the token goes nowhere', async () => {
    w = await seen();
    const elsewhere = await watching();
    await elsewhere.engine.stop();
    const askedBefore = elsewhere.server.asked.length;
    w.server.habit = (_request, reply) => send(reply, 302, '', { location: `${elsewhere.server.url}/stolen` });
    await w.pass(3 * MINUTE);
    expectBlind('redirected');
    expect(elsewhere.server.asked.length).toBe(askedBefore);
    await elsewhere.stop();
  });
});
