/** Fault row 26: a page that dies or hangs is loaded anew, with a bound, and the engine notices nothing. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { careForPage } from '../../src/main/page-care.ts';
import { app, BrowserWindow, becomeReady, crashReporter, resetElectron } from '../fakes/electron.ts';
import { desktopBed, pageOf } from './desktop-bed.ts';

describe('a page', () => {
  const log = vi.fn();
  const cared = (): BrowserWindow => {
    const window = new BrowserWindow();
    careForPage(window as unknown as Electron.BrowserWindow, log);
    return window;
  };
  beforeEach(async () => {
    resetElectron();
    log.mockClear();
    await becomeReady();
    vi.useFakeTimers();
  });
  afterEach(() => vi.useRealTimers());

  it('that dies is loaded anew three times, and again when ten minutes have passed', () => {
    const { webContents: page } = cared();
    for (let i = 0; i < 5; i += 1) page.crash('oom');
    expect(page.reloads).toBe(3);
    vi.advanceTimersByTime(599_000);
    expect(page.reloads).toBe(3);
    vi.advanceTimersByTime(1_000);
    expect(page.reloads).toBe(4);
    expect(log.mock.calls.flat().join()).toContain('oom');
  });

  it('that dies once a day is loaded anew each time', () => {
    const { webContents: page } = cared();
    for (let day = 0; day < 10; day += 1) {
      page.crash();
      vi.advanceTimersByTime(86_400_000);
    }
    expect(page.reloads).toBe(10);
  });

  it('that ends by itself, or with its window, is left alone', () => {
    const window = cared();
    window.webContents.crash('clean-exit');
    for (let i = 0; i < 4; i += 1) window.webContents.crash();
    window.destroy();
    window.webContents.crash();
    vi.advanceTimersByTime(3_600_000);
    expect(window.webContents.reloads).toBe(3);
  });

  it('that hangs for half a minute is ended and loaded anew', () => {
    const window = cared();
    window.emit('unresponsive');
    vi.advanceTimersByTime(20_000);
    window.emit('unresponsive');
    vi.advanceTimersByTime(9_999);
    expect(window.webContents.reloads).toBe(0);
    vi.advanceTimersByTime(1);
    expect(window.webContents.reloads).toBe(1);
  });

  it('that only was slow is left alone', () => {
    const window = cared();
    window.emit('unresponsive');
    vi.advanceTimersByTime(29_000);
    window.emit('responsive');
    vi.advanceTimersByTime(60_000);
    expect(window.webContents.reloads).toBe(0);
  });
});

describe('a crash', () => {
  const { start } = desktopBed();

  it('of the page costs the engine nothing: it goes on, and the page is told all again', async () => {
    const { engine, window } = await start();
    const heard = vi.fn();
    pageOf(window).subscribe(heard);
    await expect.poll(() => heard.mock.calls.length).toBe(1);
    window?.webContents.crash('oom');
    expect(window?.webContents.reloads).toBe(1);
    expect(engine.stopped).toBe(false);
    expect(engine.calls).toEqual([]);
    pageOf(window).subscribe(heard);
    await expect.poll(() => heard.mock.calls.length).toBe(2);
    expect(heard.mock.lastCall?.[0]).toMatchObject({ type: 'board' });
  });

  it('leaves its dump on this machine, and a line in the log', async () => {
    const { log } = await start();
    expect(crashReporter.started).toEqual([{ uploadToServer: false }]);
    app.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed', exitCode: 139 });
    app.emit('child-process-gone', {}, { type: 'Utility', reason: 'clean-exit', exitCode: 0 });
    expect(log.mock.calls).toEqual([["A process of Chromium's is gone: GPU, crashed, exit code 139."]]);
  });
});
