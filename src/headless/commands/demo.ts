/** `demo`: practice mode with a week of past, opened at once. */
import { systemClock } from '../../engine/clock.ts';
import { startPractice } from '../../practice/practice.ts';
import { bugLog, createLog } from '../log.ts';
import { runHost } from '../run-host.ts';
import { EXIT, progressBar, say, UserError } from '../terminal.ts';
import { VERSION } from '../version.ts';
import type { Surroundings } from './serve.ts';

export interface DemoOptions {
  readonly port: number;
  readonly days: number;
  readonly tunnels?: number;
  readonly seed: number;
  /** `true`: the board; otherwise the path of the page. */
  readonly open?: boolean | string;
}

/** Makes the past, then serves until a signal. A signal while the past is made ends it cleanly, too. */
export async function demo(options: DemoOptions, { env, terminal, renderer }: Surroundings): Promise<number> {
  const clock = systemClock();
  const off = new AbortController();
  const callOff = (): void => off.abort();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, callOff);
  const begun = clock.monotonic();
  const started = await startPractice({
    clock,
    version: VERSION,
    days: options.days,
    seed: options.seed,
    tunnels: options.tunnels,
    onProgress: progressBar(terminal, `Making a past of ${options.days} days`),
    signal: off.signal,
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, callOff);
  if (off.signal.aborted) {
    if (started.ok) await started.value.engine.stop();
    return EXIT.done;
  }
  if (!started.ok) throw new UserError(started.error);
  const { engine, simulatorUrl } = started.value;
  const seconds = ((clock.monotonic() - begun) / 1000).toFixed(1);
  say(terminal.error, `The past was made in ${seconds} s. The simulated Cloudflare is at ${simulatorUrl}.`);
  const log = createLog('warn');
  await runHost({
    engine,
    clock,
    log,
    onBug: bugLog(log, clock),
    terminal,
    env,
    renderer,
    listen: { host: '127.0.0.1', port: options.port },
    token: null,
    wallToken: null,
    names: [],
    startPractice: null,
    open: options.open ?? false,
  });
  return EXIT.done;
}
