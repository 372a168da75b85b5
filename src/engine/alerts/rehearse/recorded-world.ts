/** The world as the history tells it, moment after moment. */
import type { AccountId, HistoryEvent, Instant, Millis, PskPolicy, TunnelKey } from '../../../shared/model.ts';
import { accountOf } from '../../../shared/model.ts';
import type { Recorded, RecordedSpan } from '../../history/recorded.ts';
import type { Linter } from '../../lint/contract.ts';
import { createLinter } from '../../lint/linter.ts';
import type { TunnelView, World } from '../contract.ts';
import { LivedAccount, type Pace } from './recorded-account.ts';
import { LivedTunnel } from './recorded-tunnel.ts';

/** Every rule has said its word after so long without a change; until then a tunnel in trouble is read closely. */
const WATCHED_MS: Millis = 15 * 60_000;

/** No key comes of age. */
const NO_AGE: PskPolicy = { agingMs: Infinity, dueMs: Infinity, staleMs: Infinity };

/** What some records changed. */
export interface Lived {
  readonly touched: Set<TunnelKey>;
  readonly removed: Set<TunnelKey>;
  readonly events: HistoryEvent[];
}

export class RecordedWorld implements World {
  readonly #tunnels: ReadonlyMap<TunnelKey, LivedTunnel>;
  readonly #accounts: ReadonlyMap<AccountId, LivedAccount>;
  readonly #byAccount = new Map<AccountId, LivedTunnel[]>();
  readonly #linters: ReadonlyMap<AccountId, Linter>;
  readonly #views = new Map<TunnelKey, TunnelView>();
  /** In trouble, with the moment until which a close watch can still tell something new. */
  readonly #watched = new Map<LivedTunnel, Millis>();
  #now: Instant;
  #mono: Millis = 0;
  #running = true;

  constructor(span: RecordedSpan, names: (id: AccountId) => string, pace: Pace) {
    this.#now = span.from;
    this.#tunnels = new Map(span.tunnels.map((tunnel) => [tunnel.key, new LivedTunnel(tunnel, span.from)]));
    this.#accounts = new Map(span.accounts.map((id) => [id, new LivedAccount(id, names(id), pace, span.gaps)]));
    for (const id of span.accounts) this.#byAccount.set(id, []);
    for (const tunnel of this.#tunnels.values()) this.#byAccount.get(accountOf(tunnel.key))?.push(tunnel);
    this.#linters = new Map(
      // Keys of age have a lane of their own; which policy held then is not recorded.
      span.accounts.map((id) => [id, createLinter({ accountId: id, policyOf: () => NO_AGE })]),
    );
    this.#lint(this.#tunnels.keys());
  }

  /** Somebody was there: the host ran, and at least one account was looked at or known to be out of sight. */
  get awake(): boolean {
    return this.#running && [...this.#accounts.values()].some((account) => !account.absent(this.#now));
  }

  /** Time goes on. */
  at(now: Instant, mono: Millis): void {
    this.#now = now;
    this.#mono = mono;
    this.#views.clear();
  }

  /** A round of one source: every account that was looked at then has answered. */
  round(source: 'list' | 'health'): void {
    for (const account of this.#accounts.values()) {
      if (account.looked(source, this.#now)) account.heard[source] = this.#mono;
    }
  }

  /** Tunnels whose trouble is young are read by themselves. False when there are none. */
  watch(): boolean {
    for (const [tunnel, until] of this.#watched) {
      if (!tunnel.troubled || until < this.#mono) this.#watched.delete(tunnel);
      else if (this.#accounts.get(accountOf(tunnel.key))?.looked('list', this.#now) === true) {
        tunnel.closely = this.#mono;
      }
    }
    return this.#watched.size > 0;
  }

  /** Takes in what was recorded, in that order. */
  apply(records: readonly Recorded[]): Lived {
    const lived: Lived = { touched: new Set(), removed: new Set(), events: [] };
    const relint = new Set<TunnelKey>();
    for (const record of records) {
      if (record.kind === 'event') this.#event(record.event, lived);
      else this.#take(record, lived, relint);
    }
    this.#lint(relint);
    for (const key of lived.removed) lived.touched.delete(key);
    this.#views.clear();
    return lived;
  }

  tunnel(key: TunnelKey): TunnelView | null {
    const tunnel = this.#tunnels.get(key);
    return tunnel?.present === true ? this.#view(tunnel) : null;
  }

  *tunnels(accountId: AccountId): Iterable<TunnelView> {
    for (const tunnel of this.#byAccount.get(accountId) ?? []) if (tunnel.present) yield this.#view(tunnel);
  }

  accounts(): ReturnType<World['accounts']> {
    return [...this.#accounts.values()].map((account) =>
      account.status(this.#mono, (this.#byAccount.get(account.id) ?? []).filter(({ present }) => present).length),
    );
  }

  store(): ReturnType<World['store']> {
    return { mode: 'disk', problem: null, path: null };
  }

  #view(tunnel: LivedTunnel): TunnelView {
    const known = this.#views.get(tunnel.key);
    if (known !== undefined) return known;
    const heard = this.#accounts.get(accountOf(tunnel.key))?.heard ?? { list: null, health: null };
    const list = heard.list === null ? null : Math.max(heard.list, tunnel.closely ?? 0);
    const { health } = heard;
    const { modifiedAt } = tunnel.tunnel;
    const view = {
      row: tunnel.row(this.#now),
      findings: tunnel.findings,
      modifiedAt,
      tags: [],
      heard: { list, health },
    };
    this.#views.set(tunnel.key, view);
    return view;
  }

  #take(record: Exclude<Recorded, { kind: 'event' }>, lived: Lived, relint: Set<TunnelKey>): void {
    const tunnel = this.#tunnels.get(record.key);
    if (tunnel === undefined) return;
    const accountId = accountOf(record.key);
    if (record.kind === 'lane') {
      const was = tunnel.present;
      tunnel.lane(record.lane, record.value, record.at);
      if (was && !tunnel.present) lived.removed.add(record.key);
      if (tunnel.present) lived.removed.delete(record.key);
      if (was !== tunnel.present) relint.add(record.key);
      const account = this.#accounts.get(accountId);
      if (record.lane === 'bgp') tunnel.closely = this.#mono;
      else if (record.lane === 'health' && account?.looked('health', this.#now) === true) {
        account.heard.health = this.#mono;
      }
      this.#watched.set(tunnel, this.#mono + WATCHED_MS);
    } else {
      if (record.kind === 'name') tunnel.named(record.name);
      else tunnel.configured(record.json, record.at);
      relint.add(record.key);
    }
    lived.touched.add(record.key);
  }

  #event(event: HistoryEvent, lived: Lived): void {
    lived.events.push(event);
    if (event.accountId !== null) this.#accounts.get(event.accountId)?.event(event);
    if (event.kind === 'stopped') this.#running = false;
    if (event.kind !== 'started') return;
    this.#running = true;
    for (const account of this.#accounts.values()) account.restarted();
  }

  /** News of these tunnels to the linters of their accounts; findings of their neighbours may become others. */
  #lint(keys: Iterable<TunnelKey>): void {
    for (const [accountId, mine] of Map.groupBy(keys, accountOf)) {
      const linter = this.#linters.get(accountId);
      const tunnels = mine.flatMap((key) => this.#tunnels.get(key) ?? []);
      const touched = linter?.apply({
        now: this.#now,
        changed: tunnels.filter(({ present }) => present).map(({ tunnel }) => tunnel),
        removed: tunnels.filter(({ present }) => !present).map(({ key }) => key),
      });
      for (const key of touched ?? []) {
        const tunnel = this.#tunnels.get(key);
        if (tunnel !== undefined) tunnel.findings = linter?.findings(key) ?? [];
      }
    }
  }
}
