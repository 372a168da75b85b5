/**
 * The way to an address: what the settings or the environment say, else what the system says. A system (by a script of the
 * office, for instance) may name several proxies in order of preference; one that fails is passed over for a while.
 */
import type { FaultKind, Millis } from '../../shared/model.ts';
import type { Clock } from '../clock.ts';
import { kindOfError } from './fault-of-error.ts';
import { createProxyRules, type ProxyRules } from './proxy.ts';

/** What the system says for an address, the best first: URLs of proxies, `null` for a direct connection. */
export type SystemProxy = (url: URL) => Promise<readonly (string | null)[]>;

/** A script that cannot be fetched must not stand in the way for longer than this. */
const ASK_LIMIT_MS: Millis = 5_000;
/** A proxy that failed is passed over for as long as browsers do it. */
const PASS_OVER_MS: Millis = 5 * 60_000;

/** A proxy that is not there, refuses, or swallows us. What an answer holds is not the fault of the way. */
const FAILS_WITH: ReadonlySet<FaultKind> = new Set(['offline', 'dns', 'timeout', 'tls', 'not-http']);

export interface WayChooser {
  /** The URL of a proxy, or `null` for a direct connection. Never rejects. */
  choose(url: URL): Promise<string | null>;
  /** An exchange that went this way ended with this error. */
  failed(way: string | null, error: unknown): void;
}

/** Asks the system anew for each exchange: what it says changes with the network that the machine is in. */
export function createWayChooser(
  rules: ProxyRules & { readonly systemProxy?: SystemProxy | null },
  clock: Clock,
): WayChooser {
  const saidFor = createProxyRules(rules);
  const { systemProxy = null } = rules;
  /** When each way failed last. */
  const failures = new Map<string | null, Millis>();
  /** By origin, for the time that the system takes too long. */
  const last = new Map<string, readonly (string | null)[]>();

  async function ask(url: URL, system: SystemProxy): Promise<readonly (string | null)[]> {
    const late = Promise.withResolvers<null>();
    const cancel = clock.after(ASK_LIMIT_MS, () => late.resolve(null));
    try {
      const said = await Promise.race([system(url), late.promise]);
      if (said !== null) last.set(url.origin, said);
    } catch {
      // A system that cannot tell is as good as one that is slow.
    } finally {
      cancel();
    }
    return last.get(url.origin) ?? [null];
  }

  /** The first that did not fail lately; when all did, the one whose failure is longest ago. */
  function best(offered: readonly (string | null)[]): string | null {
    const failedAt = (way: string | null): Millis => failures.get(way) ?? Number.NEGATIVE_INFINITY;
    const fine = offered.find((way) => clock.monotonic() - failedAt(way) > PASS_OVER_MS);
    return fine === undefined ? (offered.toSorted((a, b) => failedAt(a) - failedAt(b))[0] ?? null) : fine;
  }

  return {
    async choose(url) {
      const said = saidFor(url);
      if (said !== undefined || systemProxy === null) return said ?? null;
      return best(await ask(url, systemProxy));
    },
    failed(way, error) {
      if (FAILS_WITH.has(kindOfError(error))) failures.set(way, clock.monotonic());
    },
  };
}
