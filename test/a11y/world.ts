/** One made-up fleet in five states, and a host that answers every call about it: what all views are judged over. */
import { batchesOf } from '../../src/engine/keys/batches.ts';
import { sameTimeKeys } from '../../src/engine/keys/outlook.ts';
import { NO_ALERTS } from '../../src/shared/alerts.ts';
import type { BoardMessage, CallName } from '../../src/shared/bridge.ts';
import type { KeyOutlook, KeysView, Rotation } from '../../src/shared/keys.ts';
import type { AccountStatus, BoardRow, Fault } from '../../src/shared/model.ts';
import type { AuditEntry, OperationPlan, WritingStatus } from '../../src/shared/operations.ts';
import type { WallPresence } from '../../src/shared/walls.ts';
import { alertHost, badDay } from '../renderer/harness/alerts.ts';
import { ACME, boardOf, POLICY, rowAt, SHAPES, tracksOf } from '../renderer/harness/board.ts';
import type { Answer } from '../renderer/harness/chromium.ts';
import { changesOf, findingsHost, findingsOf } from '../renderer/harness/findings.ts';
import { deskOf, settingsHost } from '../renderer/harness/settings.ts';
import { AVAILABILITY, bgpStatus, colos, DAY, detail, events, MINUTE, NOW } from '../renderer/tunnel-fixture.ts';
import { reportsHost } from './reports.ts';

/** `stale`: the data are old and nobody knows why; `blind`: we know why; `empty`: the accounts have no tunnel. */
export const STATES = ['healthy', 'down', 'stale', 'blind', 'empty'] as const;
export type State = (typeof STATES)[number];

export interface World {
  readonly board: BoardMessage;
  readonly answer: Answer;
}

const SIZE = 40;
const DAY_OF_TROUBLE = badDay(boardOf(1000, NOW));
const WELL = SHAPES[12];
const FAULT: Fault = {
  kind: 'bad-token',
  sentence: 'Cloudflare refuses the token.',
  status: 403,
  code: 10_000,
  retryAfterMs: null,
  permission: null,
  cfRay: null,
};

/** The key of the tunnel that each view about one tunnel shows; it is the first one that is down. */
export const TUNNEL = rowAt(0, NOW).key;
/** The incident that is open beside the inbox while there is one. */
export const INCIDENT = 'i-12';
/** Accounts as they are before anything is set up. */
export const UNCONFIGURED: BoardMessage = {
  ...boardOf(0, NOW),
  status: { ...boardOf(0, NOW).status, accounts: [] },
};

function accountsIn(state: State): (account: AccountStatus) => AccountStatus {
  const blind = { since: NOW - 14 * MINUTE, fault: FAULT };
  const old = { listAgeMs: 14 * MINUTE, healthAgeMs: 15 * MINUTE };
  return (account) => {
    if (state === 'stale') return { ...account, ...old };
    return state === 'blind' ? { ...account, ...old, phase: 'blind', blind, healthBlind: blind } : account;
  };
}

function boardIn(state: State): BoardMessage {
  const board = boardOf(state === 'empty' ? 0 : SIZE, NOW);
  const rows = board.rows.map((row, at): BoardRow => {
    if (state === 'healthy') return rowAt(at, NOW, WELL);
    // A misconfiguration here and there, so that its marks are judged as well.
    return at % 9 === 1
      ? { ...row, lanes: { ...row.lanes, config: { value: 'error', since: NOW - MINUTE, exact: true } } }
      : row;
  });
  const calm = state === 'healthy' || state === 'empty';
  const accounts = board.status.accounts.map(accountsIn(state));
  return {
    ...board,
    rows,
    status: { ...board.status, accounts },
    alerts: calm ? NO_ALERTS : DAY_OF_TROUBLE.board.alerts,
  };
}

const PLAN: OperationPlan = {
  id: 'p1',
  kind: 'psk-generate',
  accountId: ACME,
  account: 'Acme',
  diffs: [{ key: TUNNEL, name: 'fra-edge-1-a', changes: [{ field: 'psk', before: '•••', after: 'a new one' }] }],
  causes: [],
  solves: [],
  warnings: ['This is the last healthy tunnel of its site.'],
  confirmBy: 'fra-edge-1-a',
  expiresAt: NOW + 5 * MINUTE,
};
const AUDIT: AuditEntry = {
  id: 1,
  at: NOW - 3 * MINUTE,
  by: 'Ada',
  accountId: ACME,
  account: 'Acme',
  kind: 'update',
  diffs: [
    { key: TUNNEL, name: 'fra-edge-1-a', changes: [{ field: 'replayProtection', before: 'false', after: 'true' }] },
  ],
  state: 'done',
  sentence: 'The tunnel was changed.',
  cfRay: '8f2a77d1c9f10b3e-FRA',
};
const WALLS: readonly WallPresence[] = [
  { name: 'NOC', view: 'by=site', muted: false, audible: true, seenAt: NOW - 4_000 },
  { name: 'Lobby', view: '', muted: true, audible: false, seenAt: NOW - 70_000 },
];
const WRITING: WritingStatus = {
  accountId: ACME,
  account: 'Acme',
  token: 'session',
  problem: null,
  unlockedUntil: NOW + 14 * MINUTE,
};
const ROTATION: Rotation = {
  id: 'r1',
  key: TUNNEL,
  name: 'fra-edge-1-a',
  by: 'Ada',
  startedAt: NOW - MINUTE,
  step: 'check',
  checks: [
    { id: 'fresh', state: 'good', sentence: 'What is known is recent.' },
    { id: 'partner-healthy', state: 'bad', sentence: 'fra-1-b is down: nothing would carry the traffic.' },
    { id: 'traffic', state: 'waiting', sentence: 'Move the traffic to the other tunnel first.' },
  ],
  generatedBefore: NOW - 200 * DAY,
  setAt: null,
  reauthenticatedAt: null,
  expectedBy: null,
  endedAt: null,
  outcome: null,
  next: 'Get the partner up first, or accept that it is not.',
};

function keysOf(rows: readonly BoardRow[]): KeysView {
  const keys = rows.map((row, at): KeyOutlook => {
    const generated = row.pskGeneratedAt ?? NOW - 400 * DAY;
    return {
      key: row.key,
      accountId: row.accountId,
      name: row.name,
      site: row.site?.name ?? null,
      tag: null,
      generatedAt: row.pskGeneratedAt,
      agingAt: generated + POLICY.agingMs,
      dueAt: generated + POLICY.dueMs,
      staleAt: generated + POLICY.staleMs,
      neverRotated: at % 9 === 0,
    };
  });
  const groupOf = (key: string) => ({ id: key, words: 'alone', members: [key as BoardRow['key']], neighbours: [] });
  const policies = [{ tag: null, policy: POLICY }];
  return { policies, keys, sameTime: sameTimeKeys(keys), batches: batchesOf(keys, groupOf, NOW) };
}

/** The page of the first tunnel. */
function tunnelDetail(row: BoardRow, well: boolean) {
  const { key, accountId, id, name } = row;
  const session = well ? bgpStatus() : bgpStatus({ state: 'down', raw: 'BGP_DOWN', bgpState: 'Active' });
  return detail({
    tunnel: { key, accountId, id, name, bgpStatus: session },
    row,
    colos: well ? colos() : colos({ '*': 0, NRT: 0.5 }),
  });
}

/** The fleet in a state, and its host. */
export function worldIn(state: State): World {
  const board = boardIn(state);
  const { rows } = board;
  const [row] = rows;
  const empty = state === 'empty';
  const settings = settingsHost(deskOf());
  const alerts = alertHost({ ...DAY_OF_TROUBLE, board, older: empty ? [] : DAY_OF_TROUBLE.older });
  const found =
    empty || state === 'healthy' ? { findings: [], notEvaluated: [], surroundings: [] } : findingsOf(rows, 60, NOW);
  const findings = findingsHost(found, empty ? [] : changesOf(rows, NOW, 20), NOW);
  const reports = reportsHost(rows, empty ? [] : board.alerts.incidents);
  const own: Partial<Record<CallName, (args: Readonly<Record<string, unknown>>) => unknown>> = {
    tunnel: () => (row === undefined ? null : tunnelDetail(row, state === 'healthy')),
    lanes: ({ keys }) => tracksOf((keys ?? []) as readonly BoardRow['key'][], rows, NOW),
    events: () => (row === undefined ? [] : events(row.key)),
    changes: () => [],
    availability: () => AVAILABILITY,
    keys: () => keysOf(rows),
    writing: () => [WRITING],
    unlock: () => WRITING,
    plan: () => ({ planned: true, plan: PLAN }),
    audit: () => (empty ? [] : [AUDIT, { ...AUDIT, id: 2, kind: 'unlock', diffs: [], state: 'begun', cfRay: null }]),
    rotations: () => (empty ? [] : [ROTATION]),
    rotation: () => (empty ? null : ROTATION),
    walls: () => (empty ? [] : WALLS),
  };
  return {
    board,
    async answer(name, args) {
      const mine = own[name];
      if (mine !== undefined) return { ok: true, value: mine(args) };
      const reported = reports(name, args);
      if (reported !== undefined) return { ok: true, value: reported };
      const inFindings = ['findings', 'lintRules', 'waive', 'unwaive', 'configEvents'].includes(name);
      const inAlerts = [
        'incident',
        'incidents',
        'incidentsOf',
        'acknowledge',
        'unacknowledge',
        'previewSilence',
        'silence',
      ];
      if (inFindings) return findings(name, args);
      if ([...inAlerts, 'deliveries', 'rules', 'testSink'].includes(name)) return alerts(name, args);
      return settings(name, args);
    },
  };
}
