import { beforeEach, describe, expect, it, vi } from 'vitest';
import { holdSingleInstance, stopBeforeQuit } from '../../src/main/lifecycle.ts';
import { app, resetElectron, setLock } from '../fakes/electron.ts';

beforeEach(() => resetElectron());

const realApp = app as unknown as Electron.App;
const settle = async (): Promise<void> => {
  for (let i = 0; i < 10; i += 1) await Promise.resolve();
};

const own = { args: ['--wall'], cwd: '/home/me' };

describe('one instance', () => {
  it('hears of a second start, and what it was given, not what Chromium made of it', () => {
    const again = vi.fn();
    expect(holdSingleInstance(own, again)).toBe(true);
    const other = { args: ['--wall', '--display', '2'], cwd: '/srv' };
    app.emit('second-instance', {}, ['tunnelwatch', '--enable-crash-reporter'], '/srv', other);
    expect(again.mock.calls).toEqual([[other]]);
  });

  it.each([
    null,
    undefined,
    {},
    { args: 'x', cwd: '/' },
    { args: [7], cwd: '/' },
    { args: Array(101).fill('x'), cwd: '/' },
  ])('takes %j for a start without flags', (handed) => {
    const again = vi.fn();
    holdSingleInstance(own, again);
    app.emit('second-instance', {}, [], '/', handed);
    expect(again.mock.calls).toEqual([[{ args: [], cwd: '/home/me' }]]);
  });

  it('gives way to the first, and hands it what it was given', () => {
    setLock(false);
    expect(holdSingleInstance(own, vi.fn())).toBe(false);
    expect(app.handed).toEqual(own);
    expect(app.listenerCount('second-instance')).toBe(0);
  });
});

describe('quit', () => {
  it('waits for the stop, once, and then ends', async () => {
    const stopping = Promise.withResolvers<void>();
    const stop = vi.fn(() => stopping.promise);
    stopBeforeQuit(realApp, stop);
    app.quit();
    app.quit();
    await settle();
    expect(app.ended).toBeNull();
    stopping.resolve();
    await settle();
    expect(app.ended).toBe('quit');
    expect(stop).toHaveBeenCalledTimes(1);
  });

  it('ends though the stop fails', async () => {
    stopBeforeQuit(realApp, () => Promise.reject(new Error('disk')));
    app.quit();
    await settle();
    expect(app.ended).toBe('quit');
  });

  it('ends after three seconds though the stop hangs', async () => {
    vi.useFakeTimers();
    try {
      stopBeforeQuit(realApp, () => new Promise(() => undefined));
      app.quit();
      await vi.advanceTimersByTimeAsync(2_999);
      expect(app.ended).toBeNull();
      await vi.advanceTimersByTimeAsync(1);
      expect(app.ended).toBe('quit');
    } finally {
      vi.useRealTimers();
    }
  });
});
