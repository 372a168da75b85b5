import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { claimLinks, parseLink, placeOfLink } from '../../src/main/deep-link.ts';
import { followLinks } from '../../src/main/link-follower.ts';
import type { BoardMessage, HostMessage } from '../../src/shared/bridge.ts';
import { app, BrowserWindow, resetElectron } from '../fakes/electron.ts';
import { EMPTY_BOARD } from '../fakes/ipc-host.ts';
import { desktopBed, launchOf, settle, startAgain } from './desktop-bed.ts';

const ACCOUNT = 'a'.repeat(32);
const TUNNEL = 'b'.repeat(32);
const NOBODY = '0'.repeat(32);

describe('a link', () => {
  it.each([
    [`tunnelwatch://tunnel/${TUNNEL}`, null],
    [`tunnelwatch://tunnel/${TUNNEL}/`, null],
    [`TunnelWatch://Tunnel/${TUNNEL.toUpperCase()}`, null],
    [`tunnelwatch://tunnel/${ACCOUNT}/${TUNNEL}`, ACCOUNT],
  ])('%s names a tunnel', (link, accountId) => expect(parseLink(link)).toEqual({ accountId, tunnelId: TUNNEL }));

  it.each([
    '',
    'tunnelwatch:',
    'tunnelwatch://',
    `tunnelwatch:tunnel/${TUNNEL}`,
    `tunnelwatch://board/${TUNNEL}`,
    `tunnelwatch://tunnel/${TUNNEL}?x=1`,
    `tunnelwatch://tunnel/${TUNNEL}#/settings`,
    `tunnelwatch://tunnel/${TUNNEL}/../settings`,
    `tunnelwatch://tunnel/${TUNNEL.slice(1)}`,
    `tunnelwatch://tunnel/${TUNNEL}0`,
    `tunnelwatch://user@tunnel/${TUNNEL}`,
    `tunnelwatch://tunnel:80/${TUNNEL}`,
    `tunnelwatch://tunnel/${TUNNEL}\n--wall`,
    `tunnelwatch://tunnel/${ACCOUNT}/${ACCOUNT}/${TUNNEL}`,
    `https://tunnel/${TUNNEL}`,
    `x tunnelwatch://tunnel/${TUNNEL}`,
    'tunnelwatch://tunnel/%2e%2e',
  ])('%j is none', (link) => expect(parseLink(link)).toBeNull());

  it('becomes a place of ids alone, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((end) => `tunnelwatch://tunnel/${TUNNEL}${end}`),
        ),
        (text) => {
          const link = parseLink(text);
          if (link !== null) expect(placeOfLink(link, [])).toMatch(/^#\/tunnel\/[0-9a-f]{32}\/[0-9a-f]{32}$/);
        },
      ),
    );
  });

  it('without an account finds that of the tunnel; one that nobody knows leads to a page that says so', () => {
    const known = [`${ACCOUNT}/${TUNNEL}`];
    expect(placeOfLink({ accountId: null, tunnelId: TUNNEL }, known)).toBe(`#/tunnel/${ACCOUNT}/${TUNNEL}`);
    expect(placeOfLink({ accountId: null, tunnelId: ACCOUNT }, known)).toBe(`#/tunnel/${NOBODY}/${ACCOUNT}`);
  });

  it('is claimed for the program, and for the app that it runs in a checkout', () => {
    resetElectron();
    claimLinks(app, '/usr/bin/electron', '/repo');
    expect(app.schemes.get('tunnelwatch')).toEqual({ path: '/usr/bin/electron', args: ['/repo'] });
    claimLinks(app, '/opt/Tunnelwatch/tunnelwatch', null);
    expect(app.schemes.get('tunnelwatch')).toEqual({ path: undefined, args: undefined });
  });
});

describe('following a link', () => {
  afterEach(() => vi.useRealTimers());
  const row = { key: `${ACCOUNT}/${TUNNEL}` } as unknown as BoardMessage['rows'][number];
  function board() {
    const listeners = new Set<(message: HostMessage) => void>();
    const now = { rows: [] as BoardMessage['rows'] };
    return {
      listeners,
      learn(): void {
        now.rows = [row];
        for (const listener of [...listeners]) listener({ ...EMPTY_BOARD, rows: now.rows });
      },
      board: (): BoardMessage => ({ ...EMPTY_BOARD, rows: now.rows }),
      subscribe(listener: (message: HostMessage) => void) {
        listeners.add(listener);
        listener({ ...EMPTY_BOARD, rows: now.rows });
        return () => listeners.delete(listener);
      },
    };
  }

  it('waits for the host, and for the first answer of Cloudflare', async () => {
    const go = vi.fn();
    const links = followLinks(go, vi.fn());
    links.open(`tunnelwatch://tunnel/${TUNNEL}`);
    expect(go).not.toHaveBeenCalled();
    const host = board();
    links.attach(host);
    expect(go.mock.calls).toEqual([[]]);
    host.learn();
    expect(go.mock.calls).toEqual([[], [`#/tunnel/${ACCOUNT}/${TUNNEL}`]]);
    await settle();
    expect(host.listeners.size).toBe(0);
  });

  it('gives up after ten seconds, on the page that says that nobody knows the tunnel', () => {
    vi.useFakeTimers();
    const go = vi.fn();
    const links = followLinks(go, vi.fn());
    links.attach(board());
    links.open(`tunnelwatch://tunnel/${TUNNEL}`);
    vi.advanceTimersByTime(10_000);
    expect(go.mock.calls).toEqual([[], [`#/tunnel/${NOBODY}/${TUNNEL}`]]);
  });
});

describe('the app', () => {
  const { start } = desktopBed();
  const link = `tunnelwatch://tunnel/${ACCOUNT}/${TUNNEL}`;
  const place = `app://bundle/#/tunnel/${ACCOUNT}/${TUNNEL}`;
  const shown = (): string | undefined => BrowserWindow.getAllWindows()[0]?.webContents.getURL();

  it('opens a link that it was started with', async () => {
    await start({ launch: launchOf(link) });
    expect(BrowserWindow.getAllWindows()).toHaveLength(1);
    expect(shown()).toBe(place);
  });

  it('opens a link that a second start was given, in the window that is there', async () => {
    await start();
    startAgain(link);
    expect(BrowserWindow.getAllWindows()).toHaveLength(1);
    expect(shown()).toBe(place);
  });

  it('opens a link that macOS hands over', async () => {
    await start();
    const event = { preventDefault: vi.fn() };
    app.emit('open-url', event, link);
    expect(event.preventDefault).toHaveBeenCalled();
    expect(shown()).toBe(place);
  });

  it('stays where it is for a link that is none, and repeats nothing of it', async () => {
    const { log } = await start();
    startAgain('tunnelwatch://tunnel/<script>');
    expect(shown()).toBe('app://bundle/');
    expect(log.mock.calls).toEqual([['A link was opened that Tunnelwatch does not know.']]);
  });

  it('claims links for the usual profile alone', async () => {
    await start({ launch: launchOf('--profile', 'lab') });
    expect(app.schemes.size).toBe(0);
  });
});
