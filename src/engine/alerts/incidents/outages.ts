/**
 * Outages of one account: which tunnels fail for one cause, and into which incident each goes.
 *
 * A tunnel with trouble has one home. New trouble finds it so, first match first:
 * 1. Its tunnel was in an open incident before: it comes back there.
 * 2. An open incident about a group (endpoint, site, account) that holds the tunnel and has failed as a whole takes it at
 *    any time; one that is still growing (its newest trouble is at most 3 min older) takes it as well.
 * 3. What began within 3 min of it, and of the beginning of open incidents, is looked at together (`parts.ts`). A part
 *    with open incidents, or about a group that went on failing within the last 15 min, joins the oldest, which takes the wider cause; the younger end there.
 *    A part without one opens an incident as soon as any of it fires.
 * 4. A tunnel by itself that was the last of its site joins the incident that began with the other half, whenever that
 *    was: that nothing is left is one thing to be told.
 *
 * So a tunnel that fails an hour later elsewhere is an incident of its own. Nothing is ever split: what was told as one
 * stays one until it is over, and a cause only ever gets wider.
 */
import type { Alert, Cause } from '../../../shared/alerts.ts';
import type { AccountId, Millis } from '../../../shared/model.ts';
import type { Case } from './case.ts';
import { FULL_SHARE, PAIR, ROLLING_MS, WINDOW_MS } from './families.ts';
import { type Part, partsOf } from './parts.ts';
import { covers, groupOf, isDoubt, isFailing, isFiring, measured, type Tally, type Trouble } from './trouble.ts';

/** What one account holds. */
export class Field {
  readonly accountId: AccountId;
  readonly troubles = new Map<string, Trouble>();
  /** Open alerts about sites, by id. */
  readonly sites = new Map<string, Alert>();
  readonly cases = new Set<Case>();

  constructor(accountId: AccountId) {
    this.accountId = accountId;
  }
}

/** What the book lends to correlation. */
export interface Hands {
  open(cause: Cause, opener: Alert, onset: Millis): Case;
  /** Puts an alert into a case and remembers where it is. */
  house(alert: Alert, into: Case, onset: Millis): void;
  homeOf(alert: Alert): Case | undefined;
  /** The younger ends in the older. */
  merge(younger: Case, older: Case): void;
  changedBefore(trouble: Trouble): boolean;
  onsetOf(alert: Alert): Millis;
}

const RANK: Readonly<Record<Cause['kind'], number>> = {
  tunnel: 0,
  rule: 0,
  app: 0,
  blind: 0,
  site: 1,
  'customer-endpoint': 1,
  'cloudflare-endpoint': 2,
  account: 3,
};
const NONE = { failing: 0, of: 0 } as const;

function causeOf(part: Part, accountId: AccountId): Cause {
  const [first] = part.members;
  switch (part.kind) {
    case 'site':
      return { kind: 'site', accountId, site: part.value, extent: NONE };
    case 'customer':
      return { kind: 'customer-endpoint', accountId, address: part.value, extent: NONE, others: NONE };
    case 'endpoint':
      return { kind: 'cloudflare-endpoint', accountId, address: part.value, extent: NONE, others: NONE };
    case 'tunnel':
      if (first !== undefined) return { kind: 'tunnel', accountId, key: first.key, name: first.name };
      return { kind: 'account', accountId, extent: NONE };
    case 'account':
      return { kind: 'account', accountId, extent: NONE };
  }
}

/** Names what a cause is about, without its extent. */
function identity(cause: Cause): string {
  const group = groupOf(cause);
  if (group !== null) return `${group.axis}|${group.value}`;
  return cause.kind === 'tunnel' ? `tunnel|${cause.key}` : cause.kind;
}

/** Finds a home for everything new in an account. */
export class Correlation {
  readonly #field: Field;
  readonly #tally: Tally;
  readonly #hands: Hands;
  /** Sites with an alert that fires and is in no incident yet. */
  readonly #hotSites: ReadonlySet<string>;
  readonly #failed = new Map<Case, boolean>();

  constructor(field: Field, tally: Tally, hands: Hands) {
    this.#field = field;
    this.#tally = tally;
    this.#hands = hands;
    this.#hotSites = new Set(
      [...field.sites.values()].flatMap((alert) => {
        const { phase, subject } = alert;
        const told = phase !== 'firing' || hands.homeOf(alert) !== undefined;
        return told || subject.kind !== 'site' ? [] : [subject.site];
      }),
    );
  }

  run(): void {
    for (const trouble of this.#free()) this.#join(trouble);
    for (const burst of this.#bursts()) this.#burst(burst);
    this.#attachSites();
    for (const it of this.#field.cases) it.cause = measured(it.cause, this.#field.troubles.values(), this.#tally);
  }

  #free(): Trouble[] {
    return [...this.#field.troubles.values()].filter((trouble) => trouble.home === null && !isDoubt(trouble));
  }

  /** Into an incident that is there already, without looking at what else happens. */
  #join(trouble: Trouble): void {
    const cases = [...this.#field.cases];
    const home =
      cases.find(({ tunnels }) => tunnels.has(trouble.key)) ??
      cases.find((it) => it.cause.kind !== 'tunnel' && covers(it.cause, trouble) && this.#takes(it, trouble));
    if (home !== undefined) this.#house(trouble, home);
  }

  #takes(it: Case, { onset }: Trouble): boolean {
    return (it.cause.kind !== 'account' && Math.abs(onset - it.last) <= WINDOW_MS) || this.#hasFailed(it);
  }

  /** Has the whole of what a case is about failed before now? Counted once: what joins does not let more in. */
  #hasFailed(it: Case): boolean {
    const known = this.#failed.get(it);
    if (known !== undefined) return known;
    const group = groupOf(it.cause);
    const count = group === null ? this.#tally.all : this.#tally.by[group.axis].get(group.value);
    let failing = 0;
    for (const one of this.#field.troubles.values()) if (one.home === it && isFailing(one)) failing += 1;
    const failed = failing >= PAIR && failing / Math.max(count?.judged ?? 0, failing) >= FULL_SHARE;
    this.#failed.set(it, failed);
    return failed;
  }

  #house(trouble: Trouble, home: Case): void {
    trouble.home = home;
    for (const alert of trouble.alerts.values()) this.#hands.house(alert, home, trouble.onset);
  }

  /** Free troubles that began within a window of the first of them. */
  #bursts(): Trouble[][] {
    const free = this.#free().sort((a, b) => a.onset - b.onset || (a.key < b.key ? -1 : 1));
    const bursts: Trouble[][] = [];
    for (const trouble of free) {
      const current = bursts.at(-1);
      const start = current?.[0]?.onset;
      if (current !== undefined && start !== undefined && trouble.onset - start <= WINDOW_MS) current.push(trouble);
      else bursts.push([trouble]);
    }
    return bursts;
  }

  #burst(burst: readonly Trouble[]): void {
    const start = burst[0]?.onset ?? 0;
    const end = burst.at(-1)?.onset ?? start;
    const near = new Set(
      [...this.#field.cases].filter(
        ({ first }) => Math.abs(first - start) <= WINDOW_MS && Math.abs(first - end) <= WINDOW_MS,
      ),
    );
    const troubles = [...this.#field.troubles.values()];
    const together = [...burst, ...troubles.filter(({ home }) => home !== null && near.has(home))];
    const parts = partsOf(together, troubles, this.#tally, (trouble) => this.#hands.changedBefore(trouble));
    const where = this.#mainParts(parts);
    for (const part of parts) this.#place(part, where);
  }

  /** Nothing is split: a case goes with the part that holds most of it. */
  #mainParts(parts: readonly Part[]): ReadonlyMap<Case, Part> {
    const best = new Map<Case, { readonly part: Part; readonly count: number }>();
    for (const part of parts) {
      const counts = new Map<Case, number>();
      for (const { home } of part.members) if (home !== null) counts.set(home, (counts.get(home) ?? 0) + 1);
      for (const [it, count] of counts) if (count > (best.get(it)?.count ?? 0)) best.set(it, { part, count });
    }
    return new Map([...best].map(([it, { part }]) => [it, part]));
  }

  #place(part: Part, where: ReadonlyMap<Case, Part>): void {
    const free = part.members.filter(({ home }) => home === null);
    const cause = causeOf(part, this.#field.accountId);
    const isSame = (it: Case): boolean => groupOf(cause) !== null && identity(it.cause) === identity(cause);
    const start = part.members.reduce((least, { onset }) => Math.min(least, onset), Number.POSITIVE_INFINITY);
    const homes = [...this.#field.cases].filter(
      (it) => where.get(it) === part || (isSame(it) && Math.abs(start - it.last) <= ROLLING_MS),
    );
    const [single] = free;
    if (homes.length === 0 && part.kind === 'tunnel' && single !== undefined && this.#completesSite(single)) return;
    const target = homes.sort((a, b) => a.number - b.number)[0] ?? this.#openFor(part, cause);
    if (target === null) return;
    for (const younger of homes.slice(1)) this.#hands.merge(younger, target);
    for (const trouble of free) this.#house(trouble, target);
    this.#widen(target, cause, part.members.length);
  }

  /** It fires itself, or an alert about its site does. */
  #isLive(trouble: Trouble): boolean {
    return isFiring(trouble) || (trouble.site !== null && this.#hotSites.has(trouble.site));
  }

  #openFor(part: Part, cause: Cause): Case | null {
    const opener = part.members.find((trouble) => this.#isLive(trouble));
    const [alert] = opener?.alerts.values() ?? [];
    return opener === undefined || alert === undefined ? null : this.#hands.open(cause, alert, opener.onset);
  }

  #widen(it: Case, cause: Cause, members: number): void {
    if (identity(it.cause) === identity(cause)) return;
    const wider = RANK[cause.kind] - RANK[it.cause.kind];
    if (wider > 0 || (wider === 0 && cause.kind !== 'tunnel' && members > this.#failingIn(it.cause))) it.cause = cause;
  }

  #failingIn(cause: Cause): number {
    let failing = 0;
    for (const trouble of this.#field.troubles.values()) if (isFailing(trouble) && covers(cause, trouble)) failing += 1;
    return failing;
  }

  /** The last working tunnel of a site fails: one incident with the other half, unless that belongs to something larger. */
  #completesSite(last: Trouble): boolean {
    const { site } = last;
    if (site === null || !this.#isLive(last)) return false;
    const mates = [...this.#field.troubles.values()].filter((one) => one.site === site && isFailing(one));
    if (mates.length < PAIR || mates.length < (this.#tally.by.site.get(site)?.judged ?? 0)) return false;
    const homes = [...new Set(mates.flatMap(({ home }) => (home === null ? [] : [home])))];
    if (homes.length === 0 || homes.some((it) => RANK[it.cause.kind] > 1 || !this.#isWithin(it, site))) return false;
    const cause = causeOf({ kind: 'site', value: site, members: mates }, this.#field.accountId);
    const [target, ...younger] = homes.sort((a, b) => a.number - b.number);
    if (target === undefined) return false;
    for (const it of younger) this.#hands.merge(it, target);
    for (const mate of mates) if (mate.home === null) this.#house(mate, target);
    this.#widen(target, cause, mates.length);
    return true;
  }

  #isWithin(it: Case, site: string): boolean {
    for (const trouble of this.#field.troubles.values()) if (trouble.home === it && trouble.site !== site) return false;
    return true;
  }

  /** Alerts about a site go where its tunnels are; of several incidents to the youngest, whose failure made the difference. */
  #attachSites(): void {
    const loose = [...this.#field.sites.values()].filter((alert) => this.#hands.homeOf(alert) === undefined);
    if (loose.length === 0) return;
    const homes = new Map<string, Case>();
    const offer = (site: string | null, it: Case): void => {
      if (site !== null && it.number > (homes.get(site)?.number ?? 0)) homes.set(site, it);
    };
    for (const { site, home } of this.#field.troubles.values()) if (home !== null) offer(site, home);
    for (const it of this.#field.cases) if (it.cause.kind === 'site') offer(it.cause.site, it);
    for (const alert of loose) {
      if (alert.subject.kind !== 'site') continue;
      const { site, accountId } = alert.subject;
      const onset = this.#hands.onsetOf(alert);
      const home = homes.get(site);
      if (home !== undefined) this.#hands.house(alert, home, home.first);
      else if (alert.phase === 'firing') {
        const it = this.#hands.open({ kind: 'site', accountId, site, extent: NONE }, alert, onset);
        offer(site, it);
        this.#hands.house(alert, it, onset);
      }
    }
  }
}
