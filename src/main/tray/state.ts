/**
 * What the tray shows, from the board, the preferences and the moment. Pure: the same facts give the same icon and words.
 *
 * The icon is the worst state that nobody takes care of. Facts that are old or missing never look like up, and never hide a
 * tunnel that is down for certain: down, then blind, degraded, stale, not known yet, up.
 */
import { incidentTitle, type Say } from '../../shared/alert-words/index.ts';
import type { AlertLanguage } from '../../shared/alert-words/languages.ts';
import type { Incident } from '../../shared/alerts.ts';
import { sectionOf, severityRank, worstFirst } from '../../shared/incident-order.ts';
import type { BoardRow, Instant, Millis, TunnelKey } from '../../shared/model.ts';
import type { DesktopPreferences, Paused } from '../../shared/settings.ts';
import {
  freshness,
  type Kind,
  NOT_FRESH,
  type Standing,
  standing,
  standingRank,
  troubleSince,
} from '../../shared/standing.ts';
import type { AccountStatus } from '../../shared/status.ts';
import type { BoardNow } from '../board-mirror.ts';
import { isTaken, type Scope, scopeOf } from './scope.ts';
import { TRAY_WORDS, type TrayWords } from './spoken.ts';
import type { Tally } from './words.ts';

/** Each has a shape of its own. `blind`: nothing is known. `quiet`: nothing is watched. */
export const TRAY_ICONS = ['up', 'degraded', 'down', 'blind', 'stale', 'paused', 'quiet'] as const;
export type TrayIcon = (typeof TRAY_ICONS)[number];

/** A tunnel in trouble, as a line of the menu. */
export interface TrayTunnel {
  readonly key: TunnelKey;
  readonly label: string;
}
/** A current incident. `open`: nobody takes care of it. */
export interface TrayIncident {
  readonly id: string;
  readonly label: string;
  readonly open: boolean;
}

/** All that the tray shows. */
export interface TrayState {
  readonly icon: TrayIcon;
  /** The state in words, without the age of the data. */
  readonly line: string;
  /** How old the data is; empty where the line has said it. */
  readonly age: string;
  /** What else there is to know: accounts that cannot be seen while others can. */
  readonly notes: readonly string[];
  /** The worst first, at most eight. */
  readonly tunnels: readonly TrayTunnel[];
  readonly moreTunnels: number;
  /** Those that nobody takes care of first, at most eight. */
  readonly incidents: readonly TrayIncident[];
  readonly moreIncidents: number;
  readonly paused: Paused | null;
}

/** Longer lists belong to the board. */
const MOST = 8;

interface Judged {
  readonly row: BoardRow;
  readonly stands: Standing;
  readonly taken: boolean;
}

type Troubled = Extract<Kind, 'down' | 'degraded'>;
const isTroubled = (kind: Kind): kind is Troubled => kind === 'down' || kind === 'degraded';

function judge(scope: Scope, sinceReceipt: Millis): readonly Judged[] {
  const fresh = new Map(scope.accounts.map((account) => [account.id, freshness(account, sinceReceipt, false)]));
  return scope.rows.map((row) => {
    const stands = standing(row, fresh.get(row.accountId) ?? NOT_FRESH);
    return { row, stands, taken: isTroubled(stands.kind) && isTaken(row, scope.incidents) };
  });
}

function tally(judged: readonly Judged[]): Tally {
  const of = (kind: Kind): number => judged.filter(({ stands }) => stands.kind === kind).length;
  const troubled = judged.filter(({ stands }) => isTroubled(stands.kind));
  return {
    total: judged.length,
    down: of('down'),
    degraded: of('degraded'),
    unknown: of('unknown'),
    taken: troubled.filter(({ taken }) => taken).length,
  };
}

/** How each account is seen. */
function sight(accounts: readonly AccountStatus[], sinceReceipt: Millis) {
  const blind = accounts.filter(({ phase }) => phase === 'blind');
  const starting = accounts.filter(({ phase }) => phase === 'starting');
  const seeing = accounts.filter(({ phase }) => phase === 'seeing');
  const isFresh = (account: AccountStatus): boolean => freshness(account, sinceReceipt, false).list;
  return { blind, starting, fresh: seeing.filter(isFresh), stale: seeing.filter((one) => !isFresh(one)) };
}
type Sight = ReturnType<typeof sight>;

const oldest = (accounts: readonly AccountStatus[], sinceReceipt: Millis): Millis =>
  Math.max(0, ...accounts.map(({ listAgeMs }) => listAgeMs ?? 0)) + sinceReceipt;

/** Incidents that call for somebody and that we can judge now; information calls for nobody. */
function callingOf(incidents: readonly Incident[], seen: Sight): readonly Incident[] {
  const fresh = new Set(seen.fresh.map(({ id }) => id));
  return incidents.filter(
    (incident) =>
      sectionOf(incident) === 'firing' &&
      severityRank(incident.severity) > severityRank('info') &&
      incident.cause.kind !== 'blind' &&
      (incident.cause.kind === 'app' || incident.accountIds.some((id) => fresh.has(id))),
  );
}

function iconOf(judged: readonly Judged[], seen: Sight, calling: number, accounts: number): TrayIcon {
  const open = judged.filter(({ stands, taken }) => !stands.stale && !taken);
  const some = (kind: Kind): boolean => open.some(({ stands }) => stands.kind === kind);
  if (accounts === 0) return 'quiet';
  if (some('down')) return 'down';
  if (seen.blind.length > 0) return 'blind';
  if (some('degraded') || calling > 0) return 'degraded';
  if (seen.stale.length > 0 || judged.some(({ stands }) => stands.stale)) return 'stale';
  if (seen.starting.length > 0) return 'blind';
  if (judged.length === 0) return 'quiet';
  return judged.every(({ stands }) => stands.kind === 'unknown') ? 'blind' : 'up';
}

interface Facts {
  readonly judged: readonly Judged[];
  readonly seen: Sight;
  readonly calling: number;
  readonly sinceReceipt: Millis;
  /** There is one account. */
  readonly alone: boolean;
  readonly say: Say;
  readonly words: TrayWords;
}

/** The line that says why the icon is what it is. */
function lineOf(
  icon: TrayIcon,
  { judged, seen, calling, sinceReceipt, alone, say, words }: Facts,
): Pick<TrayState, 'line' | 'age' | 'notes'> {
  const certain = judged.filter(({ stands }) => !stands.stale);
  const age = seen.fresh.length === 0 ? '' : words.dataAge(say.duration(oldest(seen.fresh, sinceReceipt)));
  const blind = words.blind(seen.blind, alone, say);
  const health = [...seen.fresh, ...seen.stale]
    .filter(({ healthBlind }) => healthBlind !== null)
    .map((account) => words.healthBlind(account, say));
  const stale = seen.stale.map(({ name, listAgeMs }) =>
    words.staleAccount(name, say.duration((listAgeMs ?? 0) + sinceReceipt)),
  );
  const starting = seen.starting.length > 0 ? [words.starting(seen.starting.map(({ name }) => name))] : [];
  if (icon === 'stale') {
    const old = seen.stale.length > 0 ? seen.stale : seen.fresh;
    const line = words.stale(say.duration(oldest(old, sinceReceipt)), tally(judged), seen.stale.length > 0);
    return { line, age: '', notes: [...starting, ...health] };
  }
  if (icon === 'blind' && seen.blind.length > 0) {
    const rest = certain.length === 0 ? [] : [words.tunnels(tally(certain), calling)];
    const known = certain.length === 0 && judged.length > 0 ? [words.lastKnown(tally(judged))] : [];
    return {
      line: blind[0] ?? '',
      age: '',
      notes: [...blind.slice(1), ...rest, ...known, ...stale, ...starting, ...health],
    };
  }
  if (icon === 'blind' && seen.starting.length > 0)
    return { line: starting[0] ?? '', age: '', notes: [...stale, ...health] };
  return { line: words.tunnels(tally(certain), calling), age, notes: [...blind, ...stale, ...starting, ...health] };
}

function troubledOf(judged: readonly Judged[], say: Say, words: TrayWords): Pick<TrayState, 'tunnels' | 'moreTunnels'> {
  const troubled = judged
    .filter(({ stands }) => isTroubled(stands.kind))
    .sort(
      (a, b) =>
        Number(a.taken) - Number(b.taken) ||
        standingRank(a.stands) - standingRank(b.stands) ||
        troubleSince(a.row.lanes) - troubleSince(b.row.lanes) ||
        (a.row.name < b.row.name ? -1 : 1),
    );
  return {
    tunnels: troubled.slice(0, MOST).map(({ row, stands, taken }) => ({
      key: row.key,
      label: words.tunnel(row, stands, taken, say),
    })),
    moreTunnels: Math.max(0, troubled.length - MOST),
  };
}

const sectionRank = (incident: Incident): number => ['firing', 'acknowledged', 'silenced'].indexOf(sectionOf(incident));

function incidentsOf(scope: Scope, say: Say, words: TrayWords): Pick<TrayState, 'incidents' | 'moreIncidents'> {
  const sorted = [...scope.incidents].sort((a, b) => sectionRank(a) - sectionRank(b) || worstFirst(a, b));
  return {
    incidents: sorted.slice(0, MOST).map((incident) => ({
      id: incident.id,
      label: words.incident(incident, incidentTitle(incident, say)),
      open: sectionOf(incident) === 'firing',
    })),
    moreIncidents: Math.max(0, sorted.length - MOST),
  };
}

/**
 * What the tray shows.
 * @param board `null` before the host has spoken.
 * @param now Wall time, for words.
 */
export function trayState(
  board: BoardNow | null,
  { trayFilter }: Pick<DesktopPreferences, 'trayFilter'>,
  now: Instant,
  language: AlertLanguage = 'en',
): TrayState {
  const words = TRAY_WORDS[language];
  if (board === null) return { ...EMPTY, icon: 'blind', line: words.beginning };
  const { status, sinceReceipt } = board;
  const scope = scopeOf(board, trayFilter);
  const say = words.sayAt(now, (id) => status.accounts.find((account) => account.id === id)?.name ?? id);
  const judged = judge(scope, sinceReceipt);
  const seen = sight(scope.accounts, sinceReceipt);
  const calling = callingOf(scope.incidents, seen).length;
  const practice = (line: string): string => (status.practice ? words.practice(line) : line);
  const lists = { ...troubledOf(judged, say, words), ...incidentsOf(scope, say, words), paused: status.paused ?? null };

  if (status.accounts.length === 0) return { ...EMPTY, ...lists, line: words.noAccount };
  if (scope.accounts.length === 0) return { ...EMPTY, ...lists, line: practice(words.noMatch(trayFilter.trim())) };
  if (status.paused !== undefined) {
    const known = judged.length === 0 ? [] : [words.lastKnown(tally(judged))];
    return { ...lists, icon: 'paused', line: practice(words.paused(status.paused, say)), age: '', notes: known };
  }
  const icon = iconOf(judged, seen, calling, scope.accounts.length);
  const said = lineOf(icon, { judged, seen, calling, sinceReceipt, alone: status.accounts.length === 1, say, words });
  return { ...lists, ...said, icon, line: practice(said.line) };
}

const EMPTY: TrayState = {
  icon: 'quiet',
  line: '',
  age: '',
  notes: [],
  tunnels: [],
  moreTunnels: 0,
  incidents: [],
  moreIncidents: 0,
  paused: null,
};
