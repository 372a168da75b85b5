/** GraphQL's envelope: 200 with `errors` is the usual way to say no. */
import type { Fault, FaultKind, Instant } from '../../shared/model.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { parseJson } from './envelope.ts';
import type { Opened } from './exchange.ts';
import { fault } from './fault.ts';
import { factsOf } from './fault-of-reply.ts';
import { isFields } from './health-rows.ts';

/** Reads the rows that an answer holds of a data set, as they came, or its fault. */
export function openRows(dataset: string): (opened: Opened, now: Instant) => Result<readonly unknown[], Fault> {
  return (opened, now) => rowsOf(dataset, opened, now);
}

function rowsOf(dataset: string, { reply, context }: Opened, now: Instant): Result<readonly unknown[], Fault> {
  const facts = factsOf(reply, now);
  const value = parseJson(reply.body);
  if (value === undefined) return err(fault('not-json', context, facts));
  if (!isFields(value)) return err(fault('wrong-shape', context, facts));
  const errors = errorsOf(value.errors);
  const [first] = errors;
  if (first !== undefined) {
    const detail = `Cloudflare says: ${errors
      .slice(0, 3)
      .map((error) => error.message)
      .join('; ')}`;
    return err(fault(kindOf(first), context, { ...facts, detail }));
  }
  const accounts = isFields(value.data) && isFields(value.data.viewer) ? value.data.viewer.accounts : undefined;
  // An account that the token may not see is left out instead of refused.
  if (Array.isArray(accounts) && accounts.length === 0) return err(fault('missing-permission', context, facts));
  const account: unknown = Array.isArray(accounts) ? accounts[0] : undefined;
  const rows = isFields(account) ? account[dataset] : undefined;
  if (Array.isArray(rows)) return ok(rows);
  return err(fault('wrong-shape', context, { ...facts, detail: `it holds no ${dataset}` }));
}

interface GraphqlError {
  readonly message: string;
  /** `extensions.code`, for instance `authz`; names differ, and may be absent. */
  readonly code: string;
}

function errorsOf(errors: unknown): GraphqlError[] {
  if (!Array.isArray(errors)) return [];
  return errors.slice(0, 20).map((error: unknown) => {
    const message = isFields(error) && typeof error.message === 'string' ? error.message : 'an error without words';
    const extensions = isFields(error) && isFields(error.extensions) ? error.extensions : {};
    return { message, code: typeof extensions.code === 'string' ? extensions.code : '' };
  });
}

/** First match counts. Both the code and the message are looked at: neither is documented in full. */
const KINDS: readonly (readonly [RegExp, FaultKind])[] = [
  [/budget|rate.?limit|quota|too many|throttl/i, 'rate-limited'],
  [/authn|unauthenticated|invalid (access |api )?token|invalid credential/i, 'bad-token'],
  [
    /authz|not authorized|unauthori[sz]ed|forbidden|permission|does not have access|authentication error/i,
    'missing-permission',
  ],
  [/time(d )?.?out|internal|unavailable|temporar/i, 'server-error'],
];

function kindOf(error: GraphqlError): FaultKind {
  const text = `${error.code} ${error.message}`;
  return KINDS.find(([pattern]) => pattern.test(text))?.[1] ?? 'rejected';
}
