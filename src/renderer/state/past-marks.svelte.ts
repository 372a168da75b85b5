import type { Bridge } from '../../shared/bridge.ts';
import type { Instant, Millis } from '../../shared/model.ts';
import type { PastMark } from '../../shared/past.ts';
import type { Stretch } from './past-window.ts';

/** In one window at most: a band of pixels shows no more. */
const MOST = 2_000;
/** What happens within a second is one step: two hundred tunnels behind one endpoint fall together. */
const TOGETHER_MS: Millis = 1_000;
/** How far a step looks at first; then ever further. */
const FIRST_LOOK_MS: Millis = 6 * 3_600_000;

export const isIncident = ({ kind }: PastMark): boolean => kind === 'incident-opened' || kind === 'incident-resolved';

/** What there is to step to in the window of the slider, and beyond. */
export class PastMarks {
  readonly #bridge: Bridge;
  #list = $state.raw<readonly PastMark[]>([]);
  #loaded: Stretch | null = null;
  #wanted = '';

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
  }

  /** Those of the window, oldest first. */
  get list(): readonly PastMark[] {
    return this.#list;
  }

  /** Asks for those of a window. Until the answer is here the ones before stay. */
  async load(window: Stretch): Promise<void> {
    const wanted = `${window.from} ${window.to}`;
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    const marks = await this.#ask(window);
    if (marks === null || wanted !== this.#wanted) return;
    this.#list = marks;
    this.#loaded = marks.length < MOST ? window : null;
  }

  /** Those that belong to a moment. */
  at(moment: Instant): readonly PastMark[] {
    return this.#list.filter(({ at }) => at <= moment && at > moment - TOGETHER_MS);
  }

  /** Whether an incident began or ended, or the board changed its tunnels, in `(from, to]`. */
  crossed(from: Instant, to: Instant): boolean {
    return this.#list.some(
      (mark) => mark.at > from && mark.at <= to && mark.kind !== 'outage' && mark.kind !== 'rekey-dip',
    );
  }

  /** The moment of the next (1) or previous (-1) mark; `null` when there is none in the record. */
  async step(from: Instant, by: 1 | -1, incidentsOnly: boolean, record: Stretch): Promise<Instant | null> {
    const near = this.#loaded;
    const known = near !== null && from >= near.from && from <= near.to;
    const here = known ? nearest(this.#list, from, by, incidentsOnly) : null;
    if (here !== null) return here;
    let edge = from;
    for (let look = FIRST_LOOK_MS; by === 1 ? edge < record.to : edge > record.from; look *= 2) {
      const window: Stretch =
        by === 1
          ? { from: edge, to: Math.min(record.to, edge + look) }
          : { from: Math.max(record.from, edge - look), to: edge };
      const marks = await this.#ask(window);
      if (marks === null) return null;
      const found = nearest(marks, from, by, incidentsOnly);
      if (found !== null) return found;
      edge = by === 1 ? window.to : window.from;
    }
    return null;
  }

  async #ask({ from, to }: Stretch): Promise<readonly PastMark[] | null> {
    const result = await this.#bridge.call('pastMarks', { from: Math.floor(from), to: Math.ceil(to) + 1, limit: MOST });
    return result.ok ? result.value : null;
  }
}

/** The end of what happens together: there all of it is on the board. */
function nearest(marks: readonly PastMark[], from: Instant, by: 1 | -1, incidentsOnly: boolean): Instant | null {
  const wanted = marks.filter((mark) => !incidentsOnly || isIncident(mark));
  if (by === -1) return wanted.findLast(({ at }) => at <= from - TOGETHER_MS)?.at ?? null;
  const first = wanted.find(({ at }) => at > from)?.at;
  return first === undefined ? null : (wanted.findLast(({ at }) => at < first + TOGETHER_MS)?.at ?? first);
}
