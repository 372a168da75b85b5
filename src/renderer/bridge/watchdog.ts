import { type BridgeMessage, type HostMessage, LOST_AFTER_MS } from '../../shared/bridge.ts';
import type { Millis } from '../../shared/model.ts';
import { elapsed, momentOf, type PageClock } from '../state/page-clock.ts';
import * as words from '../words/index.ts';

/** Where a connection reports to. */
export interface Ear {
  readonly deliver: (message: HostMessage) => void;
  /** Why the connection broke, should silence follow. `certain`: no use in waiting for the silence. */
  readonly trouble: (reason: string, certain: boolean) => void;
}

/** Opens one connection to the host. Returns the way to close it. */
export type Open = (ear: Ear) => () => void;

/** How often the silence is measured; silence is noticed at the latest `LOST_AFTER_MS + CHECK_MS` after the last word. */
const CHECK_MS: Millis = 5_000;
/** While the host is lost a new connection is tried this often. */
const RETRY_MS: Millis = 10_000;

/**
 * Keeps one connection to the host alive and says `lost` when nothing came for `LOST_AFTER_MS`, whatever the transport
 * believes. Silence is measured on both clocks, so that a machine that slept sees its data as old at once. While lost it
 * opens anew; a fresh connection begins with a full board, so nothing missed stays missing.
 */
export function watched(
  open: Open,
  clock: PageClock,
  page: Document | null,
): (listen: (message: BridgeMessage) => void) => () => void {
  return (listen) => {
    let heard = momentOf(clock);
    let tried = heard;
    let checked = heard;
    let lost = false;
    let reason: string | null = null;
    let close = (): void => {};

    const connect = (): void => {
      close();
      tried = momentOf(clock);
      close = open({
        deliver(message) {
          heard = momentOf(clock);
          lost = false;
          reason = null;
          listen(message);
        },
        trouble(why, certain) {
          const news = why !== reason || !lost;
          reason = why;
          lost ||= certain;
          if (lost && news) listen({ type: 'lost', reason: why });
        },
      });
    };
    const check = (): void => {
      const now = momentOf(clock);
      const slept = elapsed(checked, now) > LOST_AFTER_MS;
      checked = now;
      if (!lost && elapsed(heard, now) <= LOST_AFTER_MS) return;
      if (!lost) {
        lost = true;
        listen({
          type: 'lost',
          reason: reason ?? (slept ? words.shell.lostReasons.slept : words.shell.lostReasons.silent),
        });
        connect();
      } else if (elapsed(tried, now) >= RETRY_MS) connect();
    };

    connect();
    const stopChecking = clock.every(CHECK_MS, check);
    page?.addEventListener('visibilitychange', check);
    return () => {
      page?.removeEventListener('visibilitychange', check);
      stopChecking();
      close();
    };
  };
}
