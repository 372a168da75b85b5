/** A book over a test world, driven by answers, with the changes in a form that reads as a story. */
import { createAlertBook } from '../../../../src/engine/alerts/book/book.ts';
import type { AlertBook, AlertChange, AlertConfig } from '../../../../src/engine/alerts/contract.ts';
import type { Alert, AlertRule } from '../../../../src/shared/alerts.ts';
import type { Millis } from '../../../../src/shared/model.ts';
import { type AlertWorld, alertWorld } from '../world.ts';

export const CONFIG: AlertConfig = {
  rules: [],
  tags: [],
  routes: [],
  maintenance: [],
  quietHours: [],
  zone: 'UTC',
  link: null,
};

export interface Round {
  readonly w: AlertWorld;
  readonly book: AlertBook;
  /** All changes so far. */
  readonly changes: AlertChange[];
  /** Hands over what happened. Returns what that changed. */
  look(): readonly AlertChange[];
  /** Time goes on, a list and health results come, and are looked at. */
  answer(afterMs: Millis): readonly AlertChange[];
  list(afterMs: Millis): readonly AlertChange[];
  health(afterMs: Millis): readonly AlertChange[];
  tick(afterMs: Millis): readonly AlertChange[];
  /** The open alert of that rule; the first one when there are several. */
  open(rule: AlertRule): Alert | undefined;
  /** `bgp-down firing`, … of the changes of phase of one rule or all. */
  story(rule?: AlertRule): readonly string[];
}

/** A fresh book; the world was looked at once. */
export function round(
  options: { w?: AlertWorld; config?: Partial<AlertConfig>; restored?: readonly Alert[] } = {},
): Round {
  const w = options.w ?? alertWorld();
  const book = createAlertBook({ ...CONFIG, ...options.config }, options.restored ?? []);
  const changes: AlertChange[] = [];
  const note = (found: readonly AlertChange[]): readonly AlertChange[] => {
    changes.push(...found);
    return found;
  };
  const look = (): readonly AlertChange[] => note(book.observe(w.observed(), w.world));
  return {
    w,
    book,
    changes,
    look,
    answer(afterMs) {
      w.pass(afterMs);
      w.answers();
      return look();
    },
    list(afterMs) {
      w.pass(afterMs);
      w.list();
      return look();
    },
    health(afterMs) {
      w.pass(afterMs);
      w.health();
      return look();
    },
    tick(afterMs) {
      w.pass(afterMs);
      return note(book.tick(w.moment(), w.world));
    },
    open: (rule) => [...book.open()].find((alert) => alert.rule === rule),
    story: (rule) =>
      changes
        .filter(({ alert, was }) => was !== alert.phase && (rule === undefined || alert.rule === rule))
        .map(({ alert }) => (rule === undefined ? `${alert.rule} ${alert.phase}` : alert.phase)),
  };
}
