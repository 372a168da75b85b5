import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDesktopDesk } from '../../src/main/desktop-desk.ts';
import type { LoginItem } from '../../src/main/login-item.ts';
import { openPreferences, usualPreferences } from '../../src/main/preferences.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tunnelwatch-preferences-'));
  path = join(folder, 'deep', 'preferences.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (text: string): void => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};

describe('preferences', () => {
  it('are as usual in the beginning: nothing starts at login unasked, and Linux closes into no tray unasked', () => {
    const warn = vi.fn();
    expect(openPreferences(path, 'linux', warn).current()).toEqual(usualPreferences('linux'));
    expect(usualPreferences('linux')).toMatchObject({ startAtLogin: false, closeToTray: false });
    expect(usualPreferences('win32')).toMatchObject({ startAtLogin: false, closeToTray: true });
    expect(warn).not.toHaveBeenCalled();
  });

  it('are kept from one start to the next, what is left out stays', () => {
    const preferences = openPreferences(path, 'linux', vi.fn());
    const heard = vi.fn();
    const stop = preferences.subscribe(heard);
    preferences.change({ volume: 0.2, trayFilter: undefined });
    preferences.change({ trayFilter: 'lhr' });
    stop();
    preferences.change({ sound: false });
    const expected = { ...usualPreferences('linux'), volume: 0.2, trayFilter: 'lhr', sound: false };
    expect(preferences.current()).toEqual(expected);
    expect(heard).toHaveBeenCalledTimes(2);
    expect(openPreferences(path, 'linux', vi.fn()).current()).toEqual(expected);
  });

  it.each(['', '{', 'null', '[]', '{"volume": 7}', '{"updates": "always"}'])(
    'fall back to the usual over the broken file %j, with a line in the log',
    (text) => {
      write(text);
      const warn = vi.fn();
      expect(openPreferences(path, 'darwin', warn).current()).toEqual(usualPreferences('darwin'));
      expect(warn).toHaveBeenCalledTimes(1);
    },
  );

  it('of a later version are read as far as they are known', () => {
    write('{"volume": 0.1, "hologram": true}');
    expect(openPreferences(path, 'darwin', vi.fn()).current()).toMatchObject({ volume: 0.1 });
  });

  it('that cannot be written have not changed, and the file before is whole', () => {
    const preferences = openPreferences(path, 'linux', vi.fn());
    preferences.change({ volume: 0.3 });
    const before = readFileSync(path, 'utf8');
    mkdirSync(`${path}.new`);
    expect(() => preferences.change({ volume: 0.9 })).toThrow();
    expect(preferences.current().volume).toBe(0.3);
    expect(readFileSync(path, 'utf8')).toBe(before);
  });
});

describe('the desk of the desktop', () => {
  function desk(login: Partial<LoginItem> = {}) {
    const state = { on: false };
    const log = vi.fn();
    const answers = createDesktopDesk({
      preferences: openPreferences(path, 'linux', vi.fn()),
      login: { limit: null, isSet: () => state.on, set: (on) => (state.on = on), ...login },
      version: '1.2.3',
      limits: () => ({ notifications: 'There is no server for notifications.' }),
      log,
    });
    return { answers, state, log };
  }

  it('tells preferences, limits and version', async () => {
    expect(await desk().answers.desktop({})).toEqual({
      preferences: usualPreferences('linux'),
      limits: { notifications: 'There is no server for notifications.' },
      version: '1.2.3',
    });
  });

  it('sets start at login with the system, and believes the system alone', async () => {
    const { answers, state } = desk();
    expect(await answers.setDesktop({ preferences: { startAtLogin: true, volume: 0.1 } })).toMatchObject({
      preferences: { startAtLogin: true, volume: 0.1 },
    });
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ volume: 0.1 });
    state.on = false;
    expect(await answers.desktop({})).toMatchObject({ preferences: { startAtLogin: false } });
  });

  it('says what the system cannot do, and leaves it', async () => {
    const set = vi.fn();
    const { answers } = desk({ limit: 'Only the installed app can start at login on this system.', set });
    expect(await answers.setDesktop({ preferences: { startAtLogin: true } })).toMatchObject({
      preferences: { startAtLogin: false },
      limits: { startAtLogin: 'Only the installed app can start at login on this system.' },
    });
    expect(set).not.toHaveBeenCalled();
  });

  it('says what went wrong beside what it was about, until it is tried again', async () => {
    const { answers, log } = desk({
      set: () => {
        throw new Error('EACCES: permission denied');
      },
    });
    expect(await answers.setDesktop({ preferences: { startAtLogin: true } })).toMatchObject({
      preferences: { startAtLogin: false },
      limits: { startAtLogin: expect.stringContaining('EACCES') },
    });
    expect(log).toHaveBeenCalledTimes(1);
    mkdirSync(`${path}.new`, { recursive: true });
    expect(await answers.setDesktop({ preferences: { volume: 0 } })).toMatchObject({
      preferences: { volume: 0.7 },
      limits: { volume: expect.stringContaining('could not be changed') },
    });
    rmSync(`${path}.new`, { recursive: true });
    const view = await answers.setDesktop({ preferences: { volume: 0 } });
    expect(view?.limits).not.toHaveProperty('volume');
  });
});
