import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { helpActs } from '../../src/main/help-acts.ts';
import { LINKS, openLink } from '../../src/main/links.ts';
import { type MenuActs, menuTemplate } from '../../src/main/menu.ts';
import type { UpdateState } from '../../src/main/update.ts';
import { list as menuKeys } from '../../src/renderer/words/en/menu-keys.ts';
import { err, ok } from '../../src/shared/result.ts';
import { clipboard, dialog, menuItem, resetElectron, shell } from '../fakes/electron.ts';

const acts = {
  go: vi.fn(),
  openWall: vi.fn(),
  openLogs: vi.fn(),
  copyDiagnostics: vi.fn(),
  openLink: vi.fn(),
  checkForUpdates: vi.fn(),
  installUpdate: vi.fn(),
} satisfies MenuActs;
const menu = (platform: NodeJS.Platform = 'linux', devTools = false) =>
  menuTemplate({ platform, devTools, update: { kind: 'none' } }, acts);
const choose = (name: string, platform?: NodeJS.Platform): void => {
  const item = menuItem(menu(platform), name);
  if (item?.click === undefined) throw new Error(`no ${name}`);
  item.click({} as never, undefined, {} as never);
};
const accelerators = (template: readonly Electron.MenuItemConstructorOptions[]): string[] =>
  template.flatMap(({ accelerator, submenu }) => [
    ...(typeof accelerator === 'string' ? [accelerator] : []),
    ...(Array.isArray(submenu) ? accelerators(submenu) : []),
  ]);

beforeEach(() => resetElectron());
afterEach(() => vi.clearAllMocks());

describe('the menu', () => {
  it.each([
    ['Board', '#/board'],
    ['Alerts', '#/alerts'],
    ['Pre-shared keys', '#/psk'],
    ['Settings', '#/settings'],
  ])('%s goes to %s, on every system', (name, place) => {
    choose(name);
    choose(name, 'darwin');
    expect(acts.go.mock.calls).toEqual([[place], [place]]);
  });

  it('opens the wall, the logs and the documentation, and copies diagnostics', () => {
    choose('Wall');
    choose('Open logs');
    choose('Copy diagnostics');
    choose('API tokens');
    expect(acts.openWall).toHaveBeenCalledTimes(1);
    expect(acts.openLogs).toHaveBeenCalledTimes(1);
    expect(acts.copyDiagnostics).toHaveBeenCalledTimes(1);
    expect(acts.openLink.mock.calls).toEqual([['tokens']]);
  });

  it.each(['quit', 'togglefullscreen', 'zoomIn', 'zoomOut', 'resetZoom', 'editMenu', 'windowMenu', 'help'])(
    'has %s by role, in the words of the system, everywhere',
    (role) => {
      for (const platform of ['linux', 'win32', 'darwin'] as const)
        expect(menuItem(menu(platform), role)).not.toBeNull();
    },
  );

  it('reloads and shows developer tools in a checkout alone', () => {
    for (const role of ['reload', 'toggleDevTools']) {
      expect(menuItem(menu('linux', true), role)).not.toBeNull();
      expect(menuItem(menu('linux', false), role)).toBeNull();
    }
  });

  it('has the keys that the help of the page lists', () => {
    const listed = menuKeys(false).map(([keys, label]) => [
      label,
      keys.replaceAll(' ', '+').replace('Ctrl', 'CmdOrCtrl'),
    ]);
    const offered = listed.map(([label = '']) => [label, menuItem(menu(), label)?.accelerator]);
    expect(offered).toEqual(listed);
    expect(offered).toHaveLength(accelerators(menu()).length);
  });

  it('gives no key to two things', () => {
    const keys = accelerators(menu());
    expect(keys).toEqual(['CmdOrCtrl+,', 'CmdOrCtrl+1', 'CmdOrCtrl+2', 'CmdOrCtrl+3', 'CmdOrCtrl+Shift+F']);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('updates in the menu', () => {
  const labels = (update: UpdateState): string[] => {
    const help = menuTemplate({ platform: 'linux', devTools: false, update }, acts).at(-1)?.submenu;
    return Array.isArray(help) ? help.flatMap(({ label }) => (label === undefined ? [] : [label])) : [];
  };
  it.each<[UpdateState, string[]]>([
    [{ kind: 'none' }, ['Check for updates']],
    [{ kind: 'available', version: '2.0.0' }, ['Version 2.0.0 is available', 'Check for updates']],
    [{ kind: 'held', version: '2.0.0' }, ['Version 2.0.0 waits until no alert fires', 'Check for updates']],
    [{ kind: 'ready', version: '2.0.0' }, ['Restart with version 2.0.0']],
  ])('%j', (update, expected) => expect(labels(update).slice(-expected.length)).toEqual(expected));
});

describe('help', () => {
  it('opens what is written down, and nothing else', () => {
    openLink('status');
    for (const name of ['https://evil.example/', 'file:///etc/passwd', '__proto__', 'constructor', '']) openLink(name);
    expect(shell.opened).toEqual([LINKS.status]);
    for (const url of Object.values(LINKS)) expect(url).toMatch(/^https:\/\/[a-z.]*cloudflare(status)?\.com\//);
  });

  it('copies the diagnostics that the host gives, and says so', async () => {
    const call = vi.fn(async () => ok({ text: 'Tunnelwatch 1.2.3' }));
    helpActs({ call }, '/logs').copyDiagnostics();
    await expect.poll(() => dialog.messages.length).toBe(1);
    expect(call.mock.calls).toEqual([['diagnostics', {}]]);
    expect(clipboard.text).toBe('Tunnelwatch 1.2.3');
  });

  it('says why there are none', async () => {
    const refused = err({ kind: 'failed', sentence: 'The host is stopping.' } as const);
    helpActs({ call: async () => refused }, '/logs').copyDiagnostics();
    await expect.poll(() => dialog.errors.length).toBe(1);
    expect(dialog.errors[0]?.content).toBe('The host is stopping.');
    expect(clipboard.text).toBe('');
  });

  it('opens the folder of the log', () => {
    helpActs({ call: async () => ok(null) }, '/home/me/logs').openLogs();
    expect(shell.opened).toEqual(['/home/me/logs']);
  });
});
