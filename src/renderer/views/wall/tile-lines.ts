/** What a tile says below its name: each line in several lengths, the fullest first, so that one of them fits. Pure. */
import type { Instant, Millis } from '../../../shared/model.ts';
import { duration } from '../../format/duration.ts';
import type { Entry } from '../../state/entries.ts';
import { wall as words } from '../../words/wall.ts';
import type { SiteTile, Tile, TunnelTile } from './tiles.ts';

/** One line in several lengths. */
export type Line = readonly string[];

/** The word of a tile: `Down`, `At risk`, `Last known: Up`. */
export function tileWord(tile: Tile): string {
  const word = tile.what === 'site' ? siteWord(tile) : words.state[tile.kind];
  return tile.stale ? words.lastKnown(word) : word;
}

function siteWord({ redundancy, kind }: SiteTile): string {
  if (kind === 'attention') return words.state.attention;
  return kind === 'degraded' && (redundancy === 'redundant' || redundancy === 'single')
    ? words.state.degraded
    : words.redundancy[redundancy];
}

interface Reason {
  readonly text: string;
  readonly since: Instant | null;
}

function reasonOf({ row }: Entry, kind: Tile['kind']): Reason | null {
  const { bgp, health, psk } = row.lanes;
  switch (kind) {
    case 'down':
      return bgp.value === 'down'
        ? { text: words.why.bgpDown, since: bgp.since }
        : { text: words.why.healthDown, since: health.since };
    case 'degraded':
      if (bgp.value === 'establishing') return { text: words.why.establishing, since: bgp.since };
      return { text: row.recovering ? words.why.recovering : words.why.degraded, since: health.since };
    case 'attention':
      if (psk.value === 'stale') return { text: words.why.pskStale, since: null };
      if (psk.value === 'missing') return { text: words.why.pskMissing, since: null };
      return { text: psk.value === 'due' ? words.why.pskDue : words.why.config, since: null };
    case 'unknown':
      return { text: row.unreadable === null ? words.why.nothing : words.why.unreadable, since: null };
    case 'up':
      return null;
  }
}

function tunnelLines(tile: TunnelTile, now: Instant, age: Millis | null): readonly Line[] {
  const { entry, kind, stale } = tile;
  const word = words.state[kind];
  const place = entry.row.site?.name ?? '';
  const share = entry.row.healthShare;
  if (stale) return [[words.lastKnown(word), word], ...old(age)];
  const reason = reasonOf(entry, kind);
  const second = kind === 'degraded' && share !== null ? [words.colos(share.healthy, share.colos)] : [];
  const more: Line = [...second, place].filter((text) => text !== '');
  if (reason === null) return [[word], more];
  if (reason.since === null) return [[reason.text, word], more];
  const length = duration(now - reason.since);
  return [[`${reason.text} ${length}`, `${word} ${length}`, length], more];
}

function siteLines(tile: SiteTile, now: Instant, age: Millis | null): readonly Line[] {
  const word = siteWord(tile);
  const { redundancy, live, tunnels, since, stale } = tile;
  if (stale) return [[words.lastKnown(word), word], ...old(age)];
  const length = since === null ? '' : ` ${duration(now - since)}`;
  const left = redundancy === 'at-risk' ? words.oneLeft(tunnels) : words.ofUp(live, tunnels);
  return [[`${word}${length}`, word], [left]];
}

const old = (age: Millis | null): readonly Line[] => [
  age === null ? [words.notYet] : [words.asOf(age), words.agoShort(age), duration(age)],
];

/**
 * The lines of a tile, the most important first.
 * @param age How old the facts of its account are; `null` while there are none.
 */
export function tileLines(tile: Tile, now: Instant, age: Millis | null): readonly Line[] {
  const lines = tile.what === 'site' ? siteLines(tile, now, age) : tunnelLines(tile, now, age);
  return lines.filter((line) => line.length > 0);
}

/** When there is room for one line alone, an old tile says how old. */
export function linesFor(tile: Tile, room: number, now: Instant, age: Millis | null): readonly Line[] {
  const lines = tileLines(tile, now, age);
  return tile.stale && room === 1 ? lines.slice(1) : lines.slice(0, room);
}
