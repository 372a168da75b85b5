/** Rules about ourselves: accounts that we cannot see, a history that cannot be kept. */
import { RULES } from '../rules/catalogue.ts';
import type { Pass } from './book.ts';
import type { SlotBook } from './slot-book.ts';
import { TIME_GAP_MS } from './tunnel-desk.ts';

const ACCOUNT_RULES = RULES.filter((spec) => spec.scope === 'account');
const APP_RULES = RULES.filter((spec) => spec.scope === 'app');

export class OwnDesk {
  readonly #slots: SlotBook;

  constructor(slots: SlotBook) {
    this.#slots = slots;
  }

  judge({ moment, world, sights }: Pass): void {
    const look = { at: moment.mono, gapMs: TIME_GAP_MS, flapping: false };
    for (const [accountId, { status }] of sights) {
      const subject = { kind: 'account', accountId, account: status.name } as const;
      for (const rule of ACCOUNT_RULES) {
        this.#slots.settle(rule, subject, rule.judge({ status, now: moment.now }), look, moment);
      }
    }
    const store = world.store();
    for (const rule of APP_RULES) {
      this.#slots.settle(rule, { kind: 'app' }, rule.judge(store, moment.now), look, moment);
    }
  }
}
