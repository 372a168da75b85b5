/** Updates over an updater that behaves: never while somebody is needed elsewhere, and never in the way. */
import { EventEmitter } from 'node:events';
import { CancellationToken } from 'builder-util-runtime';
import { beforeEach, describe, expect, it } from 'vitest';
import { virtualClock } from '../../src/engine/virtual-clock.ts';
import { startUpdates, type UpdateOptions, type Updater, type UpdateState } from '../../src/main/update.ts';
import { type AlertsView, type Incident, NO_ALERTS } from '../../src/shared/alerts.ts';
import { app, resetElectron } from '../fakes/electron.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** An updater with a newer version on its server; what it does goes into `did`. */
class FakeUpdater extends EventEmitter {
  autoDownload = true;
  autoInstallOnAppQuit = true;
  allowPrerelease = true;
  allowDowngrade = true;
  logger: Updater['logger'] = console;
  readonly did: string[] = [];
  version: string | null = '9.9.9';
  trouble: Error | null = null;
  /** Runs between two parts of a download. */
  meanwhile = (): void => undefined;
  handlesQuit = false;

  async checkForUpdates(): ReturnType<Updater['checkForUpdates']> {
    this.did.push('check');
    if (this.trouble !== null) {
      this.emit('error', this.trouble);
      throw this.trouble;
    }
    const updateInfo = { version: this.version ?? '0.0.0', files: [], path: '', sha512: '', releaseDate: '' };
    return { isUpdateAvailable: this.version !== null, updateInfo };
  }
  async downloadUpdate(token?: CancellationToken): Promise<readonly string[]> {
    this.did.push('download');
    this.meanwhile();
    this.emit('download-progress', {});
    if (token?.cancelled) throw new Error('cancelled');
    this.handlesQuit ||= this.autoInstallOnAppQuit;
    this.did.push('downloaded');
    return ['/tmp/update'];
  }
  quitAndInstall(silent?: boolean, again?: boolean): void {
    this.did.push(`install ${silent} ${again}`);
  }
  /** As electron-updater does when the app has ended. */
  installsAtQuit(): boolean {
    return this.handlesQuit && this.autoInstallOnAppQuit;
  }
}

let clock = virtualClock(0);
let updater: FakeUpdater;
let alerts: AlertsView;
let mode: ReturnType<UpdateOptions['mode']>;
let lines: string[];
let told: UpdateState[];
let loads: number;

const incident = (over: Partial<Incident>): AlertsView => ({
  ...NO_ALERTS,
  incidents: [{ severity: 'critical', phase: 'firing', acknowledgement: null, silencedBy: [], ...over } as Incident],
});
const FIRING = incident({});
const settle = async (): Promise<void> => {
  for (let i = 0; i < 30; i += 1) await Promise.resolve();
};
const pass = (ms: number): Promise<void> => clock.advance(ms, settle);

function started(over: Partial<UpdateOptions> = {}) {
  return startUpdates({
    clock,
    app: app as unknown as UpdateOptions['app'],
    load: async () => {
      loads += 1;
      return { updater: updater as unknown as Updater, newToken: () => new CancellationToken() };
    },
    platform: 'win32',
    env: {},
    mode: () => mode,
    alerts: () => alerts,
    log: (line) => lines.push(line),
    tell: (state) => told.push(state),
    ...over,
  });
}

beforeEach(() => {
  resetElectron();
  app.isPackaged = true;
  clock = virtualClock(0);
  updater = new FakeUpdater();
  // Its events have types of their own in electron-updater.
  updater satisfies Omit<Updater, 'on'>;
  [alerts, mode, lines, told, loads] = [NO_ALERTS, 'automatic', [], [], 0];
});

describe('in automatic mode', () => {
  it('looks soon after the start, downloads when all is quiet, and installs when the app ends', async () => {
    const updates = started();
    await pass(MINUTE - 1);
    expect(loads).toBe(0);
    await pass(1);
    expect(updater.did).toEqual(['check', 'download', 'downloaded']);
    expect(told.map(({ kind }) => kind)).toEqual(['available', 'downloading', 'ready']);
    expect(updates.state).toEqual({ kind: 'ready', version: '9.9.9' });
    // Nothing is decided before the app ends.
    expect([updater.installsAtQuit(), updater.autoDownload, updater.logger]).toEqual([false, false, null]);
    app.quit();
    expect(updater.installsAtQuit()).toBe(true);
  });

  it('looks each six hours, and not at what is ready already', async () => {
    updater.version = null;
    started();
    await pass(MINUTE + 12 * HOUR);
    expect(updater.did).toEqual(['check', 'check', 'check']);
    updater.version = '9.9.9';
    await pass(24 * HOUR);
    expect(updater.did.filter((what) => what === 'download')).toHaveLength(1);
  });

  it.each<[string, AlertsView, boolean]>([
    ['a critical incident', FIRING, true],
    ['a warning', incident({ severity: 'warning' }), true],
    ['one that recovers', incident({ phase: 'recovering' }), true],
    ['a piece of information', incident({ severity: 'info' }), false],
    ['one that is over', incident({ phase: 'resolved' }), false],
    [
      'one that somebody takes care of',
      incident({ acknowledgement: { by: 'a', at: 0, comment: '', until: null } }),
      false,
    ],
    ['one that is silenced', incident({ silencedBy: ['s-1'] }), false],
  ])('%s holds a download: %s', async (_what, firing, holds) => {
    alerts = firing;
    started();
    await pass(MINUTE);
    expect(updater.did.includes('download')).toBe(!holds);
    expect(told.at(-1)?.kind).toBe(holds ? 'held' : 'ready');
  });

  it('downloads within a minute after the alert is over, without asking again', async () => {
    alerts = FIRING;
    started();
    await pass(MINUTE + 2 * HOUR);
    expect(updater.did).toEqual(['check']);
    alerts = NO_ALERTS;
    await pass(MINUTE);
    expect(updater.did).toEqual(['check', 'download', 'downloaded']);
  });

  it('breaks a download off when an alert begins to fire, and takes it up again', async () => {
    updater.meanwhile = () => {
      alerts = FIRING;
    };
    started();
    await pass(MINUTE);
    expect([updater.did, told.at(-1)?.kind, lines]).toEqual([['check', 'download'], 'held', []]);
    [alerts, updater.meanwhile] = [NO_ALERTS, () => undefined];
    await pass(MINUTE);
    expect(told.at(-1)?.kind).toBe('ready');
  });

  it('does not install while an alert fires, neither when the app ends nor when asked', async () => {
    const updates = started();
    await pass(MINUTE);
    alerts = FIRING;
    expect(updates.install()).toBe(false);
    app.emit('before-quit', {});
    expect([updater.installsAtQuit(), updater.did.includes('install true true')]).toEqual([false, false]);
    // The end goes on: the host has stopped, and nothing fires where nobody looks.
    updates.stop();
    alerts = NO_ALERTS;
    app.emit('before-quit', {});
    expect(updater.installsAtQuit()).toBe(false);
  });

  it('does not install after all when somebody turned updates off', async () => {
    started();
    await pass(MINUTE);
    mode = 'off';
    app.quit();
    expect(updater.installsAtQuit()).toBe(false);
  });

  it('installs at once when somebody wants it', async () => {
    const updates = started();
    expect(updates.install()).toBe(false);
    await pass(MINUTE);
    expect(updates.install()).toBe(true);
    expect(updater.did.at(-1)).toBe('install true true');
  });

  it('on macOS waits for somebody who wants it, since the app would start again', async () => {
    const updates = started({ platform: 'darwin' });
    await pass(MINUTE);
    app.quit();
    expect([updater.installsAtQuit(), updater.handlesQuit, updates.install()]).toEqual([false, false, true]);
  });

  it.each<[Record<string, string>, string]>([
    [{}, 'available'],
    [{ APPIMAGE: '/opt/Tunnelwatch.AppImage' }, 'ready'],
  ])('on Linux with %j it ends at %s: packages of the system are the system’s', async (env, kind) => {
    started({ platform: 'linux', env });
    await pass(MINUTE);
    expect(told.at(-1)?.kind).toBe(kind);
  });
});

describe('otherwise', () => {
  it('checks only, where that is wanted, and forgets what it held', async () => {
    mode = 'check';
    started();
    await pass(MINUTE + 6 * HOUR);
    expect([updater.did, told.at(-1)?.kind]).toEqual([['check', 'check'], 'available']);
    app.quit();
    expect(updater.installsAtQuit()).toBe(false);
  });

  it('does not go on with a held download where only checks are wanted now', async () => {
    alerts = FIRING;
    started();
    await pass(MINUTE);
    [mode, alerts] = ['check', NO_ALERTS];
    await pass(HOUR);
    expect(updater.did).not.toContain('download');
  });

  it('does nothing where it is off, except when somebody asks', async () => {
    mode = 'off';
    const updates = started();
    await pass(48 * HOUR);
    expect([loads, told]).toEqual([0, []]);
    await updates.check();
    expect([updater.did, updates.state.kind]).toEqual([['check'], 'available']);
  });

  it('does nothing at all in a checkout', async () => {
    app.isPackaged = false;
    const updates = started();
    await pass(48 * HOUR);
    await updates.check();
    expect([loads, told]).toEqual([0, []]);
  });

  it('says trouble in one line without addresses of its stack, and tries again in its time', async () => {
    updater.trouble = new Error('net::ERR_INTERNET_DISCONNECTED\n    at x\n    at y');
    started();
    await pass(MINUTE);
    expect(lines).toEqual(['updates: net::ERR_INTERNET_DISCONNECTED']);
    updater.trouble = null;
    await pass(6 * HOUR);
    expect(told.at(-1)?.kind).toBe('ready');
    expect(lines).toHaveLength(1);
  });

  it('survives an updater that cannot be loaded', async () => {
    started({ load: () => Promise.reject(new Error('no such module')) });
    await pass(MINUTE);
    expect(lines).toEqual(['updates: no such module']);
  });

  it('stops with the app', async () => {
    const updates = started();
    updates.stop();
    await pass(48 * HOUR);
    expect(loads).toBe(0);
  });
});
