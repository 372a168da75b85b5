/** Rules about health checks. */
import type { Rule } from './rule.ts';

const SOURCE = 'https://developers.cloudflare.com/cloudflare-wan/reference/tunnel-health-checks/';

export const HEALTH_CHECKS: readonly Rule[] = [
  {
    id: 'hc-disabled',
    severity: 'error',
    why: 'Without health checks Cloudflare neither warns nor moves traffic away from a dead tunnel.',
    fix: 'Enable the health check.',
    source: SOURCE,
    check: ({ healthCheck }) => (healthCheck?.enabled === false ? 'health_check.enabled false' : null),
  },
  {
    id: 'hc-unidirectional-no-target',
    severity: 'error',
    why: 'A unidirectional check without customer endpoint has no address to probe.',
    fix: 'Set the customer endpoint or a target, or make the check bidirectional.',
    source: SOURCE,
    check: ({ healthCheck, customerEndpoint }) => {
      if (healthCheck?.direction !== 'unidirectional' || customerEndpoint !== null) return null;
      const target = healthCheck.target;
      const empty = target === null || ((target.saved ?? '') === '' && (target.effective ?? '') === '');
      return empty ? 'health_check.direction unidirectional, no target, no customer_endpoint' : null;
    },
  },
  {
    id: 'hc-target-is-cf-side',
    severity: 'error',
    why: 'The target is an address of Cloudflare’s own side, so the check says nothing about the tunnel.',
    fix: 'Use the customer side of the interface network.',
    source: SOURCE,
    check: ({ healthCheck, interfaceAddress, cloudflareEndpoint }) => {
      const saved = healthCheck?.target?.saved ?? '';
      const ownSide = [interfaceAddress.split('/')[0], cloudflareEndpoint];
      return saved !== '' && ownSide.includes(saved) ? `health_check.target ${saved}` : null;
    },
  },
];
