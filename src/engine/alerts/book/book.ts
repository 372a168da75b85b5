/**
 * Rules applied to the world, and the life of every alert. `createAlertBook()` is the only door. The work of a call is
 * proportional to what was touched and to what is open; nothing here reads a clock.
 */
import type { Alert, Subject } from '../../../shared/alerts.ts';
import { type AccountId, accountOf, type HistoryEvent, type Millis, type TunnelKey } from '../../../shared/model.ts';
import type { AlertBook, AlertChange, AlertConfig, Moment, Observed, World } from '../contract.ts';
import { EventDesk, replacedBy } from './event-desk.ts';
import { FlapLedger } from './flap-ledger.ts';
import { OwnDesk } from './own-desk.ts';
import { type AccountSight, changedSights, readSights } from './sights.ts';
import { SiteDesk } from './site-desk.ts';
import { SlotBook } from './slot-book.ts';
import { SubjectBook } from './subject-book.ts';
import { TunnelDesk } from './tunnel-desk.ts';

/** A book that goes on with the open alerts among `restored`: they stand still, unseen, until their subjects are looked at. */
export function createAlertBook(config: AlertConfig, restored: readonly Alert[]): AlertBook {
  return new RuleBook(config, restored);
}

/** Statuses change without an answer (facts go stale, disks fill up), so they are looked at this often. */
const LOOK_MS: Millis = 5_000;
/** Wall time that ran ahead of monotonic time by more than this: the machine slept, or the clock was set. */
const SLEPT_MS: Millis = 30_000;

/** All that one call looks at. */
export interface Pass {
  readonly moment: Moment;
  readonly world: World;
  readonly sights: ReadonlyMap<AccountId, AccountSight>;
}

class RuleBook implements AlertBook {
  readonly #slots: SlotBook;
  readonly #subjects = new SubjectBook();
  readonly #flaps = new FlapLedger();
  readonly #tunnels: TunnelDesk;
  readonly #sites: SiteDesk;
  readonly #events: EventDesk;
  readonly #own: OwnDesk;
  /** Judged while part of their account was unseen: what nobody could say then is asked again when we see. */
  readonly #deferred = new Set<TunnelKey>();
  #sights: ReadonlyMap<AccountId, AccountSight> = new Map();
  /** Wall time less monotonic time at the last call. */
  #offset: Millis | null = null;
  #looked: Millis | null = null;

  constructor(config: AlertConfig, restored: readonly Alert[]) {
    this.#slots = new SlotBook(config, restored, ({ alert }) => this.#sites.doubt(alert.subject));
    this.#sites = new SiteDesk(this.#slots, this.#subjects);
    this.#tunnels = new TunnelDesk(this.#slots, this.#subjects, this.#flaps, this.#sites);
    this.#events = new EventDesk(this.#slots, this.#subjects);
    this.#own = new OwnDesk(this.#slots);
  }

  observe({ moment, touched, removed, events }: Observed, world: World): readonly AlertChange[] {
    return this.#run(moment, world, touched, removed, events);
  }

  tick(moment: Moment, world: World): readonly AlertChange[] {
    return this.#run(moment, world, [], [], []);
  }

  due(): Millis | null {
    return this.#looked === null ? null : this.#looked + LOOK_MS;
  }

  *open(): Iterable<Alert> {
    for (const { alert, muted } of this.#slots.all()) if (!muted) yield alert;
  }

  #run(
    moment: Moment,
    world: World,
    touched: readonly TunnelKey[],
    removed: readonly TunnelKey[],
    events: readonly HistoryEvent[],
  ): readonly AlertChange[] {
    this.#noticeSleep(moment);
    const sights = readSights(world.accounts());
    const changed = changedSights(this.#sights, sights);
    if (this.#looked === null) this.#endOfForeigners(sights, moment);
    this.#sights = sights;
    this.#looked = moment.mono;
    const pass: Pass = { moment, world, sights };
    this.#sites.begin(pass);
    const gone = this.#events.remember(removed);
    const noted = this.#tunnels.note(touched, pass);
    const replaced = replacedBy(events);
    this.#tunnels.lose(removed, replaced, pass);
    this.#excuse(events);
    this.#tunnels.judge([...noted, ...this.#toLookAt(changed)], pass);
    this.#defer(noted, sights);
    this.#tunnels.judgeMissing(pass);
    this.#events.hear(events, gone, replaced, pass);
    this.#events.judge(pass);
    for (const key of this.#sites.judge(pass)) this.#tunnels.judge([key], pass);
    this.#own.judge(pass);
    return this.#slots.take();
  }

  /** Nobody knows what was while the machine slept. A monotonic clock that counts sleep shows it as a gap between looks. */
  #noticeSleep({ now, mono }: Moment): void {
    const offset = now - mono;
    if (this.#offset !== null && offset - this.#offset > SLEPT_MS) this.#slots.breakRows();
    this.#offset = offset;
  }

  /** Restored alerts about accounts that are watched no more. */
  #endOfForeigners(sights: ReadonlyMap<AccountId, AccountSight>, moment: Moment): void {
    for (const slot of [...this.#slots.all()]) {
      const account = accountIn(slot.alert.subject);
      if (account !== null && !sights.has(account)) this.#slots.close(slot, moment, 'account');
    }
  }

  /** Tunnels with alerts that an answer may move, and all with alerts whose account is seen otherwise than before. */
  #toLookAt(changed: ReadonlySet<AccountId>): readonly TunnelKey[] {
    const keys = new Set<TunnelKey>();
    for (const { alert, spec } of this.#slots.moving()) {
      if (spec.scope === 'tunnel' && alert.subject.kind === 'tunnel') keys.add(alert.subject.key);
    }
    if (changed.size === 0) return [...keys];
    for (const { alert } of this.#slots.all()) {
      const { subject } = alert;
      if (subject.kind === 'tunnel' && changed.has(accountOf(subject.key))) keys.add(subject.key);
      if (subject.kind === 'site' && changed.has(subject.accountId)) this.#sites.doubt(subject);
    }
    for (const key of this.#deferred) {
      if (!changed.has(accountOf(key))) continue;
      keys.add(key);
      const subject = this.#subjects.tunnel(key);
      if (subject !== undefined) this.#sites.doubt(subject);
      if (sees(this.#sights.get(accountOf(key)))) this.#deferred.delete(key);
    }
    return [...keys];
  }

  #defer(touched: readonly TunnelKey[], sights: ReadonlyMap<AccountId, AccountSight>): void {
    for (const key of touched) if (!sees(sights.get(accountOf(key)))) this.#deferred.add(key);
  }

  /** Dips that were rekeys are no flapping: event `rekey-dip` with `from` and `to`. */
  #excuse(events: readonly HistoryEvent[]): void {
    for (const { kind, key, detail } of events) {
      if (kind !== 'rekey-dip' || key === null) continue;
      if (typeof detail.from === 'number' && typeof detail.to === 'number')
        this.#flaps.excuse(key, detail.from, detail.to);
    }
  }
}

const sees = (sight: AccountSight | undefined): boolean => sight?.list === true && sight.health;

function accountIn(subject: Subject): AccountId | null {
  return subject.kind === 'app' ? null : subject.accountId;
}
