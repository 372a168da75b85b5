/**
 * Who of a site lives. A death counts once an alert of its own fires; a tunnel that came back counts as solid once its alerts
 * are over. Between the two nobody changes their mind.
 */
import type { AlertRule } from '../../../shared/alerts.ts';
import type { Instant, TunnelKey } from '../../../shared/model.ts';
import { readsAlive } from '../../../shared/redundancy.ts';
import type { World } from '../contract.ts';
import type { SiteLook } from '../rules/rule.ts';
import type { AccountSight } from './sights.ts';
import type { Slot, SlotBook } from './slot-book.ts';
import type { SubjectBook } from './subject-book.ts';

/** `shaky`: it lives, and was dead a moment ago or has failing health alone, not for long enough. `doubtful`: it reads dead, not for long enough. */
export type Life = 'solid' | 'shaky' | 'doubtful' | 'dead' | 'unknown';

interface SiteState {
  readonly lives: ReadonlyMap<TunnelKey, Life>;
  readonly counts: Readonly<Record<Life, number>>;
}

export interface SiteStatesOptions {
  readonly slots: SlotBook;
  readonly subjects: SubjectBook;
  readonly world: World;
  readonly sightOf: (key: TunnelKey) => AccountSight | undefined;
}

/** States of sites at one moment; counted once for each site, until somebody says that they moved. */
export class SiteStates {
  readonly #options: SiteStatesOptions;
  readonly #known = new Map<string, SiteState>();

  constructor(options: SiteStatesOptions) {
    this.#options = options;
  }

  /** Alerts moved: count anew. */
  forget(): void {
    this.#known.clear();
  }

  /**
   * Whether another tunnel of the site lives; `prior` is what was said before, `null` when nothing was. A tunnel without a
   * site has nobody.
   */
  served(site: string | null, key: TunnelKey, prior: boolean | null): boolean {
    if (site === null) return false;
    const { lives, counts } = this.#of(site);
    const own = lives.get(key);
    const others = (life: Life): number => counts[life] - (own === life ? 1 : 0);
    if (others('solid') > 0) return true;
    if (others('shaky') + others('doubtful') === 0) return false;
    return prior ?? others('shaky') > 0;
  }

  look(site: string): Omit<SiteLook, 'phase'> {
    const { lives, counts } = this.#of(site);
    const alive = [...lives].find(([, life]) => life === 'solid' || life === 'shaky')?.[0];
    const deaths = [...lives].filter(([, life]) => life === 'dead').map(([key]) => this.#death(key));
    const told = deaths.filter((slot) => slot !== undefined);
    return {
      tunnels: lives.size,
      live: counts.solid + counts.shaky,
      dead: counts.dead,
      doubtful: counts.doubtful,
      unknown: counts.unknown,
      lastLive: alive === undefined ? null : (this.#options.subjects.tunnel(alive)?.name ?? null),
      since: told.reduce<Instant>((latest, { alert }) => Math.max(latest, alert.since), 0),
      exact: told.every(({ alert }) => alert.exact),
    };
  }

  #of(site: string): SiteState {
    const known = this.#known.get(site);
    if (known !== undefined) return known;
    const lives = new Map<TunnelKey, Life>();
    const counts: Record<Life, number> = { solid: 0, shaky: 0, doubtful: 0, dead: 0, unknown: 0 };
    for (const key of this.#options.subjects.members(site)) {
      const life = this.#life(key);
      lives.set(key, life);
      counts[life] += 1;
    }
    const state = { lives, counts };
    this.#known.set(site, state);
    return state;
  }

  #life(key: TunnelKey): Life {
    const { world, sightOf } = this.#options;
    const row = world.tunnel(key)?.row;
    const sight = sightOf(key);
    const alive = row === undefined || sight === undefined ? null : readsAlive(row, sight);
    if (alive === null) return 'unknown';
    const death = this.#death(key);
    if (alive) return death === undefined ? 'solid' : 'shaky';
    if (death?.alert.phase === 'firing') return 'dead';
    // Health alone reads dead while the session stands: it may be a rekey, and packets get through until it lasts.
    return row?.lanes.bgp.value === 'up' ? 'shaky' : 'doubtful';
  }

  /** The alert that confirmed its death, a firing one before one that recovers. */
  #death(key: TunnelKey): Slot | undefined {
    const told = FATAL.flatMap((rule) => this.#options.slots.get(key, rule) ?? []);
    const phase = (wanted: string) => told.find(({ alert }) => alert.phase === wanted);
    return phase('firing') ?? phase('recovering');
  }
}

/** Alerts that say that a tunnel is dead. */
export const FATAL: readonly AlertRule[] = ['bgp-down', 'bgp-stuck-establishing', 'health-down'];
