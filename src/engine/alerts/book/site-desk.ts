/** Rules about sites. Only sites where something moved are looked at. */
import type { Subject } from '../../../shared/alerts.ts';
import { accountOf, type TunnelKey } from '../../../shared/model.ts';
import { OUTAGES, RULES } from '../rules/catalogue.ts';
import { type SiteLook, UNKNOWN } from '../rules/rule.ts';
import type { Pass } from './book.ts';
import { SiteStates } from './site-states.ts';
import type { SlotBook } from './slot-book.ts';
import type { SubjectBook, TunnelSubject } from './subject-book.ts';
import { TIME_GAP_MS } from './tunnel-desk.ts';

const SITE_RULES = RULES.filter((spec) => spec.scope === 'site');

export class SiteDesk {
  readonly #slots: SlotBook;
  readonly #subjects: SubjectBook;
  readonly #doubted = new Set<string>();
  #states: SiteStates | null = null;

  constructor(slots: SlotBook, subjects: SubjectBook) {
    this.#slots = slots;
    this.#subjects = subjects;
  }

  /** Something about a tunnel or a site moved: the site is looked at in this call. */
  doubt(subject: Subject): void {
    if (subject.kind !== 'tunnel' && subject.kind !== 'site') return;
    if (subject.site !== null) this.doubtSite(`${subject.accountId}:${subject.site}`);
  }

  doubtSite(site: string): void {
    this.#doubted.add(site);
  }

  begin({ world, sights }: Pass): void {
    this.#states = new SiteStates({
      slots: this.#slots,
      subjects: this.#subjects,
      world,
      sightOf: (key) => sights.get(accountOf(key)),
    });
  }

  /** Whether another tunnel of the same site lives; `prior` is what was said before. */
  served({ accountId, site, key }: TunnelSubject, prior: boolean | null): boolean {
    return this.#states?.served(site === null ? null : `${accountId}:${site}`, key, prior) ?? false;
  }

  /** Judges the sites in doubt. Returns tunnels with an outage there, whose severity may be another now. */
  judge(pass: Pass): readonly TunnelKey[] {
    for (const { alert } of this.#slots.moving()) if (alert.subject.kind === 'site') this.doubt(alert.subject);
    this.#states?.forget();
    const sites = [...this.#doubted];
    this.#doubted.clear();
    for (const site of sites) this.#judge(site, pass);
    return this.#outagesOf(sites);
  }

  /** Looks through the sites or through the outages, whichever are fewer. */
  #outagesOf(sites: readonly string[]): readonly TunnelKey[] {
    const outages = this.#slots.outages();
    const members = sites.reduce((sum, site) => sum + this.#subjects.members(site).size, 0);
    if (outages.size > members) {
      return sites.flatMap((site) => [...this.#subjects.members(site)].filter((key) => this.#hasOutage(key)));
    }
    const doubted = new Set(sites);
    return [...outages].flatMap(({ alert: { subject } }) =>
      subject.kind === 'tunnel' && doubted.has(`${subject.accountId}:${subject.site}`) ? [subject.key] : [],
    );
  }

  #judge(site: string, pass: Pass): void {
    const subject = this.#subjects.site(site);
    if (subject === undefined) {
      this.#gone(site, pass);
      return;
    }
    const counts = this.#states?.look(site);
    const seen = pass.sights.get(subject.accountId)?.list === true;
    if (counts === undefined) return;
    const look: SiteLook = { ...counts, phase: (rule) => this.#slots.get(site, rule)?.alert.phase ?? null };
    const at = { at: pass.moment.mono, gapMs: TIME_GAP_MS, flapping: false };
    for (const rule of SITE_RULES) {
      this.#slots.settle(rule, subject, seen ? rule.judge(look) : UNKNOWN, at, pass.moment);
    }
  }

  /** No tunnel is there any more; or, after a restart, none was seen yet. */
  #gone(site: string, { sights, moment }: Pass): void {
    for (const slot of this.#slots.of(site)) {
      const { subject } = slot.alert;
      const seen = subject.kind === 'site' && sights.get(subject.accountId)?.list === true;
      if (seen) this.#slots.close(slot, moment, 'tunnel');
      else this.#slots.settle(slot.spec, subject, UNKNOWN, { at: null, gapMs: 0, flapping: false }, moment);
    }
  }

  #hasOutage(key: TunnelKey): boolean {
    return [...OUTAGES].some((rule) => this.#slots.get(key, rule)?.alert.phase === 'firing');
  }
}
