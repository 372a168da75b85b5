import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LoginOptions, loginItem, quoteForExec } from '../../src/main/login-item.ts';
import { app, resetElectron } from '../fakes/electron.ts';

let home = '';
beforeEach(() => {
  resetElectron();
  app.isPackaged = true;
  home = mkdtempSync(join(tmpdir(), 'tunnelwatch-login-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const item = (over: Partial<LoginOptions> = {}) =>
  loginItem({ app, platform: 'linux', env: {}, home, profile: null, program: '/opt/tw', script: null, ...over });
const fileOf = (name = 'tunnelwatch'): string => join(home, '.config', 'autostart', `${name}.desktop`);
const execOf = (name?: string): string | undefined =>
  readFileSync(fileOf(name), 'utf8')
    .split('\n')
    .find((line) => line.startsWith('Exec='));

describe('start at login on Linux', () => {
  it('is an autostart file, only while somebody wants it', () => {
    const login = item();
    expect([login.isSet(), login.limit]).toEqual([false, null]);
    login.set(true);
    expect(login.isSet()).toBe(true);
    expect(readFileSync(fileOf(), 'utf8')).toBe(
      '[Desktop Entry]\nType=Application\nName=Tunnelwatch\nComment=Watches Magic IPsec tunnels\n' +
        'Exec="/opt/tw" "--hidden"\nIcon=tunnelwatch\nTerminal=false\nX-GNOME-Autostart-enabled=true\n',
    );
    expect(statSync(fileOf()).mode & 0o111).toBe(0);
    login.set(false);
    expect(existsSync(fileOf())).toBe(false);
    login.set(false);
  });

  it('starts the AppImage itself, not where it is mounted at the moment', () => {
    item({ env: { APPIMAGE: '/home/me/My Apps/tw.AppImage' }, program: '/tmp/.mount_x/tw' }).set(true);
    expect(execOf()).toBe('Exec="/home/me/My Apps/tw.AppImage" "--hidden"');
  });

  it('names the profile and, in a checkout, the app', () => {
    item({ profile: 'lab', script: '/repo' }).set(true);
    expect(execOf('tunnelwatch-lab')).toBe('Exec="/opt/tw" "/repo" "--hidden" "--profile" "lab"');
  });

  it('follows XDG_CONFIG_HOME when it is absolute', () => {
    const login = item({ env: { XDG_CONFIG_HOME: join(home, 'xdg') } });
    login.set(true);
    expect(existsSync(join(home, 'xdg', 'autostart', 'tunnelwatch.desktop'))).toBe(true);
    expect(item({ env: { XDG_CONFIG_HOME: 'relative' } }).isSet()).toBe(false);
  });

  it.each([
    ['/opt/a b', '"/opt/a b"'],
    ['/opt/a"b', '"/opt/a\\\\"b"'],
    ['/opt/$HOME`x`', '"/opt/\\\\$HOME\\\\`x\\\\`"'],
    ['/opt/a\\b', '"/opt/a\\\\\\\\b"'],
    ['/opt/100%', '"/opt/100%%"'],
  ])('writes %s as %s', (path, written) => expect(quoteForExec(path)).toBe(written));

  it('refuses a path that no such file can hold', () => {
    expect(() => item({ program: '/opt/a\nExec=evil' }).set(true)).toThrow(/line break/);
  });
});

describe('start at login elsewhere', () => {
  it('on Windows is an entry of its own for each profile', () => {
    const login = item({ platform: 'win32', profile: 'lab', program: 'C:\\tw.exe' });
    login.set(true);
    expect(app.login).toEqual({
      openAtLogin: true,
      path: 'C:\\tw.exe',
      args: ['--hidden', '--profile', 'lab'],
      name: 'Tunnelwatch-lab',
    });
    expect(login.isSet()).toBe(true);
    login.set(false);
    expect(login.isSet()).toBe(false);
  });

  it('on macOS is a login item of the usual profile', () => {
    const login = item({ platform: 'darwin' });
    login.set(true);
    expect(app.login).toEqual({ openAtLogin: true });
    expect(item({ platform: 'darwin', profile: 'lab' }).limit).toContain('usual profile');
  });

  it('needs the installed app there, and says so', () => {
    app.isPackaged = false;
    for (const platform of ['darwin', 'win32'] as const) {
      const login = item({ platform });
      expect(login.limit).toContain('installed app');
      expect(login.isSet()).toBe(false);
      expect(() => login.set(true)).toThrow();
    }
    expect(app.login).toEqual({});
  });
});
