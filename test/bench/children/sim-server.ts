/**
 * The simulator with a given number of tunnels in a process of its own. Its clock is what the parent says, so that it keeps
 * step with an engine on a virtual clock. Sends its address and a token when it is ready.
 */
import type { Clock } from '../../../src/engine/clock.ts';
import { systemClock } from '../../../src/engine/clock.ts';
import { createSimulator } from '../../../src/simulator/index.ts';
import { T0 } from '../../fixtures/tunnels.ts';

let now = T0;
const real = systemClock();
const clock: Clock = { now: () => now, monotonic: real.monotonic, after: real.after };
const simulator = createSimulator({
  scenario: 'large',
  clock,
  seed: 1,
  tunnels: Number(process.argv[2] ?? 1_000),
  accounts: 1,
  limits: { quota: 1_000_000, graphqlQuota: 1_000_000 },
});
const served = await simulator.listen();
process.on('message', (said: { now: number }) => {
  now = said.now;
});
process.on('disconnect', () => process.exit(0));
process.send?.({ base: `${served.url}/client/v4`, token: simulator.readToken, accountId: simulator.accounts[0]?.id });
