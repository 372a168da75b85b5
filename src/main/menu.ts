/** The menu of the app: every view and every act, with keys; words that the system has are the system's. */
import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { AlertLanguage } from '../shared/alert-words/languages.ts';
import { MENU_KEYS, type MenuKeyName } from '../shared/menu-keys.ts';
import type { LinkName } from './links.ts';
import { MENU_WORDS, type MenuWords, type Role } from './menu-words.ts';
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
  /** Left out: English. */
  readonly language?: AlertLanguage;
}

const line: MenuItemConstructorOptions = { type: 'separator' };

/** An item whose act is the system's. */
function itemOf(role: Role, { roles }: MenuWords): MenuItemConstructorOptions {
  const label = roles[role];
  return label === undefined ? { role } : { role, label };
}

/** What a menu of editing offers; `null` is a line. */
const EDITING: readonly (Role | null)[] = ['undo', 'redo', null, 'cut', 'copy', 'paste', 'delete', null, 'selectAll'];

/** A menu that Electron makes by itself, in English; in another language its items are spelt out. */
function group(role: Role, items: readonly (Role | null)[], words: MenuWords): MenuItemConstructorOptions {
  const menu = itemOf(role, words);
  if (menu.label === undefined) return menu;
  return { ...menu, submenu: items.map((one) => (one === null ? line : itemOf(one, words))) };
}

/** The items with keys of their own, by name. */
function steps(acts: MenuActs, words: MenuWords): Readonly<Record<MenuKeyName, MenuItemConstructorOptions>> {
  const act: Readonly<Record<MenuKeyName, () => void>> = {
    board: () => acts.go('#/board'),
    alerts: () => acts.go('#/alerts'),
    psk: () => acts.go('#/psk'),
    settings: () => acts.go('#/settings'),
    wall: acts.openWall,
  };
  const items = MENU_KEYS.map(({ name, label, keys }): [MenuKeyName, MenuItemConstructorOptions] => {
    const accelerator = keys.map((key) => (key === 'Mod' ? 'CmdOrCtrl' : key)).join('+');
    return [name, { id: name, label: words.steps[name] ?? label, accelerator, click: act[name] }];
  });
  return Object.fromEntries(items) as Record<MenuKeyName, MenuItemConstructorOptions>;
}

/** What there is to say and to do about updates; a version that only waits is said, not done. */
function updateItems(update: UpdateState, acts: MenuActs, words: MenuWords): MenuItemConstructorOptions[] {
  const check: MenuItemConstructorOptions = { label: words.check, click: acts.checkForUpdates };
  if (update.kind === 'none') return [check];
  if (update.kind === 'ready') {
    return [{ label: words.restart(update.version), click: acts.installUpdate }];
  }
  return [{ label: words.update[update.kind](update.version), enabled: false }, check];
}

/** The menu of one platform. */
export function menuTemplate(
  { platform, devTools, update, language = 'en' }: MenuShape,
  acts: MenuActs,
): MenuItemConstructorOptions[] {
  const words = MENU_WORDS[language];
  const { board, alerts, psk, settings, wall } = steps(acts, words);
  const item = (role: Role): MenuItemConstructorOptions => itemOf(role, words);
  const mac = platform === 'darwin';
  const hiding: MenuItemConstructorOptions[] = [item('hide'), item('hideOthers'), item('unhide')];
  const app: MenuItemConstructorOptions[] = mac
    ? [item('about'), line, settings, line, item('services'), line, ...hiding, line, item('quit')]
    : [settings, line, item('close'), item('quit')];
  const zoom: MenuItemConstructorOptions[] = [item('resetZoom'), item('zoomIn'), item('zoomOut')];
  const developing: MenuItemConstructorOptions[] = [line, item('reload'), item('toggleDevTools')];
  const links = Object.entries(words.links).map(
    ([name, label]): MenuItemConstructorOptions => ({ label, click: () => acts.openLink(name as LinkName) }),
  );
  const help: MenuItemConstructorOptions[] = [
    ...links,
    line,
    { label: words.openLogs, click: acts.openLogs },
    { label: words.copyDiagnostics, click: acts.copyDiagnostics },
    line,
    ...updateItems(update, acts, words),
    ...(mac ? [] : [line, item('about')]),
  ];
  const view = [board, alerts, psk, line, wall, line, ...zoom, line, item('togglefullscreen')];
  return [
    { label: mac ? 'Tunnelwatch' : words.file, submenu: app },
    group('editMenu', EDITING, words),
    { label: mac ? words.view.replace('&', '') : words.view, submenu: devTools ? [...view, ...developing] : view },
    group('windowMenu', mac ? ['minimize', 'zoom', null, 'front'] : ['minimize', 'close'], words),
    { ...item('help'), submenu: help },
  ];
}

/** Puts the menu in place for the whole app. */
export function installMenu(shape: MenuShape, acts: MenuActs): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(shape, acts)));
}
