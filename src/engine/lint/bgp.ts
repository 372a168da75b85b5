/** Rules about BGP over the tunnel. */
import type { Rule } from './rule.ts';

const SOURCE = 'https://developers.cloudflare.com/cloudflare-wan/configuration/manually/how-to/configure-routes/';
/** The ASN of Cloudflare's side of every session over a tunnel. */
const CLOUDFLARE_ASN = 13_335;
/** RFC 7607 (0), RFC 6793 (23456), RFC 7300 (65535 and 4294967295). */
const UNUSABLE_ASNS = new Set([0, 23_456, 65_535, 4_294_967_295]);

export const BGP: readonly Rule[] = [
  {
    id: 'bgp-asn-unusable',
    severity: 'error',
    why: 'This ASN is reserved: no router may use it in a session.',
    fix: 'Use your own ASN or one of 64512-65534 or 4200000000-4294967294.',
    source: 'https://www.rfc-editor.org/rfc/rfc7607',
    check: ({ bgp }) =>
      bgp !== null && UNUSABLE_ASNS.has(bgp.customerAsn) ? `bgp.customer_asn ${bgp.customerAsn}` : null,
  },
  {
    id: 'bgp-asn-equals-cloudflare',
    severity: 'error',
    why: 'Sessions over tunnels are external BGP; the two sides need different ASNs.',
    fix: 'Set the ASN of your own network.',
    source: SOURCE,
    check: ({ bgp }) => (bgp?.customerAsn === CLOUDFLARE_ASN ? `bgp.customer_asn ${CLOUDFLARE_ASN}` : null),
  },
  {
    id: 'bgp-hc-disabled',
    severity: 'error',
    why: 'BGP alone does not notice a tunnel that drops packets; Cloudflare requires health checks beside it.',
    fix: 'Enable the health check.',
    source: SOURCE,
    check: ({ bgp, healthCheck }) =>
      bgp !== null && healthCheck?.enabled === false ? 'bgp configured, health_check.enabled false' : null,
  },
];
