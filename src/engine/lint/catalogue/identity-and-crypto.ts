/** Rules about names, IKE identities, and what protects the packets. */
import { type Tunnel, type TunnelId, tunnelKey } from '../../../shared/model.ts';
import { foldedShelf, fqdnAccount, fqdnAccountShelf, fqdnShelf, nameShelf } from '../shelves.ts';
import type { World } from '../world.ts';
import { type CatalogueRule, FINE, found, missing, namesOf, othersOn } from './rule.ts';
import { SOURCES } from './sources.ts';

const FQDN = 'custom_remote_identities.fqdn_id';
const LONGEST_NAME = 15;
const CUSTOM = 'custom.ipsec.cloudflare.com';

const fqdn = (fqdnId: string): { a: Partial<Tunnel> } => ({ a: { fqdnId } });

/** The numeric account id: as it is known, else as most of at least two identities have it. */
function accountNumber(world: World): string | null {
  const known = world.surroundings.accountNumber;
  if (known !== null) return known;
  return world.once('account-number', () => {
    const sizes = [...world.shelfSizes('fqdn-account')].sort(([, a], [, b]) => b - a);
    const all = sizes.reduce((sum, [, size]) => sum + size, 0);
    const [number, size] = sizes[0] ?? [null, 0];
    return size >= 2 && size * 2 > all ? number : null;
  });
}

export const IDENTITY_AND_CRYPTO: readonly CatalogueRule[] = [
  {
    id: 'name-duplicate',
    family: 'identity-and-crypto',
    severity: 'error',
    title: 'Name used twice',
    reads: ['name', 'gre_tunnels', 'cf_interconnects'],
    basis: 'documented',
    why: 'Names must be unique over all kinds of tunnels, and they are the only link between a tunnel and its health results.',
    fix: 'Rename one of them.',
    source: SOURCES.endpoints,
    examples: { triggers: { b: { name: 'ams-tun-a' } }, quiet: {} },
    shelves: ({ name }) => [nameShelf(name)],
    judge: (tunnel, world) => {
      const shelf = nameShelf(tunnel.name);
      const times = world.shelf(shelf).length + world.neighbours(shelf).length;
      const { gre, interconnects } = world.surroundings;
      if (times > 1) {
        const [neighbour] = world.neighbours(shelf);
        const where =
          neighbour === undefined ? '' : `, also by ${neighbour.kind === 'gre' ? 'a GRE tunnel' : 'an interconnect'}`;
        return found('name', tunnel.name, `, used ${times} times${where}`);
      }
      return gre === null ? missing('gre_tunnels') : interconnects === null ? missing('cf_interconnects') : FINE;
    },
  },
  {
    id: 'name-too-long',
    family: 'identity-and-crypto',
    severity: 'info',
    title: 'Name longer than 15 characters',
    reads: ['name', 'gre_tunnels'],
    basis: 'documented',
    why: 'GRE tunnels allow no more (there it is an error); for IPsec tunnels the documents disagree, and the dashboard may refuse it.',
    fix: 'Shorten the name when it is convenient; history and health results go by the name.',
    source: SOURCES.endpoints,
    examples: {
      triggers: { a: { name: 'amsterdam1-tun-a' }, b: { name: 'amsterdam1-b' } },
      quiet: { a: { name: 'amsterdam-tun-a' }, b: { name: 'amsterdam-tun-b' } },
    },
    judge: ({ name }) => (name.length > LONGEST_NAME ? found('name', name, `, ${name.length} characters`) : FINE),
    judgeAccount: ({ accountId, surroundings: { gre } }) => {
      if (gre === null) return { found: [], missing: 'gre_tunnels is not reported.' };
      const key = tunnelKey(accountId, '' as TunnelId);
      const long = gre.filter(({ name }) => name.length > LONGEST_NAME);
      return {
        found: long.map(({ name }) => ({
          key,
          severity: 'error',
          evidence: `name ${name} of a GRE tunnel, ${name.length} characters`,
          field: 'name',
          value: name,
        })),
      };
    },
  },
  {
    id: 'name-charset',
    family: 'identity-and-crypto',
    severity: 'warning',
    title: 'Name with unusual characters',
    reads: ['name'],
    basis: 'documented',
    why: 'Names may hold neither spaces nor special characters; which ones exactly is not published.',
    fix: 'Use letters, digits, hyphens and underscores.',
    source: SOURCES.endpoints,
    examples: {
      triggers: { a: { name: 'ams 1-tun-a', description: '#site-ams' }, b: { description: '#site-ams' } },
      quiet: {},
    },
    judge: ({ name }) => (/^[A-Za-z0-9_-]+$/.test(name) ? FINE : found('name', name)),
  },
  {
    id: 'name-confusable',
    family: 'identity-and-crypto',
    severity: 'info',
    title: 'Names that differ by case alone',
    reads: ['name'],
    basis: 'heuristic',
    why: 'At night, on the telephone, they are one name.',
    fix: 'Rename one of them.',
    source: SOURCES.endpoints,
    examples: {
      triggers: { a: { description: '#site-ams' }, b: { name: 'AMS-TUN-A', description: '#site-ams' } },
      quiet: {},
    },
    shelves: ({ name }) => [foldedShelf(name)],
    judge: (tunnel, world) => {
      const alike = world.shelf(foldedShelf(tunnel.name)).filter(({ name }) => name !== tunnel.name);
      return alike.length === 0
        ? FINE
        : found('name', tunnel.name, `, beside ${namesOf(alike.map(({ name }) => name))}`);
    },
  },
  {
    id: 'fqdn-id-form',
    family: 'identity-and-crypto',
    severity: 'error',
    title: 'Custom IKE identity of another form',
    reads: [FQDN],
    basis: 'schema',
    why: `A custom identity has the form label.account.${CUSTOM}, with Cloudflare’s numeric account id.`,
    fix: 'Correct the identity, here and on the router.',
    source: SOURCES.ikeId,
    examples: { triggers: fqdn('ams.example.com'), quiet: fqdn(`ams.123456789.${CUSTOM}`) },
    judge: ({ fqdnId }) => (fqdnId === null || fqdnAccount(fqdnId) !== null ? FINE : found(FQDN, fqdnId)),
  },
  {
    id: 'fqdn-id-wrong-account',
    family: 'identity-and-crypto',
    severity: 'error',
    title: 'Custom IKE identity of another account',
    reads: [FQDN, 'account number'],
    basis: 'schema',
    why: 'The number in the identity is not this account’s, so that Cloudflare looks for the tunnel elsewhere.',
    fix: 'Put this account’s numeric id into the identity, here and on the router.',
    source: SOURCES.ikeId,
    examples: { triggers: fqdn(`ams.987654321.${CUSTOM}`), quiet: fqdn(`ams.123456789.${CUSTOM}`) },
    shelves: ({ fqdnId }) => {
      const number = fqdnId === null ? null : fqdnAccount(fqdnId);
      return number === null ? [] : [fqdnAccountShelf(number)];
    },
    census: (world) => accountNumber(world) ?? '',
    judge: ({ fqdnId }, world) => {
      const number = fqdnId === null ? null : fqdnAccount(fqdnId);
      if (fqdnId === null || number === null) return FINE;
      const own = accountNumber(world);
      if (own === null) return { missing: 'The numeric account id is not known.' };
      return number === own ? FINE : found(FQDN, fqdnId, `, this account is ${own}`);
    },
  },
  {
    id: 'fqdn-id-clash',
    family: 'identity-and-crypto',
    severity: 'error',
    title: 'Custom IKE identity used twice on one endpoint',
    reads: [FQDN, 'cloudflare_endpoint', 'name'],
    basis: 'schema',
    why: 'Two tunnels may share an identity, but not on one Cloudflare endpoint: it could not tell them apart.',
    fix: 'Change one of the identities, or move one tunnel to the other endpoint.',
    source: SOURCES.ikeId,
    examples: {
      triggers: {
        a: { fqdnId: `ams.123456789.${CUSTOM}` },
        b: { fqdnId: `ams.123456789.${CUSTOM}`, cloudflareEndpoint: '162.159.64.1' },
      },
      quiet: { a: { fqdnId: `ams.123456789.${CUSTOM}` }, b: { fqdnId: `ams.123456789.${CUSTOM}` } },
    },
    shelves: ({ fqdnId, cloudflareEndpoint }) => (fqdnId === null ? [] : [fqdnShelf(fqdnId, cloudflareEndpoint)]),
    judge: (tunnel, world) => {
      if (tunnel.fqdnId === null) return FINE;
      const others = othersOn(world.shelf(fqdnShelf(tunnel.fqdnId, tunnel.cloudflareEndpoint)), tunnel);
      const where = `, cloudflare_endpoint ${tunnel.cloudflareEndpoint}`;
      return others === null ? FINE : found(FQDN, tunnel.fqdnId, `${where}, also on ${others}`);
    },
  },
  {
    id: 'null-cipher-allowed',
    family: 'identity-and-crypto',
    severity: 'error',
    title: 'Null cipher allowed',
    reads: ['allow_null_cipher'],
    basis: 'documented',
    why: 'The null cipher sends packets in the clear.',
    fix: 'The API cannot switch it off: recreate the tunnel without it, or ask Cloudflare.',
    source: SOURCES.ipsec,
    examples: { triggers: { a: { allowNullCipher: true } }, quiet: {} },
    judge: ({ allowNullCipher }) => {
      if (allowNullCipher === null) return missing('allow_null_cipher');
      return allowNullCipher ? found('allow_null_cipher', true) : FINE;
    },
  },
  {
    id: 'replay-protection-on',
    family: 'identity-and-crypto',
    severity: 'warning',
    title: 'Replay protection on',
    reads: ['replay_protection'],
    basis: 'documented',
    why: 'Replay protection ties the tunnel to one server and gives up the spread over Cloudflare’s network.',
    fix: 'Switch off anti-replay on the router and then here. Where the router cannot (Meraki, VeloCloud, AWS), let dead peer detection restart, and waive this.',
    source: SOURCES.antiReplay,
    examples: { triggers: { a: { replayProtection: true }, b: { replayProtection: true } }, quiet: {} },
    judge: ({ replayProtection }) => {
      if (replayProtection === null) return missing('replay_protection');
      return replayProtection ? found('replay_protection', true) : FINE;
    },
  },
  {
    id: 'replay-protection-mixed',
    family: 'identity-and-crypto',
    severity: 'info',
    title: 'Replay protection differs within a group',
    reads: ['replay_protection', 'name'],
    basis: 'heuristic',
    why: 'The tunnels of a group should carry each other’s traffic in the same way.',
    fix: 'Set it alike on all tunnels of the group, and on their routers.',
    source: SOURCES.antiReplay,
    examples: {
      triggers: { a: { replayProtection: true } },
      quiet: { a: { replayProtection: true }, b: { replayProtection: true } },
      beside: ['replay-protection-on'],
    },
    byGroup: true,
    judge: (tunnel, world) => {
      const own = tunnel.replayProtection;
      if (own === null) return missing('replay_protection');
      const others = world.mates(tunnel).filter(({ replayProtection }) => (replayProtection ?? own) !== own);
      if (others.length === 0) return FINE;
      const theirs = `, ${!own} on ${namesOf(others.map(({ name }) => name))}`;
      return found('replay_protection', own, theirs, { grouping: world.group(tunnel).words });
    },
  },
];
