/** Changes from the command line: planned, shown, confirmed, made, and told with an exit code. */
import { createInterface } from 'node:readline/promises';
import { Refused } from '../../engine/bridge/desk-calls.ts';
import type { Operation, OperationOutcome, OperationPlan } from '../../shared/operations.ts';
import { USUAL_UNLOCK_MS } from '../../shared/operations.ts';
import { EXIT, say, type Terminal, UserError } from '../terminal.ts';
import { type OpenedChange, openChange, type Where } from './change-open.ts';
import { outcomeLines, planLines, problemLines } from './change-text.ts';

export interface ChangeOptions extends Where {
  /** Nobody is asked. */
  readonly yes?: boolean;
  /** Instead of typing it. */
  readonly confirmName?: string;
  readonly validateOnly?: boolean;
  readonly json?: boolean;
}

/** What a change gets from the process: a person may answer on `input`. */
export interface ChangeSurroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly terminal: Terminal;
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
}

/** Beside the usual ones. */
export const CHANGE_EXIT = { ...EXIT, clash: 3, unsure: 4 } as const;
const CODES: Readonly<Record<OperationOutcome['state'], number>> = {
  done: CHANGE_EXIT.done,
  partial: CHANGE_EXIT.unsure,
  unknown: CHANGE_EXIT.unsure,
  clash: CHANGE_EXIT.clash,
  refused: CHANGE_EXIT.failed,
  'not-sent': CHANGE_EXIT.failed,
};

async function question(text: string, { input, terminal }: ChangeSurroundings): Promise<string> {
  const lines = createInterface({ input, output: terminal.error });
  try {
    return (await lines.question(text)).trim();
  } finally {
    lines.close();
  }
}

/** What answers the plan's `confirmBy`; `undefined`: it is not to be done. */
async function agreed(
  plan: OperationPlan,
  options: ChangeOptions,
  surroundings: ChangeSurroundings,
): Promise<string | null | undefined> {
  const { confirmBy } = plan;
  if (confirmBy === null && options.yes === true) return null;
  if (confirmBy !== null && options.confirmName !== undefined) return options.confirmName;
  if (surroundings.input.isTTY !== true) {
    const how = confirmBy === null ? '--yes' : `--confirm-name ${confirmBy}`;
    throw new UserError(`Nobody is here to confirm this: add ${how}.`, EXIT.wrongInput);
  }
  if (confirmBy === null) return /^(y|yes)$/i.test(await question('Do this? [y/N] ', surroundings)) ? null : undefined;
  return question(`Type ${confirmBy} to delete it: `, surroundings);
}

/** Plans and makes one change. `operationOf` makes it once the tunnels are known by name. */
export async function change(
  options: ChangeOptions,
  surroundings: ChangeSurroundings,
  operationOf: (opened: OpenedChange) => Promise<Operation> | Operation,
): Promise<number> {
  const opened = await openChange(options, surroundings.env);
  try {
    return await planned(opened, await operationOf(opened), options, surroundings);
  } catch (error) {
    if (error instanceof Refused) throw new UserError(error.message);
    throw error;
  } finally {
    await opened.close();
  }
}

async function planned(
  { desk, accountId, by, nameOf }: OpenedChange,
  operation: Operation,
  options: ChangeOptions,
  surroundings: ChangeSurroundings,
): Promise<number> {
  const { terminal } = surroundings;
  await desk.unlock({ accountId, forMs: USUAL_UNLOCK_MS, by });
  const outcome = await desk.plan({ operation });
  if (!outcome.planned) {
    if (options.json === true) say(terminal.out, JSON.stringify(outcome, null, 2));
    const lines = [outcome.sentence, ...problemLines(outcome.problems, nameOf)];
    throw new UserError(lines.join('\n'), EXIT.failed);
  }
  const { plan } = outcome;
  // The plan is the result where nothing more is wanted; else stdout is for what comes of it, a new key above all.
  const lines = planLines(plan);
  if (options.validateOnly === true) {
    if (options.json === true) say(terminal.out, JSON.stringify(plan, null, 2));
    else for (const line of [...lines, 'Cloudflare would accept this. Nothing was changed.']) say(terminal.out, line);
    return EXIT.done;
  }
  for (const line of lines) say(terminal.error, line);
  const typed = await agreed(plan, options, surroundings);
  if (typed === undefined) {
    say(terminal.error, 'Nothing was changed.');
    return EXIT.failed;
  }
  return told(await desk.confirm({ plan: plan.id, typed, by }), operation, options, { terminal, nameOf });
}

function told(
  outcome: OperationOutcome,
  operation: Operation,
  options: ChangeOptions,
  { terminal, nameOf }: { readonly terminal: Terminal; readonly nameOf: (key: string) => string },
): number {
  const generated = operation.kind === 'psk-generate' ? outcome.newKeys : [];
  if (options.json === true) {
    // A key that somebody brought is known to him; only one that was made here is told.
    say(terminal.out, JSON.stringify({ ...outcome, newKeys: generated }, null, 2));
  } else {
    const to = generated.length > 0 || outcome.state !== 'done' ? terminal.error : terminal.out;
    for (const line of [...outcomeLines(outcome), ...problemLines(outcome.problems, nameOf)]) say(to, line);
    for (const { psk } of generated) say(terminal.out, psk);
  }
  return CODES[outcome.state];
}
