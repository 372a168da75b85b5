/** What stands on the wall, worst first: a tile for each tunnel, or for each site. Pure. */
import type { AccountId, Instant } from '../../../shared/model.ts';
import { type Redundancy, readsAlive, redundancyOf } from '../../../shared/redundancy.ts';
import type { Entries, Entry } from '../../state/entries.ts';
import { type Kind, NOT_FRESH, standingRank } from '../../state/standing.ts';
import { groupTest, type WallView } from './wall-view.ts';

/** What a tile has to say beside its name; words and ages are made of it where it is drawn. */
interface TileBase {
  /** The same as long as it is the same tunnel or site. */
  readonly id: string;
  readonly name: string;
  readonly accountId: AccountId;
  readonly kind: Kind;
  /** Last known: drawn in outline, with its age. */
  readonly stale: boolean;
  /** Stands in the upper, larger part: somebody should read it from across the room. */
  readonly loud: boolean;
  /** Lower is worse. */
  readonly order: number;
}
export interface TunnelTile extends TileBase {
  readonly what: 'tunnel';
  readonly entry: Entry;
}
export interface SiteTile extends TileBase {
  readonly what: 'site';
  readonly redundancy: Redundancy;
  readonly live: number;
  readonly tunnels: number;
  /** When the newest of its present troubles began; `null` when nothing is wrong. */
  readonly since: Instant | null;
}
export type Tile = TunnelTile | SiteTile;

/** Tiles by their ids, kept from one message to the next: what did not change is the same object. */
export type Tiles = ReadonlyMap<string, Tile>;

/** The entries that a view shows, in the order of their names. @param accountName Names an account. */
export function entriesOnWall(
  entries: Entries,
  view: WallView,
  accountName: (id: AccountId) => string,
): readonly Entry[] {
  const { account, site, group } = view;
  const wanted = account?.toLowerCase() ?? null;
  const inGroup = group === null ? null : groupTest(group);
  return [...entries.values()].filter(({ row }) => {
    if (wanted !== null && row.accountId !== wanted && accountName(row.accountId).toLowerCase() !== wanted)
      return false;
    if (site !== null && row.site?.name.toLowerCase() !== site.toLowerCase()) return false;
    return inGroup === null || inGroup(row.name) || (row.site !== null && inGroup(row.site.name));
  });
}

const isLoud = (kind: Kind): boolean => kind === 'down' || kind === 'degraded';

/** Accounts that we are blind in: nothing there is shown as true now, however young the last answer is. */
export type Dark = ReadonlySet<AccountId>;

function tunnelTile(entry: Entry, before: Tile | undefined, dark: Dark): TunnelTile {
  const { kind } = entry.standing;
  const stale = entry.standing.stale || dark.has(entry.row.accountId);
  if (before?.what === 'tunnel' && before.entry === entry && before.stale === stale) return before;
  return {
    what: 'tunnel',
    id: entry.key,
    name: entry.row.name,
    accountId: entry.row.accountId,
    kind,
    stale,
    loud: isLoud(kind),
    order: standingRank({ kind, stale }),
    entry,
  };
}

const SITE_KINDS: { readonly [R in Redundancy]: Kind } = {
  isolated: 'down',
  'at-risk': 'degraded',
  reduced: 'degraded',
  unknown: 'unknown',
  redundant: 'up',
  single: 'up',
};
/** Worst first. */
const SITE_ORDER: readonly Redundancy[] = ['isolated', 'at-risk', 'reduced', 'unknown', 'single', 'redundant'];
const TRUSTED = { list: true, health: true };

function siteTile(id: string, name: string, members: readonly Entry[], dark: Dark): SiteTile {
  const blind = members.some(({ row }) => dark.has(row.accountId));
  const count = (trusted: boolean) => {
    const lives = members.map(({ row, fresh }) => readsAlive(row, trusted ? TRUSTED : blind ? NOT_FRESH : fresh));
    const of = (what: boolean | null): number => lives.filter((life) => life === what).length;
    return { live: of(true), dead: of(false), unknown: of(null) };
  };
  const now = count(false);
  // What was last known is still the best word on a site that nobody sees; it is drawn as old.
  const stale = now.unknown === members.length && (blind || members.some(({ standing }) => standing.stale));
  const counts = stale ? count(true) : now;
  const redundancy = redundancyOf(counts);
  const degraded = members.some(({ standing: { kind, stale: old } }) => kind === 'degraded' && (stale || !old));
  const attention = members.some(({ standing }) => standing.kind === 'attention');
  const plain = SITE_KINDS[redundancy];
  const kind = plain === 'up' && degraded ? 'degraded' : plain === 'up' && attention ? 'attention' : plain;
  const troubled = members.filter(({ standing }) => isLoud(standing.kind));
  return {
    what: 'site',
    id,
    name,
    accountId: members[0]?.row.accountId ?? ('' as AccountId),
    kind,
    stale,
    loud: isLoud(kind),
    order:
      SITE_ORDER.indexOf(redundancy) * 4 + (kind === 'degraded' ? 0 : kind === 'attention' ? 1 : 2) + Number(stale),
    redundancy,
    live: counts.live,
    tunnels: members.length,
    since: troubled.length === 0 ? null : Math.max(...troubled.map(({ since }) => since)),
  };
}

function sameSite(a: Tile | undefined, b: SiteTile): a is SiteTile {
  return (
    a?.what === 'site' &&
    a.kind === b.kind &&
    a.stale === b.stale &&
    a.redundancy === b.redundancy &&
    a.live === b.live &&
    a.tunnels === b.tunnels &&
    a.since === b.since
  );
}

function siteTiles(entries: readonly Entry[], before: Tiles, dark: Dark): readonly Tile[] {
  const sites = new Map<string, { name: string; members: Entry[] }>();
  for (const entry of entries) {
    const { row } = entry;
    // A tunnel without a site stands for itself.
    const id = row.site === null ? row.key : `${row.accountId}:${row.site.name}`;
    const site = sites.get(id) ?? { name: row.site?.name ?? row.name, members: [] };
    site.members.push(entry);
    sites.set(id, site);
  }
  return [...sites].map(([id, { name, members }]) => {
    const tile = siteTile(id, name, members, dark);
    const old = before.get(id);
    return sameSite(old, tile) ? old : tile;
  });
}

/** When the trouble of a tile began: what is worse for longer comes first. */
function begun(tile: Tile): Instant {
  return (tile.what === 'site' ? tile.since : tile.entry.since) ?? 0;
}

/** The tiles of some entries, worst first; what is well stands in the order of names. Equal ones are those of `before`. */
export function tilesOf(entries: readonly Entry[], view: WallView, before: Tiles, dark: Dark): Tiles {
  const tiles =
    view.by === 'site'
      ? siteTiles(entries, before, dark)
      : entries.map((entry) => tunnelTile(entry, before.get(entry.key), dark));
  const sorted = [...tiles].sort(
    (a, b) =>
      Number(b.loud) - Number(a.loud) ||
      a.order - b.order ||
      (a.loud ? begun(a) - begun(b) : view.by === 'site' && a.name !== b.name ? COLLATOR.compare(a.name, b.name) : 0),
  );
  return new Map(sorted.map((tile) => [tile.id, tile]));
}

const COLLATOR = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
