import type { Bridge, BridgeMessage, DeltaMessage } from '../../shared/bridge.ts';
import type {
  AccountId,
  AccountStatus,
  BoardRow,
  EngineStatus,
  Instant,
  Millis,
  PskPolicy,
  TunnelKey,
} from '../../shared/model.ts';
import { Alerts } from './alerts.svelte.ts';
import { type Entries, entriesOf, nameOrder, sameNames } from './entries.ts';
import { elapsed, type Moment, momentOf, type PageClock } from './page-clock.ts';
import { type Freshness, freshness, NOT_FRESH } from './standing.ts';
import type { Ticker } from './ticker.svelte.ts';

/** An account with its ages of this moment. */
export interface AccountView {
  readonly status: AccountStatus;
  readonly listAgeMs: Millis | null;
  readonly healthAgeMs: Millis | null;
  readonly fresh: Freshness;
}

/** What the host last said, and how old it is by now. Replaced as messages come, never mutated. */
export class Board {
  /** Incidents, silences, and how the sinks are doing. */
  readonly alerts = new Alerts();
  readonly #ticker: Ticker;
  readonly #clock: PageClock;
  readonly #listeners = new Set<(delta: DeltaMessage) => void>();
  #status = $state.raw<EngineStatus | null>(null);
  #policy = $state.raw<PskPolicy | null>(null);
  #rows = $state.raw<ReadonlyMap<TunnelKey, BoardRow>>(new Map());
  #received = $state.raw<Moment>({ wall: 0, mono: 0 });
  #lost = $state.raw<string | null>(null);
  /** Counts full boards: whoever holds something derived from earlier messages asks again when it changes. */
  #generation = $state.raw(0);

  /** A value, not derived: what shows it is not even looked at while a message leaves it as it is. */
  #now = $state.raw<Instant>(0);
  #entriesBefore: Entries = new Map();
  #rowsBefore: ReadonlyMap<TunnelKey, BoardRow> = new Map();
  #namesBefore: readonly TunnelKey[] = [];

  #sinceReceipt = $derived.by(() => elapsed(this.#received, this.#ticker.now));
  #accounts = $derived.by(() => this.#viewAccounts());
  #freshKey = $derived(this.#accounts.map(({ status, fresh }) => `${status.id}:${fresh.list}:${fresh.health}`).join());
  #fresh = $derived.by(() => this.#freshByAccount(this.#freshKey));
  #names = $derived.by(() => {
    const rows = this.#rows;
    if (!sameNames(rows, this.#rowsBefore)) this.#namesBefore = nameOrder(rows);
    this.#rowsBefore = rows;
    return this.#namesBefore;
  });
  #entries = $derived.by(() => {
    this.#entriesBefore = entriesOf(this.#rows, this.#names, this.#fresh, this.#entriesBefore);
    return this.#entriesBefore;
  });

  constructor(ticker: Ticker, clock: PageClock) {
    this.#ticker = ticker;
    this.#clock = clock;
    this.#tellTime();
    ticker.onBeat(() => this.#tellTime());
  }

  /** `null` until the host has spoken. */
  get status(): EngineStatus | null {
    return this.#status;
  }
  get policy(): PskPolicy | null {
    return this.#policy;
  }
  get rows(): ReadonlyMap<TunnelKey, BoardRow> {
    return this.#rows;
  }
  /** The rows with what follows from them, in the order of their names. */
  get entries(): Entries {
    return this.#entries;
  }
  /** Why the host is out of reach; `null` while it is not. */
  get lost(): string | null {
    return this.#lost;
  }
  get generation(): number {
    return this.#generation;
  }
  /** Wall clock of the host when it last spoke. */
  get heardAt(): Instant {
    return this.#status?.now ?? this.#received.wall;
  }
  /**
   * Wall clock of the host at the last beat of the page, in whole seconds (upwards): what ages and "since" are counted
   * against. Whole, so that a message within the same second changes no words.
   */
  get now(): Instant {
    return this.#now;
  }
  get accounts(): readonly AccountView[] {
    return this.#accounts;
  }
  /** Freshness by account. The same map as long as nothing became fresh or old. */
  get fresh(): ReadonlyMap<AccountId, Freshness> {
    return this.#fresh;
  }

  freshOf(account: AccountId): Freshness {
    return this.#fresh.get(account) ?? NOT_FRESH;
  }

  /** What people call an account; its id when it is not one of ours any more. */
  accountName(id: AccountId): string {
    return this.#status?.accounts.find((account) => account.id === id)?.name ?? id;
  }

  account(id: AccountId): AccountView | undefined {
    return this.#accounts.find(({ status }) => status.id === id);
  }

  /** Hears every delta after the board took it in. Returns the way to stop. */
  onDelta(listener: (delta: DeltaMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Follows the host. Returns the way to stop. */
  follow(bridge: Bridge): () => void {
    return bridge.subscribe((message) => this.take(message));
  }

  /** Takes one message in. */
  take(message: BridgeMessage): void {
    if (message.type === 'lost') {
      this.#lost = message.reason;
      return;
    }
    // A delta without the board it belongs to says nothing; the board is on its way.
    if (message.type !== 'board' && this.#status === null) return;
    this.#received = momentOf(this.#clock);
    this.#lost = null;
    this.#status = message.status;
    this.#tellTime();
    if (message.type === 'board') {
      this.#policy = message.policy;
      this.#rows = new Map(message.rows.map((row) => [row.key, row]));
      this.#generation += 1;
      this.alerts.take(message.alerts);
    } else if (message.type === 'delta') {
      this.#rows = patched(this.#rows, message);
      if (message.alerts !== null) this.alerts.apply(message.alerts);
      for (const listener of this.#listeners) listener(message);
    }
  }

  #tellTime(): void {
    const beat = this.#ticker.now;
    const now = this.#status === null ? beat.wall : this.#status.now + elapsed(this.#received, beat);
    this.#now = Math.ceil(now / 1000) * 1000;
  }

  #viewAccounts(): readonly AccountView[] {
    const since = this.#sinceReceipt;
    const lost = this.#lost !== null;
    return (this.#status?.accounts ?? []).map((status) => ({
      status,
      listAgeMs: status.listAgeMs === null ? null : status.listAgeMs + since,
      healthAgeMs: status.healthAgeMs === null ? null : status.healthAgeMs + since,
      fresh: freshness(status, since, lost),
    }));
  }

  /** Reads the accounts only when `_key` changed, so that a passing second does not rebuild the board. */
  #freshByAccount(_key: string): ReadonlyMap<AccountId, Freshness> {
    return new Map(
      _key === ''
        ? []
        : _key.split(',').map((part) => {
            const [id = '', list, health] = part.split(':');
            return [id as AccountId, { list: list === 'true', health: health === 'true' }];
          }),
    );
  }
}

function patched(rows: ReadonlyMap<TunnelKey, BoardRow>, delta: DeltaMessage): ReadonlyMap<TunnelKey, BoardRow> {
  if (delta.rows.length === 0 && delta.removed.length === 0) return rows;
  const next = new Map(rows);
  for (const key of delta.removed) next.delete(key);
  for (const row of delta.rows) next.set(row.key, row);
  return next;
}
