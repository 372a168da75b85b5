import type { Bridge } from '../../shared/bridge.ts';
import type { PageClock } from '../state/page-clock.ts';
import * as words from '../words/index.ts';
import { watched } from './watchdog.ts';

/** The bridge of the desktop app, over the object that the preload put on the page. */
export function ipcBridge(door: Bridge, clock: PageClock, page: Document | null): Bridge {
  return {
    subscribe: watched(
      ({ deliver, trouble }) =>
        door.subscribe((message) => {
          if (message.type === 'lost') trouble(message.reason, true);
          else deliver(message);
        }),
      clock,
      page,
    ),
    async call(name, args) {
      try {
        return await door.call(name, args);
      } catch {
        return { ok: false, error: { kind: 'unreachable', sentence: words.shell.unreachable } };
      }
    },
  };
}
