/** Words of the app's menu and of its few dialogs. Roles that have no label here bring Electron's own, which are English. */
import type { MenuItemConstructorOptions } from 'electron';
import type { AlertLanguage } from '../shared/alert-words/languages.ts';
import type { MenuKeyName } from '../shared/menu-keys.ts';
import type { LinkName } from './links.ts';

export type Role = NonNullable<MenuItemConstructorOptions['role']>;

export interface MenuWords {
  readonly links: Readonly<Record<LinkName, string>>;
  /** Left out: the labels that the keys have. */
  readonly steps: Partial<Readonly<Record<MenuKeyName, string>>>;
  readonly roles: Partial<Readonly<Record<Role, string>>>;
  /** `&` marks the key where menus have one. */
  readonly file: string;
  readonly view: string;
  readonly check: string;
  readonly restart: (version: string) => string;
  readonly update: Readonly<Record<'available' | 'held' | 'downloading', (version: string) => string>>;
  readonly openLogs: string;
  readonly copyDiagnostics: string;
  readonly logs: string;
  readonly diagnostics: string;
  readonly noDiagnostics: string;
  readonly copied: string;
  readonly copiedDetail: string;
  readonly notCopied: string;
  readonly logsClosed: (folder: string, trouble: string) => string;
}

/** The words by language. */
export const MENU_WORDS: Readonly<Record<AlertLanguage, MenuWords>> = {
  en: {
    links: {
      tunnelHealth: 'Tunnel health checks',
      ipsec: 'IPsec tunnels',
      endpoints: 'Tunnel endpoints',
      tokens: 'API tokens',
      status: 'Cloudflare status',
    },
    steps: {},
    roles: {},
    file: '&File',
    view: '&View',
    check: 'Check for updates',
    restart: (version) => `Restart with version ${version}`,
    update: {
      available: (version) => `Version ${version} is available`,
      held: (version) => `Version ${version} waits until no alert fires`,
      downloading: (version) => `Version ${version} is on its way`,
    },
    openLogs: 'Open logs',
    copyDiagnostics: 'Copy diagnostics',
    logs: 'Logs',
    diagnostics: 'Diagnostics',
    noDiagnostics: 'There are no diagnostics.',
    copied: 'The diagnostics are in the clipboard.',
    copiedDetail: 'They hold versions, states and the last lines of the log. Tokens and keys are not among them.',
    notCopied: 'They could not be copied.',
    logsClosed: (folder, trouble) => `${folder} cannot be opened: ${trouble}`,
  },
  de: {
    links: {
      tunnelHealth: 'Zustandsprüfungen der Tunnel',
      ipsec: 'IPsec-Tunnel',
      endpoints: 'Tunnel-Endpunkte',
      tokens: 'API-Tokens',
      status: 'Status von Cloudflare',
    },
    steps: { board: 'Übersicht', alerts: 'Alarme', psk: 'Pre-Shared Keys', settings: 'Einstellungen', wall: 'Wand' },
    roles: {
      about: 'Über Tunnelwatch',
      services: 'Dienste',
      hide: 'Tunnelwatch ausblenden',
      hideOthers: 'Andere ausblenden',
      unhide: 'Alle einblenden',
      quit: 'Tunnelwatch beenden',
      close: 'Fenster schließen',
      resetZoom: 'Originalgröße',
      zoomIn: 'Vergrößern',
      zoomOut: 'Verkleinern',
      reload: 'Neu laden',
      toggleDevTools: 'Entwicklerwerkzeuge',
      togglefullscreen: 'Vollbild',
      editMenu: 'Bearbeiten',
      undo: 'Rückgängig',
      redo: 'Wiederholen',
      cut: 'Ausschneiden',
      copy: 'Kopieren',
      paste: 'Einfügen',
      delete: 'Löschen',
      selectAll: 'Alles auswählen',
      windowMenu: 'Fenster',
      minimize: 'Minimieren',
      zoom: 'Zoomen',
      front: 'Alle nach vorne bringen',
      help: 'Hilfe',
    },
    file: '&Datei',
    view: '&Ansicht',
    check: 'Nach Updates suchen',
    restart: (version) => `Mit Version ${version} neu starten`,
    update: {
      available: (version) => `Version ${version} ist verfügbar`,
      held: (version) => `Version ${version} wartet, bis kein Alarm mehr anliegt`,
      downloading: (version) => `Version ${version} wird geladen`,
    },
    openLogs: 'Protokolle öffnen',
    copyDiagnostics: 'Diagnose kopieren',
    logs: 'Protokolle',
    diagnostics: 'Diagnose',
    noDiagnostics: 'Es gibt keine Diagnose.',
    copied: 'Die Diagnose ist in der Zwischenablage.',
    copiedDetail:
      'Sie enthält Versionen, Zustände und die letzten Zeilen des Protokolls, aber weder Tokens noch Schlüssel.',
    notCopied: 'Sie ließ sich nicht kopieren.',
    logsClosed: (folder, trouble) => `${folder} lässt sich nicht öffnen: ${trouble}`,
  },
};
