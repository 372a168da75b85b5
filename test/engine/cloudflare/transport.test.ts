import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/engine/clock.ts';
import type { Answer, Transport } from '../../../src/engine/cloudflare/contract.ts';
import type { Fault } from '../../../src/shared/model.ts';
import { fullTunnel } from '../../fixtures/cloudflare/tunnels.ts';
import {
  ACCOUNT,
  type ClientParts,
  clientFor,
  credentials,
  good,
  json,
  type Listening,
  rawSite,
  site,
  TOKEN,
  transport,
} from './loopback.ts';

const LIST = good({ ipsec_tunnels: [fullTunnel] });
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((thing) => thing.close()));
});
function keep<T extends { close(): Promise<void> }>(thing: T): T {
  open.push(thing);
  return thing;
}
const wire = (more: Parameters<typeof transport>[0] = {}): Transport => keep(transport(more));

async function faultFrom(port: number, parts: ClientParts = {}, scheme = 'http'): Promise<Fault> {
  const base = `${scheme}://127.0.0.1:${port}/client/v4`;
  const answer = await clientFor(base, { transport: wire(), deadlineMs: 30_000, ...parts }).listTunnels(ACCOUNT);
  if (answer.ok) throw new Error('an answer instead of a fault');
  expect(answer.error.sentence).not.toContain(TOKEN);
  expect(answer.meta.requests).toBe(1);
  return answer.error;
}
async function took(task: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await task();
  return performance.now() - start;
}
/** A port on which nobody listens. */
async function deadPort(): Promise<number> {
  const site = await rawSite(() => {});
  await site.close();
  return site.port;
}
const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';

describe('the transport', () => {
  it('keeps its connection, speaks HTTP/1.1 and says who it is', async () => {
    const server = keep(await site((_, response) => json(response, 200, LIST, { 'cf-ray': '8f-FRA' })));
    const client = clientFor(server.base, { transport: wire() });
    const first = await client.listTunnels(ACCOUNT);
    // undici calls a connection free one turn after the last byte.
    await new Promise((resolve) => setImmediate(resolve));
    const second = await client.listTunnels(ACCOUNT);
    expect([first.ok, second.ok, second.ok && second.value.unchanged]).toEqual([true, true, true]);
    expect(first.meta).toMatchObject({ requests: 1, cfRay: '8f-FRA', rate: null });
    expect(first.meta.bytes).toBeGreaterThan(500);
    expect(server.connections()).toBe(1);
    expect(server.seen[0]?.headers).toMatchObject({
      authorization: `Bearer ${TOKEN}`,
      accept: 'application/json',
      'accept-encoding': 'gzip, br',
      'user-agent': 'tunnelwatch/1.2.3',
      'x-magic-new-hc-target': 'true',
    });
  });

  it('trusts no idle connection after the machine slept: nobody may remember it at the other end', async () => {
    const server = keep(await site((_, response) => json(response, 200, LIST)));
    let slept = 0;
    const machine = systemClock();
    const clock = { ...machine, now: () => machine.now() + slept };
    const client = clientFor(server.base, { transport: wire({ clock }) });
    await client.listTunnels(ACCOUNT);
    await new Promise((resolve) => setImmediate(resolve));
    slept = 8 * 3_600_000;
    expect((await client.listTunnels(ACCOUNT)).ok).toBe(true);
    expect(server.connections()).toBe(2);
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ] as const)('decodes %s', async (name, encode) => {
    const server = keep(
      await site((_, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': name });
        response.end(encode(JSON.stringify(LIST)));
      }),
    );
    const answer = await clientFor(server.base, { transport: wire() }).listTunnels(ACCOUNT);
    expect(answer.ok && answer.value.tunnels.size).toBe(1);
  });

  it('does not follow a redirect, and the token does not reach the other host', async () => {
    const other = keep(await site((_, response) => json(response, 200, LIST)));
    for (const status of [301, 302, 303, 307, 308]) {
      const server = keep(
        await site((_, response) => {
          response.writeHead(status, { location: `${other.base}/elsewhere` });
          response.end();
        }),
      );
      const fault = await faultFrom(server.port);
      expect(fault).toMatchObject({ kind: 'redirected', status });
      expect(fault.sentence).toContain(`127.0.0.1:${other.port}`);
    }
    expect(other.seen).toEqual([]);
  });

  it('closes at once, whatever is under way', async () => {
    const server = keep(await rawSite(() => {}));
    const way = transport();
    const asked = clientFor(`http://127.0.0.1:${server.port}`, { transport: way }).listTunnels(ACCOUNT);
    await new Promise((resolve) => setTimeout(resolve, 100));
    // The deadline of what is under way is 15 s and more: whoever waited for that would take as long.
    expect(await took(() => way.close())).toBeLessThan(10_000);
    expect(await asked).toMatchObject({ ok: false });
  });
});

describe('a fault on the way', () => {
  const raw = async (text: string, then: 'end' | 'reset' | 'stay' = 'end'): Promise<Listening> =>
    keep(
      await rawSite((socket) => {
        socket.write(text);
        if (then === 'end') socket.end();
        if (then === 'reset') setTimeout(() => socket.resetAndDestroy(), 50);
      }),
    );

  it('nobody listens: offline, with the address', async () => {
    const port = await deadPort();
    const fault = await faultFrom(port);
    expect(fault.kind).toBe('offline');
    expect(fault.sentence).toContain(`127.0.0.1 port ${port}`);
  });

  it('connection reset or closed before an answer: offline', async () => {
    const reset = keep(await rawSite((socket) => socket.resetAndDestroy()));
    expect((await faultFrom(reset.port)).kind).toBe('offline');
    const closed = keep(await rawSite((socket) => socket.end()));
    expect((await faultFrom(closed.port)).kind).toBe('offline');
  });

  it.each(['ENOTFOUND', 'EAI_AGAIN'])('the name cannot be resolved (%s): dns', async (code) => {
    const error = Object.assign(new Error('lookup'), { code, hostname: 'api.example.test' });
    const way = wire({ lookup: (_host, _options, callback) => callback(error, '', 4) });
    const answer = await clientFor('https://api.example.test', { transport: way }).listTunnels(ACCOUNT);
    expect(answer).toMatchObject({ ok: false, error: { kind: 'dns' } });
    expect(!answer.ok && answer.error.sentence).toContain('api.example.test');
  });

  it('TLS to a port without TLS: tls', async () => {
    const server = await raw('HTTP/1.1 400 Bad Request\r\n\r\n');
    expect(await faultFrom(server.port, {}, 'https')).toMatchObject({ kind: 'tls' });
  });

  it('an SSH banner: not-http', async () => {
    const server = keep(await rawSite((socket) => socket.write('SSH-2.0-OpenSSH_9.2p1\r\n'), 'connection'));
    expect((await faultFrom(server.port)).kind).toBe('not-http');
  });

  it('body cut short of its length: truncated', async () => {
    const server = await raw(`${HEAD}content-length: 1000\r\n\r\n{"success":true`);
    expect((await faultFrom(server.port)).kind).toBe('truncated');
  });

  it('chunked body cut: truncated', async () => {
    const server = await raw(`${HEAD}transfer-encoding: chunked\r\n\r\nf\r\n{"success":true\r\n`);
    expect((await faultFrom(server.port)).kind).toBe('truncated');
  });

  it('reset within the body: truncated', async () => {
    const server = await raw(`${HEAD}content-length: 1000\r\n\r\n{"success":true`, 'reset');
    expect((await faultFrom(server.port)).kind).toBe('truncated');
  });

  it('gzip cut short or damaged: truncated', async () => {
    const whole = gzipSync(JSON.stringify(LIST));
    for (const body of [whole.subarray(0, -20), Buffer.from('not gzip at all')]) {
      const server = keep(
        await site((_, response) => {
          response.writeHead(200, { 'content-encoding': 'gzip' });
          response.end(body);
        }),
      );
      expect((await faultFrom(server.port)).kind).toBe('truncated');
    }
  });

  it('a web page in place of JSON: not-json; and nothing at all too', async () => {
    const server = await raw('HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n<html>Sign in</html>');
    expect((await faultFrom(server.port)).kind).toBe('not-json');
    const empty = await raw(`${HEAD}content-length: 0\r\n\r\n`);
    expect((await faultFrom(empty.port)).kind).toBe('not-json');
  });
});

describe('the deadline', () => {
  const deadlineMs = 500;
  const within = async (port: number): Promise<void> => {
    const ms = await took(async () => expect((await faultFrom(port, { deadlineMs })).kind).toBe('timeout'));
    expect(ms).toBeGreaterThan(deadlineMs - 50);
    // Without the deadline none of these would ever end; a busy machine may be late.
    expect(ms).toBeLessThan(deadlineMs + 20_000);
  };

  it('ends a hang before the headers', async () => {
    await within(keep(await rawSite(() => {})).port);
  });

  it('ends a hang within the body', async () => {
    await within(keep(await rawSite((socket) => socket.write(`${HEAD}content-length: 100\r\n\r\n{`))).port);
  });

  it('ends a slow drip, which no gap between bytes would', async () => {
    const drip = await rawSite((socket) => {
      socket.write(`${HEAD}content-length: 100000\r\n\r\n`);
      const timer = setInterval(() => socket.write(' '), 50);
      socket.on('close', () => clearInterval(timer));
    });
    await within(keep(drip).port);
  });

  it('leaves no old connection for the next question: after sleep all of them may be dead', async () => {
    let hang = false;
    const server = keep(await site((_, response) => (hang ? undefined : json(response, 200, LIST))));
    const way = wire();
    const client = clientFor(server.base, { transport: way });
    const hasty = clientFor(server.base, { transport: way, deadlineMs });
    await Promise.all([client.listTunnels(ACCOUNT), client.listTunnels(ACCOUNT)]);
    expect(server.connections()).toBe(2);
    hang = true;
    expect(await hasty.listTunnels(ACCOUNT)).toMatchObject({ ok: false, error: { kind: 'timeout' } });
    hang = false;
    expect(await client.listTunnels(ACCOUNT)).toMatchObject({ ok: true });
    expect(server.connections()).toBe(3);
  });

  it('of the caller counts too: aborted', async () => {
    const server = keep(await rawSite(() => {}));
    const ender = new AbortController();
    const client = clientFor(`http://127.0.0.1:${server.port}`, { transport: wire() });
    const asked = client.listTunnels(ACCOUNT, ender.signal);
    setTimeout(() => ender.abort('any reason'), 50);
    expect(await asked).toMatchObject({ ok: false, error: { kind: 'aborted' } });
    expect(await client.listTunnels(ACCOUNT, AbortSignal.abort())).toMatchObject({
      ok: false,
      error: { kind: 'aborted' },
    });
  });
});

describe('the size cap', () => {
  const maxBytes = 100_000;

  it('ends an endless body at once', async () => {
    let written = 0;
    const server = keep(
      await rawSite((socket) => {
        socket.write(`${HEAD}transfer-encoding: chunked\r\n\r\n`);
        const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
        const more = (): void => {
          while (!socket.destroyed && socket.write(chunk)) written += chunk.length;
          written += chunk.length;
        };
        socket.on('drain', more);
        more();
      }),
    );
    const fault = await faultFrom(server.port, { maxBytes });
    expect(fault.kind).toBe('too-large');
    expect(written).toBeLessThan(20_000_000);
  });

  it('counts what gzip unpacks', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    expect(bomb.length).toBeLessThan(maxBytes);
    const server = keep(
      await site((_, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' });
        response.end(bomb);
      }),
    );
    const before = process.memoryUsage().arrayBuffers;
    expect((await faultFrom(server.port, { maxBytes })).kind).toBe('too-large');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
  });

  it('lets a body through that just fits', async () => {
    const server = keep(await site((_, response) => json(response, 200, LIST)));
    const exact = JSON.stringify(LIST).length;
    const ask = (cap: number): Promise<Answer<unknown>> =>
      clientFor(server.base, { transport: wire(), maxBytes: cap }).listTunnels(ACCOUNT);
    expect(await ask(exact)).toMatchObject({ ok: true });
    expect(await ask(exact - 1)).toMatchObject({ ok: false, error: { kind: 'too-large' } });
  });
});

describe('the credential', () => {
  it('goes as e-mail and key where it is one', async () => {
    const server = keep(await site((_, response) => json(response, 200, LIST)));
    const source = credentials({ kind: 'key', email: 'a@example.com', key: 'k3y' });
    await clientFor(server.base, { transport: wire(), credentials: source }).listTunnels(ACCOUNT);
    expect(server.seen[0]?.headers).toMatchObject({ 'x-auth-email': 'a@example.com', 'x-auth-key': 'k3y' });
    expect(server.seen[0]?.headers.authorization).toBeUndefined();
  });

  it('with a line break in it is not sent at all', async () => {
    const server = keep(await site((_, response) => json(response, 200, LIST)));
    const source = credentials({ kind: 'token', token: 'abc\r\nx-evil: 1' });
    const answer = await clientFor(server.base, { transport: wire(), credentials: source }).listTunnels(ACCOUNT);
    expect(answer).toMatchObject({ ok: false, error: { kind: 'bad-token' }, meta: { requests: 0 } });
    expect([server.seen.length, source.refusals()]).toEqual([0, 1]);
  });

  it('is not sent in plain text to another machine: such an address is refused', () => {
    for (const base of ['http://api.example.com', 'http://127.0.0.1.example.com', 'ftp://127.0.0.1', 'https://a:b@c']) {
      expect(() => clientFor(base)).toThrow(TypeError);
    }
    for (const base of [
      'http://127.0.0.1:1/v4',
      'http://localhost',
      'http://[::1]:8080',
      'https://api.cloudflare.com/client/v4/',
    ]) {
      expect(() => clientFor(base)).not.toThrow();
    }
  });
});
