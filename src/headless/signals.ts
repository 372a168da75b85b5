/** Runs until somebody asks to stop, then stops cleanly: SIGTERM, SIGINT, SIGHUP. */

/** This long without an end and the process goes all the same. The engine promises two seconds. */
const STOP_LIMIT_MS = 2_500;
/** A terminal signals us and a wrapper hands the same signal on: within this time two are one. */
const TWIN_MS = 500;

/** Resolves after the first signal and a finished `stop`. A second signal ends the process at once. */
export function untilStopped(stop: () => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    let first: number | null = null;
    const onSignal = (): void => {
      const now = performance.now();
      if (first !== null) {
        if (now - first > TWIN_MS) process.exit(1);
        return;
      }
      first = now;
      setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
      stop().then(resolve, reject);
    };
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, onSignal);
  });
}
