/** Rules about names and about what protects the packets. */
import type { Rule } from './rule.ts';

export const IDENTITY_AND_CRYPTO: readonly Rule[] = [
  {
    id: 'name-duplicate',
    severity: 'error',
    why: 'Names are the only link between a tunnel and its health results; two of one name have none.',
    fix: 'Rename one of them.',
    source:
      'https://developers.cloudflare.com/cloudflare-wan/configuration/manually/how-to/configure-tunnel-endpoints/',
    check: ({ name }, { names }) => ((names.get(name) ?? 0) > 1 ? `name ${name}, used ${names.get(name)} times` : null),
  },
  {
    id: 'null-cipher-allowed',
    severity: 'error',
    why: 'The null cipher sends packets in the clear.',
    fix: 'Recreate the tunnel without it, or ask Cloudflare to switch it off.',
    source: 'https://developers.cloudflare.com/cloudflare-wan/reference/gre-ipsec-tunnels/',
    check: ({ allowNullCipher }) => (allowNullCipher === true ? 'allow_null_cipher true' : null),
  },
  {
    id: 'replay-protection-on',
    severity: 'warning',
    why: 'Replay protection ties the tunnel to one server and gives up the spread over Cloudflare’s network.',
    fix: 'Switch off anti-replay on the router and then here; keep it only where the router cannot.',
    source: 'https://developers.cloudflare.com/cloudflare-wan/reference/anti-replay-protection/',
    check: ({ replayProtection }) => (replayProtection === true ? 'replay_protection true' : null),
  },
];
