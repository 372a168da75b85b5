/**
 * Sleep, lock and network: one prompt look when the machine is back, however many signs of it there are. Signs come in
 * bursts (resume, unlock, the network card, its address), and the network is seldom there with the first of them.
 */
import { networkInterfaces } from 'node:os';
import type { PowerMonitor } from 'electron';

/** Signs within this time are one. */
const BURST_MS = 3_000;
/** Electron's main process hears nothing of networks, so it looks. */
const LOOK_MS = 5_000;

/** What is looked at to tell networks apart. */
export interface NetworkSight {
  readonly isOnline: () => boolean;
  readonly interfaces: typeof networkInterfaces;
}

/** The network that we are in, as one text: addresses of all cards but those of this machine itself. */
export function networkMark({ isOnline, interfaces }: NetworkSight): string {
  if (!isOnline()) return 'offline';
  const addresses = Object.entries(interfaces()).flatMap(([card, all]) =>
    (all ?? []).filter(({ internal }) => !internal).map(({ address }) => `${card} ${address}`),
  );
  return addresses.sort().join(', ');
}

/** Calls `wake` once for each burst of signs. Returns the way to stop. */
export function wakeWithMachine(power: PowerMonitor, net: { isOnline(): boolean }, wake: () => void): () => void {
  const sight: NetworkSight = { isOnline: () => net.isOnline(), interfaces: networkInterfaces };
  let pending: NodeJS.Timeout | null = null;
  let mark = networkMark(sight);

  const sign = (): void => {
    pending ??= setTimeout(() => {
      pending = null;
      wake();
    }, BURST_MS);
  };
  const asleep = (): void => {
    if (pending !== null) clearTimeout(pending);
    pending = null;
  };
  const look = setInterval(() => {
    const now = networkMark(sight);
    if (now === mark) return;
    mark = now;
    // Nobody can be asked without a network; the poller finds that out at its own pace.
    if (now !== 'offline') sign();
  }, LOOK_MS);

  power.on('suspend', asleep);
  power.on('resume', sign);
  power.on('unlock-screen', sign);
  return () => {
    clearInterval(look);
    asleep();
    power.off('suspend', asleep);
    power.off('resume', sign);
    power.off('unlock-screen', sign);
  };
}
