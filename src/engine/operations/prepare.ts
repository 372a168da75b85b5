/** From what somebody asks for to a plan: checked here, read afresh, checked by Cloudflare, and told in full. */
import { randomUUID } from 'node:crypto';
import type { Fault } from '../../shared/fault.ts';
import { type TunnelKey, tunnelOf } from '../../shared/model.ts';
import type { FieldProblem, Operation, OperationPlan, PlanOutcome } from '../../shared/operations.ts';
import { checkDraft } from '../../shared/tunnel-form/index.ts';
import type { Clock } from '../clock.ts';
import type { CloudflareClient } from '../cloudflare/client.ts';
import { cloudProblems } from './cloud-problems.ts';
import type { Around, WriteAccount } from './contract.ts';
import { readTunnels } from './look.ts';
import { waitWords } from './lost.ts';
import { PLAN_MS, type Prepared } from './plans.ts';
import { send } from './send.ts';
import { keysOf, localProblems, type Target, targetsOf } from './targets.ts';
import { warningsOf } from './warnings.ts';
import { failed, type Words, words } from './words.ts';

type NotPlanned = Extract<PlanOutcome, { planned: false }>;
/** A plan with all that it takes to carry it out, or why there is none. */
export type Preparation = { readonly prepared: Prepared } | NotPlanned;

const no = (why: Words, problems: readonly FieldProblem[] = []): NotPlanned => ({
  planned: false,
  ...why,
  problems,
});

const many = ({ length: count }: readonly FieldProblem[]): Words =>
  words(
    count === 1 ? 'One thing has to be corrected first.' : `${count} things have to be corrected first.`,
    'to-correct',
    { count },
  );

const notFor = (fault: Fault): NotPlanned => no(words(fault.sentence + waitWords(fault), 'fault', failed(fault)));

/** Two changes of one tunnel in one request would leave open which of them counts. */
function twice(keys: readonly TunnelKey[]): NotPlanned | null {
  const seen = new Set<TunnelKey>();
  for (const key of keys) {
    if (seen.has(key)) return no(words('A tunnel is named twice. Name each one once.', 'named-twice', {}));
    seen.add(key);
  }
  return null;
}

function gone(keys: readonly TunnelKey[], has: (key: TunnelKey) => boolean): NotPlanned | null {
  const missing = keys.filter((key) => !has(key));
  if (missing.length === 0) return null;
  const problems = missing.map((key) => ({
    key,
    field: null,
    ...words('This tunnel does not exist any more, or cannot be read.', 'gone-or-unreadable', {}),
  }));
  return no(
    keys.length === 1
      ? words('This tunnel does not exist any more.', 'tunnel-gone', {})
      : words(`${missing.length} of the tunnels do not exist any more.`, 'tunnels-gone', { count: missing.length }),
    problems,
  );
}

/** Asks Cloudflare with `validate_only`. */
async function validated(
  client: CloudflareClient,
  operation: Operation,
  targets: readonly Target[],
): Promise<NotPlanned | null> {
  const answer = await send(client, operation, targets, { validateOnly: true });
  if (!answer.ok) {
    const problems = cloudProblems(
      answer.error,
      targets.map(({ key }) => key),
    );
    return problems.length === 0
      ? notFor(answer.error)
      : no(words('Cloudflare would refuse this.', 'would-refuse', {}), problems);
  }
  const problems = [...answer.value.refused].map(([key, reason]) => ({
    key,
    field: 'psk',
    ...words(`Cloudflare says: ${reason}`, 'cloudflare-says', { message: reason }),
  }));
  return problems.length === 0
    ? null
    : no(words('Cloudflare would refuse some of the keys.', 'would-refuse-keys', {}), problems);
}

/** Makes a plan. Changes nothing; asks Cloudflare twice at most. */
export async function prepare(
  {
    client,
    account,
    clock,
    around,
  }: {
    readonly client: CloudflareClient;
    readonly account: WriteAccount;
    readonly clock: Clock;
    readonly around: Around;
  },
  operation: Operation,
): Promise<Preparation> {
  const keys = keysOf(operation);
  const repeated = twice(keys);
  if (repeated !== null) return repeated;
  if (operation.kind === 'create') {
    // Nothing has to be read to see what is wrong with a draft.
    const problems = checkDraft(operation.draft);
    if (problems.length > 0) return no(many(problems), problems);
  }
  const read = operation.kind === 'create' ? null : await readTunnels(client, account.id, keys);
  if (read?.ok === false) return notFor(read.error);
  const presents = read?.value ?? new Map();
  const missing = gone(keys, (key) => presents.has(tunnelOf(key)));
  if (missing !== null) return missing;
  const targets = targetsOf(operation, presents, clock.now());
  const problems = localProblems(operation, targets);
  if (problems.length > 0) return no(many(problems), problems);
  const refused = await validated(client, operation, targets);
  if (refused !== null) return refused;
  return { prepared: { account, operation, targets, plan: planOf(account, operation, targets, clock, around) } };
}

function planOf(
  account: WriteAccount,
  operation: Operation,
  targets: readonly Target[],
  clock: Clock,
  around: Around,
): OperationPlan {
  const changed = targets.flatMap(({ after }) => (after === null ? [] : [after]));
  const removed = targets.flatMap(({ key, after }) => (after === null && key !== null ? [key] : []));
  const { causes, solves } = around.whatIf(account.id, changed, removed);
  return {
    id: randomUUID(),
    kind: operation.kind,
    accountId: account.id,
    account: account.name,
    diffs: targets.map(({ diff }) => diff),
    causes,
    solves,
    ...warningsOf(operation.kind, targets, around.known(account.id)),
    confirmBy: operation.kind === 'delete' ? (targets[0]?.name ?? '') : null,
    expiresAt: clock.now() + PLAN_MS,
  };
}
