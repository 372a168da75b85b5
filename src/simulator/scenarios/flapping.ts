import type { Scenario } from '../scenario.ts';
import { COMPANY } from './company.ts';

export const flapping = {
  name: 'flapping',
  title: 'One tunnel goes up and down every four minutes, another one now and then',
  accounts: [COMPANY],
  incidents: [
    { what: 'flapping', who: { tunnel: 'fra1-tun-a' }, from: '-30m' },
    { what: 'flapping', who: { tunnel: 'mad1-tun-b' }, from: '1m', for: '10m', every: '40m', period: '5m' },
  ],
} satisfies Scenario;
