import { beforeEach, describe, expect, it, vi } from 'vitest';
import { desktopArguments } from '../../src/main/arguments.ts';
import { holdSingleInstance, stopBeforeQuit, wakeWithMachine } from '../../src/main/lifecycle.ts';
import { menuTemplate } from '../../src/main/menu.ts';
import { app, powerMonitor, resetElectron, setLock } from '../fakes/electron.ts';

beforeEach(() => resetElectron());

const realApp = app as unknown as Electron.App;
const settle = async (): Promise<void> => {
  for (let i = 0; i < 10; i += 1) await Promise.resolve();
};

describe('one instance', () => {
  it('hears of a second start', () => {
    const again = vi.fn();
    expect(holdSingleInstance(again)).toBe(true);
    app.emit('second-instance', {}, [], '/');
    expect(again).toHaveBeenCalledTimes(1);
  });

  it('gives way to the first', () => {
    setLock(false);
    const again = vi.fn();
    expect(holdSingleInstance(again)).toBe(false);
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

describe('power', () => {
  it('wakes the engine after sleep and after the lock screen, not before', () => {
    const wake = vi.fn();
    wakeWithMachine(powerMonitor as unknown as Electron.PowerMonitor, wake);
    powerMonitor.emit('suspend');
    powerMonitor.emit('lock-screen');
    expect(wake).not.toHaveBeenCalled();
    powerMonitor.emit('resume');
    powerMonitor.emit('unlock-screen');
    expect(wake).toHaveBeenCalledTimes(2);
  });
});

describe('arguments', () => {
  it.each([
    [[], { demo: false, config: null }],
    [['--demo'], { demo: true, config: null }],
    [['--config', 'a.yaml'], { demo: false, config: '/home/a.yaml' }],
    [['-c', 'a.yaml'], { demo: false, config: '/home/a.yaml' }],
    [['--config=/etc/b.yaml', '--demo'], { demo: true, config: '/etc/b.yaml' }],
    [['--no-sandbox', '--enable-logging=stderr', '--demo', '.'], { demo: true, config: null }],
    [['--config'], { demo: false, config: null }],
    [['--config='], { demo: false, config: null }],
  ])('%j', (args, expected) => expect(desktopArguments(args, '/home')).toEqual(expected));
});

describe('menu', () => {
  const roles = (platform: NodeJS.Platform, devTools: boolean): string =>
    JSON.stringify(menuTemplate(platform, devTools));

  it('has the application menu on macOS only', () => {
    expect(roles('darwin', false)).toContain('appMenu');
    expect(roles('linux', false)).not.toContain('appMenu');
  });

  it('offers developer tools in a checkout only', () => {
    expect(roles('linux', true)).toContain('toggleDevTools');
    expect(roles('linux', false)).not.toContain('toggleDevTools');
  });

  it('consists of roles, so that its words are the system’s', () => {
    for (const item of menuTemplate('linux', true)) expect(item.role ?? item.submenu).toBeDefined();
  });
});
