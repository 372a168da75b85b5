import type { Scenario } from '../scenario.ts';
import { COMPANY } from './company.ts';

export const bgpStuck = {
  name: 'bgp-stuck',
  title: 'Sessions that stick in establishing, are refused, or are down while traffic flows',
  accounts: [COMPANY],
  incidents: [
    { what: 'bgp-stuck-establishing', who: { tunnel: 'fra1-tun-a' }, from: '10s' },
    { what: 'bgp-auth-mismatch', who: { tunnel: 'lhr1-tun-b' }, from: '20s', for: '20m', every: '1h' },
    { what: 'bgp-down', who: { tunnel: 'mad1-tun-a' }, from: '30s', for: '10m', every: '25m' },
  ],
  bgpHeartbeat: '30s',
} satisfies Scenario;
