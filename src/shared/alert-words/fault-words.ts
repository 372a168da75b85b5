/** Faults of ours in words: of a fault as it comes, and of the facts that an alert keeps of one. */
import { FAULT_KINDS, type Fault, type FaultAbout } from '../fault.ts';
import type { EventDetail } from '../model.ts';
import type { ToldFault } from './en/faults.ts';
import type { Phrases } from './say.ts';

/** What is wrong, where, and what to do about it. Falls back on the engine's English sentence. */
export function faultSentence(fault: Pick<Fault, 'kind' | 'sentence' | 'about'>, { faults }: Phrases): string {
  return faults.sentence(fault);
}

const KINDS: readonly unknown[] = [...FAULT_KINDS, 'stale'];
const isKind = (kind: unknown): kind is ToldFault['kind'] => KINDS.includes(kind);
const textOf = (fact: EventDetail[string] | undefined): string | null => (typeof fact === 'string' ? fact : null);
const numberOf = (fact: EventDetail[string] | undefined): number => (typeof fact === 'number' ? fact : 0);

function aboutOf(facts: EventDetail): FaultAbout | undefined {
  const { host, account, needs, detail, deadlineMs, maxBytes } = facts;
  // What was recorded before it was kept has the sentence alone.
  if (typeof host !== 'string') return undefined;
  return {
    host,
    account: textOf(account),
    permission: textOf(needs),
    detail: textOf(detail),
    deadlineMs: numberOf(deadlineMs),
    maxBytes: numberOf(maxBytes),
    doubt: false,
  };
}

/** The fault behind an alert about ourselves, from its facts; `null` when they tell none. */
export function faultWords(facts: EventDetail, { faults }: Phrases): string | null {
  const told = facts.sentence ?? facts.problem;
  if (typeof told !== 'string' || told === '') return null;
  const { kind } = facts;
  if (!isKind(kind)) return told;
  return faults.sentence({ kind, sentence: told, about: aboutOf(facts) });
}
