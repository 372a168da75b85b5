/** The whole of Tunnelwatch as it runs: a simulated Cloudflare on a port, the built host as a process beside it. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/engine/clock.ts';
import { createSimulator, type Scenario, type SimAccount, type Simulator } from '../../src/simulator/index.ts';
import { type Running, start } from '../headless/child.ts';

export interface Cloudflare {
  readonly simulator: Simulator;
  readonly url: string;
  close(): Promise<void>;
}

export async function cloudflare(scenario: Scenario | string): Promise<Cloudflare> {
  const simulator = createSimulator({ scenario, clock: systemClock(), seed: 3 });
  const served = await simulator.listen();
  return { simulator, url: served.url, close: () => served.close() };
}

export interface Host {
  readonly url: string;
  readonly running: Running;
  /** As a crash or the power button ends it. */
  kill(): Promise<void>;
}

function hostOf(running: Running, url: string): Host {
  return {
    url,
    running,
    async kill() {
      running.child.kill('SIGKILL');
      await running.finished;
    },
  };
}

export interface Installation {
  /** Path of the config file. */
  readonly config: string;
  /** The tokens that it speaks of. */
  readonly env: Readonly<Record<string, string>>;
  /** Starts the host; on the port of `like`, if given. */
  serve(like?: Host): Promise<Host>;
}

/**
 * A config file over a simulated Cloudflare, with its data in a folder of its own. Every account has its own token in the
 * environment; `tokenOf` chooses which.
 */
export function installation(
  { simulator, url }: Cloudflare,
  tokenOf: (account: SimAccount) => string = (account) => account.readToken,
): Installation {
  const folder = mkdtempSync(join(tmpdir(), 'tw-e2e-'));
  const config = join(folder, 'config.yaml');
  const env = Object.fromEntries(simulator.accounts.map((account, i) => [`CF_TOKEN_${i}`, tokenOf(account)]));
  const accounts = simulator.accounts.map(({ id, name }, i) => ({
    name,
    id,
    token: { env: `CF_TOKEN_${i}` },
    apiBase: `${url}/client/v4`,
    interval: '10s',
    healthInterval: '10s',
  }));
  // JSON is YAML, too.
  writeFileSync(config, JSON.stringify({ accounts, data: { dir: 'data' } }));
  return {
    config,
    env,
    async serve(like) {
      const port = like === undefined ? '0' : new URL(like.url).port;
      return stood(start(['serve', '--config', config, '--port', port], env));
    },
  };
}

/** A host without any settings. */
export async function firstRun(): Promise<Host & { readonly config: string }> {
  const home = mkdtempSync(join(tmpdir(), 'tw-e2e-'));
  const host = await stood(start(['serve', '--port', '0'], { XDG_CONFIG_HOME: home, XDG_DATA_HOME: home }));
  return { ...host, config: join(home, 'tunnelwatch', 'config.yaml') };
}

/** Practice mode as `npm run demo` starts it, or with a past of so many days, which is made sooner. */
export function demo(days?: number): Promise<Host> {
  return stood(start(['demo', '--port', '0', ...(days === undefined ? [] : ['--days', String(days)])]));
}

async function stood(running: Running): Promise<Host> {
  try {
    const [, url = ''] = await running.saw(/Tunnelwatch is at (\S+)/, 170_000);
    return hostOf(running, url);
  } catch (error) {
    running.child.kill('SIGKILL');
    throw error;
  }
}
