/** `simulate`: the simulator alone, for trying things against it. */
import { systemClock } from '../../engine/clock.ts';
import { createSimulator, isScenarioName, SCENARIO_NAMES, scaledClock } from '../../simulator/index.ts';
import { untilStopped } from '../signals.ts';
import { EXIT, say, type Terminal, UserError } from '../terminal.ts';

export interface SimulateOptions {
  readonly port: number;
  readonly scenario: string;
  readonly seed: number;
  readonly speed: number;
  readonly tunnels?: number;
  readonly accounts?: number;
}

/** Serves the simulator until a signal. */
export async function simulate(options: SimulateOptions, terminal: Terminal): Promise<number> {
  const { scenario, seed, speed, tunnels, accounts } = options;
  if (!isScenarioName(scenario)) {
    throw new UserError(
      `There is no scenario ${JSON.stringify(scenario)}; there are ${SCENARIO_NAMES.join(', ')}.`,
      EXIT.wrongInput,
    );
  }
  const clock = systemClock();
  const simulator = createSimulator({
    scenario,
    seed,
    tunnels,
    accounts,
    clock: speed === 1 ? clock : scaledClock(clock, speed),
    limitsClock: clock,
  });
  const served = await simulator.listen({ port: options.port }).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new UserError(
      `Port ${options.port} cannot be opened (${code}); choose another with --port.`,
      EXIT.wrongInput,
    );
  });
  say(terminal.out, `api      ${served.url}/client/v4`);
  say(terminal.out, `token    ${simulator.readToken}`);
  say(terminal.out, `write    ${simulator.writeToken}`);
  for (const { id, name } of simulator.accounts) say(terminal.out, `account  ${id}  ${name}`);
  await untilStopped(() => served.close());
  return EXIT.done;
}
