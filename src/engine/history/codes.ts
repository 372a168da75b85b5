/**
 * The small integers that stand for words on disk. APPEND ONLY: a word keeps its place for ever, because files written
 * by older versions hold it. A new word goes to the end of its list and needs a new schema version (`migrations.ts`),
 * so that an older Tunnelwatch refuses the file instead of misreading it.
 */
import type { EventKind, Lane, LaneValue, LaneValues } from '../../shared/model.ts';
import type { GapSource } from './contract.ts';

const LANE_WORDS = ['bgp', 'health', 'psk', 'config'] as const satisfies readonly Lane[];

/** Code 0 of each lane: no value, because the tunnel was not there (before its first change, after it left). */
export const ABSENT = 0;

/** Code 1 is `unobserved` in each lane; the words of a lane start at 2. */
const UNOBSERVED = 1;

/** True for the code of a value that somebody saw. */
export const watchedCode = (code: number): boolean => code > UNOBSERVED;

const VALUE_WORDS = {
  bgp: ['unobserved', 'up', 'establishing', 'down', 'unconfigured', 'unreported', 'unknown'],
  health: ['unobserved', 'healthy', 'degraded', 'down', 'disabled', 'nodata'],
  psk: ['unobserved', 'fresh', 'aging', 'due', 'stale', 'missing'],
  config: ['unobserved', 'ok', 'info', 'warning', 'error'],
} as const satisfies { readonly [L in Lane]: readonly LaneValues[L][] };

const SOURCE_WORDS = ['list', 'health'] as const satisfies readonly GapSource[];

const EVENT_WORDS = [
  'tunnel-appeared',
  'tunnel-disappeared',
  'tunnel-renamed',
  'tunnel-recreated',
  'tunnel-unreadable',
  'tunnel-readable',
  'config-changed',
  'psk-changed',
  'bgp-detail',
  'blind',
  'seeing',
  'health-blind',
  'health-seeing',
  'gap',
  'clock-jump',
  'started',
  'stopped',
  'store-degraded',
  'store-recovered',
  'rekey-dip',
] as const satisfies readonly EventKind[];

const laneCodes: ReadonlyMap<string, number> = new Map(LANE_WORDS.map((word, code) => [word, code]));
const sourceCodes: ReadonlyMap<string, number> = new Map(SOURCE_WORDS.map((word, code) => [word, code]));
const eventCodes: ReadonlyMap<string, number> = new Map(EVENT_WORDS.map((word, code) => [word, code]));

/** A word that is in no table: a word was added to the model and forgotten here. */
function forgotten(word: string): never {
  throw new TypeError(`'${word}' has no code; append it in history/codes.ts`);
}

export const laneCode = (lane: Lane): number => laneCodes.get(lane) ?? forgotten(lane);
export const sourceCode = (source: GapSource): number => sourceCodes.get(source) ?? forgotten(source);
export const eventCode = (kind: EventKind): number => eventCodes.get(kind) ?? forgotten(kind);

/** Code of a lane value; `null` stands for "the tunnel was not there". */
export function valueCode(lane: Lane, value: LaneValue | null): number {
  if (value === null) return ABSENT;
  const words: readonly LaneValue[] = VALUE_WORDS[lane];
  const index = words.indexOf(value);
  return index < 0 ? forgotten(`${lane} ${value}`) : index + 1;
}

export const laneWord = (code: number): Lane | null => LANE_WORDS[code] ?? null;
export const sourceWord = (code: number): GapSource | null => SOURCE_WORDS[code] ?? null;
export const eventWord = (code: number): EventKind | null => EVENT_WORDS[code] ?? null;

/** The value behind a code; `null` for `ABSENT`, `unobserved` for a code that we do not know. */
export function valueWord(lane: Lane, code: number): LaneValue | null {
  if (code === ABSENT) return null;
  return VALUE_WORDS[lane][code - 1] ?? 'unobserved';
}

/** Which source feeds a lane. */
export const sourceOf = (lane: Lane): GapSource => (lane === 'health' ? 'health' : 'list');
