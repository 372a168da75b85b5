/**
 * What was read beside an account's list. Each part stands by itself: one that may not be read is not known, with a sentence
 * that says why, and costs neither the others nor the sight of the tunnels. A passing fault leaves what is known for a while.
 */
import type { Fault, FaultKind, Instant, Millis } from '../../shared/model.ts';
import { sameJson } from '../cloudflare/same.ts';
import { SURROUNDING_PARTS, type SurroundingPart, type SurroundingParts } from '../cloudflare/surroundings.ts';
import { NOTHING_KNOWN, type Surroundings } from './contract.ts';

/** How often the parts are read. They change by hand, some times a week. */
export const SURROUNDINGS_INTERVAL_MS: Millis = 15 * 60_000;
/** What is older is not known any more. */
export const SURROUNDINGS_STALE_MS: Millis = 3 * SURROUNDINGS_INTERVAL_MS;

/** Faults of the way, which the next try may well not meet. All others are answers: it cannot be read. */
const PASSING: ReadonlySet<FaultKind> = new Set<FaultKind>([
  'rate-limited',
  'offline',
  'dns',
  'tls',
  'timeout',
  'truncated',
  'not-json',
  'not-http',
  'server-error',
  'aborted',
]);

const NAMES: Readonly<Record<SurroundingPart, string>> = {
  gre: 'GRE tunnels',
  interconnects: 'interconnects',
  routes: 'static routes',
  cloudflareAsn: 'BGP settings',
  redundancyGroups: 'redundancy groups',
};

/** Is it a fault that asking for the next part would only meet again? */
export const isPassing = ({ kind }: Fault): boolean => PASSING.has(kind);

interface Read {
  readonly at: Instant;
  /** Monotonic. */
  readonly mono: Millis;
}

/** Remembers the newest answer about each part. */
export class SurroundingsBook {
  #known: Surroundings = NOTHING_KNOWN;
  readonly #read = new Map<SurroundingPart, Read>();
  readonly #faults = new Map<SurroundingPart, Fault>();

  /** What is known now; the same object until it is other news. Account number and recent changes are not known here. */
  get known(): Surroundings {
    return this.#known;
  }

  /** When the oldest known part was read; `null` when none is known. */
  get readAt(): Instant | null {
    const times = [...this.#read.values()].map(({ at }) => at);
    return times.length === 0 ? null : Math.min(...times);
  }

  /** One sentence or more about what cannot be read; `null` when all can be, or nobody tried. */
  get problem(): string | null {
    const bySentence = new Map<string, string[]>();
    for (const part of SURROUNDING_PARTS) {
      const fault = this.#faults.get(part);
      if (fault === undefined) continue;
      const names = bySentence.get(fault.sentence) ?? [];
      bySentence.set(fault.sentence, [...names, NAMES[part]]);
    }
    const said = [...bySentence].map(([sentence, names]) => `Not read: ${names.join(', ')}. ${sentence}`);
    return said.length === 0 ? null : said.join(' ');
  }

  heard<P extends SurroundingPart>(part: P, value: SurroundingParts[P], read: Read): void {
    this.#read.set(part, read);
    this.#faults.delete(part);
    if (!sameJson(this.#known[part], value)) this.#known = { ...this.#known, [part]: value };
  }

  failed(part: SurroundingPart, fault: Fault): void {
    this.#faults.set(part, fault);
    if (!isPassing(fault)) this.#forget(part);
  }

  /** Forgets what is too old, and says whether there was any. `mono` is monotonic. */
  age(mono: Millis): boolean {
    const old = [...this.#read].filter(([, read]) => mono - read.mono > SURROUNDINGS_STALE_MS);
    for (const [part] of old) this.#forget(part);
    return old.length > 0;
  }

  #forget(part: SurroundingPart): void {
    this.#read.delete(part);
    if (this.#known[part] !== null) this.#known = { ...this.#known, [part]: null };
  }
}
