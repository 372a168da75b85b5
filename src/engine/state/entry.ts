/**
 * One tunnel with everything that its next state depends on. The functions take the entry as it was and return it as it
 * is; what changed on the way is noted in an `Update`.
 */
import {
  accountOf,
  type BoardRow,
  type ColoHealth,
  type Finding,
  type Instant,
  type Lane,
  type LaneState,
  type Lanes,
  type LaneValue,
  type Millis,
  type PskPolicy,
  type Severity,
  type Site,
  type Tunnel,
} from '../../shared/model.ts';
import type { RememberedTunnel } from '../history/contract.ts';
import { configLane } from '../lint/config-lane.ts';
import {
  configChange,
  configSnapshot,
  type FlatConfig,
  flatConfig,
  modifiedLater,
  otherMd5Key,
} from './config-snapshot.ts';
import { pskAge } from './entry-age.ts';
import { healthValue } from './entry-health.ts';
import { healthShare } from './health.ts';
import { readBgp } from './lane-values.ts';
import { byOurClock, type Look } from './look.ts';
import { tunnelSeverity } from './severity.ts';
import { moveLane, type Seen } from './step.ts';
import type { Update } from './update.ts';

/** PSK times come with nanoseconds from one call and rounded microseconds from another; this far apart is another key. */
const SAME_PSK_MS: Millis = 1000;

export interface Entry {
  readonly tunnel: Tunnel;
  readonly lanes: Lanes;
  readonly severity: Severity;
  readonly config: FlatConfig;
  readonly configHash: string;
  /** Between these moments, by Cloudflare's clock, the PSK lane holds by itself; `null` where it has no such end. */
  readonly pskHolds: {
    readonly from: Instant | null;
    readonly to: Instant | null;
    /** By which it was judged. */
    readonly policy: PskPolicy;
  };
  /** The policy of all, against which `pskHolds.policy` may be another. */
  readonly generalPolicy: PskPolicy;
  /** Health came up from down and may be held at degraded until then. */
  readonly recoveringUntil: Instant | null;
  /** Health minutes that ended before this moment of Cloudflare's clock belong to somebody else of the same name. */
  readonly born: Instant;
  /** Health results were read for this tunnel since it is known; until then its lane stands as remembered. */
  readonly judged: boolean;
  /** Newest word of each data centre. Owned by this entry alone. */
  readonly colos: Map<string, ColoHealth>;
  readonly siteName: string | null;
  readonly unreadable: string | null;
  /** The newest list lacks it for the first time; the next one decides. */
  readonly missing: boolean;
  /** It carries nothing but health checks; `null`: not known. */
  readonly idle: boolean | null;
  /** What lint says of the configuration, worst first. */
  readonly findings: readonly Finding[];
}

/** Stands in the row of a tunnel that may be the element of the list that cannot be told apart. */
export const NAMELESS = 'The list holds an element without a readable id, which may be this tunnel.';
/** What stands in a row while the newest list lacks its tunnel: it is neither well nor gone. */
const MISSING = 'The newest list does not name this tunnel; the next one decides whether it is gone.';

function unobserved(at: Instant): LaneState<never> {
  return { value: 'unobserved' as never, since: at, exact: false };
}

/** Cloudflare's own time of a BGP change where it lies between our last two looks, else the time of this look. */
function bgpChangedAt(before: LaneState<'bgp'>, tunnel: Tunnel, look: Look): Instant {
  const updatedAt = tunnel.bgpStatus?.updatedAt ?? null;
  if (updatedAt === null || look.lastLook === null) return look.now;
  const said = byOurClock(updatedAt, look);
  return said > look.lastLook && said > before.since && said <= look.now ? said : look.now;
}

function rememberedLane<L extends Lane>(remembered: RememberedTunnel | null, lane: L, at: Instant): LaneState<L> {
  const known = remembered?.lanes[lane];
  if (known === undefined) return unobserved(at);
  return { value: known.value as LaneValue<L>, since: known.since, exact: known.exact };
}

/**
 * A tunnel seen for the first time by this process, or anew after it was gone; `remembered` carries its lanes over a restart.
 * @param born health minutes that ended before are not its own
 */
export function newEntry(
  tunnel: Tunnel,
  born: Instant,
  look: Look,
  remembered: RememberedTunnel | null,
  update: Update,
): Entry {
  const lanes: Lanes = {
    bgp: rememberedLane(remembered, 'bgp', look.now),
    health: rememberedLane(remembered, 'health', look.now),
    psk: rememberedLane(remembered, 'psk', look.now),
    config: rememberedLane(remembered, 'config', look.now),
  };
  const snapshot = configSnapshot(tunnel, look.now);
  if (remembered === null || remembered.configHash !== snapshot.hash) update.configs.push(snapshot);
  update.identities.push({ key: tunnel.key, name: tunnel.name, goneAt: null });
  update.touched.add(tunnel.key);
  const entry: Entry = {
    tunnel,
    lanes,
    severity: 'unknown',
    config: flatConfig(tunnel),
    configHash: snapshot.hash,
    pskHolds: { from: null, to: null, policy: look.policy },
    generalPolicy: look.policy,
    recoveringUntil: null,
    born,
    judged: false,
    colos: new Map(),
    siteName: null,
    unreadable: null,
    missing: false,
    idle: null,
    findings: [],
  };
  return withLanes(entry, tunnel, look, update);
}

/** Lanes that the list feeds, from the newest facts. */
function withLanes(entry: Entry, tunnel: Tunnel, look: Look, update: Update): Entry {
  const psk = pskAge({ tunnel, siteName: entry.siteName }, look);
  const seen: Seen = { at: look.now, began: null };
  const health = healthValue(tunnel, entry.colos, entry.judged);
  const changed: Seen = { at: bgpChangedAt(entry.lanes.bgp, tunnel, look), began: null };
  const lanes: Lanes = {
    bgp: moveLane(entry.lanes, 'bgp', tunnel.key, readBgp(tunnel), changed, update),
    // Before the first health answer the lane keeps what was remembered.
    health:
      health === 'unobserved' ? entry.lanes.health : moveLane(entry.lanes, 'health', tunnel.key, health, seen, update),
    psk: moveLane(entry.lanes, 'psk', tunnel.key, psk.value, { at: look.now, began: psk.began }, update),
    config: entry.lanes.config,
  };
  const severity = tunnelSeverity(lanes);
  return { ...entry, tunnel, lanes, severity, pskHolds: psk.holds, unreadable: null, missing: false };
}

/** The findings about a tunnel's configuration, and with them its config lane. */
export function observeFindings(entry: Entry, findings: readonly Finding[], now: Instant, update: Update): Entry {
  const value = configLane(findings);
  const same = entry.lanes.config.value === value && findings.length === entry.findings.length;
  if (same && findings.every((f, i) => saysTheSame(f, entry.findings[i]))) return entry;
  update.touched.add(entry.tunnel.key);
  const config = moveLane(entry.lanes, 'config', entry.tunnel.key, value, { at: now, began: null }, update);
  const lanes: Lanes = { ...entry.lanes, config };
  return { ...entry, lanes, findings, severity: tunnelSeverity(lanes) };
}

const saysTheSame = (a: Finding, b: Finding | undefined): boolean =>
  a === b || (a.rule === b?.rule && a.evidence === b.evidence && a.severity === b.severity);

/** The tunnel as a newer list or get shows it. */
export function observeTunnel(entry: Entry, tunnel: Tunnel, look: Look, update: Update): Entry {
  update.touched.add(tunnel.key);
  if (entry.unreadable !== null) update.events.push(event('tunnel-readable', tunnel, look.now, { name: tunnel.name }));
  notePsk(entry, tunnel, look, update);
  noteBgpTransport(entry, tunnel, look, update);
  const next = withLanes(entry, tunnel, look, update);
  const snapshot = configSnapshot(tunnel, look.now);
  const other = snapshot.hash !== entry.configHash;
  const md5 = otherMd5Key(entry.tunnel, tunnel);
  if (!other && !md5 && !modifiedLater(entry.tunnel.modifiedAt, tunnel.modifiedAt)) return next;
  const config = flatConfig(tunnel);
  if (other) update.configs.push(snapshot);
  const detail = configChange(entry.config, config, tunnel.modifiedAt, md5);
  update.events.push(event('config-changed', tunnel, look.now, detail));
  return { ...next, config, configHash: snapshot.hash };
}

function event(
  kind: 'tunnel-readable' | 'config-changed' | 'psk-changed' | 'bgp-detail',
  tunnel: Tunnel,
  at: Instant,
  detail: Update['events'][number]['detail'],
): Update['events'][number] {
  return { at, kind, accountId: tunnel.accountId, key: tunnel.key, detail };
}

/** `psk-changed`: `from` and `to` are generation times, `null` for none. */
function notePsk(entry: Entry, tunnel: Tunnel, look: Look, update: Update): void {
  const from = entry.tunnel.pskGeneratedAt;
  const to = tunnel.pskGeneratedAt;
  const same = from === to || (from !== null && to !== null && Math.abs(from - to) <= SAME_PSK_MS);
  if (!same) update.events.push(event('psk-changed', tunnel, look.now, { from, to }));
}

/** `bgp-detail`: the TCP connection under a session that is not up came or went; that tells where to look. */
function noteBgpTransport(entry: Entry, tunnel: Tunnel, look: Look, update: Update): void {
  const before = entry.tunnel.bgpStatus;
  const after = tunnel.bgpStatus;
  if (before === null || after === null || after.state === 'up' || before.state === 'up') return;
  if (before.tcpEstablished === after.tcpEstablished) return;
  update.events.push(
    event('bgp-detail', tunnel, look.now, { tcpEstablished: after.tcpEstablished, bgpState: after.bgpState }),
  );
}

/** The entry as a row of the board. */
export function rowOf(entry: Entry, site: Site | null): BoardRow {
  const { tunnel, lanes } = entry;
  return {
    key: tunnel.key,
    accountId: accountOf(tunnel.key),
    id: tunnel.id,
    name: tunnel.name,
    description: tunnel.description,
    site,
    cloudflareEndpoint: tunnel.cloudflareEndpoint,
    customerEndpoint: tunnel.customerEndpoint,
    lanes,
    severity: entry.severity,
    recovering: entry.recoveringUntil !== null,
    bgpStatus: tunnel.bgpStatus,
    healthShare: healthShare(entry.colos),
    pskGeneratedAt: tunnel.pskGeneratedAt,
    ...(entry.pskHolds.policy === entry.generalPolicy ? {} : { pskPolicy: entry.pskHolds.policy }),
    idle: entry.idle,
    unreadable: entry.unreadable ?? (entry.missing ? MISSING : null),
  };
}
