/**
 * An `electron` that behaves: vitest resolves the package's name to this file. Every piece is checked against Electron's
 * own types, so that a renamed function fails the type check instead of passing the tests.
 *
 * What Electron refuses, this refuses: schemes and the sandbox after ready, sessions before it, a second handler for a
 * channel. Everything that crosses a process in Electron crosses `structuredClone` here.
 */
import { app, resetApp } from './electron/app.ts';
import { madeImages } from './electron/image.ts';
import { resetIpc } from './electron/ipc.ts';
import { resetMachine } from './electron/machine.ts';
import { Menu } from './electron/menu.ts';
import { Notification } from './electron/notification.ts';
import { journal, state } from './electron/process.ts';
import { resetScreen } from './electron/screen.ts';
import { resetSession, session } from './electron/session.ts';
import { Tray } from './electron/tray.ts';
import { BrowserWindow } from './electron/window.ts';

export { app } from './electron/app.ts';
export { type FakeFrame, FakeWebContents } from './electron/contents.ts';
export { FakeNativeImage, madeImages, nativeImage } from './electron/image.ts';
export { handledChannels, invokeFrom, ipcMain, ipcRendererOf } from './electron/ipc.ts';
export {
  clipboard,
  crashReporter,
  dialog,
  keptAwake,
  nativeTheme,
  net,
  powerMonitor,
  powerSaveBlocker,
  shell,
} from './electron/machine.ts';
export { Menu, menuItem } from './electron/menu.ts';
export { Notification } from './electron/notification.ts';
export { cancellable, journal } from './electron/process.ts';
export { type FakeDisplay, fakeDisplay, plug, screen } from './electron/screen.ts';
export { FakeSession, protocol, session } from './electron/session.ts';
export { Tray } from './electron/tray.ts';
export { BrowserWindow } from './electron/window.ts';

/** Test side: Electron finishes its start. */
export async function becomeReady(): Promise<void> {
  state.isReady = true;
  journal.push('ready');
  app.emit('session-created', session.defaultSession);
  app.emit('ready');
  state.ready.resolve();
  await state.ready.promise;
}

/** Test side: another process holds the single-instance lock, or none. */
export function setLock(free: boolean): void {
  state.lockIsFree = free;
}

/** Test side: back to a process that has just begun. */
export function resetElectron(): void {
  journal.length = 0;
  state.ready = Promise.withResolvers<void>();
  state.isReady = false;
  state.lockIsFree = true;
  resetIpc();
  BrowserWindow.all.length = 0;
  resetApp();
  resetSession();
  resetScreen();
  resetMachine();
  Menu.current = null;
  madeImages.length = 0;
  Tray.all.length = 0;
  Notification.reset();
}
