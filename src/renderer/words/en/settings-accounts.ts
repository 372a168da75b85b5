/** Words about accounts and their tokens: the first run, adding, testing, replacing, removing. */
import type { CredentialVerdict, TokenStatus } from '../../../shared/settings.ts';
import { plural } from '../../format/number.ts';

/** The exact names of the permissions at Cloudflare, and what each is for. */
export const PERMISSIONS = {
  list: 'Magic WAN Read or Magic Transit Read',
  health: 'Account Analytics Read',
} as const;

export const begin = {
  add: 'Watch an account',
  practice: 'Look around first',
  file: 'On a server',
  fileWhat: 'The same settings can be a file, for a host without a screen:',
  network: 'Behind a proxy? Set it first, under Network.',
} as const;

export const add = {
  title: 'Add an account',
  open: 'Add an account',
  name: 'Name',
  nameHint: 'What your team calls it',
  id: 'Account id',
  idHint:
    'At Cloudflare: open the account; the id stands in the address after dash.cloudflare.com/, and under Account home, ⋮, Copy account ID.',
  token: 'API token',
  tokenHint: 'My Profile, API Tokens. It needs these permissions and no others:',
  other: 'Another API address',
  apiBase: 'API address',
  apiBaseHint: 'For a gateway in front of Cloudflare’s API. The token is sent there.',
  test: 'Test',
  testing: 'Asking Cloudflare …',
  submit: 'Add',
  adding: 'Checking, then watching …',
  cancel: 'Cancel',
} as const;

export const keep = {
  legend: 'Keep the token',
  keychain: (name: string): string => `In the ${name}`,
  session: 'For this session only',
  sessionHint: 'In memory: gone when Tunnelwatch ends. It never goes to disk.',
} as const;

/** What a token is good for, fact by fact: `good` null is not known. */
export interface TokenFact {
  readonly good: boolean | null;
  readonly text: string;
}

/** The facts of a verdict, with the names of the permissions. */
export function tokenFacts({ usable, tunnels, health, mayWrite }: CredentialVerdict): readonly TokenFact[] {
  const list: TokenFact = usable
    ? {
        good: true,
        text: `Tunnels: it lists ${tunnels === null ? 'them' : plural(tunnels, 'tunnel', 'tunnels')} (${PERMISSIONS.list})`,
      }
    : { good: false, text: `Tunnels: it cannot list them. Needed: ${PERMISSIONS.list}` };
  if (!usable) return [list];
  return [
    list,
    health
      ? { good: true, text: `Health checks: it reads their results (${PERMISSIONS.health})` }
      : { good: false, text: `Health checks: it cannot read their results. Needed: ${PERMISSIONS.health}` },
    mayWrite === null
      ? { good: null, text: 'Whether it can change tunnels is not known' }
      : mayWrite
        ? { good: false, text: 'It can change tunnels: a read-only token is safer' }
        : { good: true, text: 'It can read only' },
  ];
}
export const good = { yes: 'Good', no: 'Not good', unknown: 'Not known' } as const;
export const verdict = {
  usable: 'This token works.',
  useless: 'This token does not work here.',
  label: 'What the token is good for',
} as const;

export const account = {
  none: 'No account is watched.',
  practice: 'Practice mode: the tunnels on the board are made up. Adding an account ends it.',
  interval: 'Ask for tunnels each',
  healthInterval: 'Ask for health each',
  name: 'Name',
  id: 'Account id',
  unwatched: 'Not watched',
  token: 'Token',
  test: 'Test the token',
  testOf: (name: string): string => `Test the token of ${name}`,
  replace: 'Replace the token',
  replaceOf: (name: string): string => `Replace the token of ${name}`,
  remove: 'Remove',
  removeOf: (name: string): string => `Remove ${name}`,
  newToken: 'New token',
  useIt: 'Use this token',
  moves: 'It then no longer comes from where it comes from now.',
} as const;

/** Where a token lies: `In the Secret Service`. */
export function place({ place: where }: TokenStatus, vault: string): string {
  switch (where) {
    case 'keychain':
      return `In the ${vault}`;
    case 'environment':
      return 'From an environment variable';
    case 'file':
      return 'From a file';
    case 'session':
      return 'In memory, for this session only';
  }
}

export const remove = {
  title: (name: string): string => `Remove ${name}?`,
  what: (name: string): string =>
    `${name} is no longer watched, and its token goes out of the keychain. Its history stays.`,
  act: (name: string): string => `Remove ${name}`,
  cancel: 'Keep it',
} as const;
