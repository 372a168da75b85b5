import type { Scenario } from '../scenario.ts';
import { COMPANY } from './company.ts';

export const renamedRecreated = {
  name: 'renamed-recreated',
  title: 'A tunnel gets another name, one is deleted and made anew, one disappears',
  accounts: [COMPANY],
  incidents: [
    { what: 'renamed', who: { tunnel: 'lhr1-tun-b' }, from: '1m', to: 'lhr1-backup' },
    { what: 'recreated', who: { tunnel: 'fra1-tun-b' }, from: '2m', every: '45m', gap: '90s' },
    { what: 'removed', who: { tunnel: 'mad1-tun-b' }, from: '4m', for: '20m', every: '50m' },
  ],
} satisfies Scenario;
