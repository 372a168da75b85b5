/**
 * Rules about ourselves: what keeps us from seeing, and what keeps us from remembering. While we are blind no tunnel is judged,
 * so these are the only ones who say a word. Each fault has one rule that tells it.
 */
import type { AccountStatus, EventDetail, Fault, FaultKind, Instant } from '../../../shared/model.ts';
import { ABSENT, type AccountLook, type AccountRule, type AppRule, type Judgement, MINUTE, UNKNOWN } from './rule.ts';

/** What is lost: the list and with it everything, or the health results alone. */
interface Loss {
  readonly what: 'list' | 'health';
  readonly since: Instant;
  readonly fault: Fault;
}

type Teller = 'blind' | 'token-refused' | 'permission-missing' | 'rate-limited';

function tellerOf(kind: FaultKind): Teller {
  if (kind === 'bad-token' || kind === 'no-credential') return 'token-refused';
  if (kind === 'missing-permission') return 'permission-missing';
  return kind === 'rate-limited' ? 'rate-limited' : 'blind';
}

/** All that we lack about an account at the moment, the worst first. */
function losses({ blind, healthBlind }: AccountStatus): readonly Loss[] {
  const lost: Loss[] = [];
  if (blind !== null) lost.push({ what: 'list', ...blind });
  if (healthBlind !== null) lost.push({ what: 'health', ...healthBlind });
  return lost;
}

/**
 * Facts of all four: `what` is lost (`list`: everything; `health`: health results alone), `kind` and `sentence` of the fault,
 * `since`, how many `tunnels` are meant, `permission` by its exact name where one is missing, `retryAfterMs` where Cloudflare said so;
 * `host`, `account`, `needs` (a permission), `detail`, `deadlineMs` and `maxBytes`, where known, are what the sentence is made of.
 */
function lossFacts({ what, since, fault }: Loss, { tunnels }: AccountStatus): EventDetail {
  const { kind, sentence, permission, retryAfterMs, about } = fault;
  const facts = { what, kind, sentence, since, tunnels, permission, retryAfterMs };
  if (about === undefined) return facts;
  const { host, account, permission: needs, detail, deadlineMs, maxBytes } = about;
  return { ...facts, host, account, needs, detail, deadlineMs, maxBytes };
}

/** Somebody stopped polling: what we lack then is no fault, and what we lacked before is neither better nor worse. */
const paused = ({ nextPollInMs }: AccountStatus): boolean => nextPollInMs === null;

function told(teller: Teller, { status }: AccountLook): Judgement {
  if (paused(status)) return UNKNOWN;
  const loss = losses(status).find(({ fault }) => tellerOf(fault.kind) === teller);
  // At the start nothing was heard yet: what an earlier process said still stands.
  if (loss === undefined) return status.listAgeMs === null || status.healthAgeMs === null ? UNKNOWN : ABSENT;
  const severity = loss.what === 'list' && teller !== 'rate-limited' ? 'critical' : 'warning';
  return { is: 'present', since: loss.since, exact: true, severity, facts: lossFacts(loss, status) };
}

/** Nothing failed, and yet nothing came: polling itself is held up. */
function silence({ status, now }: AccountLook): Judgement {
  const { listAgeMs, staleAfterMs, failing } = status;
  if (listAgeMs === null || listAgeMs <= staleAfterMs || failing !== null) return ABSENT;
  const sentence = 'No list of tunnels has been read for longer than three rounds, though none failed.';
  const since = now - listAgeMs;
  const facts = {
    what: 'list',
    kind: 'stale',
    sentence,
    tunnels: status.tunnels,
    permission: null,
    retryAfterMs: null,
  };
  return { is: 'present', since, exact: true, severity: 'critical', facts };
}

const COMMON = { scope: 'account', measure: 'time' } as const;

export const ACCOUNT_RULES: readonly AccountRule[] = [
  {
    ...COMMON,
    id: 'token-refused',
    what: 'Cloudflare refuses the token of the account, or there is none.',
    why: 'Nothing is watched until a person gives a good one.',
    source: 'Fault of the answer: 401, or 403 that names the token; asking again cannot help',
    defaults: { enabled: true, severity: null, pendingMs: MINUTE, recoverMs: 0 },
    judge: (look) => told('token-refused', look),
  },
  {
    ...COMMON,
    id: 'permission-missing',
    what: 'The token lacks a permission: for the list, or for health results, which need one of their own.',
    why: 'What it may not read is not watched.',
    source: 'Fault of the answer: 403 or a GraphQL error that names the permission',
    defaults: { enabled: true, severity: null, pendingMs: MINUTE, recoverMs: 0 },
    judge: (look) => told('permission-missing', look),
  },
  {
    ...COMMON,
    id: 'blind',
    what: 'We cannot reach Cloudflare, or cannot read its answers, for an account.',
    why: 'Tunnels may fail meanwhile and nobody would know.',
    source: 'Two failures in a row or stale facts; five minutes, so that a hiccup of the line is nobody’s business',
    defaults: { enabled: true, severity: null, pendingMs: 5 * MINUTE, recoverMs: MINUTE },
    judge: (look) => {
      const loss = told('blind', look);
      return loss.is === 'absent' ? silence(look) : loss;
    },
  },
  {
    ...COMMON,
    id: 'rate-limited',
    what: 'Cloudflare answers 429 and we are blind for it.',
    why: 'Somebody else uses up the budget of the same user; until it is refilled nothing is watched.',
    source: 'Cloudflare, API limits: 1,200 requests in 5 min for each user, and all calls are blocked for 5 min beyond',
    defaults: { enabled: true, severity: null, pendingMs: 5 * MINUTE, recoverMs: MINUTE },
    judge: (look) => told('rate-limited', look),
  },
];

/** Facts: `problem` in a sentence, `mode` of the store, its `path`. */
export const STORE_FAILING: AppRule = {
  id: 'store-failing',
  scope: 'app',
  what: 'The history is kept in memory, or its file has a problem.',
  why: 'What happens now is lost with the next restart.',
  source: 'Status of the store',
  defaults: { enabled: true, severity: 'warning', pendingMs: MINUTE, recoverMs: MINUTE },
  measure: 'time',
  judge: ({ mode, problem, path }, now) => {
    // In memory without a problem: somebody wants it so.
    if (problem === null) return ABSENT;
    return { is: 'present', since: now, exact: false, facts: { problem, mode, path } };
  },
};
