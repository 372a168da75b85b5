import { readFileSync } from 'node:fs';
import tls from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { type EmailOptions, emailNotifier } from '../../../../src/engine/alerts/sinks/email.ts';
import { systemClock } from '../../../../src/engine/clock.ts';
import { createAuthority, hasOpenssl } from '../../cloudflare/authority.ts';
import { rawSite } from '../../cloudflare/loopback.ts';
import { checkMail, type MailServer, mailServer } from './local-beds.ts';
import { notice } from './notices.ts';
import { CANARY, secret } from './receivers.ts';

const patience = (): AbortSignal => AbortSignal.timeout(20_000);

function notifierTo(port: number, more: Partial<EmailOptions> = {}, ca: readonly string[] = [], deadlineMs = 10_000) {
  return emailNotifier(
    {
      name: 'mail',
      host: '127.0.0.1',
      port,
      tls: 'none',
      login: null,
      from: 'Tunnelwatch <alerts@noc.example>',
      to: ['a@example.com', 'b@example.com'],
      ...more,
    },
    { clock: systemClock(), trust: () => tls.createSecureContext({ ca: [...ca] }), deadlineMs },
  );
}

const header = (mail: string, name: string): string =>
  new RegExp(`^${name}: (.*(?:\\r\\n[ \\t].*)*)`, 'im').exec(mail)?.[1]?.replace(/\r\n\s+/g, ' ') ?? '';

describe('e-mail', () => {
  const open: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });
  const started = async (...given: Parameters<typeof mailServer>): Promise<MailServer> => {
    const server = await mailServer(...given);
    open.push(server);
    return server;
  };

  it('makes a thread of an incident, and says the same for a repeated attempt', async () => {
    const server = await started();
    const notifier = notifierTo(server.port);
    for (const [kind, id] of [
      ['firing', '1'],
      ['firing', '1'],
      ['worse', '2'],
      ['resolved', '3'],
    ] as const) {
      await notifier.deliver(notice({ kind }), id, patience());
    }
    await notifier.deliver(notice({ id: 'i-8' }), '4', patience());
    const ids = server.mails.map((mail) => header(mail, 'Message-ID'));
    const threads = server.mails.map((mail) => header(mail, 'References'));
    expect(ids[0]).toMatch(/^<tunnelwatch-i-7-[a-z0-9]+-1@noc\.example>$/);
    expect(ids[1]).toBe(ids[0]);
    expect(new Set(ids).size).toBe(4);
    expect(new Set(threads.slice(0, 4)).size).toBe(1);
    expect(threads[4]).not.toBe(threads[0]);
    expect(server.mails.map((mail) => header(mail, 'In-Reply-To'))).toEqual(threads);
    expect(header(server.mails[0] ?? '', 'Subject')).toBe('[Tunnelwatch] Critical: ams-1 lost BGP');
    expect(header(server.mails[0] ?? '', 'To')).toBe('a@example.com, b@example.com');
    expect(header(server.mails[0] ?? '', 'Auto-Submitted')).toBe('auto-generated');
  });

  it.skipIf(!hasOpenssl())(
    'insists on STARTTLS and on a certificate that it trusts (skipped without openssl)',
    async () => {
      const authority = createAuthority();
      try {
        const { cert, key } = authority.issue('IP:127.0.0.1', 5);
        const server = await started({
          cert,
          key,
          disabledCommands: [],
          allowInsecureAuth: false,
          authOptional: false,
        });
        const login = { username: 'tw', password: secret(CANARY) };
        const good = await notifierTo(server.port, { tls: 'starttls', login }, [authority.ca]).deliver(
          notice(),
          '1',
          patience(),
        );
        expect(good).toEqual({ ok: true, sentence: `The mail server 127.0.0.1:${server.port} took it.` });
        expect(server.mails).toHaveLength(1);
        checkMail(server.mails[0] ?? '');
        const stranger = await notifierTo(server.port, { tls: 'starttls', login }).deliver(notice(), '2', patience());
        expect(stranger).toMatchObject({ ok: false, retry: true });
        expect(server.mails).toHaveLength(1);
        const wrong = { username: 'tw', password: secret('wrong pass phrase') };
        const refused = await notifierTo(server.port, { tls: 'starttls', login: wrong }, [authority.ca]).deliver(
          notice(),
          '3',
          patience(),
        );
        expect(refused).toMatchObject({
          ok: false,
          retry: false,
          sentence: expect.stringContaining('the user or the password'),
        });
        const secure = await started({ cert, key, secure: true });
        const implicit = await notifierTo(secure.port, { tls: 'implicit', login }, [authority.ca]).deliver(
          notice(),
          '4',
          patience(),
        );
        expect(implicit).toMatchObject({ ok: true });
      } finally {
        authority.remove();
      }
    },
  );

  it('sends no password and no mail where STARTTLS is not offered', async () => {
    const server = await started();
    const login = { username: 'tw', password: secret(CANARY) };
    const attempt = await notifierTo(server.port, { tls: 'starttls', login }).deliver(notice(), '1', patience());
    expect(attempt).toMatchObject({ ok: false });
    expect(server.mails).toEqual([]);
  });

  it('says when some of the addresses were refused, and fails when all were', async () => {
    const refuse = (bad: (address: string) => boolean) => ({
      onRcptTo({ address }: { address: string }, _session: unknown, callback: (error?: Error | null) => void) {
        callback(bad(address) ? Object.assign(new Error('no such user'), { responseCode: 550 }) : null);
      },
    });
    const some = await started(refuse((address) => address.startsWith('a@')));
    expect(await notifierTo(some.port).deliver(notice(), '1', patience())).toEqual({
      ok: true,
      sentence: `The mail server 127.0.0.1:${some.port} took it. It refused 1 of 2 addresses.`,
    });
    const all = await started(refuse(() => true));
    expect(await notifierTo(all.port).deliver(notice(), '2', patience())).toMatchObject({
      ok: false,
      retry: false,
      sentence: expect.stringContaining('no such user'),
    });
  });

  it('does not wait for ever, nor for what is no mail server', async () => {
    const silent = await rawSite(() => {}, 'connection');
    open.push(silent);
    const late = await notifierTo(silent.port, {}, [], 300).deliver(notice(), '1', patience());
    expect(late).toMatchObject({ ok: false, retry: true });
    const other = await rawSite((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'), 'connection');
    open.push(other);
    expect(await notifierTo(other.port).deliver(notice(), '2', patience())).toMatchObject({ ok: false, retry: true });
    const gone = await rawSite(() => {});
    await gone.close();
    expect(await notifierTo(gone.port).deliver(notice(), '3', patience())).toMatchObject({
      ok: false,
      retry: true,
      sentence: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('cannot be made to read files', async () => {
    const server = await started();
    const name = 'file:///etc/hostname';
    await notifierTo(server.port).deliver(notice({ name }), '1', patience());
    expect(server.mails[0]).toContain(name);
    expect(readFileSync('/etc/hostname', 'utf8').trim()).not.toBe('');
  });
});
