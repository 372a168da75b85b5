/** Words of the settings: sections, fields, what is wrong with them. Accounts have their own, see `settings-accounts.ts`. */
import type { DesktopPreferences } from '../../../shared/settings.ts';
import type { Density, Palette, Zone } from '../../state/appearance.svelte.ts';
import type { ThemeChoice } from '../../state/theme.svelte.ts';

export const title = 'Settings';
export const sections = {
  accounts: 'Accounts',
  keys: 'Keys',
  notifications: 'Notifications',
  appearance: 'Appearance',
  network: 'Network',
  data: 'Data',
  walls: 'Walls',
  desktop: 'Desktop',
  advanced: 'Advanced',
} as const;
export const navLabel = 'Parts of the settings';
export const unsavedMark = 'not saved';

/** What is wrong with a field: a whole sentence each. */
export const wrong = {
  empty: 'This is needed.',
  long: (most: number): string => `At most ${most} characters.`,
  duration: (least: string, most: string): string => `A time such as 30s, 5m, 2h or 90d, from ${least} to ${most}.`,
  order: 'Longer than the age before it.',
  accountId: 'The 32 digits and letters a to f of the account id.',
  proxy: 'The address of a proxy, such as http://proxy.example:3128.',
  apiBase: 'An https address (plain http only to this machine).',
  timeOfDay: 'Times such as 22:30.',
  zone: 'A time zone such as Europe/Amsterdam.',
  noDay: 'Choose at least one day.',
} as const;

export const form = {
  save: 'Save',
  saving: 'Saving …',
  revert: 'Undo changes',
  saved: 'Saved.',
  mend: 'Mend what is marked first.',
  usual: (value: string): string => `Usually ${value}`,
  durations: 'Times are written as 30s, 5m, 2h or 90d. An empty field takes the usual value.',
} as const;

export const leave = {
  title: 'Leave without saving?',
  what: (names: readonly string[]): string => `Not saved yet: ${names.join(', ')}.`,
  stay: 'Stay',
  discard: 'Leave, discard changes',
} as const;

export const readOnly = 'These settings cannot be changed here.';
export const noSettings = 'What this page itself remembers, such as its appearance, can be set all the same.';
export const file = (path: string): string => `The settings are kept in ${path}.`;

export const keys = {
  what: 'From which age on a pre-shared key wants to be rotated. The board, the PSK board and the alerts follow these.',
  aging: 'Aging from',
  due: 'Due from',
  stale: 'Stale from',
} as const;

export const notifications = {
  native: 'Notifications of this computer',
  nativeOn: 'Show them',
  nativeSound: 'With a sound',
  nativeVolume: 'Volume',
  noDesktop:
    'Notifications of the computer need the desktop app. In a browser this page makes sounds while it is open.',
  page: 'Sounds of this page',
  pageWhat: 'Kept in this browser, at once. One sound for each new incident, and one when it is over.',
  play: 'Play sounds',
  volume: 'Volume',
  severities: 'For',
  listen: (name: string): string => `Listen to ${name}`,
  listenShort: 'Listen',
  unable: 'This browser cannot play sounds.',
  quiet: 'Quiet hours',
  quietWhat: 'Warnings wait until quiet hours end. What is critical is told at once.',
  noQuiet: 'There are none.',
  days: 'Days',
  day: { mon: 'Mon', tue: 'Tue', wed: 'Wed', thu: 'Thu', fri: 'Fri', sat: 'Sat', sun: 'Sun' },
  from: 'From',
  to: 'To',
  add: 'Add quiet hours',
  remove: 'Remove',
  removeLabel: (from: string, to: string): string => `Remove ${from} to ${to}`,
  ownZone: (zone: string): string => `in ${zone}`,
  zone: 'Time zone',
  zoneUsual: 'That of the host',
  language: 'Language of notices',
  languageWhat:
    'Of mails, chats and notifications. Usual is that of a desktop’s system, else English. Menu and tray follow with the next start.',
  languageUsual: 'Usual',
  more: 'Where alerts go',
  sinks: 'Sinks and the delivery log',
  rules: 'Rules',
  edit: 'Sinks, routes, rules and maintenance windows are edited as text, under',
} as const;

export const appearance = {
  what: 'Kept in this browser, for this reader, and applied at once.',
  theme: 'Theme',
  themes: { system: 'As the system', dark: 'Dark', light: 'Light' } satisfies Record<ThemeChoice, string>,
  palette: 'Colours of states',
  palettes: { standard: 'Standard', separation: 'High separation' } satisfies Record<Palette, string>,
  paletteHint: 'High separation keeps the states furthest apart for every kind of colour vision; up is blue.',
  sample: { up: 'Up', degraded: 'Degraded', down: 'Down', unknown: 'Unknown' },
  density: 'Density',
  densities: { comfortable: 'Comfortable', compact: 'Compact' } satisfies Record<Density, string>,
  zoom: 'Zoom',
  zone: 'Times',
  zones: { local: 'In the zone of this machine', utc: 'In UTC' } satisfies Record<Zone, string>,
  now: (text: string): string => `Now: ${text}`,
  language: 'Language',
  languageHint: 'The page begins anew with it.',
  languageSystem: 'As the system',
} as const;

export const network = {
  what: 'For everything that Tunnelwatch asks and sends. Without a proxy of its own it takes that of the system.',
  proxy: 'Proxy',
  proxyUsual: 'That of the system, if any',
  noProxy: 'Without the proxy',
  noProxyHint: 'Hosts, separated by commas: 10.0.0.5, .example.net',
  caFile: 'Further certificate authorities',
  caHint: 'The path of a PEM file, where a proxy of your company looks into encrypted connections.',
} as const;

export const data = {
  history: 'History',
  where: (path: string): string => `It lies in ${path}.`,
  memory: 'It is kept in memory only at the moment.',
  size: (text: string): string => `It takes ${text}.`,
  dir: 'Folder',
  dirUsual: 'The usual place of the system',
  dirHint: 'Another folder begins another history; the old one is not moved.',
  changes: 'Keep changes for',
  rollups: 'Keep daily figures for',
  export: 'Take the settings along',
  exportWhat: 'As text. Tokens and other secrets are not in it.',
  show: 'Show as text',
  copy: 'Copy',
  copied: 'Copied.',
  copyByHand: 'The text is selected: copy it with Ctrl+C.',
  download: 'Download',
  textLabel: 'The settings as text',
  import: 'Read settings in',
  importWhat:
    'Replaces all settings by those of a text. Tokens stay where they are; the settings before are kept beside the file.',
  choose: 'Choose a file',
  importLabel: 'Settings to read in',
  importAct: 'Replace all settings',
  imported: 'Read in.',
} as const;

export const desktop = {
  startAtLogin: 'Start at login',
  startHint: 'Tunnelwatch starts in the tray when you log in.',
  closeToTray: 'Stay in the tray when the window is closed',
  closeHint: 'It goes on watching and telling. Quit it from its menu.',
  trayFilter: 'The tray speaks of',
  trayHint: 'Words that name, site or account of a tunnel must hold; empty for all tunnels.',
  trayAll: 'All tunnels',
  updates: 'Updates',
  update: {
    automatic: 'Install them, never while an alert fires',
    check: 'Only tell that there is one',
    off: 'Do not look for them',
  } satisfies Record<DesktopPreferences['updates'], string>,
  version: (version: string): string => `This is Tunnelwatch ${version}.`,
} as const;

export const advanced = {
  what: 'All settings as YAML: sinks, routes, rules and maintenance windows too. What is saved is the meaning of the text, without its comments.',
  label: 'All settings',
  problems: 'This is wrong:',
  line: (line: number): string => `Line ${line}`,
  goTo: (line: number): string => `Go to line ${line}`,
  reload: 'Read it again',
  report: 'Report a fault',
  reportWhat: 'Versions, states and the last lines of the log, without secrets.',
  diagnostics: 'Show diagnostics',
  diagnosticsLabel: 'Diagnostics',
} as const;
