import type { Scenario } from '../scenario.ts';
import { COMPANY } from './company.ts';

export const calm = {
  name: 'calm',
  title: 'Everything is well and stays so',
  accounts: [COMPANY],
  incidents: [],
} satisfies Scenario;
