/** The menu of the app: every view and every act, with keys; words that the system has are the system's. */
import { Menu, type MenuItemConstructorOptions } from 'electron';
import { MENU_KEYS, type MenuKeyName } from '../shared/menu-keys.ts';
import type { LinkName } from './links.ts';
import type { UpdateState } from './update.ts';

/** What the menu's items do. */
export interface MenuActs {
  /** Shows the main window at a place in its page: `#/alerts`. */
  readonly go: (place: string) => void;
  readonly openWall: () => void;
  readonly openLogs: () => void;
  readonly copyDiagnostics: () => void;
  readonly openLink: (name: LinkName) => void;
  readonly checkForUpdates: () => void;
  /** Ends the app and installs the update that is ready. */
  readonly installUpdate: () => void;
}

/** What the menu looks like. */
export interface MenuShape {
  readonly platform: NodeJS.Platform;
  /** Reload and developer tools, for a checkout. */
  readonly devTools: boolean;
  readonly update: UpdateState;
}

const LINK_LABELS: Readonly<Record<LinkName, string>> = {
  tunnelHealth: 'Tunnel health checks',
  ipsec: 'IPsec tunnels',
  endpoints: 'Tunnel endpoints',
  tokens: 'API tokens',
  status: 'Cloudflare status',
};

const line: MenuItemConstructorOptions = { type: 'separator' };

/** The items with keys of their own, by name. */
function steps(acts: MenuActs): Readonly<Record<MenuKeyName, MenuItemConstructorOptions>> {
  const act: Readonly<Record<MenuKeyName, () => void>> = {
    board: () => acts.go('#/board'),
    alerts: () => acts.go('#/alerts'),
    psk: () => acts.go('#/psk'),
    settings: () => acts.go('#/settings'),
    wall: acts.openWall,
  };
  const items = MENU_KEYS.map(({ name, label, keys }): [MenuKeyName, MenuItemConstructorOptions] => {
    const accelerator = keys.map((key) => (key === 'Mod' ? 'CmdOrCtrl' : key)).join('+');
    return [name, { id: name, label, accelerator, click: act[name] }];
  });
  return Object.fromEntries(items) as Record<MenuKeyName, MenuItemConstructorOptions>;
}

/** What there is to say and to do about updates; a version that only waits is said, not done. */
function updateItems(update: UpdateState, acts: MenuActs): MenuItemConstructorOptions[] {
  const check: MenuItemConstructorOptions = { label: 'Check for updates', click: acts.checkForUpdates };
  if (update.kind === 'none') return [check];
  if (update.kind === 'ready') {
    return [{ label: `Restart with version ${update.version}`, click: acts.installUpdate }];
  }
  const words = {
    available: 'is available',
    held: 'waits until no alert fires',
    downloading: 'is on its way',
  }[update.kind];
  return [{ label: `Version ${update.version} ${words}`, enabled: false }, check];
}

/** The menu of one platform. */
export function menuTemplate({ platform, devTools, update }: MenuShape, acts: MenuActs): MenuItemConstructorOptions[] {
  const { board, alerts, psk, settings, wall } = steps(acts);
  const mac = platform === 'darwin';
  const hiding: MenuItemConstructorOptions[] = [{ role: 'hide' }, { role: 'hideOthers' }, { role: 'unhide' }];
  const app: MenuItemConstructorOptions[] = mac
    ? [{ role: 'about' }, line, settings, line, { role: 'services' }, line, ...hiding, line, { role: 'quit' }]
    : [settings, line, { role: 'close' }, { role: 'quit' }];
  const zoom: MenuItemConstructorOptions[] = [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }];
  const developing: MenuItemConstructorOptions[] = [line, { role: 'reload' }, { role: 'toggleDevTools' }];
  const links = Object.entries(LINK_LABELS).map(
    ([name, label]): MenuItemConstructorOptions => ({ label, click: () => acts.openLink(name as LinkName) }),
  );
  const help: MenuItemConstructorOptions[] = [
    ...links,
    line,
    { label: 'Open logs', click: acts.openLogs },
    { label: 'Copy diagnostics', click: acts.copyDiagnostics },
    line,
    ...updateItems(update, acts),
    ...(mac ? [] : [line, { role: 'about' } as const]),
  ];
  const view = [board, alerts, psk, line, wall, line, ...zoom, line, { role: 'togglefullscreen' } as const];
  return [
    { label: mac ? 'Tunnelwatch' : '&File', submenu: app },
    { role: 'editMenu' },
    { label: mac ? 'View' : '&View', submenu: devTools ? [...view, ...developing] : view },
    { role: 'windowMenu' },
    { role: 'help', submenu: help },
  ];
}

/** Puts the menu in place for the whole app. */
export function installMenu(shape: MenuShape, acts: MenuActs): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(shape, acts)));
}
