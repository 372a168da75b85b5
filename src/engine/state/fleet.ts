/**
 * All tunnels of one account. Answers go in, an `Update` comes out; no clock, no I/O. The work of a round is proportional
 * to what changed in it.
 */
import {
  type AccountId,
  type BoardRow,
  type EventKind,
  type Instant,
  type NewEvent,
  type Site,
  type Tunnel,
  type TunnelDetail,
  type TunnelKey,
  tunnelKey,
  tunnelOf,
  type UnreadableTunnel,
} from '../../shared/model.ts';
import type { HealthRow, ListSnapshot } from '../cloudflare/contract.ts';
import type { RememberedTunnel } from '../history/contract.ts';
import { type AccountLint, plainLint } from '../lint/account-lint.ts';
import type { Surroundings } from '../lint/contract.ts';
import { CloseReads } from './close-reads.ts';
import { changedWhileAway } from './config-away.ts';
import { withoutMark } from './config-snapshot.ts';
import { type Entry, NAMELESS, newEntry, observeTunnel, rowOf } from './entry.ts';
import { observeTime } from './entry-age.ts';
import { HEALTH_MINUTE_MS, observeHealth } from './entry-health.ts';
import { idleObserver, type TrafficSeen } from './entry-traffic.ts';
import type { Fleet, FleetMemory } from './fleet-contract.ts';
import { FleetLint } from './fleet-lint.ts';
import { identityChanges } from './identity.ts';
import { joinHealth } from './join-health.ts';
import { cloudNow, type Look } from './look.ts';
import { Roster } from './roster.ts';
import { SiteBook } from './site-book.ts';
import { emptyUpdate, type Update } from './update.ts';

/** An empty fleet that goes on where `memory` ends. Without a `lint` of the caller's nothing is waived. */
export function createFleet(accountId: AccountId, memory: FleetMemory, lint = plainLint(accountId)): Fleet {
  return new AccountFleet(accountId, memory, lint);
}

class AccountFleet implements Fleet {
  unreadable: readonly UnreadableTunnel[] = [];
  readonly #accountId: AccountId;
  readonly #memory: FleetMemory;
  readonly #entries = new Map<TunnelKey, Entry>();
  readonly #rows = new Map<TunnelKey, BoardRow>();
  /** Tunnels that the last list had, and remembered ones until a list has confirmed or missed them. */
  readonly #roster = new Roster();
  /** What the history tells of each, until it goes: a tunnel that comes back begins anew. */
  readonly #remembered: Map<TunnelKey, RememberedTunnel>;
  /** Tunnels that the newest list lacked for the first time. */
  readonly #missing = new Set<TunnelKey>();
  readonly #closeReads = new CloseReads();
  readonly #sites = new SiteBook();
  readonly #lint: FleetLint;
  #listed: boolean;
  #firstList = true;

  constructor(accountId: AccountId, memory: FleetMemory, lint: AccountLint) {
    this.#accountId = accountId;
    this.#memory = memory;
    this.#listed = memory.known;
    this.#lint = new FleetLint(this.#entries, lint, this.#sites, memory);
    const present = memory.tunnels.filter((tunnel) => tunnel.goneAt === null);
    this.#remembered = new Map(present.map((tunnel) => [tunnel.key, tunnel]));
    for (const { key, name } of present) this.#roster.set(key, name);
  }

  get size(): number {
    return this.#entries.size;
  }

  entry(key: TunnelKey): Entry | undefined {
    return this.#entries.get(key);
  }

  entries(): IterableIterator<Entry> {
    return this.#entries.values();
  }

  row(key: TunnelKey): BoardRow | undefined {
    const cached = this.#rows.get(key);
    if (cached !== undefined) return cached;
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    const row = rowOf(entry, this.#sites.of(entry));
    this.#rows.set(key, row);
    return row;
  }

  rows(): BoardRow[] {
    return [...this.#entries.keys()].flatMap((key) => this.row(key) ?? []);
  }

  detail(key: TunnelKey): TunnelDetail | null {
    const entry = this.#entries.get(key);
    const row = this.row(key);
    if (entry === undefined || row === undefined) return null;
    return { row, tunnel: withoutMark(entry.tunnel), colos: [...entry.colos.values()], findings: entry.findings };
  }

  formerName(key: TunnelKey): string {
    return this.#lint.formerName(key);
  }

  applyList(snapshot: ListSnapshot, look: Look): Update {
    const update = emptyUpdate();
    this.#noteUnreadable(snapshot, look, update);
    this.#noteMissing(snapshot, look, update);
    const told = this.#closeReads.toldOtherwise(snapshot, (key) => this.#entries.get(key)?.tunnel);
    const changed = [...snapshot.changed, ...told];
    this.#take(changed, look, update);
    this.#listed = true;
    this.#firstList = false;
    return this.#finish(update, look, changed);
  }

  applyTunnel(tunnel: Tunnel, look: Look): Update {
    const update = emptyUpdate();
    if (this.#entries.has(tunnel.key)) {
      this.#take([tunnel], look, update);
      this.#closeReads.add(tunnel.key);
    }
    return this.#finish(update, look, [tunnel]);
  }

  applyHealth(rows: readonly HealthRow[], look: Look): Update {
    const update = emptyUpdate();
    const byTunnel = joinHealth(rows, this.#roster);
    let moved = false;
    for (const [key, entry] of this.#entries) {
      const joined = byTunnel.get(key);
      const next = observeHealth(entry, joined?.rows ?? [], look, update);
      const siteName = joined?.siteName ?? entry.siteName;
      if (next === entry && siteName === entry.siteName) continue;
      moved ||= siteName !== entry.siteName;
      this.#entries.set(key, siteName === next.siteName ? next : { ...next, siteName });
    }
    if (moved) {
      const siteInRow = (key: TunnelKey): Site | null => this.#rows.get(key)?.site ?? null;
      for (const key of this.#sites.settle(this.#entries, siteInRow)) update.touched.add(key);
    }
    return this.#finish(update, look);
  }

  applyTraffic(seen: TrafficSeen | null, look: Look): Update {
    const update = emptyUpdate();
    return this.#each(idleObserver(seen, this.#roster, look, update), look, update);
  }

  applyTime(look: Look): Update {
    const update = emptyUpdate();
    return this.#each((entry) => observeTime(entry, look, update), look, update);
  }

  applySurroundings(known: Surroundings, look: Look): Update {
    this.#lint.beside(known);
    return this.#finish(emptyUpdate(), look);
  }

  applyWaivers(key: TunnelKey, look: Look): Update {
    const update = emptyUpdate();
    this.#lint.observe(key, look.now, update);
    return this.#finish(update, look);
  }

  #each(observe: (entry: Entry) => Entry, look: Look, update: Update): Update {
    for (const [key, entry] of this.#entries) {
      const next = observe(entry);
      if (next !== entry) this.#entries.set(key, next);
    }
    return this.#finish(update, look);
  }

  #take(tunnels: readonly Tunnel[], look: Look, update: Update): void {
    const fresh = this.#identify(tunnels, look, update);
    for (const tunnel of tunnels) this.#observe(tunnel, fresh.has(tunnel.key), look, update);
  }

  /** `renamed`: it bears this name only now; what health results say of the name so far is about somebody else. */
  #observe(tunnel: Tunnel, renamed: boolean, look: Look, update: Update): void {
    const known = this.#entries.get(tunnel.key);
    const fromNow = cloudNow(look) + HEALTH_MINUTE_MS;
    if (known !== undefined) {
      const next = observeTunnel(known, tunnel, look, update);
      this.#entries.set(tunnel.key, renamed ? { ...next, born: fromNow } : next);
      return;
    }
    const remembered = this.#remembered.get(tunnel.key) ?? null;
    const born = tunnel.createdAt ?? (this.#firstList ? 0 : fromNow);
    const entry = newEntry(tunnel, renamed ? fromNow : born, look, remembered, update);
    this.#entries.set(tunnel.key, entry);
    this.#lint.came(tunnel.key);
    const detail = changedWhileAway(entry, remembered, this.#memory, look);
    if (detail !== null) update.events.push(this.#event('config-changed', tunnel.key, look.now, detail));
  }

  #noteUnreadable(snapshot: ListSnapshot, look: Look, update: Update): void {
    this.unreadable = snapshot.unreadable;
    this.#lint.unreadable(snapshot.unreadable.length);
    for (const { id, reason } of snapshot.unreadable) {
      if (id !== null) this.#markUnreadable(tunnelKey(this.#accountId, id), reason, look, update);
    }
    if (!snapshot.unreadable.some(({ id }) => id === null)) return;
    // An element without an id may be any of those that are not named: none of them was read this time.
    for (const key of this.#entries.keys()) {
      if (!this.#isListed(snapshot, key)) this.#markUnreadable(key, NAMELESS, look, update);
    }
  }

  #markUnreadable(key: TunnelKey, reason: string, look: Look, update: Update): void {
    const entry = this.#entries.get(key);
    if (entry === undefined || entry.unreadable === reason) return;
    this.#entries.set(key, { ...entry, unreadable: reason });
    update.touched.add(key);
    if (entry.unreadable !== null) return;
    const { name } = entry.tunnel;
    update.events.push(this.#event('tunnel-unreadable', key, look.now, { name, reason }));
  }

  /**
   * A tunnel is gone when two lists in a row lack it, so that one odd answer empties no board. A tunnel of the same name
   * under another id settles it at once: it was recreated.
   */
  #noteMissing(snapshot: ListSnapshot, look: Look, update: Update): void {
    const listed = (key: TunnelKey): boolean => this.#isListed(snapshot, key);
    const recreated = new Set(snapshot.changed.map((tunnel) => tunnel.name));
    for (const key of [...this.#missing]) {
      if (listed(key)) this.#missing.delete(key);
      else if (!recreated.has(this.#roster.names.get(key) ?? '')) this.#remove(key, look, update);
    }
    const suspects = this.#firstList
      ? [...this.#roster.names.keys()]
      : snapshot.removed.map((id) => tunnelKey(this.#accountId, id));
    for (const key of suspects) if (this.#roster.names.has(key) && !listed(key)) this.#suspect(key, update);
  }

  #suspect(key: TunnelKey, update: Update): void {
    this.#missing.add(key);
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.set(key, { ...entry, missing: true });
    update.touched.add(key);
  }

  #isListed(snapshot: ListSnapshot, key: TunnelKey): boolean {
    const id = tunnelOf(key);
    return snapshot.tunnels.has(id) || snapshot.unreadable.some((u) => u.id === id);
  }

  /** Returns those that bear another name than before, as far as they are known. */
  #identify(changed: readonly Tunnel[], look: Look, update: Update): ReadonlySet<TunnelKey> {
    const found = identityChanges(this.#roster.names, changed, this.#missing);
    for (const { key, name } of found.appeared) {
      if (this.#listed) update.events.push(this.#event('tunnel-appeared', key, look.now, { name }));
    }
    for (const { key, from, to } of found.renamed) {
      update.identities.push({ key, name: to, goneAt: null });
      update.events.push(this.#event('tunnel-renamed', key, look.now, { from, to }));
    }
    for (const { from, to, name } of found.recreated) {
      this.#forget(from, look, update);
      const detail = { name, oldId: tunnelOf(from), newId: tunnelOf(to) };
      update.events.push(this.#event('tunnel-recreated', to, look.now, detail));
    }
    for (const { key, name } of changed) this.#roster.set(key, name);
    return new Set(found.renamed.map(({ key }) => key));
  }

  #remove(key: TunnelKey, look: Look, update: Update): void {
    const name = this.#roster.names.get(key) ?? null;
    this.#forget(key, look, update);
    update.events.push(this.#event('tunnel-disappeared', key, look.now, { name }));
  }

  #forget(key: TunnelKey, look: Look, update: Update): void {
    update.identities.push({ key, name: this.#roster.names.get(key) ?? '', goneAt: look.now });
    update.removed.add(key);
    this.#missing.delete(key);
    this.#remembered.delete(key);
    this.#roster.delete(key);
    this.#entries.delete(key);
    this.#rows.delete(key);
  }

  #event(kind: EventKind, key: TunnelKey, at: Instant, detail: NewEvent['detail']): NewEvent {
    return { at, kind, accountId: this.#accountId, key, detail };
  }

  /** Findings cross tunnels and follow from all that is known, so they are judged last. */
  #finish(update: Update, look: Look, changed: readonly Tunnel[] = []): Update {
    this.#lint.judge(changed, look, update);
    for (const key of update.touched) this.#rows.delete(key);
    for (const key of update.removed) update.touched.delete(key);
    return update;
  }
}
