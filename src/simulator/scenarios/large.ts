import type { Scenario } from '../scenario.ts';
import { largeAccount } from './generated.ts';

export const large = {
  name: 'large',
  title: 'A thousand tunnels, or as many as --tunnels says up to 10,000, with a little trouble here and there',
  accounts: [largeAccount('Meridian Logistics', 500)],
  incidents: [
    { what: 'rekey-dips', who: { share: 0.5 }, from: '-7d', every: '8h', spread: '8h' },
    { what: 'tunnel-down', who: { share: 0.01 }, from: '-6h', for: '12m', every: '5h', spread: '5h' },
    { what: 'bgp-stuck-establishing', who: { share: 0.002 }, from: '-2h', for: '30m', every: '3h', spread: '3h' },
    { what: 'flapping', who: { share: 0.001 }, from: '-1h', for: '40m', every: '2h', spread: '2h' },
    { what: 'stale-psk', who: { share: 0.05 }, age: '400d' },
    { what: 'carrier-outage', who: { carrier: 'Lakeland', share: 0.2 }, from: '5m', for: '10m', every: '90m' },
  ],
} satisfies Scenario;
