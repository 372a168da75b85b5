/**
 * What stands beside the list of IPsec tunnels: GRE tunnels, interconnects, static routes, BGP settings, redundancy groups.
 * Each is read by a question of its own, which may be refused while the others are answered. One element that cannot be
 * read costs the whole answer: a rule that misses one route would call a tunnel unrouted.
 */
import { z } from 'zod';
import type { AccountId } from '../../shared/model.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Neighbour, RedundancyGroup, StaticRoute } from '../lint/contract.ts';
import { openEnvelope } from './answer.ts';
import type { Answer } from './contract.ts';
import type { Exchange } from './exchange.ts';
import { PERMISSIONS } from './fault.ts';
import { magicPath } from './paths.ts';
import { explain, MAX_ASN, named, optionalObject, optionalText } from './schema.ts';

/** What each question is answered with. */
export interface SurroundingParts {
  readonly gre: readonly Neighbour[];
  readonly interconnects: readonly Neighbour[];
  readonly routes: readonly StaticRoute[];
  /** Cloudflare's own AS number on this account's sessions; `null` when the settings do not name one. */
  readonly cloudflareAsn: number | null;
  readonly redundancyGroups: readonly RedundancyGroup[];
}
export type SurroundingPart = keyof SurroundingParts;

export const SURROUNDING_PARTS = [
  'gre',
  'interconnects',
  'routes',
  'cloudflareAsn',
  'redundancyGroups',
] as const satisfies readonly SurroundingPart[];

export interface SurroundingsReader {
  surrounding<P extends SurroundingPart>(
    accountId: AccountId,
    part: P,
    signal?: AbortSignal,
  ): Promise<Answer<SurroundingParts[P]>>;
}

const bgp = optionalObject(z.object({}));

const Gre = z
  .object({
    id: named,
    name: named,
    interface_address: optionalText,
    cloudflare_gre_endpoint: optionalText,
    customer_gre_endpoint: optionalText,
    bgp,
  })
  .transform(
    (api): Neighbour => ({
      kind: 'gre',
      id: api.id,
      name: api.name,
      interfaceAddress: api.interface_address,
      cloudflareEndpoint: api.cloudflare_gre_endpoint,
      customerEndpoint: api.customer_gre_endpoint,
      bgp: api.bgp !== undefined,
    }),
  );

const Interconnect = z
  .object({
    id: named,
    name: named,
    interface_address: optionalText,
    gre: optionalObject(z.object({ cloudflare_endpoint: optionalText })),
    bgp,
  })
  .transform(
    (api): Neighbour => ({
      kind: 'cni',
      id: api.id,
      name: api.name,
      interfaceAddress: api.interface_address,
      cloudflareEndpoint: api.gre?.cloudflare_endpoint ?? null,
      customerEndpoint: null,
      bgp: api.bgp !== undefined,
    }),
  );

const Route = z
  .object({
    id: named,
    prefix: named,
    nexthop: named,
    priority: z
      .number()
      .nullish()
      .transform((value) => value ?? null),
    description: optionalText,
  })
  .transform((api): StaticRoute => api);

/** Members are named by their id, bare or under `id`; whoever is of a kind that we do not know is no tunnel of ours. */
const Member = z.object({ type: z.string(), data: z.union([z.string(), z.object({ id: z.string() })]) });
const KINDS = ['ipsec', 'gre', 'cni'] as const;

const Group = z.object({ id: named, name: named, member_data: z.array(Member).nullish() }).transform(
  (api): RedundancyGroup => ({
    id: api.id,
    name: api.name,
    members: (api.member_data ?? []).flatMap(({ type, data }) => {
      const kind = KINDS.find((known) => known === type.toLowerCase());
      return kind === undefined ? [] : [{ kind, id: typeof data === 'string' ? data : data.id }];
    }),
  }),
);

interface Reading<T> {
  /** Below `/accounts/…/magic/`. */
  readonly path: string;
  /** Health-check targets are in it, so it is asked for in their newer form. */
  readonly newTarget: boolean;
  readonly schema: z.ZodType<T>;
}

/** Where each lies and in what it is wrapped: the keys differ from the paths. */
const READINGS: { readonly [P in SurroundingPart]: Reading<SurroundingParts[P]> } = {
  gre: {
    path: 'gre_tunnels',
    newTarget: true,
    schema: z.object({ gre_tunnels: z.array(Gre) }).transform((result) => result.gre_tunnels),
  },
  interconnects: {
    path: 'cf_interconnects',
    newTarget: true,
    schema: z.object({ interconnects: z.array(Interconnect) }).transform((result) => result.interconnects),
  },
  routes: {
    path: 'routes',
    newTarget: false,
    schema: z.object({ routes: z.array(Route) }).transform((result) => result.routes),
  },
  cloudflareAsn: {
    path: 'bgp/settings',
    newTarget: false,
    schema: z
      .object({ cloudflare_asn: z.int().min(1).max(MAX_ASN).nullish() })
      .transform((result) => result.cloudflare_asn ?? null),
  },
  redundancyGroups: {
    path: 'redundancy_groups',
    newTarget: false,
    schema: z.object({ redundancy_groups: z.array(Group) }).transform((result) => result.redundancy_groups),
  },
};

function readPart<T>({ schema }: Reading<T>, result: unknown): Result<T, string> {
  const parsed = schema.safeParse(result);
  return parsed.success ? ok(parsed.data) : err(explain(parsed.error, result));
}

/** Reads one part. A refusal says nothing about the credential: the token may well be made for the list alone. */
export function createSurroundingsReader(exchange: Exchange): SurroundingsReader {
  return {
    async surrounding(accountId, part, signal) {
      const reading = READINGS[part];
      const asked = await exchange.ask({
        method: 'GET',
        path: magicPath(accountId, reading.path),
        body: null,
        account: accountId,
        permission: PERMISSIONS.read,
        newTarget: reading.newTarget,
        probe: true,
        signal,
      });
      if (!asked.ok) return asked;
      const { meta, value: opened } = asked;
      const envelope = exchange.open(opened, meta, openEnvelope);
      if (!envelope.ok) return envelope;
      const { result, total } = envelope.value;
      const read = readPart(reading, result);
      if (!read.ok) return exchange.reject(opened, meta, 'wrong-shape', read.error);
      if (total !== null && Array.isArray(read.value) && total > read.value.length) {
        return exchange.reject(opened, meta, 'wrong-shape', `it holds ${read.value.length} of ${total} elements`);
      }
      return { ...read, meta };
    },
  };
}
