/** Rules about single tunnels: what each look says, and how far apart looks are. */
import type { Alert, AlertRule } from '../../../shared/alerts.ts';
import { accountOf, type Millis, type TunnelKey } from '../../../shared/model.ts';
import type { TunnelView } from '../contract.ts';
import { OUTAGES, RULES } from '../rules/catalogue.ts';
import { type Judgement, type TunnelLook, type TunnelRule, UNKNOWN } from '../rules/rule.ts';
import type { Pass } from './book.ts';
import type { FlapLedger } from './flap-ledger.ts';
import type { AccountSight } from './sights.ts';
import type { SiteDesk } from './site-desk.ts';
import type { LookAt, SlotBook } from './slot-book.ts';
import type { SubjectBook, TunnelSubject } from './subject-book.ts';

/** Rules that are measured by time are looked at every few seconds; longer than this without a look is a break. */
export const TIME_GAP_MS: Millis = 15 * 60_000;
/** A tunnel that the list lacks for this long is gone. */
const MISSING_MS: Millis = 60_000;

/** In the order of `ALERT_RULES`, except that what rests on other alerts of the tunnel comes after them. */
const TUNNEL_RULES: readonly TunnelRule[] = RULES.filter((spec) => spec.scope === 'tunnel').sort(
  (a, b) => Number(a.id === 'standby-down') - Number(b.id === 'standby-down'),
);
const FLAPPING: readonly AlertRule[] = ['bgp-flapping', 'tunnel-flapping'];

export class TunnelDesk {
  readonly #slots: SlotBook;
  readonly #subjects: SubjectBook;
  readonly #flaps: FlapLedger;
  readonly #sites: SiteDesk;
  /** Since when (monotonic) the list lacks them. */
  readonly #missingSince = new Map<TunnelKey, Millis>();

  constructor(slots: SlotBook, subjects: SubjectBook, flaps: FlapLedger, sites: SiteDesk) {
    this.#slots = slots;
    this.#subjects = subjects;
    this.#flaps = flaps;
    this.#sites = sites;
  }

  /** Takes in who the touched tunnels are and how they changed, before anyone is judged. Returns those that are there. */
  note(touched: readonly TunnelKey[], { world, sights, moment }: Pass): readonly TunnelKey[] {
    return touched.filter((key) => {
      const view = world.tunnel(key);
      if (view === null) return false;
      const known = this.#subjects.tunnel(key) !== undefined;
      const { sites } = this.#subjects.note(view, sights.get(accountOf(key))?.status.name ?? '');
      for (const site of sites) this.#sites.doubtSite(site);
      this.#flaps.note(view.row, moment.mono);
      if (!known) this.#seed(key, moment.mono);
      return true;
    });
  }

  /**
   * Tunnels that the list has no more. Their alerts stand still for a minute, because one odd answer ends no outage; those in
   * `replaced` have a successor and end at once.
   */
  lose(removed: readonly TunnelKey[], replaced: ReadonlySet<TunnelKey>, pass: Pass): void {
    for (const key of removed) {
      if (pass.world.tunnel(key) !== null) continue;
      if (replaced.has(key)) this.#forget(key, pass);
      else this.#missing(key, pass);
    }
  }

  /** Judges each of `keys` once by every rule. */
  judge(keys: readonly TunnelKey[], pass: Pass): void {
    for (const key of new Set(keys)) {
      const view = pass.world.tunnel(key);
      const sight = pass.sights.get(accountOf(key));
      if (sight === undefined) continue;
      if (view === null) this.#missing(key, pass);
      else this.#judge(view, sight, pass);
    }
  }

  /** Those that were missing for long enough are forgotten, and their alerts end. While we do not see they may still be there. */
  judgeMissing(pass: Pass): void {
    const { mono } = pass.moment;
    for (const [key, since] of this.#missingSince) {
      if (pass.world.tunnel(key) !== null) this.#missingSince.delete(key);
      else if (pass.sights.get(accountOf(key))?.list !== true) this.#missingSince.set(key, mono);
      else if (mono - since >= MISSING_MS) this.#forget(key, pass);
    }
  }

  #missing(key: TunnelKey, pass: Pass): void {
    this.#subjects.lose(key);
    if (!this.#missingSince.has(key)) this.#missingSince.set(key, pass.moment.mono);
    for (const slot of this.#slots.of(key)) {
      if (slot.spec.scope === 'tunnel') {
        this.#slots.settle(slot.spec, slot.alert.subject, UNKNOWN, NO_LOOK, pass.moment);
      }
    }
    const subject = this.#subjects.tunnel(key);
    if (subject !== undefined) this.#sites.doubt(subject);
  }

  #forget(key: TunnelKey, { moment }: Pass): void {
    this.#missingSince.delete(key);
    this.#flaps.forget(key);
    const subject = this.#subjects.forget(key);
    if (subject !== undefined) this.#sites.doubt(subject);
    for (const slot of this.#slots.of(key)) if (slot.spec.scope === 'tunnel') this.#slots.close(slot, moment, 'tunnel');
  }

  #judge(view: TunnelView, sight: AccountSight, pass: Pass): void {
    const { key } = view.row;
    const { moment } = pass;
    const { subject } = this.#subjects.note(view, sight.status.name);
    let current: TunnelRule | undefined;
    const phase: TunnelLook['phase'] = (rule) => {
      const slot = this.#slots.get(key, rule);
      return slot === undefined || (slot.muted && rule !== current?.id) ? null : slot.alert.phase;
    };
    const look: TunnelLook = {
      view,
      seen: { list: sight.list && view.heard.list !== null, health: sight.health && view.heard.health !== null },
      phase,
      flaps: {
        bgp: this.#flaps.count(key, 'bgp', moment.mono),
        health: this.#flaps.count(key, 'health', moment.mono),
      },
      served: () => this.#sites.served(subject, this.#servedBefore(key)),
      now: moment.now,
    };
    const at = looks(
      view,
      sight,
      moment.mono,
      FLAPPING.some((rule) => phase(rule) === 'firing'),
    );
    for (const rule of TUNNEL_RULES) {
      current = rule;
      this.#settle(rule, subject, rule.judge(look), at[rule.measure], pass);
    }
  }

  #settle(rule: TunnelRule, subject: TunnelSubject, judgement: Judgement, at: LookAt, { moment }: Pass): void {
    this.#slots.settle(rule, subject, judgement, at, moment);
  }

  /** What the alerts that people know of say of the site; `null` when there are none. */
  #servedBefore(key: TunnelKey): boolean | null {
    const known: Alert[] = [...OUTAGES].flatMap((rule) => this.#slots.get(key, rule)?.alert ?? []);
    const told = known.filter(({ firedAt }) => firedAt !== null);
    return told.length === 0 ? null : told.every(({ severity }) => severity !== 'critical');
  }

  /** Counts of an earlier process, as its open alerts tell them. */
  #seed(key: TunnelKey, mono: Millis): void {
    for (const [rule, lane] of [['bgp-flapping', 'bgp'] as const, ['tunnel-flapping', 'health'] as const]) {
      const alert = this.#slots.get(key, rule)?.alert;
      const changes = alert?.facts.changes;
      if (alert !== undefined && typeof changes === 'number') this.#flaps.seed(key, lane, changes, alert.since, mono);
    }
  }
}

const NO_LOOK: LookAt = { at: null, gapMs: 0, flapping: false };

/** When each source was heard last. */
function looks(
  view: TunnelView,
  { status }: AccountSight,
  mono: Millis,
  flapping: boolean,
): Record<TunnelRule['measure'], LookAt> {
  return {
    list: { at: view.heard.list, gapMs: status.staleAfterMs, flapping },
    health: { at: view.heard.health, gapMs: status.healthStaleAfterMs, flapping },
    time: { at: mono, gapMs: TIME_GAP_MS, flapping },
  };
}
