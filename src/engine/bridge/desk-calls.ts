/** The calls that are answered by desks of the engine: findings, operations, keys, the past, reports. */
import type { Calls } from '../../shared/bridge.ts';
import type { KeyCalls } from '../../shared/keys.ts';
import type { LintCalls } from '../../shared/lint.ts';
import type { OperationCalls } from '../../shared/operations.ts';
import type { PastCalls } from '../../shared/past.ts';
import type { ReportCalls } from '../../shared/reports.ts';
import type { Handlers } from './host.ts';

/** The answers to a group of calls. */
export type Desk<C> = {
  readonly [N in keyof C & keyof Calls]: (args: Calls[N]['args']) => Calls[N]['reply'] | Promise<Calls[N]['reply']>;
};

/** What an engine offers beside watching and alerting. `null`: not here. */
export interface Desks {
  readonly lint: Desk<LintCalls> | null;
  readonly operations: Desk<OperationCalls> | null;
  readonly keys: Desk<KeyCalls> | null;
  readonly past: Desk<PastCalls> | null;
  readonly reports: Desk<ReportCalls> | null;
}

/** An engine that only watches. */
export const NO_DESKS: Desks = { lint: null, operations: null, keys: null, past: null, reports: null };

/** Somebody asks for what this host does not offer. The message is one sentence for the caller. */
export class NotOffered extends Error {}

/** A desk refuses, or somebody asked for what is not there; the message is one sentence for the caller. */
export class Refused extends Error {}

const REASON: Readonly<Record<keyof Desks, string>> = {
  lint: 'Findings cannot be seen here.',
  operations: 'Nothing can be changed from here.',
  keys: 'The keys cannot be planned here.',
  past: 'There is no past to be seen here.',
  reports: 'There is no history to report on here.',
};

/** Handlers over whatever desks there are at the moment. */
export function deskHandlers(
  desks: () => Desks,
): Pick<Handlers, keyof (LintCalls & OperationCalls & KeyCalls & PastCalls & ReportCalls)> {
  const desk = <N extends keyof Desks>(name: N): NonNullable<Desks[N]> => {
    const found = desks()[name];
    if (found === null) throw new NotOffered(REASON[name]);
    return found;
  };
  return {
    findings: (args) => desk('lint').findings(args),
    lintRules: (args) => desk('lint').lintRules(args),
    waive: (args) => desk('lint').waive(args),
    unwaive: (args) => desk('lint').unwaive(args),
    configEvents: (args) => desk('lint').configEvents(args),
    writing: (args) => desk('operations').writing(args),
    setWriteToken: (args) => desk('operations').setWriteToken(args),
    removeWriteToken: (args) => desk('operations').removeWriteToken(args),
    unlock: (args) => desk('operations').unlock(args),
    lock: (args) => desk('operations').lock(args),
    plan: (args) => desk('operations').plan(args),
    confirm: (args) => desk('operations').confirm(args),
    discard: (args) => desk('operations').discard(args),
    audit: (args) => desk('operations').audit(args),
    keepKey: (args) => desk('operations').keepKey(args),
    keys: (args) => desk('keys').keys(args),
    keysCalendar: (args) => desk('keys').keysCalendar(args),
    rotations: (args) => desk('keys').rotations(args),
    startRotation: (args) => desk('keys').startRotation(args),
    rotation: (args) => desk('keys').rotation(args),
    rotationKey: (args) => desk('keys').rotationKey(args),
    rotationDone: (args) => desk('keys').rotationDone(args),
    abandonRotation: (args) => desk('keys').abandonRotation(args),
    pastRange: (args) => desk('past').pastRange(args),
    past: (args) => desk('past').past(args),
    pastMarks: (args) => desk('past').pastMarks(args),
    pastStretch: (args) => desk('past').pastStretch(args),
    availabilityReport: (args) => desk('reports').availabilityReport(args),
    heatMap: (args) => desk('reports').heatMap(args),
    restlessness: (args) => desk('reports').restlessness(args),
    incidentReport: (args) => desk('reports').incidentReport(args),
    shiftReport: (args) => desk('reports').shiftReport(args),
  };
}
