/**
 * The one sentence that sums a tunnel up: what limits our sight first, then the worst thing, its cause, and the next
 * step. Pure; every rule rests on facts that the API gives, and says "looks like" where it infers.
 */
import type { KnownDip } from '../../shared/dip.ts';
import type { BoardRow, Fault, Instant, Millis, PskPolicy, Severity, TunnelDetail } from '../../shared/model.ts';
import { duration } from '../format/duration.ts';
import { shortTime } from '../format/time.ts';
import { explain as words } from '../words/explain.ts';
import { explanation as shared } from '../words/explanation.ts';
import { lane as laneWords } from '../words/lane.ts';
import { lintRules } from '../words/lint-rules.ts';
import { type BgpFacts, explainBgp } from './bgp.ts';
import { capital, type Explanation } from './explanation.ts';
import { coloName, coloWord, countColos, explainHealth, explainRekey, inColos, worstFirst } from './health.ts';
import { explainPsk, type PskFacts, pskAge } from './psk.ts';
import { type Scope, type Suspect, scopeOf } from './scope.ts';

/** How well we see at the moment. */
export type Sight =
  | { readonly kind: 'seeing' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'stale'; readonly ageMs: Millis | null }
  | { readonly kind: 'blind'; readonly since: Instant; readonly sentence: string }
  | { readonly kind: 'lost'; readonly since: Instant; readonly reason: string };

export interface SummaryFacts {
  readonly detail: TunnelDetail;
  readonly sight: Sight;
  readonly policy: PskPolicy;
  /** The other tunnels of the account: what else is down tells where the fault is. */
  readonly neighbours: readonly BoardRow[];
  /** Set when the health results cannot be read. */
  readonly healthBlind: Fault | null;
  /** Cloudflare's address inside the tunnel. */
  readonly cloudflareSide: string | null;
  /** The last rekey dip, when the present trouble may well be the next one. */
  readonly dip?: KnownDip | null;
}

export interface Summary {
  readonly tone: Severity;
  /** Why the rest may be out of date; `null` when we see. */
  readonly caution: string | null;
  readonly sentence: string;
  /** The one next step; `null` when there is nothing to do. */
  readonly next: string | null;
  /** Who probably has to act; `null` when nothing is wrong or the facts do not tell. */
  readonly suspect: Suspect | 'tunnelwatch' | null;
}

/** Sums a tunnel up. */
export function summary(facts: SummaryFacts, now: Instant): Summary {
  const core = worst(facts, now);
  const caution = cautionOf(facts, now);
  if (caution === null) return core;
  if (facts.sight.kind === 'seeing') return { ...core, caution };
  const sentence = words.lastKnown(core.sentence);
  return { tone: 'unknown', caution, sentence, next: sightStep(facts.sight), suspect: 'tunnelwatch' };
}

function cautionOf({ sight, detail }: SummaryFacts, now: Instant): string | null {
  switch (sight.kind) {
    case 'lost':
      return words.lost(shortTime(sight.since, now), duration(now - sight.since));
    case 'blind':
      return words.blind(shortTime(sight.since, now), duration(now - sight.since), sight.sentence);
    case 'stale':
      return sight.ageMs === null ? words.noAnswer : words.stale(duration(sight.ageMs));
    case 'starting':
      return words.starting;
    case 'seeing':
      return detail.row.unreadable === null ? null : words.unreadable(detail.row.unreadable);
  }
}

/** Blind is not down: the next step is about our sight, not about the tunnel. */
function sightStep(sight: Sight): string | null {
  if (sight.kind === 'lost') return words.checkHost;
  return sight.kind === 'starting' ? null : words.restoreSight;
}

function worst(facts: SummaryFacts, now: Instant): Summary {
  const { lanes } = facts.detail.row;
  const dead = lanes.health.value === 'down' || lanes.bgp.value === 'down';
  if (dead && lanes.psk.value === 'missing') return neverKeyed(facts, now);
  if (facts.dip && lanes.bgp.value !== 'down') return from(explainRekey(lanes.health, facts.dip.periodMs, now), null);
  if (lanes.health.value === 'down') return healthDown(facts, now);
  if (lanes.bgp.value === 'down') return bgpDown(facts, now);
  if (lanes.psk.value === 'missing') return from(psk(facts, now), null);
  if (lanes.health.value === 'degraded') return healthDegraded(facts, now);
  if (lanes.bgp.value === 'establishing') return from(explainBgp(bgpFacts(facts), now), null);
  if (lanes.psk.value === 'stale') return fine(facts, now, psk(facts, now));
  if (lanes.health.value === 'disabled') return from(health(facts, now), null);
  if (lanes.config.value === 'error' || lanes.config.value === 'warning') return configured(facts, now);
  if (lanes.psk.value === 'due') return fine(facts, now, psk(facts, now));
  return fine(facts, now, null);
}

function healthDown(facts: SummaryFacts, now: Instant): Summary {
  const { row, colos } = facts.detail;
  const explained = health(facts, now);
  const { all, down, healthy } = countColos(colos);
  const head = trimmed(explained.sentence);
  if (row.lanes.bgp.value === 'up') {
    const next = explained.next[0] ?? null;
    return { tone: 'critical', caution: null, sentence: words.yetBgpUp(head), next, suspect: 'customer' };
  }
  const where = scopeOf(row, facts.neighbours) ?? everywhere(all > 0 && down === all, healthy);
  const both = row.lanes.bgp.value === 'down' ? words.bgpWithIt(head) : head;
  return {
    tone: 'critical',
    caution: null,
    sentence: where === null ? `${both}.` : `${both}. ${where.sentence}`,
    next: nextFor(where?.suspect ?? null, facts) ?? explained.next[0] ?? null,
    suspect: where?.suspect ?? null,
  };
}

/** Nothing else needs explaining about a dead tunnel that was never given a key. */
function neverKeyed(facts: SummaryFacts, now: Instant): Summary {
  const { lanes } = facts.detail.row;
  const dead = lanes.health.value === 'down' ? health(facts, now) : explainBgp(bgpFacts(facts), now);
  return { ...from(psk(facts, now), 'tunnel'), tone: 'critical', sentence: words.neverKeyed(dead.sentence) };
}

/** Without neighbours to compare with, the data centres alone still tell something. */
function everywhere(all: boolean, healthy: number): Scope | null {
  if (all) return { suspect: 'customer', sentence: words.noneThrough };
  return healthy > 0 ? { suspect: 'cloudflare', sentence: words.someThrough } : null;
}

function nextFor(suspect: Suspect | null, { detail }: SummaryFacts): string | null {
  const endpoint = detail.tunnel.customerEndpoint;
  switch (suspect) {
    case 'customer':
      return words.nextCustomer(endpoint);
    case 'carrier':
      return words.nextCarrier(endpoint);
    case 'cloudflare':
      return words.nextCloudflare;
    case 'tunnel':
      return words.nextTunnel;
    case null:
      return null;
  }
}

function healthDegraded(facts: SummaryFacts, now: Instant): Summary {
  const { row, colos } = facts.detail;
  const explained = health(facts, now);
  if (row.recovering) return from(explained, null);
  const ill = worstFirst(colos).filter((colo) => coloWord(colo.state) !== 'healthy');
  const few = ill.length > 0 && colos.length > 2 && ill.length <= colos.length / 3;
  const all = ill.length > 0 && ill.length === colos.length;
  const head = trimmed(explained.sentence);
  const sentence = few
    ? words.onlySome(head, shared.listed(ill.map(coloName)), ill.length)
    : all
      ? words.everySees(head)
      : `${head}.`;
  return {
    tone: 'warning',
    caution: null,
    sentence,
    next: explained.next[0] ?? null,
    suspect: few ? 'cloudflare' : all ? 'customer' : null,
  };
}

function bgpDown(facts: SummaryFacts, now: Instant): Summary {
  const explained = explainBgp(bgpFacts(facts), now);
  const { row, colos } = facts.detail;
  const { all, healthy } = countColos(colos);
  const carries = row.lanes.health.value === 'healthy' && all > 0;
  const scope = scopeOf(row, facts.neighbours);
  const evidence = carries ? words.carries(inColos('healthy', healthy, all)) : scope?.sentence;
  return {
    tone: 'critical',
    caution: null,
    sentence: evidence === undefined ? explained.sentence : `${explained.sentence} ${evidence}`,
    next: explained.next[0] ?? null,
    suspect: row.bgpStatus?.tcpEstablished || carries ? 'customer' : (scope?.suspect ?? null),
  };
}

function configured(facts: SummaryFacts, now: Instant): Summary {
  const { lanes, severity } = facts.detail.row;
  const finding = facts.detail.findings[0];
  const same = facts.detail.findings.filter((one) => one.severity === lanes.config.value).length;
  const word = lanes.config.value === 'error' ? 'error' : 'warning';
  const told = finding === undefined ? null : lintRules.ruleText(finding.rule, { ...finding, title: finding.rule });
  return {
    tone: severity,
    caution: null,
    sentence: words.configured(trimmed(alive(facts, now)), word, same, told?.why ?? null),
    next: told?.fix ?? words.readBelow,
    suspect: null,
  };
}

/** Alive; `about` is what wants attention nevertheless. */
function fine(facts: SummaryFacts, now: Instant, about: Explanation | null): Summary {
  const { row, tunnel } = facts.detail;
  const head = alive(facts, now);
  const core = { tone: row.severity, caution: null, suspect: null };
  if (about) return { ...core, sentence: `${head} ${about.sentence}`, next: about.next[0] ?? null };
  const age = tunnel.pskGeneratedAt === null ? '' : ` ${words.pskIs(pskAge(tunnel.pskGeneratedAt, now))}`;
  const unsure =
    row.severity === 'unknown'
      ? (explainBgp(bgpFacts(facts), now).next[0] ?? health(facts, now).next[0] ?? null)
      : null;
  return { ...core, sentence: `${head}${age}`, next: unsure };
}

/** What health and BGP say when neither is bad. */
function alive(facts: SummaryFacts, now: Instant): string {
  const { row, colos } = facts.detail;
  const { all, healthy } = countColos(colos);
  const health = row.lanes.health.value;
  const bgp = row.lanes.bgp.value;
  const parts: string[] = [];
  if (health === 'healthy') parts.push(all > 0 ? inColos('healthy', healthy, all) : words.healthy);
  else if (health === 'disabled' || health === 'nodata' || health === 'unobserved') parts.push(words.health[health]);
  if (bgp === 'up') parts.push(words.bgpUp(laneWords.since(row.lanes.bgp, now)));
  else if (bgp === 'unreported' || bgp === 'unknown' || bgp === 'unobserved') parts.push(words.bgp[bgp]);
  return `${capital(parts.join(', '))}.`;
}

function from({ tone, sentence, next }: Explanation, suspect: Suspect | null): Summary {
  return { tone, caution: null, sentence, next: next[0] ?? null, suspect };
}

/** The facts about a tunnel's BGP session. */
export function bgpFacts({ detail, cloudflareSide }: Pick<SummaryFacts, 'detail' | 'cloudflareSide'>): BgpFacts {
  const { row, tunnel } = detail;
  return {
    lane: row.lanes.bgp,
    status: tunnel.bgpStatus,
    health: row.lanes.health.value,
    config: tunnel.bgp,
    cloudflareSide,
  };
}

function health({ detail, healthBlind }: SummaryFacts, now: Instant): Explanation {
  const { row, colos, tunnel } = detail;
  return explainHealth({ row, colos, config: tunnel.healthCheck, blind: healthBlind }, now);
}

/** The facts about a tunnel's PSK, with whether the tunnel carries packets. */
export function pskFacts({ row, tunnel }: TunnelDetail): PskFacts {
  const works = row.lanes.health.value === 'healthy' || row.lanes.bgp.value === 'up';
  return { lane: row.lanes.psk, generatedAt: tunnel.pskGeneratedAt, works };
}

function psk({ detail, policy }: SummaryFacts, now: Instant): Explanation {
  return explainPsk(pskFacts(detail), policy, now);
}

/** Without its full stop, to go on. */
function trimmed(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
