/** Beds of the notifiers that do not speak HTTP: mail, a program, the desktop. */
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { expect } from 'vitest';
import { commandNotifier } from '../../../../src/engine/alerts/sinks/command.ts';
import { emailNotifier } from '../../../../src/engine/alerts/sinks/email.ts';
import { openText } from '../../../../src/engine/alerts/sinks/held-secret.ts';
import { type NativeNotification, nativeNotifier } from '../../../../src/engine/alerts/sinks/native.ts';
import { systemClock } from '../../../../src/engine/clock.ts';
import type { Bed } from './conformance.ts';
import { CANARY, type Mood, secret } from './receivers.ts';

const again = { ok: false, retry: true } as const;
const never = { ok: false, retry: false } as const;

export interface MailServer {
  readonly port: number;
  readonly mails: string[];
  be(mood: Mood): void;
  close(): Promise<void>;
}

const reply = (code: number, text: string): Error => Object.assign(new Error(text), { responseCode: code });

/** A mail server on loopback that takes `tw` with the canary as password. */
export async function mailServer(more: SMTPServerOptions = {}): Promise<MailServer> {
  const mails: string[] = [];
  let mood: Mood = 'good';
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    disableReverseLookup: true,
    closeTimeout: 100,
    onConnect(_session, callback) {
      callback(mood === 'closes' ? reply(421, 'going down') : null);
    },
    onAuth({ username, password }, _session, callback) {
      if (mood === 'unknown-key') return callback(reply(535, 'authentication failed'));
      if (mood === 'echo') return callback(reply(535, `no ${username} with ${password}`));
      const good = username === 'tw' && password === CANARY;
      return callback(good ? null : reply(535, 'authentication failed'), { user: username ?? '' });
    },
    onData(stream, _session, callback) {
      let text = '';
      stream.on('data', (chunk) => {
        text += String(chunk);
      });
      stream.on('end', () => {
        mails.push(text);
        if (mood === 'hangs') return;
        if (mood === 'bad-request') return callback(reply(554, 'no thanks'));
        if (mood === 'busy') return callback(reply(451, 'try later'));
        if (mood === 'broken') return callback(reply(452, 'disk full'));
        callback();
      });
    },
    ...more,
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    mails,
    be(next) {
      mood = next;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

const head = (mail: string): string => mail.slice(0, mail.indexOf('\r\n\r\n'));

/** The HTML part as its reader gets it. */
export function htmlOf(mail: string): string {
  const part = mail.slice(mail.indexOf('Content-Type: text/html'));
  return part
    .replace(/=\r\n/g, '')
    .replace(/(?:=[0-9A-F]{2})+/g, (bytes) => Buffer.from(bytes.replaceAll('=', ''), 'hex').toString('utf8'));
}

/** A mail that holds what we meant and no more: no header of somebody else, no markup of somebody else. */
export function checkMail(mail: string): void {
  const names = head(mail)
    .split('\r\n')
    .filter((line) => !/^\s/.test(line))
    .map((line) => line.slice(0, line.indexOf(':')).toLowerCase());
  expect(names).toEqual(expect.arrayContaining(['from', 'to', 'subject', 'message-id', 'references', 'in-reply-to']));
  expect(names).not.toContain('bcc');
  expect(new Set(names).size).toBe(names.length);
  expect(head(mail)).not.toMatch(/evil@example\.com>|^to:.*evil/im);
  expect(htmlOf(mail)).toContain('<!doctype html>');
  expect(htmlOf(mail)).not.toMatch(/<script|<\/?b>/i);
}

async function emailBed(): Promise<Bed> {
  const server = await mailServer();
  const notifier = emailNotifier(
    {
      name: 'mail',
      host: '127.0.0.1',
      port: server.port,
      tls: 'none',
      login: { username: 'tw', password: secret(CANARY) },
      from: 'Tunnelwatch <alerts@example.com>',
      to: ['noc@example.com', 'oncall@example.com'],
    },
    { clock: systemClock(), trust: () => tls.createSecureContext(), deadlineMs: 60_000 },
  );
  return {
    notifier,
    received: () => server.mails,
    be: server.be,
    outcomes: {
      'bad-request': never,
      'unknown-key': never,
      busy: again,
      broken: again,
      closes: again,
      echo: never,
    },
    check: checkMail,
    secrets: [CANARY, Buffer.from(CANARY).toString('base64')],
    close: server.close,
  };
}

/** What the program under test does is in a file beside it, so that it can change between runs. */
const SCRIPT = `#!/bin/sh
here=$(dirname "$0")
mood=$(cat "$here/mood")
{ cat; printf '\\n%s\\n' "$1"; env; } > "$here/run.$$.new"
mv "$here/run.$$.new" "$here/run.$$.txt"
case "$mood" in
  good) echo told ;;
  bad-request) exit 2 ;;
  busy) echo later >&2; exit 75 ;;
  broken) kill -9 $$ ;;
  hangs) sleep 600 ;;
  garbage) head -c 3000000 /dev/zero | tr '\\0' '\\033'; exit 1 ;;
  echo) env; exit 3 ;;
esac
`;

async function commandBed(): Promise<Bed> {
  const folder = mkdtempSync(join(tmpdir(), 'tunnelwatch-command-'));
  const program = join(folder, 'tell.sh');
  writeFileSync(program, SCRIPT);
  chmodSync(program, 0o700);
  const be = (mood: Mood): void => writeFileSync(join(folder, 'mood'), mood);
  be('good');
  const notifier = commandNotifier(
    {
      name: 'script',
      program,
      args: ['an argument; $(not) `a` "command"'],
      env: [
        { name: 'API_KEY', value: secret(CANARY) },
        { name: 'CHANNEL', value: openText('noc') },
      ],
      timeoutMs: 10_000,
      updates: true,
    },
    systemClock(),
    { PATH: process.env.PATH, HOME: folder, CF_TOKEN: 'must-not-leak' },
  );
  return {
    notifier,
    received: () =>
      readdirSync(folder)
        .filter((file) => file.endsWith('.txt'))
        .sort()
        .map((file) => readFileSync(join(folder, file), 'utf8')),
    be,
    outcomes: { 'bad-request': again, busy: again, broken: again, garbage: again, echo: again },
    check(arrived) {
      const [body = '', argument] = arrived.split('\n');
      expect(JSON.parse(body)).toMatchObject({ version: '4', receiver: 'script' });
      expect(argument).toBe('an argument; $(not) `a` "command"');
      expect(arrived).toContain(`API_KEY=${CANARY}`);
      expect(arrived).toMatch(/^TUNNELWATCH_SEVERITY=critical$/m);
      expect(arrived).not.toContain('must-not-leak');
    },
    secrets: [CANARY],
    close: async () => rmSync(folder, { recursive: true }),
  };
}

async function nativeBed(): Promise<Bed> {
  const shown: NativeNotification[] = [];
  let mood: Mood = 'good';
  const notifier = nativeNotifier({
    name: 'desk',
    async show(notification) {
      if (mood === 'broken') throw new Error(`no bus for ${CANARY}`);
      shown.push(notification);
      if (mood === 'hangs') await new Promise(() => {});
    },
  });
  return {
    notifier,
    received: () => shown.map((one) => JSON.stringify(one)),
    be(next) {
      mood = next;
    },
    outcomes: { broken: again },
    check(arrived, sent) {
      const { title, body, tag, silent, incidentId } = JSON.parse(arrived);
      expect(title.length).toBeLessThanOrEqual(120);
      expect(body.length).toBeLessThanOrEqual(400);
      expect(title).not.toMatch(/[\r\n\0]/);
      expect(silent).toBe(sent.kind === 'update');
      expect([tag, incidentId]).toEqual(sent.kind === 'test' ? ['test', null] : ['i-7', 'i-7']);
    },
    secrets: [CANARY],
    close: async () => {},
  };
}

export const LOCAL_BEDS: Readonly<Record<string, () => Promise<Bed>>> = {
  email: emailBed,
  ...(process.platform === 'win32' ? {} : { command: commandBed }),
  native: nativeBed,
};
