/**
 * The whole IPC path without Electron: the built preload in its sandbox, the real `handle()` behind the fake `ipcMain`,
 * and a structured clone wherever a process border would be.
 */
import { type IpcHost, openIpc } from '../../src/main/ipc.ts';
import { HOME_URL } from '../../src/main/origin.ts';
import type { Bridge } from '../../src/shared/bridge.ts';
import { BRIDGE_GLOBAL } from '../../src/shared/channels.ts';
import { type FakeWebContents, ipcRendererOf, FakeWebContents as Page } from './electron.ts';
import { builtPreload, runPreload } from './preload-sandbox.ts';

/** A page that talks to a host through the built preload. */
export interface LoopBack {
  readonly bridge: Bridge;
  readonly contents: FakeWebContents;
  /** The page loads again: its preload runs anew. */
  reload(): Bridge;
  close(): void;
}

/** Opens a page at our address over `host`. */
export function openLoopBack(host: IpcHost): LoopBack {
  const contents = new Page();
  contents.mainFrame.url = HOME_URL;
  const code = builtPreload();
  const run = (): Bridge => runPreload(code, ipcRendererOf(contents)).exposed.get(BRIDGE_GLOBAL) as Bridge;
  const close = openIpc(host, (candidate) => (candidate as unknown) === contents, HOME_URL);
  return {
    bridge: run(),
    contents,
    reload() {
      contents.startNavigation(HOME_URL);
      return run();
    },
    close() {
      close();
      if (!contents.isDestroyed()) contents.destroy();
    },
  };
}
