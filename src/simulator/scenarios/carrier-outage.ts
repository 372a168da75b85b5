import type { Scenario } from '../scenario.ts';
import { largeAccount } from './generated.ts';

export const carrierOutage = {
  name: 'carrier-outage',
  title: 'A carrier fails everywhere: half a pair at many sites',
  accounts: [largeAccount('Meridian Logistics', 30)],
  incidents: [{ what: 'carrier-outage', who: { carrier: 'Nordlink' }, from: '1m', for: '20m', every: '1h' }],
} satisfies Scenario;
