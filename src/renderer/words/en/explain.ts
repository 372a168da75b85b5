/**
 * The one sentence that sums a tunnel up: what limits our sight first, then the worst thing, its cause, and the next
 * step. Pure; every rule rests on facts that the API gives, and says "looks like" where it infers.
 */
import type { KnownDip } from '../../../shared/dip.ts';
import type { BoardRow, Fault, Instant, Millis, PskPolicy, Severity, TunnelDetail } from '../../../shared/model.ts';
import { duration } from '../../format/duration.ts';
import { shortTime } from '../../format/time.ts';
import { type BgpFacts, explainBgp } from './explain-bgp.ts';
import { coloName, coloWord, countColos, explainHealth, explainRekey, inColos, worstFirst } from './explain-health.ts';
import { explainPsk, type PskFacts, pskAge } from './explain-psk.ts';
import { type Scope, type Suspect, scopeOf } from './explain-scope.ts';
import { capital, type Explanation, listed } from './explanation.ts';
import { since } from './lane.ts';

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
  const known = `${facts.sight.kind === 'seeing' ? '' : 'Last known: '}${core.sentence}`;
  if (facts.sight.kind === 'seeing') return { ...core, caution, sentence: known };
  return { tone: 'unknown', caution, sentence: known, next: sightStep(facts.sight), suspect: 'tunnelwatch' };
}

function cautionOf({ sight, detail }: SummaryFacts, now: Instant): string | null {
  switch (sight.kind) {
    case 'lost':
      return `The Tunnelwatch host has said nothing since ${shortTime(sight.since, now)} (${duration(now - sight.since)}).`;
    case 'blind':
      return `Blind since ${shortTime(sight.since, now)} (${duration(now - sight.since)}): ${sight.sentence}`;
    case 'stale':
      return sight.ageMs === null ? 'There is no answer yet.' : `The last answer is ${duration(sight.ageMs)} old.`;
    case 'starting':
      return 'The first answers are on their way.';
    case 'seeing':
      return detail.row.unreadable === null
        ? null
        : `The newest answer about this tunnel could not be read, so these are the last known states: ${detail.row.unreadable}`;
  }
}

/** Blind is not down: the next step is about our sight, not about the tunnel. */
function sightStep(sight: Sight): string | null {
  if (sight.kind === 'lost') return 'Check that the Tunnelwatch host runs and can be reached.';
  if (sight.kind === 'starting') return null;
  return 'Restore our sight first; whether the tunnel is up is not known.';
}

function worst(facts: SummaryFacts, now: Instant): Summary {
  const { detail } = facts;
  const { lanes } = detail.row;
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
  const scope = scopeOf(row, facts.neighbours);
  if (row.lanes.bgp.value === 'up') {
    const sentence = `${trimmed(explained.sentence)}, yet BGP is up: packets get through, and the probes alone may be blocked.`;
    return { tone: 'critical', caution: null, sentence, next: explained.next[0] ?? null, suspect: 'customer' };
  }
  const bgp = row.lanes.bgp.value === 'down' ? ', and BGP is down with it' : '';
  const where = scope ?? everywhere(all > 0 && down === all, healthy);
  return {
    tone: 'critical',
    caution: null,
    sentence: `${trimmed(explained.sentence)}${bgp}${where ? `. ${where.sentence}` : '.'}`,
    next: nextFor(where?.suspect ?? null, facts) ?? explained.next[0] ?? null,
    suspect: where?.suspect ?? null,
  };
}

/** Nothing else needs explaining about a dead tunnel that was never given a key. */
function neverKeyed(facts: SummaryFacts, now: Instant): Summary {
  const { lanes } = facts.detail.row;
  const dead = lanes.health.value === 'down' ? health(facts, now) : explainBgp(bgpFacts(facts), now);
  const sentence = `No PSK was ever generated, so the tunnel cannot come up. ${dead.sentence}`;
  return { ...from(psk(facts, now), 'tunnel'), tone: 'critical', sentence };
}

/** Without neighbours to compare with, the data centres alone still tell something. */
function everywhere(all: boolean, healthy: number): Scope | null {
  if (all)
    return {
      suspect: 'customer',
      sentence: 'No data centre gets through: this looks like the tunnel or the customer’s side.',
    };
  return healthy > 0
    ? { suspect: 'cloudflare', sentence: 'Some data centres do get through: this looks like the way to the others.' }
    : null;
}

function nextFor(suspect: Suspect | null, { detail }: SummaryFacts): string | null {
  const endpoint = detail.tunnel.customerEndpoint;
  switch (suspect) {
    case 'customer':
      return `Check that the customer router${endpoint ? ` at ${endpoint}` : ''} has power and line, then IKE and IPsec on it.`;
    case 'carrier':
      return `Ask the carrier of ${endpoint ?? 'the line'}; ping it from outside the tunnel first.`;
    case 'cloudflare':
      return 'Look at Cloudflare’s status page and open a ticket; keep the times from the list below.';
    case 'tunnel':
      return 'Compare IKE identity, PSK and settings of this tunnel with its working neighbour; read the router’s IKE log.';
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
  const tail = few
    ? `. Only ${listed(ill.map(coloName))} ${ill.length === 1 ? 'sees' : 'see'} loss: likely not yours.`
    : ill.length > 0 && ill.length === colos.length
      ? '. Every data centre sees loss: this looks like the line or the customer’s side.'
      : '.';
  const suspect = few ? 'cloudflare' : tail === '.' ? null : 'customer';
  return {
    tone: 'warning',
    caution: null,
    sentence: `${trimmed(explained.sentence)}${tail}`,
    next: explained.next[0] ?? null,
    suspect,
  };
}

function bgpDown(facts: SummaryFacts, now: Instant): Summary {
  const explained = explainBgp(bgpFacts(facts), now);
  const { row, colos } = facts.detail;
  const { all, healthy } = countColos(colos);
  const still =
    row.lanes.health.value === 'healthy' && all > 0
      ? ` The tunnel itself carries packets: ${inColos('healthy', healthy, all)}.`
      : '';
  const scope = scopeOf(row, facts.neighbours);
  const evidence = scope && still === '' ? ` ${scope.sentence}` : '';
  return {
    tone: 'critical',
    caution: null,
    sentence: `${explained.sentence}${still}${evidence}`,
    next: explained.next[0] ?? null,
    suspect: row.bgpStatus?.tcpEstablished || still ? 'customer' : (scope?.suspect ?? null),
  };
}

function configured(facts: SummaryFacts, now: Instant): Summary {
  const { lanes, severity } = facts.detail.row;
  const finding = facts.detail.findings[0];
  const same = facts.detail.findings.filter((one) => one.severity === lanes.config.value).length;
  const word = lanes.config.value === 'error' ? 'error' : 'warning';
  const what = same === 1 ? `has ${word === 'error' ? 'an' : 'a'} ${word}` : `has ${word}s`;
  return {
    tone: severity,
    caution: null,
    sentence: `${trimmed(alive(facts, now))}, but its configuration ${what}${finding ? `: ${finding.why}` : '.'}`,
    next: finding?.fix ?? 'Read the configuration below.',
    suspect: null,
  };
}

/** Alive; `about` is what wants attention nevertheless. */
function fine(facts: SummaryFacts, now: Instant, about: Explanation | null): Summary {
  const { row, tunnel } = facts.detail;
  const head = alive(facts, now);
  if (about) {
    return {
      tone: row.severity,
      caution: null,
      sentence: `${head} ${about.sentence}`,
      next: about.next[0] ?? null,
      suspect: null,
    };
  }
  const age = tunnel.pskGeneratedAt === null ? '' : ` The PSK is ${pskAge(tunnel.pskGeneratedAt, now)}.`;
  const unsure =
    row.severity === 'unknown'
      ? (explainBgp(bgpFacts(facts), now).next[0] ?? health(facts, now).next[0] ?? null)
      : null;
  return { tone: row.severity, caution: null, sentence: `${head}${age}`, next: unsure, suspect: null };
}

/** What health and BGP say when neither is bad. */
function alive(facts: SummaryFacts, now: Instant): string {
  const { row, colos } = facts.detail;
  const { all, healthy } = countColos(colos);
  const health = row.lanes.health.value;
  const bgp = row.lanes.bgp.value;
  const parts: string[] = [];
  if (health === 'healthy') parts.push(all > 0 ? inColos('healthy', healthy, all) : 'healthy');
  else if (health === 'disabled') parts.push('health checks are off');
  else if (health === 'nodata') parts.push('no health results');
  else if (health === 'unobserved') parts.push('health not observed');
  if (bgp === 'up') parts.push(`BGP up ${since(row.lanes.bgp, now)}`);
  else if (bgp === 'unreported') parts.push('BGP state not reported');
  else if (bgp === 'unknown') parts.push('BGP in a state that Tunnelwatch does not know');
  else if (bgp === 'unobserved') parts.push('BGP not observed');
  return `${capital(parts.join(', '))}.`;
}

function from(explained: Explanation, suspect: Suspect | null): Summary {
  return {
    tone: explained.tone,
    caution: null,
    sentence: explained.sentence,
    next: explained.next[0] ?? null,
    suspect,
  };
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
  return explainHealth(
    { row: detail.row, colos: detail.colos, config: detail.tunnel.healthCheck, blind: healthBlind },
    now,
  );
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
