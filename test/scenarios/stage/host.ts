/** The host of a story: one life of the real engine after the other, over the same files. */
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createAlerting } from '../../../src/engine/alerts/alerting.ts';
import type { AlertConfig } from '../../../src/engine/alerts/contract.ts';
import { openAlertStore } from '../../../src/engine/alerts/store/open-store.ts';
import type { Clock } from '../../../src/engine/clock.ts';
import { createCloudflareClient } from '../../../src/engine/cloudflare/client.ts';
import type { Engine } from '../../../src/engine/contract.ts';
import { createEngine } from '../../../src/engine/engine.ts';
import { DEFAULT_RETENTION, openHistory } from '../../../src/engine/history/open-history.ts';
import type { VirtualClock } from '../../../src/engine/virtual-clock.ts';
import type { Millis, PskPolicy } from '../../../src/shared/model.ts';
import type { Result } from '../../../src/shared/result.ts';
import type { Story } from '../language.ts';
import type { Cloud } from './cloud.ts';
import type { Receivers } from './recorder.ts';
import { settled } from './settle.ts';

const DAY: Millis = 86_400_000;
export const POLICY: PskPolicy = { agingMs: 90 * DAY, dueMs: 180 * DAY, staleMs: 365 * DAY };
const FILES = ['history.db', 'alerts.db'] as const;

/** One process: a clock that begins at zero, and that ends with it. */
interface Life {
  readonly engine: Engine;
  readonly folder: string | null;
  end(): void;
}

export interface Host {
  /** `null` while nothing runs. */
  readonly engine: Engine | null;
  start(): void;
  stop(): Promise<void>;
  /** Ends it like a power cut: nothing is written any more, nothing under way comes to an end. */
  kill(): void;
  /** Where its files lie now; `null` for memory alone. */
  readonly folder: string | null;
  /** Closes what was killed. */
  clear(): Promise<void>;
}

export interface HostOptions {
  readonly story: Story;
  readonly config: AlertConfig;
  readonly clock: VirtualClock;
  readonly cloud: Cloud;
  readonly receivers: Receivers;
  /** `null` keeps everything in memory. */
  readonly folder: string | null;
  readonly onBug: (doing: string, error: unknown) => void;
}

function must<T>(opened: Result<T, { readonly sentence: string }>): T {
  if (!opened.ok) throw new Error(opened.error.sentence);
  return opened.value;
}

/** What the disk holds of a killed process: its files with their logs, as they are. */
function copyFiles(from: string, to: string): void {
  mkdirSync(to);
  for (const file of FILES.flatMap((name) => [name, `${name}-wal`])) {
    if (existsSync(join(from, file))) copyFileSync(join(from, file), join(to, file));
  }
}

export function createHost(options: HostOptions): Host {
  const { story, config, clock, cloud, receivers, onBug } = options;
  let life: Life | null = null;
  let folder = options.folder;
  const killed: Life[] = [];

  function begin(): Life {
    let alive = true;
    const born = clock.monotonic();
    const own: Clock = {
      now: () => clock.now(),
      monotonic: () => clock.monotonic() - born,
      after: (delay, task) => clock.after(Math.ceil(delay), () => alive && task()),
    };
    const transport = cloud.transport();
    const accounts = cloud.simulator.accounts.map(({ id, name }) => {
      const credentials = cloud.credentials(id);
      const client = createCloudflareClient({
        apiBase: 'http://127.0.0.1/client/v4',
        credentials,
        transport: {
          exchange: (request) => (alive ? transport.exchange(request) : new Promise(() => {})),
          close: () => transport.close(),
        },
        userAgent: 'tunnelwatch/story',
        clock: own,
      });
      const { budgetKey } = credentials;
      return { id, name, client, budgetKey, intervalMs: story.pace.list, healthIntervalMs: story.pace.health };
    });
    const path = (name: string): string | null => (folder === null ? null : join(folder, name));
    const engine = createEngine({
      accounts,
      clock: own,
      history: must(openHistory({ path: path('history.db'), clock: own, retention: DEFAULT_RETENTION })),
      policy: POLICY,
      version: 'story',
      practice: false,
      random: () => 0.5,
      onBug,
      alerting: createAlerting({
        config,
        store: must(openAlertStore({ path: path('alerts.db'), clock: own, retentionMs: 90 * DAY })),
        notifiers: receivers.notifiers(() => alive),
        clock: own,
        random: () => 0.5,
        onBug,
      }),
    });
    engine.start();
    return {
      engine,
      folder,
      end() {
        alive = false;
      },
    };
  }

  /** Stopping may wait for what hangs, and only time ends that. */
  async function stopped(ending: Promise<void>): Promise<void> {
    let done = false;
    const watched = ending.then(() => {
      done = true;
    });
    for (let i = 0; i < 40 && !done; i += 1) {
      await settled();
      if (!done && i > 4) await clock.advance(100, settled);
    }
    await watched;
  }

  return {
    get engine() {
      return life?.engine ?? null;
    },
    get folder() {
      return folder;
    },
    start() {
      if (life !== null) throw new Error('the host runs already');
      life = begin();
    },
    async stop() {
      const ending = life;
      if (ending === null) return;
      life = null;
      await stopped(ending.engine.stop());
      ending.end();
    },
    kill() {
      if (life === null) throw new Error('nothing runs that could be killed');
      life.end();
      killed.push(life);
      if (folder !== null) {
        copyFiles(folder, `${folder}-next`);
        folder = `${folder}-next`;
      }
      life = null;
    },
    async clear() {
      for (const one of killed.splice(0)) await stopped(one.engine.stop());
    },
  };
}
