import type { Scenario } from '../scenario.ts';
import { COMPANY } from './company.ts';

export const rekeyDips = {
  name: 'rekey-dips',
  title: 'Every rekey costs a minute or three of health; one pair rekeys together',
  accounts: [COMPANY],
  incidents: [
    { what: 'rekey-dips', who: { site: ['ams1', 'lhr1', 'mad1', 'lis1'] }, from: '-7d', every: '4h', spread: '4h' },
    { what: 'rekey-dips', who: { site: 'fra1' }, from: '-7d', every: '1h', spread: '5s' },
  ],
} satisfies Scenario;
