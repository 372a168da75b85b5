/** Rules about what carries the traffic when one tunnel fails. */
import type { Tunnel } from '../../../shared/model.ts';
import { nameStem } from '../../state/site.ts';
import { canonical } from '../addresses.ts';
import { stemShelf } from '../shelves.ts';
import type { World } from '../world.ts';
import { type CatalogueRule, FINE, found, missing, namesOf } from './rule.ts';
import { SOURCES } from './sources.ts';

const CUSTOMER = 'customer_endpoint';
const CLOUDFLARE = 'cloudflare_endpoint';
const RETURN = 'automatic_return_routing';
/** A stem on more tunnels than this is a habit of naming. */
const MOST_OF_A_STEM = 8;

const sameAddress = (a: string | null, b: string | null): boolean => (canonical(a) ?? a) === (canonical(b) ?? b);

/** Another tunnel of the same name stem has another customer endpoint: the site has a second line after all. */
function secondLine(tunnel: Tunnel, world: World): boolean {
  const stem = nameStem(tunnel.name);
  const shelf = stem === null ? [] : world.shelf(stemShelf(stem));
  if (shelf.length > MOST_OF_A_STEM) return false;
  return shelf.some(({ customerEndpoint: other }) => other !== null && !sameAddress(other, tunnel.customerEndpoint));
}

export const REDUNDANCY: readonly CatalogueRule[] = [
  {
    id: 'no-redundancy',
    family: 'redundancy',
    severity: 'warning',
    title: 'Sole tunnel of its site',
    reads: [
      CUSTOMER,
      'name',
      'description',
      'redundancy_groups',
      'gre_tunnels',
      'cf_interconnects',
      'site of the health results',
    ],
    basis: 'documented',
    why: 'When it fails, nothing else carries its traffic; Cloudflare recommends two tunnels for each provider and router.',
    fix: 'Add a second tunnel, to the other Cloudflare endpoint where the account has two.',
    source: SOURCES.endpoints,
    examples: {
      triggers: { a: { name: 'rotterdam' }, b: { name: 'utrecht' } },
      quiet: {},
    },
    byGroup: true,
    judge: (tunnel, world) => {
      const { members, neighbours, words, sign } = world.group(tunnel);
      if (members.length + neighbours.length > 1) return FINE;
      if (sign === 'alone' && tunnel.customerEndpoint === null && nameStem(tunnel.name) === null) {
        return { missing: 'Neither customer_endpoint nor name, tag or group tells which tunnels belong together.' };
      }
      const { gre, interconnects } = world.surroundings;
      const unseen = gre === null || interconnects === null ? '; GRE tunnels and interconnects are not known' : '';
      const evidence = `the only tunnel of its group (${words})${unseen}`;
      return { found: { evidence, field: null, value: null, grouping: words } };
    },
  },
  {
    id: 'single-cloudflare-endpoint',
    family: 'redundancy',
    severity: 'info',
    title: 'Group on one Cloudflare endpoint',
    reads: [CLOUDFLARE, 'name'],
    basis: 'documented',
    why: 'All tunnels of the group end at one address of Cloudflare, while the account uses two; newer accounts have one only, and are not judged.',
    fix: 'Move one of them to the second endpoint.',
    source: SOURCES.endpoints,
    examples: {
      triggers: {
        b: { cloudflareEndpoint: '162.159.64.1' },
        more: [
          { name: 'rtm-a', cloudflareEndpoint: '162.159.64.1' },
          { name: 'rtm-b', cloudflareEndpoint: '162.159.65.1' },
        ],
      },
      quiet: { b: { cloudflareEndpoint: '162.159.64.1' } },
      beside: ['x:no-route-to-tunnel'],
    },
    byGroup: true,
    census: (world) => String(world.shelfSizes('cloudflare').size >= 2),
    judge: (tunnel, world) => {
      const own = tunnel.cloudflareEndpoint;
      const mates = world.mates(tunnel);
      if (mates.length === 0 || mates.some((mate) => !sameAddress(mate.cloudflareEndpoint, own))) return FINE;
      const used = world.once('cloudflare-endpoints', () => world.shelfSizes('cloudflare').size);
      if (used < 2) return FINE;
      const { words } = world.group(tunnel);
      return found(CLOUDFLARE, own, ` on all ${mates.length + 1} tunnels, the account uses others too`, {
        grouping: words,
      });
    },
  },
  {
    id: 'single-customer-endpoint',
    family: 'redundancy',
    severity: 'info',
    title: 'Group on one customer endpoint',
    reads: [CUSTOMER, 'name'],
    basis: 'documented',
    why: 'All tunnels of the group hang on one line and one router.',
    fix: 'Use a second provider and a second router where the site matters.',
    source: SOURCES.endpoints,
    examples: { triggers: { b: { customerEndpoint: '44.128.1.1' } }, quiet: {} },
    byGroup: true,
    shelves: ({ name }) => {
      const stem = nameStem(name);
      return stem === null ? [] : [stemShelf(stem)];
    },
    judge: (tunnel, world) => {
      const own = tunnel.customerEndpoint;
      const mates = world.mates(tunnel);
      if (mates.length === 0) return FINE;
      if (own === null || mates.some(({ customerEndpoint }) => customerEndpoint === null)) return missing(CUSTOMER);
      if (mates.some((mate) => !sameAddress(mate.customerEndpoint, own)) || secondLine(tunnel, world)) return FINE;
      const { words } = world.group(tunnel);
      return found(CUSTOMER, own, ` on all ${mates.length + 1} tunnels`, { grouping: words });
    },
  },
  {
    id: 'arr-needs-unified-routing',
    family: 'redundancy',
    severity: 'info',
    title: 'Automatic return routing on',
    reads: [RETURN],
    basis: 'documented',
    why: 'It works on accounts with Unified Routing only, and the API does not tell whether this is one.',
    fix: 'Check the routing mode of the account.',
    source: SOURCES.api,
    examples: { triggers: { a: { automaticReturnRouting: true }, b: { automaticReturnRouting: true } }, quiet: {} },
    judge: ({ automaticReturnRouting: on }) => {
      if (on === null) return missing(RETURN);
      return on ? found(RETURN, true) : FINE;
    },
  },
  {
    id: 'arr-mixed-in-group',
    family: 'redundancy',
    severity: 'warning',
    title: 'Automatic return routing differs within a group',
    reads: [RETURN, 'name'],
    basis: 'heuristic',
    why: 'Answers then take another way back than requests, depending on which tunnel carries them.',
    fix: 'Set it alike on all tunnels of the group.',
    source: SOURCES.api,
    examples: {
      triggers: { a: { automaticReturnRouting: true } },
      quiet: { a: { automaticReturnRouting: true }, b: { automaticReturnRouting: true } },
      beside: ['arr-needs-unified-routing'],
    },
    byGroup: true,
    judge: (tunnel, world) => {
      const own = tunnel.automaticReturnRouting;
      if (own === null) return missing(RETURN);
      const others = world.mates(tunnel).filter((mate) => (mate.automaticReturnRouting ?? own) !== own);
      if (others.length === 0) return FINE;
      const theirs = `, ${!own} on ${namesOf(others.map(({ name }) => name))}`;
      return found(RETURN, own, theirs, { grouping: world.group(tunnel).words });
    },
  },
];
