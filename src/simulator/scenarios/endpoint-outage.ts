import type { Scenario } from '../scenario.ts';
import { largeAccount } from './generated.ts';

export const endpointOutage = {
  name: 'endpoint-outage',
  title: 'One of two Cloudflare endpoints fails: 100 of 200 tunnels at once, for one cause',
  accounts: [largeAccount('Meridian Logistics', 100)],
  incidents: [{ what: 'endpoint-outage', who: { endpoint: 1 }, from: '1m', for: '15m', every: '1h' }],
} satisfies Scenario;
