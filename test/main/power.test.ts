/** Sleep, lock and networks: one prompt look, however many signs. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { networkMark, wakeWithMachine } from '../../src/main/power.ts';
import { net, powerMonitor, resetElectron } from '../fakes/electron.ts';
import { desktopBed } from './desktop-bed.ts';

const realPower = powerMonitor as unknown as Electron.PowerMonitor;

describe('the machine', () => {
  const wake = vi.fn();
  let stop = (): void => undefined;
  beforeEach(() => {
    resetElectron();
    wake.mockClear();
    vi.useFakeTimers();
    stop = wakeWithMachine(realPower, net, wake);
  });
  afterEach(() => {
    stop();
    vi.useRealTimers();
  });

  it('wakes the poller once for all signs of one awakening', () => {
    powerMonitor.emit('suspend');
    vi.advanceTimersByTime(60_000);
    powerMonitor.emit('resume');
    powerMonitor.emit('unlock-screen');
    vi.advanceTimersByTime(1_000);
    powerMonitor.emit('unlock-screen');
    vi.advanceTimersByTime(2_000);
    expect(wake).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(60_000);
    expect(wake).toHaveBeenCalledTimes(1);
  });

  it('wakes it once more when the network comes late', () => {
    net.online = false;
    vi.advanceTimersByTime(5_000);
    powerMonitor.emit('resume');
    vi.advanceTimersByTime(3_000);
    expect(wake).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(20_000);
    expect(wake).toHaveBeenCalledTimes(1);
    net.online = true;
    vi.advanceTimersByTime(8_000);
    expect(wake).toHaveBeenCalledTimes(2);
  });

  it('does not wake it for falling asleep, for a lock, or for a network that goes', () => {
    powerMonitor.emit('suspend');
    powerMonitor.emit('lock-screen');
    net.online = false;
    vi.advanceTimersByTime(60_000);
    expect(wake).not.toHaveBeenCalled();
  });

  it('does not wake it into the next sleep', () => {
    powerMonitor.emit('resume');
    powerMonitor.emit('suspend');
    vi.advanceTimersByTime(60_000);
    expect(wake).not.toHaveBeenCalled();
  });

  it('is left alone when the app ends', () => {
    stop();
    powerMonitor.emit('resume');
    vi.advanceTimersByTime(60_000);
    expect(wake).not.toHaveBeenCalled();
    expect(powerMonitor.eventNames()).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is in another network when an address changed, not when this machine talks to itself', () => {
    const card = (address: string, internal = false) =>
      [{ address, internal, family: 'IPv4', netmask: '', mac: '', cidr: null }] as never;
    const mark = (all: Record<string, ReturnType<typeof card>>): string =>
      networkMark({ isOnline: () => true, interfaces: () => all as never });
    const home = mark({ wlan0: card('192.0.2.7'), lo: card('127.0.0.1', true) });
    expect(mark({ lo: card('127.0.0.2', true), wlan0: card('192.0.2.7') })).toBe(home);
    expect(mark({ wlan0: card('198.51.100.7') })).not.toBe(home);
    expect(networkMark({ isOnline: () => false, interfaces: () => ({}) })).toBe('offline');
  });
});

describe('the app', () => {
  const { start } = desktopBed();
  afterEach(() => vi.useRealTimers());

  it('looks once when the machine wakes', async () => {
    const { engine } = await start();
    vi.useFakeTimers();
    powerMonitor.emit('resume');
    powerMonitor.emit('unlock-screen');
    await vi.advanceTimersByTimeAsync(3_000);
    expect(engine.calls.filter((call) => call === 'wake')).toHaveLength(1);
  });
});
