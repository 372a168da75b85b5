/** The door of the simulator. */
export type {
  ListenOptions,
  Served,
  SimAccount,
  SimReply,
  SimRequest,
  Simulator,
  SimulatorOptions,
} from './contract.ts';
export { FAULT_RULE_KINDS, type FaultRule, type FaultRuleKind, type Faults } from './faults/fault.ts';
export { DATASET, SDL } from './graphql/schema.ts';
export { scaledClock } from './scaled-clock.ts';
export type { Incident, IncidentKind, Scenario } from './scenario.ts';
export { isScenarioName, SCENARIO_NAMES, SCENARIOS, type ScenarioName } from './scenarios/index.ts';
export { createSimulator } from './simulator.ts';
