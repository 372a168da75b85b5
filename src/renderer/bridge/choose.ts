import type { Bridge } from '../../shared/bridge.ts';
import type { PageClock } from '../state/page-clock.ts';
import { httpBridge } from './http-bridge.ts';
import { ipcBridge } from './ipc-bridge.ts';

declare global {
  interface Window {
    /** Put there by the preload of the desktop app, and only there. */
    readonly tunnelwatch?: Bridge;
  }
}

/**
 * The way to the host, decided at once and for good by the presence of `window.tunnelwatch` alone. `null`: there is none,
 * and the page must say so.
 */
export function chooseBridge(page: Window & typeof globalThis, clock: PageClock): Bridge | null {
  if (page.tunnelwatch !== undefined) return ipcBridge(page.tunnelwatch, clock, page.document);
  if (!page.location.protocol.startsWith('http') || typeof page.EventSource !== 'function') return null;
  return httpBridge(
    { EventSource: page.EventSource, fetch: (address, init) => page.fetch(address, init) },
    clock,
    page.document,
  );
}
