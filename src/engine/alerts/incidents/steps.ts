/** What happened between two looks at an incident, as lines of its timeline. */
import * as en from '../../../shared/alert-words/en/index.ts';
import { causeWords } from '../../../shared/alert-words/index.ts';
import type { Cause, Incident, IncidentStep } from '../../../shared/alerts.ts';
import type { AccountId } from '../../../shared/model.ts';
import type { Moment } from '../contract.ts';
import { isGraver } from './case.ts';

type Names = (id: AccountId) => string;

function subjectOf(cause: Cause): string {
  switch (cause.kind) {
    case 'tunnel':
      return cause.key;
    case 'site':
      return cause.site;
    case 'cloudflare-endpoint':
    case 'customer-endpoint':
      return cause.address;
    default:
      return '';
  }
}

/** Another cause, not merely another extent or name. */
export function isOtherCause(a: Cause, b: Cause): boolean {
  return a.kind !== b.kind || subjectOf(a) !== subjectOf(b);
}

/** How much of it there is: `12 of 12`, `3 accounts`; empty for what has no extent. */
function extentNote(cause: Cause): string {
  if (cause.kind === 'blind')
    return `${cause.accountIds.length} ${cause.accountIds.length === 1 ? 'account' : 'accounts'}`;
  return 'extent' in cause ? `${cause.extent.failing} of ${cause.extent.of}` : '';
}

/**
 * The steps from `was` to `now`, in the order in which they are read.
 * @param grew It extends further than it ever did.
 */
export function stepsBetween(
  was: Incident | null,
  now: Incident,
  grew: boolean,
  at: Moment,
  names: Names,
): readonly IncidentStep[] {
  const steps: IncidentStep[] = [];
  const add = (what: IncidentStep['what'], note = ''): void => void steps.push({ at: at.now, what, by: null, note });
  if (was === null) add('opened', causeWords(now.cause, names, en));
  else {
    if (was.phase === 'recovering' && now.phase === 'firing') add('returned');
    if (isOtherCause(was.cause, now.cause)) add('cause', causeWords(now.cause, names, en));
    else if (grew) add('grew', extentNote(now.cause));
    if (now.phase === 'firing' && isGraver(now.severity, was.severity))
      add('worse', `${was.severity} to ${now.severity}`);
    if (now.phase === 'firing' && isGraver(was.severity, now.severity))
      add('milder', `${was.severity} to ${now.severity}`);
  }
  const hidden = now.silencedBy.length > 0;
  if (hidden !== (was?.silencedBy.length ?? 0) > 0) {
    add(hidden ? 'silenced' : 'unsilenced', (hidden ? now : was)?.silencedBy.join(', ') ?? '');
  }
  if (was?.phase === 'firing' && now.phase === 'recovering') add('recovering');
  if (now.phase === 'resolved') add('resolved', now.mergedInto === undefined ? '' : `part of ${now.mergedInto}`);
  return steps;
}
