/**
 * Between the tunnels of an account and their linter: tells it what changed, and moves the config lanes to what it says.
 */
import type { Instant, Millis, NewEvent, PskPolicy, Tunnel, TunnelKey } from '../../shared/model.ts';
import type { AccountLint } from '../lint/account-lint.ts';
import { NO_FACTS, NOTHING_KNOWN, type RecentChange, type Surroundings, type TunnelFacts } from '../lint/contract.ts';
import { type Entry, observeFindings } from './entry.ts';
import type { FleetMemory } from './fleet-contract.ts';
import { cloudNow, type Look, policyAt } from './look.ts';
import type { SiteBook } from './site-book.ts';
import type { Update } from './update.ts';

const DAY_MS: Millis = 86_400_000;

/** What the linter hears of a tunnel beside its configuration. */
function factsOf({ idle, colos }: Entry, site: string | null): TunnelFacts {
  const states = [...colos.values()].map(({ state }) => state);
  const all = (value: number): boolean => states.every((state) => state === value);
  const health = states.length === 0 ? null : all(1) ? 'healthy' : all(0) ? 'down' : 'mixed';
  return { idle, health, site };
}

const sameFacts = (a: TunnelFacts, b: TunnelFacts): boolean =>
  a.idle === b.idle && a.health === b.health && a.site === b.site;

/** Events that rules look back at. */
export function recentChange({ at, kind, key, detail }: NewEvent): RecentChange | null {
  if (key === null) return null;
  if (kind !== 'config-changed' && kind !== 'tunnel-disappeared' && kind !== 'tunnel-recreated') return null;
  return { at, kind, key, detail };
}

export class FleetLint {
  readonly #entries: Map<TunnelKey, Entry>;
  readonly #lint: AccountLint;
  readonly #sites: SiteBook;
  readonly #facts = new Map<TunnelKey, TunnelFacts>();
  #recent: readonly RecentChange[];
  #beside: Surroundings;
  #look: Look | null = null;
  #unreadable = 0;
  /** Nothing was told yet. */
  #new = true;
  /** Tunnels whose config lane was never set here. */
  #unjudged = new Set<TunnelKey>();

  /** `entries` are those of the fleet. */
  constructor(
    entries: Map<TunnelKey, Entry>,
    lint: AccountLint,
    sites: SiteBook,
    { recent = [], beside = NOTHING_KNOWN }: Pick<FleetMemory, 'recent' | 'beside'>,
  ) {
    this.#entries = entries;
    this.#lint = lint;
    this.#sites = sites;
    this.#recent = recent;
    this.#beside = beside;
    lint.begin((tunnel) => this.#policyOf(tunnel));
  }

  /** A tunnel came that has no findings yet. */
  came(key: TunnelKey): void {
    this.#unjudged.add(key);
  }

  /** So many elements of the newest list could not be read. */
  unreadable(count: number): void {
    if (count === this.#unreadable) return;
    this.#unreadable = count;
    this.#new = true;
  }

  /** Other news of what stands beside the list. Takes effect with the next `judge`. */
  beside(known: Surroundings): void {
    if (known === this.#beside) return;
    this.#beside = known;
    this.#new = true;
  }

  /** After an answer or with time: `changed` are tunnels as they are now. */
  judge(changed: readonly Tunnel[], look: Look, update: Update): void {
    this.#look = look;
    const { facts, moved } = this.#factsOf(update.touched);
    this.#remember(update.events, look.now);
    const { removed } = update;
    for (const key of removed) this.#facts.delete(key);
    const news = changed.length + removed.size + facts.size > 0 || this.#new;
    if (!news && !this.#lint.due(cloudNow(look), look.now)) return;
    const present = changed.filter(({ key }) => this.#entries.has(key));
    const keys = this.#lint.apply(
      {
        now: cloudNow(look),
        ...(present.length > 0 && { changed: present }),
        ...(removed.size > 0 && { removed }),
        ...(facts.size > 0 && { facts }),
        ...(moved && look.policyOf !== undefined && { repolicy: true }),
        ...(this.#new && {
          surroundings: { ...this.#beside, recent: this.#recent, unreadable: this.#unreadable },
        }),
      },
      look.now,
    );
    this.#new = false;
    for (const key of [...keys, ...this.#unjudged]) this.observe(key, look.now, update);
    this.#unjudged = new Set();
  }

  /** The name of a tunnel that went within the last day; empty when nobody knows. */
  formerName(key: TunnelKey): string {
    const told = this.#recent.findLast((change) => change.key === key && typeof change.detail.name === 'string');
    return String(told?.detail.name ?? '');
  }

  /** Moves the config lane of a tunnel to what stands against it now. */
  observe(key: TunnelKey, now: Instant, update: Update): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    const next = observeFindings(entry, this.#lint.standing(key, now), now, update);
    if (next !== entry) this.#entries.set(key, next);
  }

  #policyOf(tunnel: Tunnel): PskPolicy {
    // Asked while a step is worked through, and a step has a look.
    if (this.#look === null) throw new Error('nobody looked yet');
    return policyAt(this.#look, tunnel, this.#entries.get(tunnel.key)?.siteName ?? null);
  }

  /** Facts that are others now. `moved`: some tunnel is known to stand at another site, and some policies go by site. */
  #factsOf(touched: ReadonlySet<TunnelKey>): { facts: ReadonlyMap<TunnelKey, TunnelFacts>; moved: boolean } {
    const told = new Map<TunnelKey, TunnelFacts>();
    let moved = false;
    for (const key of touched) {
      const entry = this.#entries.get(key);
      if (entry === undefined) continue;
      const site = this.#sites.of(entry);
      // One whose checks are off stands where the others of its name stand, as far as Cloudflare says where that is.
      const facts = factsOf(entry, site?.source === 'cloudflare' ? site.name : null);
      const before = this.#facts.get(key) ?? NO_FACTS;
      if (sameFacts(facts, before)) continue;
      moved ||= facts.site !== before.site;
      this.#facts.set(key, facts);
      told.set(key, facts);
    }
    return { facts: told, moved };
  }

  #remember(events: readonly NewEvent[], now: Instant): void {
    const fresh = events.flatMap((event) => recentChange(event) ?? []);
    if (fresh.length === 0) return;
    this.#recent = [...this.#recent.filter(({ at }) => now - at <= DAY_MS), ...fresh];
    this.#new = true;
  }
}
