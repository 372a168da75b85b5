import { createServer } from 'node:https';
import type { LookupFunction } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readCaPem } from '../../../src/engine/cloudflare/ca.ts';
import { fullTunnel } from '../../fixtures/cloudflare/tunnels.ts';
import { type Authority, type Certificate, createAuthority, hasOpenssl } from './authority.ts';
import { ACCOUNT, clientFor, good, json, type Listening, listen, transport } from './loopback.ts';

/** Every name is this machine. */
const toLoopback: LookupFunction = (_host, options, callback) => {
  if (options.all === true) callback(null, [{ address: '127.0.0.1', family: 4 }]);
  else callback(null, '127.0.0.1', 4);
};
const HOST = 'api.example.test';

describe.skipIf(!hasOpenssl())('TLS (skipped where there is no openssl to make certificates)', () => {
  let authority: Authority;
  const open: { close(): Promise<void> }[] = [];
  beforeAll(() => {
    authority = createAuthority();
  });
  afterAll(() => authority.remove());
  afterEach(async () => {
    await Promise.all(open.splice(0).map((thing) => thing.close()));
  });

  async function serve(certificate: Certificate): Promise<Listening & { asked: number }> {
    const state = { asked: 0 };
    const server = createServer({ ...certificate }, (_, response) => {
      state.asked += 1;
      json(response, 200, good({ ipsec_tunnels: [fullTunnel] }));
    });
    server.on('tlsClientError', () => {});
    const listening = await listen(server);
    open.push(listening);
    return Object.assign(state, listening);
  }
  async function ask(port: number, ca: readonly string[]) {
    const way = transport({ ca, lookup: toLoopback });
    open.push(way);
    return clientFor(`https://${HOST}:${port}`, { transport: way, deadlineMs: 30_000 }).listTunnels(ACCOUNT);
  }

  it('with the authority of the settings is trusted', async () => {
    const server = await serve(authority.issue(`DNS:${HOST}`, 10));
    const read = readCaPem(`an office CA\n${authority.ca}`);
    const answer = await ask(server.port, read.ok ? read.value : []);
    expect(answer.ok && answer.value.tunnels.size).toBe(1);
  });

  it('without it is refused, with the way out in the sentence', async () => {
    const server = await serve(authority.issue(`DNS:${HOST}`, 10));
    const answer = await ask(server.port, []);
    expect(answer).toMatchObject({ ok: false, error: { kind: 'tls' } });
    expect(!answer.ok && answer.error.sentence).toMatch(/authority that this machine does not trust.*CA certificate/);
    expect(server.asked).toBe(0);
  });

  it('with an expired certificate is refused', async () => {
    const server = await serve(authority.issue(`DNS:${HOST}`, -1));
    const answer = await ask(server.port, [authority.ca]);
    expect(answer).toMatchObject({ ok: false, error: { kind: 'tls' } });
    expect(!answer.ok && answer.error.sentence).toContain('expired');
    expect(server.asked).toBe(0);
  });

  it('with a certificate for another name is refused', async () => {
    const server = await serve(authority.issue('DNS:other.example.test', 10));
    const answer = await ask(server.port, [authority.ca]);
    expect(answer).toMatchObject({ ok: false, error: { kind: 'tls' } });
    expect(!answer.ok && answer.error.sentence).toContain('another name');
    expect(server.asked).toBe(0);
  });

  it('cannot be switched off by the environment of this process', async () => {
    const server = await serve(authority.issue(`DNS:${HOST}`, 10));
    const way = transport({ lookup: toLoopback, env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } });
    open.push(way);
    const client = clientFor(`https://${HOST}:${server.port}`, { transport: way });
    expect(await client.listTunnels(ACCOUNT)).toMatchObject({ ok: false, error: { kind: 'tls' } });
  });
});

describe('a CA file', () => {
  it('without certificates, or with a broken one, is refused with a sentence', () => {
    expect(readCaPem('')).toMatchObject({ ok: false });
    expect(readCaPem('-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----')).toMatchObject({ ok: false });
    const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----';
    expect(readCaPem(broken)).toEqual({ ok: false, error: 'Certificate 1 of 1 in the CA file cannot be read.' });
  });
});
