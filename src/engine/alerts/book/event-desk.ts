/** Rules about what happened to tunnels: each event opens an alert that holds for a while. */

import type { TunnelId } from '../../../shared/model.ts';
import { accountOf, type HistoryEvent, type TunnelKey, tunnelKey, tunnelOf } from '../../../shared/model.ts';
import { RULES } from '../rules/catalogue.ts';
import { ABSENT, type EventRule, type Judgement, UNKNOWN } from '../rules/rule.ts';
import type { Pass } from './book.ts';
import type { Slot, SlotBook } from './slot-book.ts';
import type { SubjectBook, TunnelSubject } from './subject-book.ts';
import { TIME_GAP_MS } from './tunnel-desk.ts';

const EVENT_RULES: readonly EventRule[] = RULES.filter((spec) => spec.scope === 'event');

/** Subjects of tunnels that are about to be forgotten. */
export type Gone = ReadonlyMap<TunnelKey, TunnelSubject>;

/** Opens, holds and ends the alerts about events. */
export class EventDesk {
  readonly #slots: SlotBook;
  readonly #subjects: SubjectBook;

  constructor(slots: SlotBook, subjects: SubjectBook) {
    this.#slots = slots;
    this.#subjects = subjects;
  }

  /** Who the removed ones were; call it before they are forgotten. */
  remember(removed: readonly TunnelKey[]): Gone {
    const known = removed.flatMap((key) => {
      const subject = this.#subjects.tunnel(key);
      return subject === undefined ? [] : [[key, subject] as const];
    });
    return new Map(known);
  }

  hear(events: readonly HistoryEvent[], gone: Gone, replaced: ReadonlySet<TunnelKey>, pass: Pass): void {
    const told = new Set<TunnelKey>();
    for (const { kind, key, detail, at } of events) {
      if (key === null) continue;
      if (kind === 'tunnel-disappeared') told.add(key);
      const rule = EVENT_RULES.find((spec) => spec.event === kind);
      if (rule === undefined) continue;
      const subject = this.#subjectOf(key, detail.name, gone, pass);
      if (subject !== null) this.#open(rule, subject, rule.judge(detail, at), pass);
    }
    // Tunnels that left without a word: their going may have been recorded by an earlier process.
    const rule = EVENT_RULES.find((spec) => spec.id === 'tunnel-disappeared');
    for (const [key, subject] of gone) {
      if (rule === undefined || told.has(key) || replaced.has(key) || pass.world.tunnel(key) !== null) continue;
      this.#open(rule, subject, rule.judge({ name: subject.name }, pass.moment.now), pass);
    }
  }

  /** Lets time pass: what happened is no longer news, or was undone. */
  judge(pass: Pass): void {
    for (const slot of this.#slots.moving()) if (slot.spec.scope === 'event') this.#judge(slot, slot.spec, pass);
  }

  #judge(slot: Slot, rule: EventRule, pass: Pass): void {
    const { alert } = slot;
    const { subject } = alert;
    const { now, mono } = pass.moment;
    if (subject.kind !== 'tunnel') return;
    // A restored one has used up part of its time, by the wall clock that it was recorded with.
    slot.endsAt ??= mono + Math.max(0, Math.min(rule.holdMs, alert.since + rule.holdMs - now));
    const seen = pass.sights.get(subject.accountId)?.list === true;
    if (seen && mono >= slot.endsAt) {
      this.#slots.close(slot, pass.moment);
      return;
    }
    const { since, exact, facts } = alert;
    const still: Judgement = { is: 'present', since, exact, facts };
    this.#settle(rule, subject, seen ? (this.#undone(rule, subject, pass) ? ABSENT : still) : UNKNOWN, pass);
  }

  #undone(rule: EventRule, { key, accountId, name }: TunnelSubject, { world }: Pass): boolean {
    return rule.endsOnReturn && (world.tunnel(key) !== null || this.#subjects.hasName(accountId, name));
  }

  #open(rule: EventRule, subject: TunnelSubject, judgement: Judgement, pass: Pass): void {
    const slot = this.#settle(rule, subject, judgement, pass);
    if (slot !== undefined) slot.endsAt = pass.moment.mono + rule.holdMs;
  }

  #settle(rule: EventRule, subject: TunnelSubject, judgement: Judgement, { moment }: Pass): Slot | undefined {
    const look = { at: moment.mono, gapMs: TIME_GAP_MS, flapping: false };
    return this.#slots.settle(rule, subject, judgement, look, moment);
  }

  /** Who it happened to. Of a tunnel that went while we were not running only the name is known. */
  #subjectOf(key: TunnelKey, name: unknown, gone: Gone, { sights }: Pass): TunnelSubject | null {
    const known = this.#subjects.tunnel(key) ?? gone.get(key);
    const account = sights.get(accountOf(key))?.status.name;
    if (known !== undefined || account === undefined) return known ?? null;
    return {
      kind: 'tunnel',
      accountId: accountOf(key),
      account,
      key,
      name: typeof name === 'string' ? name : tunnelOf(key),
      site: null,
      cloudflareEndpoint: '',
      customerEndpoint: null,
      tags: [],
    };
  }
}

/** Forerunners of tunnels that were recreated. */
export function replacedBy(events: readonly HistoryEvent[]): ReadonlySet<TunnelKey> {
  const replaced = events.flatMap(({ kind, key, detail }) =>
    kind === 'tunnel-recreated' && key !== null && typeof detail.oldId === 'string'
      ? [tunnelKey(accountOf(key), detail.oldId as TunnelId)]
      : [],
  );
  return new Set(replaced);
}
