/**
 * Which secrets go where, compared between two settings: a page may change much, but not send a token that is kept already
 * to an address that it brings along.
 */
import type { SettingsTrouble } from '../../shared/settings.ts';
import { accountEntry, isGuardedEntry } from '../credentials/entries.ts';
import { DEFAULT_API_BASE, type Settings, type SinkSettings } from './schema.ts';

/**
 * Who can change settings: `window` is the desktop's own, `guarded` a page behind an access token, `open` a page that everybody
 * on this machine can reach.
 */
export type Reach = 'window' | 'guarded' | 'open';

const NEW_ADDRESS =
  'a token that is kept already is not sent to another address: remove the account and add it again with its token.';
const OWN_ENTRY =
  'this entry of the keychain holds the token of an account, which goes to Cloudflare and nowhere else.';
const TOO_OPEN =
  'everybody on this machine can reach this page, so it brings in no programs, no files and no secrets for new receivers: write this into the file, or set server.token.';

const sourceKey = (value: unknown): string => JSON.stringify(value);

/** Each `{ env }`, `{ file }` and `{ keychain }` in a value. */
function sourcesIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (Array.isArray(value)) return value.flatMap(sourcesIn);
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value);
  const [only] = entries;
  const isSource = entries.length === 1 && only !== undefined && ['env', 'file', 'keychain'].includes(only[0]);
  if (isSource && typeof only[1] === 'string') return [{ [only[0]]: only[1] }];
  return entries.flatMap(([, one]) => sourcesIn(one));
}

/** A sink without its name and pace: where it sends, and what it runs. */
function destination(sink: SinkSettings): string {
  const { url, urls, server, host, region, command, env } = { ...sink } as Readonly<Record<string, unknown>>;
  return sourceKey([sink.type, url, urls, server, host, region, command, command === undefined ? null : env]);
}

interface Carried {
  /** What it is, for comparing. */
  readonly what: string;
  readonly key: string;
}

function carriedBySinks({ alerts }: Settings): readonly Carried[] {
  return alerts.sinks.flatMap((sink, index) => {
    const key = `alerts.sinks[${index}]`;
    const secrets = sourcesIn(sink).map((source) => ({ what: `${destination(sink)} ${sourceKey(source)}`, key }));
    return sink.type === 'command' ? [...secrets, { what: destination(sink), key }] : secrets;
  });
}

function carriedElsewhere({ network, server }: Settings): readonly Carried[] {
  return [
    ...(network.caFile === undefined ? [] : [{ what: `ca ${network.caFile}`, key: 'network.caFile' }]),
    ...(server.token === undefined ? [] : [{ what: `server ${sourceKey(server.token)}`, key: 'server.token' }]),
    ...(server.wallToken === undefined
      ? []
      : [{ what: `wall ${sourceKey(server.wallToken)}`, key: 'server.wallToken' }]),
  ];
}

const carriedByAccounts = ({ accounts }: Settings): readonly Carried[] =>
  accounts.flatMap(({ apiBase, token, writeToken, key }, index) =>
    apiBase === DEFAULT_API_BASE
      ? []
      : sourcesIn([token, writeToken, key]).map((source) => ({
          what: `${apiBase} ${sourceKey(source)}`,
          key: `accounts[${index}].apiBase`,
        })),
  );

function newIn(after: readonly Carried[], before: readonly Carried[], sentence: string): SettingsTrouble[] {
  const known = new Set(before.map(({ what }) => what));
  return after.flatMap(({ what, key }) => (known.has(what) ? [] : [{ key, line: null, sentence }]));
}

/** What `after` would do with secrets and may not. `fresh`: the id of an account whose token has just been given. */
export function overreach(before: Settings, after: Settings, reach: Reach, fresh: string | null): SettingsTrouble[] {
  const kept = { ...after, accounts: after.accounts.filter(({ id }) => id !== fresh) };
  const entries = new Set([...before.accounts, ...after.accounts].map(({ id }) => accountEntry(id)));
  const stolen = after.alerts.sinks.flatMap((sink, index) =>
    sourcesIn(sink).some(
      ({ keychain }) => typeof keychain === 'string' && (entries.has(keychain) || isGuardedEntry(keychain)),
    )
      ? [{ key: `alerts.sinks[${index}]`, line: null, sentence: OWN_ENTRY }]
      : [],
  );
  const moved = newIn(carriedByAccounts(kept), carriedByAccounts(before), NEW_ADDRESS);
  const carried = (settings: Settings): readonly Carried[] => [
    ...carriedBySinks(settings),
    ...carriedElsewhere(settings),
  ];
  return [...stolen, ...moved, ...(reach === 'open' ? newIn(carried(after), carried(before), TOO_OPEN) : [])];
}
