/** Stands a host up in front of an engine and keeps it until somebody asks to stop. */
import type { Logger } from 'pino';
import type { EngineSlot } from '../engine/bridge/engine-slot.ts';
import { type BridgeHost, createBridgeHost, type PracticeStarter } from '../engine/bridge/host.ts';
import type { SettingsDesk } from '../engine/bridge/host-calls.ts';
import type { Clock } from '../engine/clock.ts';
import type { Engine, OnBug } from '../engine/contract.ts';
import { openBrowser } from './browser.ts';
import { logHost } from './log.ts';
import { outliveBugs } from './outlive.ts';
import { type HeadlessServer, ServerRefusal, startServer } from './server.ts';
import { untilStopped } from './signals.ts';
import { readStaticFiles, type StaticFile } from './static-files.ts';
import { EXIT, say, type Terminal, UserError } from './terminal.ts';

export interface HostOptions {
  readonly engine: Engine | EngineSlot;
  /** Absent where settings can neither be seen nor changed from the page. */
  readonly settings?: SettingsDesk | null;
  readonly clock: Clock;
  readonly log: Logger;
  readonly onBug: OnBug;
  readonly terminal: Terminal;
  readonly env: NodeJS.ProcessEnv;
  /** Folder of the built renderer. */
  readonly renderer: string;
  readonly listen: { readonly host: string; readonly port: number };
  readonly token: string | null;
  /** For walls, which may look and nothing else. */
  readonly wallToken: string | null;
  readonly names: readonly string[];
  readonly startPractice: PracticeStarter | null;
  /** Opens the address in a browser where there is a display. */
  readonly open: boolean | string;
}

async function rendererFiles(folder: string): Promise<ReadonlyMap<string, StaticFile>> {
  try {
    return await readStaticFiles(folder);
  } catch {
    throw new UserError(`The built pages are missing in ${folder}; run \`npm run build\` first.`, EXIT.wrongInput);
  }
}

async function serveOrStop(options: HostOptions, host: BridgeHost): Promise<HeadlessServer> {
  const { clock, listen, token, wallToken, names } = options;
  try {
    const files = await rendererFiles(options.renderer);
    return await startServer({ host, clock, listen, token, wallToken, names, files });
  } catch (error) {
    await host.stop();
    if (error instanceof ServerRefusal) throw new UserError(error.message, EXIT.wrongInput);
    throw error;
  }
}

/** Resolves after a clean stop. Takes the engine over: it is stopped whatever happens. */
export async function runHost(options: HostOptions): Promise<void> {
  const { engine, clock, log, terminal } = options;
  const host = createBridgeHost({
    engine,
    clock,
    startPractice: options.startPractice,
    ...(options.settings && { settings: options.settings }),
    onBug: (call, error) => options.onBug(`the call ${call}`, error),
  });
  const server = await serveOrStop(options, host);
  const letDie = outliveBugs(options.onBug);
  logHost(host, log);
  say(terminal.out, `Tunnelwatch is at ${server.url}`);
  if (options.open !== false) {
    const page = new URL(options.open === true ? '/' : options.open, server.url);
    openBrowser(page.href, options.env, process.platform);
  }
  await untilStopped(async () => {
    await server.close();
    await host.stop();
    letDie();
  });
}
