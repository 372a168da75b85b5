/** A desk for tests: settings that are read and refused by the schema of the real ones, and tokens that are not kept. */
import { stringify } from 'yaml';
import { parseSettings } from '../../../src/engine/settings/load.ts';
import type {
  CredentialVerdict,
  DesktopView,
  SaveOutcome,
  SettingsDocument,
  SettingsView,
} from '../../../src/shared/settings.ts';
import { ACME, GLOBEX } from './board.ts';
import type { Answer } from './chromium.ts';

/** Tokens that the made-up Cloudflare knows, by what they are good for. */
export const TOKENS = { good: 'read-only-token-1', writes: 'token-that-writes-2', blind: 'token-without-analytics-3' };

export const DOCUMENT: SettingsDocument = {
  accounts: [
    { name: 'Acme', id: ACME, token: { keychain: `account:${ACME}` }, interval: '30s' },
    { name: 'Globex Europe', id: GLOBEX, token: { env: 'GLOBEX_TOKEN' } },
  ],
  psk: { due: '200d' },
  network: { proxy: '<kept back: http://proxy.example:3128>' },
  alerts: {
    sinks: [{ name: 'netops', type: 'slack', url: { env: 'SLACK_URL' } }],
    quietHours: [{ days: ['sat', 'sun'], from: '22:00', to: '07:00' }],
    zone: 'Europe/Amsterdam',
  },
};

export const DESKTOP: DesktopView = {
  preferences: {
    startAtLogin: false,
    closeToTray: true,
    notifications: true,
    sound: true,
    volume: 0.6,
    trayFilter: '',
    updates: 'check',
  },
  limits: { volume: 'This desktop plays its own sounds and takes no volume.' },
  version: '0.1.0',
};

export interface Desk {
  document: SettingsDocument;
  desktop: DesktopView | null;
  /** What is wrong with the keychain. */
  locked: string | null;
  editable: boolean;
  /** Why nothing can be saved at the moment. */
  full: string | null;
  readonly asked: { readonly name: string; readonly args: Readonly<Record<string, unknown>> }[];
}

/** A desk that begins with these settings. */
export function deskOf(part: Partial<Desk> = {}): Desk {
  return { document: DOCUMENT, desktop: DESKTOP, locked: null, editable: true, full: null, asked: [], ...part };
}

function verdictOn(token: unknown): CredentialVerdict {
  const known = { usable: true, tunnels: 14, health: true, mayWrite: false, sentences: [] };
  switch (token) {
    case TOKENS.good:
    case null:
      return known;
    case TOKENS.writes:
      return { ...known, mayWrite: true, sentences: ['Monitoring needs read permissions only.'] };
    case TOKENS.blind:
      return { ...known, health: false, sentences: ['The token lacks Account Analytics Read.'] };
    default:
      return {
        usable: false,
        tunnels: null,
        health: false,
        mayWrite: null,
        sentences: ['Cloudflare does not know this token.'],
      };
  }
}

function viewOf(desk: Desk): SettingsView {
  const accounts = (desk.document.accounts ?? []) as readonly { id: string; token: object }[];
  return {
    editable: desk.editable,
    reason: desk.editable ? null : 'The settings of this host are changed in its file.',
    path: '/home/ana/.config/tunnelwatch/settings.yaml',
    document: desk.document,
    vault: { name: 'Secret Service', problem: desk.locked },
    tokens: accounts.map(({ id, token }) => ({
      accountId: id,
      place: 'env' in token ? 'environment' : 'keychain',
      present: !('env' in token),
      problem: 'env' in token ? 'The environment variable GLOBEX_TOKEN is not set.' : null,
    })),
    notice: null,
  };
}

/** Answers the calls about settings out of a desk; `otherwise` the rest. */
export function settingsHost(desk: Desk, otherwise: Answer = () => ({ ok: true, value: [] })): Answer {
  const ok = (value: unknown): unknown => ({ ok: true, value });
  const save = (text: string, document: () => SettingsDocument): SaveOutcome => {
    if (desk.full !== null) return { saved: false, troubles: [{ key: '', line: null, sentence: desk.full }] };
    const read = parseSettings(text, 'settings.yaml');
    if (!read.ok) {
      return {
        saved: false,
        troubles: read.error.problems.map(({ key, line, sentence }) => ({ key, line, sentence })),
      };
    }
    desk.document = document();
    return { saved: true };
  };
  const plain = (document: SettingsDocument): SettingsDocument =>
    JSON.parse(JSON.stringify(document).replace(/<kept back: ([^>]*)>/g, '$1'));
  return async (name, args) => {
    desk.asked.push({ name, args });
    switch (name) {
      case 'settings':
        return ok(viewOf(desk));
      case 'settingsText':
        return ok({ text: stringify(desk.document) });
      case 'saveSettings': {
        const document = args.document as SettingsDocument;
        const outcome = save(JSON.stringify(plain(document)), () => document);
        // A document that came through the page has no lines.
        return ok(
          outcome.saved ? outcome : { ...outcome, troubles: outcome.troubles.map((one) => ({ ...one, line: null })) },
        );
      }
      case 'saveSettingsText': {
        const text = String(args.text).replace(/<kept back: ([^>]*)>/g, '$1');
        const { parse } = await import('yaml');
        return ok(save(text, () => parse(String(args.text))));
      }
      case 'checkAccount':
        return ok(verdictOn(args.token));
      case 'addAccount': {
        const verdict = verdictOn(args.token);
        if (!verdict.usable) return ok({ done: false, sentence: verdict.sentences[0] });
        if (args.keep === 'keychain' && desk.locked !== null) return ok({ done: false, sentence: desk.locked });
        const accounts = (desk.document.accounts ?? []) as readonly object[];
        const account = { name: String(args.name), id: String(args.id), token: { keychain: `account:${args.id}` } };
        desk.document = { ...desk.document, accounts: [...accounts, account] as never };
        return ok({ done: true, sentence: `${args.name} is watched, 14 tunnels.` });
      }
      case 'setToken':
        return ok({ done: true, sentence: 'Globex Europe has another token.' });
      case 'removeAccount': {
        const accounts = (desk.document.accounts ?? []) as readonly { id: string }[];
        desk.document = { ...desk.document, accounts: accounts.filter(({ id }) => id !== args.accountId) as never };
        return ok({ done: true, sentence: 'Acme is no longer watched. Its token is gone from the keychain.' });
      }
      case 'diagnostics':
        return ok({ text: 'Tunnelwatch 0.1.0\nAcme: seeing' });
      case 'desktop':
        return ok(desk.desktop);
      case 'setDesktop':
        if (desk.desktop !== null) {
          desk.desktop = {
            ...desk.desktop,
            preferences: { ...desk.desktop.preferences, ...(args.preferences as object) },
          };
        }
        return ok(desk.desktop);
      case 'pause':
      case 'resume':
        return ok(null);
      default:
        return otherwise(name, args);
    }
  };
}
