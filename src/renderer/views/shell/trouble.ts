/** What limits our sight of the accounts, told once for each cause however many accounts share it. Pure. */
import type { AccountId, Instant } from '../../../shared/model.ts';
import type { AccountView } from '../../state/board.svelte.ts';
import { explanation as explanationWords } from '../../words/explanation.ts';
import { faults } from '../../words/faults.ts';
import * as words from '../../words/index.ts';

const { listed } = explanationWords;

export interface Trouble {
  /** Names the cause; the same as long as it lasts. */
  readonly id: string;
  readonly accounts: readonly AccountId[];
  readonly text: string;
}

type Cause = { readonly id: string; readonly say: (names: string, views: readonly AccountView[]) => string };

/** The worst that holds for an account; `null` when we see it whole. */
function causeOf({ status, fresh, listAgeMs }: AccountView, now: Instant): Cause | null {
  const { blind, healthBlind, failing } = status;
  if (blind !== null) {
    const sentence = faults.sentence(blind.fault);
    const since = (views: readonly AccountView[]): Instant => earliest(views, (view) => view.status.blind?.since);
    return { id: `blind ${sentence}`, say: (names, views) => words.shell.blind(names, since(views), now, sentence) };
  }
  if (!fresh.list && listAgeMs !== null) {
    const sentence = failing === null ? '' : faults.sentence(failing.fault);
    const age = (views: readonly AccountView[]): number => Math.max(...views.map((view) => view.listAgeMs ?? 0));
    return { id: `stale ${sentence}`, say: (names, views) => words.shell.staleAccount(names, age(views), sentence) };
  }
  if (healthBlind !== null) {
    const sentence = faults.sentence(healthBlind.fault);
    const since = (views: readonly AccountView[]): Instant => earliest(views, (view) => view.status.healthBlind?.since);
    return {
      id: `health ${sentence}`,
      say: (names, views) => words.shell.healthBlind(names, since(views), now, sentence),
    };
  }
  return null;
}

function earliest(views: readonly AccountView[], at: (view: AccountView) => Instant | undefined): Instant {
  return Math.min(...views.map((view) => at(view) ?? Number.POSITIVE_INFINITY));
}

/** In the order of the accounts. */
export function troubles(accounts: readonly AccountView[], now: Instant): readonly Trouble[] {
  const causes = new Map<string, { cause: Cause; views: AccountView[] }>();
  for (const view of accounts) {
    const cause = causeOf(view, now);
    if (cause === null) continue;
    const known = causes.get(cause.id) ?? { cause, views: [] };
    known.views.push(view);
    causes.set(cause.id, known);
  }
  return [...causes.values()].map(({ cause, views }) => ({
    id: cause.id,
    accounts: views.map(({ status }) => status.id),
    text: cause.say(listed(views.map(({ status }) => status.name)), views),
  }));
}
