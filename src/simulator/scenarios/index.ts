/** All scenarios by name. */
import type { Scenario } from '../scenario.ts';
import { badDays } from './bad-days.ts';
import { bgpStuck } from './bgp-stuck.ts';
import { calm } from './calm.ts';
import { carrierOutage } from './carrier-outage.ts';
import { endpointOutage } from './endpoint-outage.ts';
import { flapping } from './flapping.ts';
import { large } from './large.ts';
import { misconfigured } from './misconfigured.ts';
import { practice } from './practice.ts';
import { psk } from './psk.ts';
import { rateLimited } from './rate-limited.ts';
import { rekeyDips } from './rekey-dips.ts';
import { renamedRecreated } from './renamed-recreated.ts';

export const SCENARIOS = {
  practice,
  calm,
  'endpoint-outage': endpointOutage,
  'carrier-outage': carrierOutage,
  flapping,
  'rekey-dips': rekeyDips,
  'bgp-stuck': bgpStuck,
  psk,
  misconfigured,
  'renamed-recreated': renamedRecreated,
  'rate-limited': rateLimited,
  'bad-days': badDays,
  large,
} as const satisfies Readonly<Record<string, Scenario>>;

export type ScenarioName = keyof typeof SCENARIOS;

export const SCENARIO_NAMES: readonly ScenarioName[] = [
  'practice',
  'calm',
  'endpoint-outage',
  'carrier-outage',
  'flapping',
  'rekey-dips',
  'bgp-stuck',
  'psk',
  'misconfigured',
  'renamed-recreated',
  'rate-limited',
  'bad-days',
  'large',
];

export function isScenarioName(name: string): name is ScenarioName {
  return Object.hasOwn(SCENARIOS, name);
}

/** Throws on a name that is none: ask `isScenarioName` first about what a person typed. */
export function scenarioNamed(name: string): Scenario {
  if (!isScenarioName(name)) throw new Error(`no scenario "${name}"; there are ${SCENARIO_NAMES.join(', ')}`);
  return SCENARIOS[name];
}
