import type { Incident } from '../../shared/alerts.ts';
import type { Instant } from '../../shared/model.ts';
import type { Player } from '../sound/player.ts';
import { CHIMES, type Chime } from '../sound/recipes.ts';
import { sectionOf, severityRank } from './incidents.ts';
import { Keepsake } from './keepsake.ts';

/** Why it sounded. */
export interface Rung {
  readonly chime: Chime;
  readonly incident: Incident;
  readonly at: Instant;
}

const QUIETEST = 0.05;
const USUAL = 0.6;

/**
 * Sounds once for each incident that calls for somebody: when it opens, when it gets worse, when it is over. What was
 * acknowledged or silenced is quiet, and so is what was already open when the page was loaded. Information makes no sound.
 */
export class Bell {
  readonly #player: Player;
  readonly #kept: Keepsake;
  /** The worst severity, as a rank, that was sounded or known, by incident. */
  readonly #heard = new Map<string, number>();
  #loaded = false;
  #muted = $state.raw(false);
  #volume = $state.raw(USUAL);
  #unwanted = $state.raw<readonly Chime[]>([]);
  #blocked = $state.raw(false);
  #rung = $state.raw<Rung | null>(null);

  constructor(player: Player, page: Window) {
    this.#player = player;
    this.#kept = new Keepsake(page, 'sound');
    const [volume = '', muted, ...unwanted] = (this.#kept.get() ?? '').split(' ');
    const kept = Number.parseFloat(volume);
    if (kept >= QUIETEST && kept <= 1) this.#volume = kept;
    this.#muted = muted === 'muted';
    this.#unwanted = CHIMES.filter((chime) => unwanted.includes(chime));
    this.#blocked = player.blocked;
    const unblock = (): void => {
      this.#blocked = player.blocked;
    };
    // The activation is counted by the time of the `click` and the `keyup`, whatever the browser.
    for (const name of ['click', 'keyup', 'pointerup']) page.addEventListener(name, unblock, true);
  }

  get able(): boolean {
    return this.#player.able;
  }
  get muted(): boolean {
    return this.#muted;
  }
  /** From 0.05 to 1. */
  get volume(): number {
    return this.#volume;
  }
  /** The browser wants a click before it lets the page sound. */
  get blocked(): boolean {
    return this.#blocked;
  }
  /** What it sounded for last, or would have sounded for if it were not muted. */
  get rung(): Rung | null {
    return this.#rung;
  }

  mute(muted: boolean): void {
    this.#muted = muted;
    this.#keep();
  }

  turn(volume: number): void {
    this.#volume = Math.min(1, Math.max(QUIETEST, volume));
    this.#keep();
  }

  /** Whether this one is played when its time comes. */
  wants(chime: Chime): boolean {
    return !this.#unwanted.includes(chime);
  }

  want(chime: Chime, on: boolean): void {
    this.#unwanted = CHIMES.filter((one) => (one === chime ? !on : !this.wants(one)));
    this.#keep();
  }

  /** Plays one, for the reader to know it by. */
  sample(chime: Chime): void {
    this.#player.play(chime, this.#volume);
  }

  /** Takes in incidents that are new or changed. Several at once sound as the most urgent of them. */
  take(incidents: readonly Incident[], at: Instant): void {
    const first = !this.#loaded;
    this.#loaded = true;
    const due = incidents
      .map((incident) => ({ incident, chime: this.#chimeFor(incident, first) }))
      .filter((one): one is { incident: Incident; chime: Chime } => one.chime !== null)
      .sort((a, b) => CHIMES.indexOf(a.chime) - CHIMES.indexOf(b.chime))[0];
    if (due === undefined) return;
    this.#rung = { ...due, at };
    if (!this.#muted && this.wants(due.chime)) this.#player.play(due.chime, this.#volume);
  }

  #chimeFor(incident: Incident, first: boolean): Chime | null {
    const { id, severity } = incident;
    const known = this.#heard.get(id);
    const section = sectionOf(incident);
    if (section === 'resolved') {
      this.#heard.delete(id);
      const heard = known !== undefined && known > severityRank('info');
      return heard && incident.silencedBy.length === 0 ? 'resolved' : null;
    }
    // What becomes visible when a silence ends is news by then.
    if (section === 'silenced') return null;
    const rank = severityRank(severity);
    if (known !== undefined && known >= rank) return null;
    this.#heard.set(id, rank);
    return first || section === 'acknowledged' || severity === 'info' ? null : severity;
  }

  #keep(): void {
    this.#kept.set([this.#volume, this.#muted ? 'muted' : 'on', ...this.#unwanted].join(' '));
  }
}
