import type { Scenario } from '../scenario.ts';
import { COMPANY } from './company.ts';

export const rateLimited = {
  name: 'rate-limited',
  title: 'Somebody else uses up the budget: little is left, and now and then a block',
  accounts: [COMPANY],
  incidents: [{ what: 'tunnel-down', who: { tunnel: 'fra1-tun-a' }, from: '2m', for: '5m', every: '20m' }],
  limits: { quota: 120, graphqlQuota: 60 },
  faults: [
    { kind: 'rate-limited', retryAfter: 45, from: '90s', for: '45s', every: '12m' },
    { kind: 'rate-limited', match: 'graphql', retryAfter: { date: 60 }, from: '6m', for: '1m', every: '12m' },
  ],
} satisfies Scenario;
