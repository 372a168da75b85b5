/** Turns a scenario into accounts full of tunnel plans. */
import type { AccountId, Instant, Millis } from '../../shared/model.ts';
import { between, draw, hash32, hexOf } from '../random.ts';
import type { AccountSpec, Incident, Scenario, SiteSpec, Who } from '../scenario.ts';
import { parseSpan } from '../span.ts';
import { customerEndpoint, interfacePair } from './addresses.ts';
import { type BesidePlan, besidePlan } from './beside.ts';
import { type Colo, colo } from './colos.ts';
import { scheduleOf } from './occurrences.ts';
import { accountCopies, siteCopies } from './scale.ts';
import { type Binding, numericAccount, type TunnelPlan } from './tunnel-plan.ts';

export interface AccountPlan {
  readonly id: AccountId;
  readonly name: string;
  readonly number: number;
  readonly onboarded: boolean;
  readonly colos: readonly Colo[];
  readonly tunnels: readonly TunnelPlan[];
  readonly beside: BesidePlan;
}

export interface CompileOptions {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly origin: Instant;
  /** How many tunnels altogether; as the scenario says if not given. */
  readonly tunnels?: number | undefined;
  readonly accounts?: number | undefined;
}

const DAY: Millis = 86_400_000;

export function compileWorld(options: CompileOptions): AccountPlan[] {
  const { scenario, seed, origin } = options;
  const specs = accountCopies(scenario.accounts, options.accounts);
  const matched = new Set<Incident>();
  const accounts = specs.map((spec, index): AccountPlan => {
    const id = hexOf(seed, `account:${spec.name}`, 32) as AccountId;
    const share = options.tunnels === undefined ? undefined : Math.ceil((options.tunnels - index) / specs.length);
    const build = planner(scenario, spec, index, seed, origin, matched);
    const tunnels = siteCopies(spec.sites, share).flatMap(({ site, tunnels, copy }) =>
      Array.from({ length: tunnels }, (_, n) => build(site, n, copy)),
    );
    const colos = spec.colos.toSorted().map(colo);
    const beside = besidePlan(spec, index, seed, origin);
    const onboarded = spec.onboarded ?? true;
    return { id, name: spec.name, number: numericAccount(id), onboarded, colos, tunnels, beside };
  });
  if (options.tunnels === undefined && options.accounts === undefined) {
    const idle = scenario.incidents.find((incident) => !matched.has(incident));
    if (idle !== undefined) throw new Error(`scenario ${scenario.name}: nobody fits ${JSON.stringify(idle.who)}`);
  }
  return accounts;
}

type Build = (site: SiteSpec, n: number, copy: number) => TunnelPlan;

/** Makes the tunnels of one account, numbering addresses as it goes. */
function planner(
  scenario: Scenario,
  spec: AccountSpec,
  account: number,
  seed: number,
  origin: Instant,
  matched: Set<Incident>,
): Build {
  const colos = spec.colos.toSorted().map(colo);
  const endpoints = new Map<string, string>();
  let made = 0;
  const customerOf = (site: SiteSpec, carrier: string): string => {
    const key = `${site.code}/${carrier}`;
    const known = endpoints.get(key) ?? customerEndpoint(account * 9_973 + endpoints.size);
    endpoints.set(key, known);
    return known;
  };
  return (site, n, copy) => {
    const name = `${site.code}-tun-${letter(n)}`;
    const salt = hash32(seed, `${spec.name}/${name}`);
    const endpoint = n % spec.cloudflareEndpoints.length;
    const carrier = carrierOf(site, n, spec.cloudflareEndpoints.length);
    const pair = interfacePair(account, made++);
    const place: Place = { accountName: spec.name, name, site: site.code, carrier, endpoint, copy, salt };
    const bindings = bindingsOf(scenario, place, origin, matched);
    const age = bindings.find((binding) => binding.incident.what === 'stale-psk')?.incident;
    const times = timesOf(salt, origin, age?.what === 'stale-psk' ? parseSpan(age.age) : null);
    return {
      ...place,
      siteName: site.siteName ?? (copy === 0 ? site.city : `${site.city} ${copy + 1}`),
      bgp: site.bgp ?? 'on',
      standby: site.standby === true && n > 0,
      cloudflareSide: pair.cloudflare,
      customerSide: pair.customer,
      config: {
        name,
        description: `${site.city}, ${carrier}`,
        cloudflare_endpoint: spec.cloudflareEndpoints[endpoint] ?? '',
        customer_endpoint: customerOf(site, carrier),
        interface_address: pair.cidr,
        allow_null_cipher: false,
        automatic_return_routing: false,
        replay_protection: false,
        health_check: { enabled: true, rate: 'mid', type: 'request', direction: 'bidirectional', target: '' },
        ...bgpOf(site, salt, account, made),
      },
      ...times,
      colos,
      bindings,
    };
  };
}

interface Place {
  readonly accountName: string;
  readonly name: string;
  readonly site: string;
  readonly carrier: string;
  readonly endpoint: number;
  /** 0 for the site itself, more for the copies that fill up a larger world. */
  readonly copy: number;
  readonly salt: number;
}

function letter(n: number): string {
  return n < 26 ? String.fromCharCode(97 + n) : `${String.fromCharCode(97 + (n % 26))}${Math.floor(n / 26)}`;
}

/** Pairs cross endpoints and carriers: a on the first of both, b on the second of both, c and d the other way round. */
function carrierOf(site: SiteSpec, n: number, endpoints: number): string {
  const turn = n + Math.floor(n / Math.max(endpoints, site.carriers.length));
  return site.carriers[turn % site.carriers.length] ?? '';
}

function bgpOf(site: SiteSpec, salt: number, account: number, made: number): Pick<TunnelPlan['config'], string> {
  if (site.bgp === 'off') return {};
  const number = hash32(account, site.code);
  const asn = site.asn ?? (made < 800 ? 64_512 + (number % 1_000) : 4_200_000_000 + (number % 90_000_000));
  const prefixes = salt % 5 === 0 ? { extra_prefixes: [`10.${1 + (number % 60)}.0.0/16`] } : {};
  return { bgp: { customer_asn: asn, ...prefixes, ...(site.md5Key === undefined ? {} : { md5_key: site.md5Key }) } };
}

/** Most keys are a few weeks to a few months old; tunnels were made up to three years ago. */
function timesOf(
  salt: number,
  origin: Instant,
  pskAge: Millis | null,
): Pick<TunnelPlan, 'createdAt' | 'modifiedAt' | 'pskAt'> {
  const age = pskAge ?? between(8, 82, draw(salt, 1)) * DAY;
  const pskAt = Math.floor(origin - age);
  const createdAt = Math.floor(Math.min(pskAt, origin - between(120, 1_000, draw(salt, 2)) * DAY));
  const modifiedAt = Math.floor(between(createdAt, origin - 8 * DAY, draw(salt, 3)));
  return { createdAt, modifiedAt, pskAt };
}

function bindingsOf(scenario: Scenario, place: Place, origin: Instant, matched: Set<Incident>): Binding[] {
  const bindings: Binding[] = [];
  for (const [index, incident] of scenario.incidents.entries()) {
    if (!fits(incident.who, place, index)) continue;
    matched.add(incident);
    const schedule = scheduleOf(incident, origin, draw(place.salt, 500 + index));
    bindings.push({ incident, schedule, salt: Math.imul(index + 1, 0x9e3779b1) });
  }
  return bindings;
}

function fits(who: Who, place: Place, incident: number): boolean {
  const among = (wanted: string | readonly string[] | undefined, name: string): boolean =>
    wanted === undefined || (typeof wanted === 'string' ? wanted === name : wanted.includes(name));
  return (
    among(who.account, place.accountName) &&
    among(who.site, place.site) &&
    among(who.tunnel, place.name) &&
    among(who.carrier, place.carrier) &&
    (who.endpoint === undefined || who.endpoint === place.endpoint) &&
    (who.share === undefined || draw(place.salt, 900 + incident) < who.share)
  );
}
