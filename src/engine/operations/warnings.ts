/** What one should know before a change is made: sentences with their codes, the gravest first. Pure. */
import type { Tunnel, TunnelKey } from '../../shared/model.ts';
import type { Operation, OperationPlan } from '../../shared/operations.ts';
import type { PlanWarning, PlanWarningFacts } from '../../shared/plan-warnings.ts';
import type { KnownTunnel } from './contract.ts';
import type { Target } from './targets.ts';

interface Warning {
  /** 3: a site may be cut off. 2: traffic is interrupted, or something stops to work. 1: good to know. */
  readonly weight: 1 | 2 | 3;
  readonly sentence: string;
  readonly said: PlanWarning;
}
function warning<C extends PlanWarning['code']>(
  weight: Warning['weight'],
  code: C,
  facts: PlanWarningFacts[C],
  sentence: string,
): Warning {
  return { weight, sentence, said: { code, facts } as PlanWarning };
}

/** Fields whose change makes the tunnel start anew. */
const RESTARTS: ReadonlySet<string> = new Set(['cloudflareEndpoint', 'customerEndpoint', 'interfaceAddress', 'fqdnId']);

const touches = ({ diff }: Target, has: (field: string) => boolean): boolean =>
  diff.changes.some(({ field }) => has(field));
const isUp = ({ row }: KnownTunnel): boolean =>
  row !== null && row.lanes.health.value !== 'down' && row.lanes.bgp.value !== 'down';
const isWell = ({ row }: KnownTunnel): boolean =>
  row !== null && row.lanes.health.value === 'healthy' && row.lanes.bgp.value !== 'down';

/** The target goes away for a while, or for good. A new key does so as well: sooner or later, at the next IKE_AUTH. */
function interrupts(kind: Operation['kind'], target: Target): boolean {
  if (kind === 'create') return false;
  return kind === 'delete' || touches(target, (field) => RESTARTS.has(field) || field === 'psk');
}

function aboutSite(kind: Operation['kind'], target: Target, all: ReadonlySet<TunnelKey>, known: Known): Warning[] {
  const own = target.key === null ? undefined : known.byKey.get(target.key);
  const site = own?.row?.site?.name;
  if (own === undefined || site === undefined || !interrupts(kind, target)) return [];
  const others = (known.bySite.get(site) ?? []).filter(({ tunnel }) => tunnel.key !== target.key);
  const left = others.filter(({ tunnel }) => !all.has(tunnel.key));
  const forGood = kind === 'delete';
  const at = { name: target.name, site, forGood };
  const verb = kind === 'delete' ? 'without it' : 'while it starts anew';
  if (others.length === 0)
    return [
      warning(3, 'only-tunnel', at, `${target.name} is the only tunnel of ${site}: ${verb} the site is cut off.`),
    ];
  if (isUp(own) && !left.some(isUp)) {
    const last = `${target.name} is the last tunnel of ${site} that works: ${verb} the site is cut off.`;
    const both = `All tunnels of ${site} would be changed at once: ${verb} the site may be cut off.`;
    return left.length < others.length ? [warning(3, 'all-at-once', at, both)] : [warning(3, 'last-tunnel', at, last)];
  }
  const ill = left.filter((one) => !isWell(one)).map(({ tunnel }) => tunnel.name);
  if (ill.length === 0) return [];
  const names = ill.slice(0, 3).join(', ');
  const one = ill.length === 1;
  return [warning(2, 'others-ill', { names, one }, `${names} of the same site ${one ? 'is' : 'are'} not healthy.`)];
}

function aboutTraffic(kind: Operation['kind'], target: Target, known: Known): Warning[] {
  const own = target.key === null ? undefined : known.byKey.get(target.key);
  if (own?.row?.idle !== false || !interrupts(kind, target)) return [];
  return [warning(2, 'traffic', { name: target.name }, `${target.name} carried traffic within the last hours.`)];
}

function aboutBgp(target: Target): Warning[] {
  const { base, after } = target;
  if (base === null || base.tunnel.bgp === null) return [];
  if (after !== null && after.bgp === null) {
    return [
      warning(
        2,
        'bgp-ends',
        { name: target.name },
        `The BGP session of ${target.name} ends, and the routes that it brings.`,
      ),
    ];
  }
  if (after === null || !touches(target, (field) => field.startsWith('bgp.') || field === 'interfaceAddress'))
    return [];
  const router = touches(target, (field) => field === 'bgp.md5Key' || field === 'interfaceAddress');
  const also = router ? ' The router has to be changed at the same time.' : '';
  const { name } = target;
  return [warning(2, 'bgp-restarts', { name, router }, `The BGP session of ${name} restarts.${also}`)];
}

const pairOf = ({ cloudflareEndpoint, customerEndpoint }: Tunnel): string =>
  `${cloudflareEndpoint} ${customerEndpoint}`;

function aboutIdentity(kind: Operation['kind'], target: Target, known: Known): Warning[] {
  const { name, after, base } = target;
  if (kind === 'delete') {
    const anew = `A tunnel that is created anew has another id, so its router needs other IKE identities and a key.`;
    return [warning(1, 'another-id', {}, anew)];
  }
  if (after === null) return [];
  const said: Warning[] = [];
  if (base !== null && touches(target, (field) => field === 'customerEndpoint' || field === 'fqdnId')) {
    const identities = `The IKE identities of ${name} change: a router that uses its address or its custom name has to follow.`;
    said.push(warning(2, 'identities-change', { name }, identities));
  }
  const moved = base === null || touches(target, (field) => RESTARTS.has(field));
  const shared = (known.byPair.get(pairOf(after)) ?? []).filter(({ tunnel }) => tunnel.key !== target.key);
  if (moved && after.customerEndpoint !== null && shared.length > 0) {
    const who = shared[0]?.tunnel.name ?? '';
    said.push(
      warning(
        2,
        'same-pair',
        { name: who },
        `${who} has the same pair of endpoints: the router’s address tells them apart no more, use an FQDN or KEY_ID identity.`,
      ),
    );
  }
  return said;
}

function aboutRest(kind: Operation['kind'], target: Target): Warning[] {
  const { name, base, after } = target;
  const said: Warning[] = [];
  if (after !== null && base !== null && touches(target, (field) => field === 'psk')) {
    const latent = `The router of ${name} goes on with the old key until it authenticates again (rekeying does not); a key that differs shows only then.`;
    said.push(warning(1, 'latent-key', { name }, latent));
  }
  if (kind === 'create' && after?.pskGeneratedAt === null) {
    said.push(warning(1, 'no-key', { name }, `${name} has no key yet: generate one before the router can connect.`));
  }
  if (after?.replayProtection === true && touches(target, (field) => field === 'replayProtection')) {
    const replay = `Replay protection ties ${name} to one server of Cloudflare; the router needs dead peer detection with restart.`;
    said.push(warning(1, 'replay', { name }, replay));
  }
  if (after?.healthCheck?.enabled === false && touches(target, (field) => field === 'healthCheck.enabled')) {
    said.push(
      warning(
        2,
        'no-checks',
        { name },
        `Without health checks nobody notices that ${name} is down, and its traffic is not steered away.`,
      ),
    );
  }
  if (base !== null && after !== null && touches(target, (field) => field === 'name')) {
    said.push(
      warning(
        1,
        'renamed',
        { name: base.tunnel.name },
        `Health results are kept by name: those of ${base.tunnel.name} do not follow.`,
      ),
    );
  }
  return said;
}

interface Known {
  readonly byKey: ReadonlyMap<TunnelKey, KnownTunnel>;
  readonly bySite: ReadonlyMap<string, readonly KnownTunnel[]>;
  readonly byPair: ReadonlyMap<string, readonly KnownTunnel[]>;
}

function index(known: readonly KnownTunnel[]): Known {
  return {
    byKey: new Map(known.map((one) => [one.tunnel.key, one])),
    bySite: Map.groupBy(
      known.filter(({ row }) => row?.site != null),
      ({ row }) => row?.site?.name ?? '',
    ),
    byPair: Map.groupBy(known, ({ tunnel }) => pairOf(tunnel)),
  };
}

/** The warnings of a plan, each sentence once, with what it says of what beside it. */
export function warningsOf(
  kind: Operation['kind'],
  targets: readonly Target[],
  known: readonly KnownTunnel[],
): Pick<OperationPlan, 'warnings' | 'warningsSaid'> {
  const at = index(known);
  const all = new Set(targets.flatMap(({ key }) => (key === null ? [] : [key])));
  const found = targets.flatMap((target) => [
    ...aboutSite(kind, target, all, at),
    ...aboutTraffic(kind, target, at),
    ...aboutBgp(target),
    ...aboutIdentity(kind, target, at),
    ...aboutRest(kind, target),
  ]);
  const sorted = found.sort((a, b) => b.weight - a.weight);
  const once = [...new Map(sorted.map((one) => [one.sentence, one])).values()];
  return { warnings: once.map(({ sentence }) => sentence), warningsSaid: once.map(({ said }) => said) };
}
