/**
 * What the API accepts as a tunnel. Cloudflare publishes the rules in words and not its codes for them; 1001 stands for
 * all of them here, with a pointer to the field.
 */
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import type { Instant } from '../../shared/model.ts';
import { atPath, isObject, type JsonObject } from '../json.ts';
import type { Member } from '../world/member.ts';
import type { ApiProblem } from './envelope.ts';

const INVALID = 1001;

const address = z.string().refine((text) => ipaddr.isValid(text), 'must be an IP address');
const cidr = z.string().refine((text) => ipaddr.isValidCIDR(text), 'must be a prefix in CIDR notation');

const INTERFACE_RANGES = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.240.0/20'].map((range) =>
  ipaddr.IPv4.parseCIDR(range),
);

const interfaceAddress = z
  .string()
  .refine((text) => /\/(30|31)$/.test(text) && ipaddr.IPv4.isValidCIDR(text), 'must be an IPv4 /31 or /30 prefix')
  .refine((text) => {
    if (!ipaddr.IPv4.isValidCIDR(text)) return true;
    const [ip] = ipaddr.IPv4.parseCIDR(text);
    return INTERFACE_RANGES.some((range) => ip.match(range));
  }, 'must lie in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 169.254.240.0/20')
  .refine((text) => !isEdgeOfThirty(text), 'must be a usable host of its /30');

function isEdgeOfThirty(text: string): boolean {
  if (!text.endsWith('/30') || !ipaddr.IPv4.isValidCIDR(text)) return false;
  const last = ipaddr.IPv4.parseCIDR(text)[0].octets[3] ?? 0;
  return (last & 3) === 0 || (last & 3) === 3;
}

const interfaceAddress6 = z
  .string()
  .refine((text) => text.endsWith('/127') && ipaddr.IPv6.isValidCIDR(text), 'must be an IPv6 /127 prefix')
  .refine((text) => {
    if (!ipaddr.IPv6.isValidCIDR(text)) return true;
    return ((ipaddr.IPv6.parseCIDR(text)[0].parts[7] ?? 0) & 1) === 0;
  }, 'must be the first address of its subnet');

/** Printable ASCII without the quotation mark, the question mark and the backslash. */
const md5Key = z.string().regex(/^[ !#->@-[\]-~]+$/, 'has a character that is not allowed, or is empty');

const HealthCheck = z.object({
  enabled: z.boolean().optional(),
  rate: z.enum(['low', 'mid', 'high']).optional(),
  type: z.enum(['reply', 'request']).optional(),
  direction: z.enum(['unidirectional', 'bidirectional']).optional(),
  target: z.unknown().optional(),
});

const Bgp = z.object({
  customer_asn: z.int().min(1).max(4_294_967_294),
  extra_prefixes: z.array(cidr).optional(),
  md5_key: md5Key.optional(),
  import_filter_id: z.string().optional(),
  export_filter_id: z.string().optional(),
});

/** A tunnel as a request describes it. Keys that the API does not know are ignored, like Cloudflare does. */
const TunnelRequest = z.object({
  name: z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/, 'must be letters, digits, "-", "_" or "."'),
  description: z.string().max(1_000).optional(),
  cloudflare_endpoint: address,
  customer_endpoint: z.union([address, z.literal('')]).optional(),
  interface_address: interfaceAddress,
  interface_address6: interfaceAddress6.optional(),
  automatic_return_routing: z.literal(false, 'needs an entitlement that this account does not have').optional(),
  replay_protection: z.boolean().optional(),
  bgp: Bgp.optional(),
  custom_remote_identities: z.object({ fqdn_id: z.string().optional() }).optional(),
  health_check: HealthCheck.optional(),
  psk: z.string().min(1).max(256).optional(),
});

export interface Wanted {
  /** The configuration as it will be kept, the target as saved. */
  readonly config: JsonObject;
  readonly name: string;
  readonly psk: string | null;
}

export interface Against {
  /** The tunnels that exist now, without the one that is written. */
  readonly others: readonly Member[];
  readonly now: Instant;
  /** Cloudflare's internal number of the account. */
  readonly accountNumber: number;
  /** Whether the health-check target comes as an object. */
  readonly targetObject: boolean;
}

/** Reads a request for a whole tunnel. `at` goes before every pointer. */
export function readTunnel(body: unknown, against: Against, at = ''): Wanted | ApiProblem[] {
  const parsed = TunnelRequest.safeParse(body);
  if (!parsed.success) return parsed.error.issues.map((issue) => problem(issue.path, issue.message, at));
  const { psk, health_check: check, ...rest } = parsed.data;
  const target = savedTarget(check?.target, against.targetObject);
  if (target === null) {
    const form = against.targetObject ? 'an object with "saved"' : 'a string';
    return [problem(['health_check', 'target'], `must be ${form}, an IP address or empty`, at)];
  }
  const config: JsonObject = {
    allow_null_cipher: false,
    automatic_return_routing: false,
    replay_protection: false,
    ...JSON.parse(JSON.stringify(rest)),
    health_check: {
      enabled: check?.enabled ?? true,
      rate: check?.rate ?? 'mid',
      type: check?.type ?? 'reply',
      direction: check?.direction ?? 'unidirectional',
      target,
    },
  };
  const clashes = clashesOf(config, against, at);
  return clashes.length > 0 ? clashes : { config, name: rest.name, psk: psk ?? null };
}

/** The saved target in either form; a repeated GET answer (object or string) is understood. `null`: not acceptable. */
function savedTarget(target: unknown, asObject: boolean): string | null {
  if (target === undefined || target === null) return '';
  const saved = asObject ? (isObject(target) ? (target.saved ?? '') : null) : target;
  return typeof saved === 'string' && (saved === '' || ipaddr.isValid(saved)) ? saved : null;
}

function clashesOf(config: JsonObject, against: Against, at: string): ApiProblem[] {
  const problems: ApiProblem[] = [];
  const others = against.others.map((other) => ({
    name: other.stateAt(against.now).name,
    config: other.write?.config ?? other.plan.config,
  }));
  if (others.some(({ name }) => name === config.name))
    problems.push(problem(['name'], 'another tunnel has this name', at));
  if (others.some((other) => other.config.interface_address === config.interface_address)) {
    problems.push(problem(['interface_address'], 'another tunnel has this interface address', at));
  }
  const fqdn = atPath(config, 'custom_remote_identities.fqdn_id');
  if (typeof fqdn === 'string' && fqdn !== '') {
    const path = ['custom_remote_identities', 'fqdn_id'];
    const form = new RegExp(`^[A-Za-z0-9-]+\\.${against.accountNumber}\\.custom\\.ipsec\\.cloudflare\\.com$`);
    if (!form.test(fqdn))
      problems.push(problem(path, 'must be <label>.<account number>.custom.ipsec.cloudflare.com', at));
    const shared = others.some(
      (other) =>
        atPath(other.config, path.join('.')) === fqdn &&
        other.config.cloudflare_endpoint === config.cloudflare_endpoint,
    );
    if (shared) problems.push(problem(path, 'another tunnel on the same cloudflare_endpoint has this identity', at));
  }
  return problems;
}

export function problem(path: readonly PropertyKey[], message: string, at = ''): ApiProblem {
  const pointer = `${at}${path.map((part) => `/${String(part)}`).join('')}`;
  return { code: INVALID, message: `${path.map(String).join('.') || 'body'}: ${message}`, pointer };
}
