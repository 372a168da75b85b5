import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/engine/clock.ts';
import type { HttpReply, Transport } from '../../src/engine/cloudflare/contract.ts';
import { createUndiciTransport } from '../../src/engine/cloudflare/transport.ts';
import { virtualClock } from '../../src/engine/virtual-clock.ts';
import {
  createSimulator,
  FAULT_RULE_KINDS,
  type FaultRule,
  type Served,
  type Simulator,
} from '../../src/simulator/index.ts';
import { json, lab, MINUTE, ORIGIN, SECOND, scenarioWith } from './helpers.ts';

/** For what hangs. */
const DEADLINE = 400;
/** For what answers: a busy machine is no fault. */
const PATIENCE = 30_000;
const MAX_BYTES = 2_000_000;

/** What came of an exchange: the status, or the name or code of the error. */
async function outcome(exchange: Promise<HttpReply>): Promise<string | number> {
  try {
    return (await exchange).status;
  } catch (error) {
    if (!(error instanceof Error)) return 'not an error';
    const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
    return error.name === 'Error' || error.name === 'SocketError' ? (code ?? error.message) : error.name;
  }
}

describe('faults on real sockets', () => {
  let sim: Simulator;
  let served: Served;
  let transport: Transport;

  beforeAll(async () => {
    sim = createSimulator({ scenario: 'calm', seed: 3, clock: systemClock() });
    served = await sim.listen();
    transport = createUndiciTransport({ proxy: null, noProxy: null, ca: [], env: {} });
  });
  afterEach(() => sim.faults.clear());
  afterAll(async () => {
    await transport.close();
    await served.close();
  });

  const ask = (
    path = `/accounts/${sim.accounts[0]?.id}/magic/ipsec_tunnels`,
    way = transport,
    base = served.url,
    deadlineMs = PATIENCE,
  ) =>
    way.exchange({
      method: 'GET',
      url: `${base}/client/v4${path}`,
      headers: { authorization: `Bearer ${sim.readToken}` },
      body: null,
      deadlineMs,
      maxBytes: MAX_BYTES,
      signal: null,
    });

  it.each([
    [{ kind: 'hang' }, 'TimeoutError'],
    [{ kind: 'hang-body' }, 'TimeoutError'],
    [{ kind: 'slow', delayMs: 3_000 }, 'TimeoutError'],
    [{ kind: 'slow', delayMs: 20 }, 200],
    [{ kind: 'drip', delayMs: 100 }, 'TimeoutError'],
    [{ kind: 'drip', delayMs: 1 }, 200],
    [{ kind: 'truncated' }, 'IncompleteBodyError'],
    [{ kind: 'truncated-chunked' }, 'IncompleteBodyError'],
    [{ kind: 'not-http' }, 'HTTPParserError'],
    [{ kind: 'huge' }, 'BodyTooLargeError'],
    [{ kind: 'endless' }, 'BodyTooLargeError'],
    [{ kind: 'redirect' }, 302],
    [{ kind: 'status', status: 500 }, 500],
    [{ kind: 'status', status: 504 }, 504],
    [{ kind: 'bad-token' }, 403],
  ] satisfies [FaultRule, string | number][])('%j', async (rule, expected) => {
    sim.faults.set(rule);
    const deadline = expected === 'TimeoutError' ? DEADLINE : PATIENCE;
    expect(await outcome(ask(undefined, transport, served.url, deadline))).toBe(expected);
    // The same from within the process, as far as the caller can tell.
    expect(await outcome(ask(undefined, sim.transport(), 'http://simulator', deadline))).toBe(expected);
  });

  it('resets the connection', async () => {
    sim.faults.set({ kind: 'reset' });
    expect(['ECONNRESET', 'UND_ERR_SOCKET']).toContain(await outcome(ask()));
    expect(await outcome(ask(undefined, sim.transport(), 'http://simulator'))).toBe('ECONNRESET');
  });

  it('says wrong things whole', async () => {
    const said = async (rule: FaultRule): Promise<string> => {
      sim.faults.set({ ...rule, times: 1 });
      return Buffer.from((await ask()).body).toString();
    };
    expect(await said({ kind: 'html' })).toContain('<!DOCTYPE html>');
    expect(() => JSON.parse('{')).toThrow();
    const broken = await said({ kind: 'broken-json' });
    expect(() => JSON.parse(broken)).toThrow();
    expect(await said({ kind: 'empty-body' })).toBe('');
    expect(JSON.parse(await said({ kind: 'wrong-shape' })).result.ipsec_tunnels).toBe('none');
    expect(JSON.parse(await said({ kind: 'empty-list' })).result.ipsec_tunnels).toEqual([]);
    expect(JSON.parse(await said({ kind: 'success-false' }))).toMatchObject({ success: false, result: null });
    expect(await said({ kind: 'unknown-words' })).toContain('BGP_GRACEFUL');
    expect(JSON.parse(await said({ kind: 'not-onboarded' })).errors[0].code).toBe(1012);
    expect(JSON.parse(Buffer.from((await ask()).body).toString()).success).toBe(true);
  });

  it('words Retry-After in every way', async () => {
    const header = async (retryAfter: FaultRule['retryAfter']): Promise<string | undefined> => {
      sim.faults.set({ kind: 'rate-limited', times: 1, ...(retryAfter === undefined ? {} : { retryAfter }) });
      const reply = await ask();
      expect(reply.status).toBe(429);
      return reply.headers['retry-after'];
    };
    expect(await header(12)).toBe('12');
    expect(Date.parse((await header({ date: 60 })) ?? '') - Date.now()).toBeGreaterThan(50_000);
    expect(await header('absurd')).toBe('99999999999');
    expect(await header('missing')).toBeUndefined();
    expect(await header('nonsense')).toBe('soon');
  });

  it('serves on while another exchange hangs', async () => {
    sim.faults.set({ kind: 'hang', times: 1 });
    const hanging = outcome(ask(undefined, transport, served.url, DEADLINE));
    expect(await outcome(ask('/user/tokens/verify'))).toBe(200);
    expect(await hanging).toBe('TimeoutError');
  });

  it('closes at once though an exchange hangs', async () => {
    const other = await sim.listen();
    sim.faults.set({ kind: 'hang', times: 1 });
    const hanging = outcome(ask(undefined, transport, other.url));
    await new Promise((resolve) => setTimeout(resolve, 50));
    await other.close();
    expect(await hanging).not.toBe(200);
  });

  it('takes faults from a person on this machine, and from no web page', async () => {
    const control = `${served.url}/__faults`;
    const headers = { 'content-type': 'application/json' };
    const set = (body: string, more = {}) => fetch(control, { method: 'POST', headers: { ...headers, ...more }, body });
    expect((await set('{"kind":"status","status":503,"times":2}')).status).toBe(200);
    expect(await (await fetch(control)).json()).toEqual({ faults: [{ kind: 'status', status: 503, times: 2 }] });
    expect((await ask()).status).toBe(503);
    expect((await fetch(control, { method: 'DELETE' })).status).toBe(200);
    expect((await ask()).status).toBe(200);
    expect((await set('{"kind":"sulk"}')).status).toBe(400);
    expect((await set('nonsense')).status).toBe(400);
    expect((await set('[{"kind":"hang"},{"kind":"reset"}]', { origin: 'https://evil.example' })).status).toBe(403);
    expect((await set('{"kind":"hang"}', { 'content-type': 'text/plain' })).status).toBe(403);
    expect(sim.faults.active).toEqual([]);
  });
});

describe('fault rules', () => {
  const world = () => lab({ scenario: 'practice', start: 15 * MINUTE });

  it('hit what they match, so many times, until so long', async () => {
    const here = world();
    const [one, two] = here.sim.accounts;
    const list = (id = one?.id) => here.ask('GET', `/accounts/${id}/magic/ipsec_tunnels`).status;
    here.sim.faults.set({ kind: 'status', status: 500, match: 'list', account: one?.name, times: 2 });
    expect([list(two?.id), list(), list(), list()]).toEqual([200, 500, 500, 200]);
    here.sim.faults.set({ kind: 'status', status: 502, match: 'graphql' });
    expect(list()).toBe(200);
    expect(here.ask('POST', '/graphql', { query: '{ viewer { budget } }' }).status).toBe(502);
    here.sim.faults.clear();
    here.sim.faults.set({ kind: 'status', status: 503, match: 'get' });
    expect(list()).toBe(200);
    expect(here.ask('GET', `/accounts/${one?.id}/magic/ipsec_tunnels/${'0'.repeat(32)}`).status).toBe(503);
    here.sim.faults.clear();
    here.sim.faults.set({ kind: 'hang', until: here.clock.now() + 10 * SECOND });
    expect(here.ask('GET', '/user/tokens/verify').act.kind).toBe('hang');
    await here.to(15 * MINUTE + 11 * SECOND);
    expect(here.ask('GET', '/user/tokens/verify').act.kind).toBe('whole');
  });

  it('come by schedule, again and again', async () => {
    const scenario = scenarioWith([], {
      faults: [{ kind: 'status', status: 503, from: '1m', for: '30s', every: '10m' }],
    });
    const here = lab({ scenario });
    const at = async (offset: number) => {
      await here.to(offset);
      return here.ask('GET', '/user/tokens/verify').status;
    };
    expect(await at(59 * SECOND)).toBe(200);
    expect(await at(61 * SECOND)).toBe(503);
    expect(await at(91 * SECOND)).toBe(200);
    expect(await at(11 * MINUTE + SECOND)).toBe(503);
  });

  it('wait on the clock within the process, and end with the deadline, the caller or the transport', async () => {
    const clock = virtualClock(ORIGIN);
    const sim = createSimulator({ scenario: 'calm', seed: 1, clock });
    const transport = sim.transport();
    const caller = new AbortController();
    const exchange = (signal: AbortSignal | null = null) => {
      const outcomeOf = outcome(
        transport.exchange({
          method: 'GET',
          url: 'http://simulator/client/v4/user/tokens/verify',
          headers: { authorization: `Bearer ${sim.readToken}` },
          body: null,
          deadlineMs: 10_000,
          maxBytes: MAX_BYTES,
          signal,
        }),
      );
      const state = { result: null as string | number | null };
      void outcomeOf.then((result) => {
        state.result = result;
      });
      return state;
    };
    const settle = async () => {
      for (let i = 0; i < 10; i++) await null;
    };
    sim.faults.set({ kind: 'hang' });
    const [first, second] = [exchange(), exchange(caller.signal)];
    await clock.advance(9_999, settle);
    expect(first.result).toBeNull();
    caller.abort();
    await clock.advance(1, settle);
    await settle();
    expect([first.result, second.result]).toEqual(['TimeoutError', 'AbortError']);
    const third = exchange();
    await transport.close();
    await settle();
    expect(third.result).toBe('AbortError');
  });

  it('all exist in the control and leave the simulator whole', () => {
    const here = world();
    for (const kind of FAULT_RULE_KINDS) {
      here.sim.faults.set({ kind, times: 1 });
      const reply = here.ask('GET', '/user/tokens/verify');
      expect(reply.headers['cf-ray']).toBeDefined();
    }
    expect(json(here.ask('GET', '/user/tokens/verify')).success).toBe(true);
  });
});
