/** Worte über Konten und ihre Token: der erste Start, hinzufügen, prüfen, ersetzen, entfernen. */
import type { CredentialVerdict, TokenStatus } from '../../../shared/settings.ts';
import { plural } from '../../format/number.ts';
import type { TokenFact } from '../en/settings-accounts.ts';

/** Die genauen Namen der Berechtigungen bei Cloudflare. */
export const PERMISSIONS = {
  list: 'Magic WAN Read oder Magic Transit Read',
  health: 'Account Analytics Read',
} as const;

export const begin = {
  add: 'Ein Konto beobachten',
  practice: 'Sich erst umsehen',
  file: 'Auf einem Server',
  fileWhat: 'Dieselben Einstellungen können eine Datei sein, für einen Host ohne Bildschirm:',
  network: 'Hinter einem Proxy? Zuerst unter Netz einstellen.',
} as const;

export const add = {
  title: 'Ein Konto hinzufügen',
  open: 'Ein Konto hinzufügen',
  name: 'Name',
  nameHint: 'Wie das Team es nennt',
  id: 'Konto-ID',
  idHint:
    'Bei Cloudflare: das Konto öffnen; die ID steht in der Adresse nach dash.cloudflare.com/ und unter Account home, ⋮, Copy account ID.',
  token: 'API-Token',
  tokenHint: 'My Profile, API Tokens. Es braucht diese Berechtigungen und keine anderen:',
  other: 'Andere API-Adresse',
  apiBase: 'API-Adresse',
  apiBaseHint: 'Für ein Gateway vor Cloudflares API. Das Token wird dorthin gesendet.',
  test: 'Prüfen',
  testing: 'Cloudflare wird gefragt …',
  submit: 'Hinzufügen',
  adding: 'Prüft, dann beobachtet …',
  cancel: 'Abbrechen',
} as const;

export const keep = {
  legend: 'Das Token aufbewahren',
  keychain: (name: string): string => `Im ${name}`,
  session: 'Nur für diese Sitzung',
  sessionHint: 'Im Speicher: fort, wenn Tunnelwatch endet. Es kommt nie auf die Platte.',
} as const;

/** Die Angaben eines Urteils, mit den Namen der Berechtigungen. */
export function tokenFacts({ usable, tunnels, health, mayWrite }: CredentialVerdict): readonly TokenFact[] {
  const list: TokenFact = usable
    ? {
        good: true,
        text: `Tunnel: es listet ${tunnels === null ? 'sie' : plural(tunnels, 'Tunnel', 'Tunnel')} (${PERMISSIONS.list})`,
      }
    : { good: false, text: `Tunnel: es kann sie nicht listen. Nötig: ${PERMISSIONS.list}` };
  if (!usable) return [list];
  return [
    list,
    health
      ? { good: true, text: `Zustandsprüfungen: es liest ihre Ergebnisse (${PERMISSIONS.health})` }
      : { good: false, text: `Zustandsprüfungen: es kann ihre Ergebnisse nicht lesen. Nötig: ${PERMISSIONS.health}` },
    mayWrite === null
      ? { good: null, text: 'Ob es Tunnel ändern kann, ist nicht bekannt' }
      : mayWrite
        ? { good: false, text: 'Es kann Tunnel ändern: ein Token, das nur liest, ist sicherer' }
        : { good: true, text: 'Es kann nur lesen' },
  ];
}
export const good = { yes: 'Gut', no: 'Nicht gut', unknown: 'Nicht bekannt' } as const;
export const verdict = {
  usable: 'Dieses Token taugt.',
  useless: 'Dieses Token taugt hier nicht.',
  label: 'Wozu das Token taugt',
} as const;

export const account = {
  none: 'Kein Konto wird beobachtet.',
  practice: 'Übungsbetrieb: die Tunnel der Übersicht sind erfunden. Ein Konto hinzuzufügen beendet ihn.',
  interval: 'Tunnel abfragen alle',
  healthInterval: 'Zustand abfragen alle',
  name: 'Name',
  id: 'Konto-ID',
  unwatched: 'Nicht beobachtet',
  token: 'Token',
  test: 'Das Token prüfen',
  testOf: (name: string): string => `Das Token von ${name} prüfen`,
  replace: 'Das Token ersetzen',
  replaceOf: (name: string): string => `Das Token von ${name} ersetzen`,
  remove: 'Entfernen',
  removeOf: (name: string): string => `${name} entfernen`,
  newToken: 'Neues Token',
  useIt: 'Dieses Token nehmen',
  moves: 'Es kommt dann nicht mehr von dort, woher es jetzt kommt.',
} as const;

/** Wo ein Token liegt: `Im Secret Service`. */
export function place({ place: where }: TokenStatus, vault: string): string {
  switch (where) {
    case 'keychain':
      return `Im ${vault}`;
    case 'environment':
      return 'Aus einer Umgebungsvariablen';
    case 'file':
      return 'Aus einer Datei';
    case 'session':
      return 'Im Speicher, nur für diese Sitzung';
  }
}

export const remove = {
  title: (name: string): string => `${name} entfernen?`,
  what: (name: string): string =>
    `${name} wird nicht mehr beobachtet, und sein Token verlässt den Schlüsselbund. Sein Verlauf bleibt.`,
  act: (name: string): string => `${name} entfernen`,
  cancel: 'Behalten',
} as const;
