import type { Scenario } from '../scenario.ts';
import { COMPANY } from './company.ts';

/** The tunnels are well, but for one outage; the way to Cloudflare is not. One fault after the other, every 40 minutes. */
export const badDays = {
  name: 'bad-days',
  title: 'The API misbehaves in every way it can while the tunnels are well',
  accounts: [COMPANY],
  incidents: [{ what: 'tunnel-down', who: { tunnel: 'mad1-tun-a' }, from: '90s', for: '8m', every: '40m' }],
  faults: [
    { kind: 'status', status: 503, from: '1m', for: '1m', every: '40m' },
    { kind: 'hang', from: '3m', for: '1m', every: '40m' },
    { kind: 'hang-body', from: '5m', for: '1m', every: '40m' },
    { kind: 'truncated', from: '7m', for: '1m', every: '40m' },
    { kind: 'truncated-chunked', from: '9m', for: '1m', every: '40m' },
    { kind: 'html', from: '11m', for: '1m', every: '40m' },
    { kind: 'broken-json', from: '13m', for: '1m', every: '40m' },
    { kind: 'wrong-shape', from: '15m', for: '1m', every: '40m' },
    { kind: 'empty-list', match: 'list', from: '17m', for: '1m', every: '40m' },
    { kind: 'success-false', from: '19m', for: '1m', every: '40m' },
    { kind: 'reset', from: '21m', for: '1m', every: '40m' },
    { kind: 'redirect', from: '23m', for: '1m', every: '40m' },
    { kind: 'huge', from: '25m', for: '1m', every: '40m' },
    { kind: 'drip', from: '27m', for: '1m', every: '40m' },
    { kind: 'bad-token', from: '29m', for: '1m', every: '40m' },
    { kind: 'forbidden', match: 'graphql', from: '31m', for: '2m', every: '40m' },
    { kind: 'unknown-words', from: '34m', for: '1m', every: '40m' },
    { kind: 'rate-limited', retryAfter: 60, from: '36m', for: '1m', every: '40m' },
  ],
} satisfies Scenario;
