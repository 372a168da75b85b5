import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createBridgeHost } from '../../src/engine/bridge/host.ts';
import { systemClock } from '../../src/engine/clock.ts';
import type { HostAnswer } from '../../src/headless/ask-host.ts';
import { browserOpener } from '../../src/headless/browser.ts';
import { inWords, rowTrouble, STATUS_EXIT, statusCode } from '../../src/headless/commands/status.ts';
import { electronBinary, noWindowBecause } from '../../src/headless/desktop-binary.ts';
import { healthOf } from '../../src/headless/health.ts';
import { createLog, logHost } from '../../src/headless/log.ts';
import { defaultPaths } from '../../src/headless/paths.ts';
import { progressBar } from '../../src/headless/terminal.ts';
import type { AccountStatus, BoardRow } from '../../src/shared/model.ts';
import { ACCOUNT, badToken, fakeEngine, fakeRow } from '../fakes/engine.ts';

describe('the usual places', () => {
  it.each<[NodeJS.Platform, Record<string, string>, string, string]>([
    ['linux', {}, '/home/u/.config/tunnelwatch/config.yaml', '/home/u/.local/share/tunnelwatch'],
    ['linux', { XDG_CONFIG_HOME: '/c', XDG_DATA_HOME: '/d' }, '/c/tunnelwatch/config.yaml', '/d/tunnelwatch'],
    [
      'linux',
      { XDG_CONFIG_HOME: 'relative', XDG_DATA_HOME: '' },
      '/home/u/.config/tunnelwatch/config.yaml',
      '/home/u/.local/share/tunnelwatch',
    ],
    [
      'darwin',
      {},
      '/home/u/Library/Application Support/Tunnelwatch/config.yaml',
      '/home/u/Library/Application Support/Tunnelwatch',
    ],
  ])('on %s with %j', (platform, env, config, data) => {
    expect(defaultPaths(env, platform, '/home/u')).toEqual({ config, data });
  });
});

describe('opening a window or a browser', () => {
  it.each<[Record<string, string>, NodeJS.Platform, string | null]>([
    [{ DISPLAY: ':0' }, 'linux', 'xdg-open'],
    [{ WAYLAND_DISPLAY: 'wayland-0' }, 'linux', 'xdg-open'],
    [{}, 'linux', null],
    [{ DISPLAY: '' }, 'linux', null],
    [{ DISPLAY: ':0', SSH_CONNECTION: 'x' }, 'linux', null],
    [{ CI: '1' }, 'darwin', null],
    [{}, 'darwin', 'open'],
    [{}, 'win32', 'cmd'],
  ])('with %j on %s the browser is opened by %s', (env, platform, program) => {
    expect(browserOpener(env, platform)?.[0] ?? null).toBe(program);
  });

  it.each<[Record<string, string>, NodeJS.Platform, number | undefined, RegExp | null]>([
    [{}, 'linux', 1000, /no display/],
    [{ DISPLAY: ':0' }, 'linux', 0, /root/],
    [{ DISPLAY: ':0' }, 'linux', 1000, null],
    [{}, 'darwin', 501, null],
    [{}, 'win32', undefined, null],
  ])('with %j on %s as %s a window', (env, platform, uid, reason) => {
    const because = noWindowBecause(env, platform, uid);
    if (reason === null) expect(because).toBeNull();
    else expect(because).toMatch(reason);
  });

  it('finds the binary of Electron only when it is really there', () => {
    const root = mkdtempSync(join(tmpdir(), 'tw-electron-'));
    const folder = join(root, 'node_modules', 'electron');
    expect(electronBinary(root, {})).toBeNull();
    mkdirSync(join(folder, 'dist'), { recursive: true });
    writeFileSync(join(folder, 'path.txt'), 'electron');
    expect(electronBinary(root, {})).toBeNull();
    writeFileSync(join(folder, 'dist', 'electron'), '');
    expect(electronBinary(root, {})).toBe(join(folder, 'dist', 'electron'));
    expect(electronBinary(root, { ELECTRON_OVERRIDE_DIST_PATH: '/elsewhere' })).toBeNull();
  });
});

describe('words', () => {
  const [account] = fakeEngine().board().status.accounts;

  it.each([
    [0, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [3_600_000, '1 h'],
    [11_100_000, '3 h 5 min'],
    [86_400_000, '1 d'],
    [190_800_000, '2 d 5 h'],
    [-5, '0 s'],
  ])('%i ms is %s', (ms, words) => expect(inWords(ms)).toBe(words));

  it('name what is wrong with a tunnel, and nothing else', () => {
    const row = fakeRow(ACCOUNT, 0);
    const now = row.lanes.bgp.since + 840_000;
    expect(rowTrouble(row, now, account)).toBe('');
    const bgp = { value: 'down', since: row.lanes.bgp.since, exact: true } as const;
    const psk = { value: 'stale', since: row.lanes.psk.since, exact: false } as const;
    const trouble = rowTrouble(
      { ...row, lanes: { ...row.lanes, bgp, psk }, recovering: true, unreadable: 'no name' },
      now,
      account,
    );
    expect(trouble).toBe('BGP down (14 min), PSK stale (over 14 min), recovering, unreadable: no name');
  });
});

describe('status', () => {
  const { status } = fakeEngine().board();
  const [account] = status.accounts;
  const row = fakeRow(ACCOUNT, 0);
  const bgp = { value: 'unconfigured', since: 0, exact: false } as const;
  const answer = (healthAgeMs: number | null, lanes: Partial<BoardRow['lanes']>): HostAnswer => {
    if (account === undefined) throw new Error('no account');
    const accounts = [{ ...account, id: row.accountId, healthAgeMs }];
    const board = { ...fakeEngine().board(), status: { ...status, accounts } };
    return {
      health: { ...healthOf(status), status: 'seeing' },
      board: { ...board, rows: [{ ...row, severity: 'ok', lanes: { ...row.lanes, ...lanes } }] },
    };
  };
  const health = { value: 'healthy', since: 0, exact: false } as const;

  it('says that all is well on recent facts alone', () => {
    expect(statusCode(answer(30_000, { health }))).toBe(STATUS_EXIT.ok);
    expect(statusCode(answer(30_000, { bgp, health }))).toBe(STATUS_EXIT.ok);
    // The session says up by itself, on a fact of the list.
    expect(statusCode(answer(null, { health }))).toBe(STATUS_EXIT.ok);
    expect(statusCode(answer(3_600_000, { bgp, health }))).toBe(STATUS_EXIT.blind);
    expect(statusCode(answer(null, { bgp, health }))).toBe(STATUS_EXIT.blind);
    expect(statusCode(answer(30_000, { bgp, health: { ...health, value: 'unobserved' } }))).toBe(STATUS_EXIT.blind);
  });

  it('names what it cannot see', () => {
    const words = (...args: Parameters<typeof answer>): string => {
      const { board } = answer(...args);
      const [only] = board.rows;
      if (only === undefined) throw new Error('no row');
      return rowTrouble(only, 0, board.status.accounts[0]);
    };
    expect(words(30_000, { bgp, health })).toBe('');
    expect(words(3_600_000, { bgp, health })).toBe('health not read for 1 h');
    expect(words(null, { bgp, health })).toBe('health not read yet');
  });

  it('tells of a clock that is wrong', () => {
    if (account === undefined) throw new Error('no account');
    const wrong = { ...status, accounts: [{ ...account, clockAheadMs: 3_600_000 }] };
    expect(healthOf(wrong).accounts[0]?.reason).toBe("The clock of this machine is 60 min behind Cloudflare's.");
    expect(healthOf(status).accounts[0]?.reason).toBeNull();
  });
});

describe('progress', () => {
  function bar(live: boolean, shares: readonly number[]): string {
    const error = new PassThrough();
    const draw = progressBar({ out: new PassThrough(), error, live }, 'Past');
    for (const share of shares) draw(share);
    return String(error.read() ?? '');
  }
  it('is a line for each tenth where nobody watches', () => {
    expect(bar(false, [0, 0.01, 0.09, 0.1, 0.5, 0.5, 1, 1])).toBe('Past: 0 %\nPast: 10 %\nPast: 50 %\nPast: 100 %\n');
  });
  it('is one line redrawn on a terminal', () => {
    const drawn = bar(true, [0, 0.5, 1]);
    expect(drawn.split('\r').length).toBe(4);
    expect(drawn.endsWith(`${'█'.repeat(30)} 100 %\n`)).toBe(true);
  });
});

describe('the log', () => {
  function listen(): { stream: PassThrough; text: () => string } {
    const stream = new PassThrough();
    let all = '';
    stream.on('data', (part) => {
      all += String(part);
    });
    return { stream, text: () => all };
  }

  it('strikes out what is called like a secret, however deep', () => {
    const { stream, text } = listen();
    const log = createLog('info', stream);
    log.info({ token: 'CANARY', account: { key: 'CANARY', headers: { authorization: 'CANARY' } } }, 'x');
    log.info({ headers: { cookie: 'CANARY', 'set-cookie': 'CANARY' } }, 'x');
    expect(text()).toContain('•••');
    expect(text()).not.toContain('CANARY');
  });

  it('tells once when an account goes blind and once when it sees again', () => {
    const { stream, text } = listen();
    const engine = fakeEngine();
    const host = createBridgeHost({ engine, clock: systemClock(), startPractice: null, onBug: () => undefined });
    logHost(host, createLog('info', stream));
    engine.pulse();
    engine.blind(badToken);
    engine.pulse();
    engine.blind(null);
    const lines = text()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ msg, reason }) => [msg, reason])).toEqual([
      ['seeing', undefined],
      ['blind', badToken.sentence],
      ['seeing', undefined],
    ]);
  });

  it('tells when health results alone are missing, and when the clock is wrong, once each', () => {
    const { stream, text } = listen();
    const { status } = fakeEngine().board();
    const [account] = status.accounts;
    if (account === undefined) throw new Error('no account');
    let say = (_: Partial<AccountStatus>): void => undefined;
    logHost(
      {
        subscribe(listener) {
          say = (more) => listener({ type: 'pulse', status: { ...status, accounts: [{ ...account, ...more }] } });
          return () => undefined;
        },
      },
      createLog('info', stream),
    );
    const healthBlind = { since: 0, fault: badToken };
    say({});
    say({ healthBlind, clockAheadMs: -120_000 });
    say({ healthBlind, clockAheadMs: -130_000 });
    say({});
    const said = text()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).msg);
    expect(said).toEqual([
      'seeing',
      'blind to health results',
      "The clock of this machine is 2 min ahead of Cloudflare's. The times that we write down are off by as much.",
      'seeing health results',
    ]);
  });
});
