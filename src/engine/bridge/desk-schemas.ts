/** The schemas of the calls that desks answer: shapes and sizes. What a draft of a tunnel may say is checked by its desk. */
import { z } from 'zod';
import type { Calls } from '../../shared/bridge.ts';
import type { KeyCalls } from '../../shared/keys.ts';
import type { LintCalls } from '../../shared/lint.ts';
import type { Instant } from '../../shared/model.ts';
import { LONGEST_UNLOCK_MS, type Operation, type OperationCalls } from '../../shared/operations.ts';
import type { PastCalls } from '../../shared/past.ts';
import type { ReportCalls } from '../../shared/reports.ts';
import type { WallCalls } from '../../shared/walls.ts';
import { accountId, by, comment, instant, keep, key, limit, token } from './schema-parts.ts';

type DeskCall = keyof (LintCalls & OperationCalls & KeyCalls & PastCalls & ReportCalls & WallCalls);

const DAY = 86_400_000;
/** Most tunnels in one bulk operation: one request holds them all. */
const MOST_TUNNELS = 1_000;
const LONGEST_RANGE = 400 * DAY;

const ruleId = z.string().regex(/^[a-z0-9:-]{1,60}$/);
const psk = z.string().min(1).max(1_024);
const text = z.string().max(2_000).optional();

const bgp = z.strictObject({
  customerAsn: z.number(),
  extraPrefixes: z.array(z.string().max(100)).max(1_000).optional(),
  md5Key: text,
  importFilterId: text,
  exportFilterId: text,
});
const healthCheck = z.strictObject({
  enabled: z.boolean().optional(),
  rate: z.enum(['low', 'mid', 'high']).optional(),
  type: z.enum(['reply', 'request']).optional(),
  direction: z.enum(['unidirectional', 'bidirectional']).optional(),
  target: text,
});
const draft = z.strictObject({
  name: z.string().max(2_000),
  cloudflareEndpoint: z.string().max(2_000),
  interfaceAddress: z.string().max(2_000),
  interfaceAddress6: text,
  customerEndpoint: text,
  description: text,
  automaticReturnRouting: z.boolean().optional(),
  replayProtection: z.boolean().optional(),
  bgp: bgp.optional(),
  fqdnId: text,
  healthCheck: healthCheck.optional(),
  psk: psk.optional(),
});
const change = z.strictObject({
  ...draft.partial().shape,
  interfaceAddress6: text.nullable(),
  customerEndpoint: text.nullable(),
  description: text.nullable(),
  fqdnId: text.nullable(),
  bgp: bgp.extend({ md5Key: text.nullable() }).partial().nullable().optional(),
});

const operation: z.ZodType<Operation> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('create'), accountId, draft }),
  z.strictObject({ kind: z.literal('update'), key, change }),
  z.strictObject({
    kind: z.literal('bulk-update'),
    accountId,
    changes: z.array(z.strictObject({ key, change })).min(1).max(MOST_TUNNELS),
  }),
  z.strictObject({ kind: z.literal('delete'), key }),
  z.strictObject({ kind: z.literal('psk-generate'), key }),
  z.strictObject({
    kind: z.literal('psk-set'),
    accountId,
    keys: z.array(z.strictObject({ key, psk })).min(1).max(MOST_TUNNELS),
  }),
]);

const planId = z.string().min(1).max(60);
const rotationId = z.string().min(1).max(60);

const stretch = { from: instant, to: instant };

/** A stretch of time, not backwards and not endless. */
const range = <T extends { readonly from: Instant; readonly to: Instant }>(schema: z.ZodType<T>): z.ZodType<T> =>
  schema
    .refine(({ from, to }) => from <= to, { path: ['to'], error: 'must not be before from' })
    .refine(({ from, to }) => to - from <= LONGEST_RANGE, { path: ['to'], error: 'is too far off' });

const wallName = z.string().trim().min(1).max(60);
const view = z.string().max(1_000);

export const DESK_SCHEMAS: { readonly [N in DeskCall]: z.ZodType<Calls[N]['args']> } = {
  findings: z.strictObject({ accountId: accountId.nullable(), key: key.optional() }),
  lintRules: z.strictObject({}),
  waive: z.strictObject({ rule: ruleId, key, by, reason: comment.min(1), until: instant }),
  unwaive: z.strictObject({ rule: ruleId, key, by }),
  configEvents: z.strictObject({
    accountId: accountId.nullable(),
    key: key.nullable(),
    before: z.int().min(0).nullable(),
    limit,
  }),
  writing: z.strictObject({}),
  setWriteToken: z.strictObject({ accountId, token, keep, by }),
  removeWriteToken: z.strictObject({ accountId, by }),
  unlock: z.strictObject({ accountId, forMs: z.number().min(1_000).max(LONGEST_UNLOCK_MS), by }),
  lock: z.strictObject({ accountId, by }),
  plan: z.strictObject({ operation }),
  confirm: z.strictObject({ plan: planId, typed: z.string().max(200).nullable(), by }),
  discard: z.strictObject({ plan: planId }),
  audit: z.strictObject({ before: z.int().min(0).nullable(), limit }),
  keepKey: z.strictObject({ key, psk, by }),
  keys: z.strictObject({}),
  keysCalendar: z.strictObject({}),
  rotations: z.strictObject({}),
  startRotation: z.strictObject({ key, by }),
  rotation: z.strictObject({ id: rotationId }),
  rotationKey: z.strictObject({
    id: rotationId,
    own: psk.nullable(),
    despite: z.array(z.string().max(60)).max(20),
    by,
  }),
  rotationDone: z.strictObject({ id: rotationId, step: z.enum(['router', 'reauthenticate']), by }),
  abandonRotation: z.strictObject({ id: rotationId, by }),
  pastRange: z.strictObject({}),
  past: z.strictObject({ at: instant }),
  pastMarks: range(z.strictObject({ ...stretch, limit: z.int().min(1).max(5_000) })),
  pastStretch: range(z.strictObject(stretch)),
  availabilityReport: range(
    z.strictObject({
      ...stretch,
      scope: z.enum(['tunnel', 'site', 'account']),
      accountId: accountId.nullable(),
      degraded: z.enum(['up', 'down', 'left-out']),
    }),
  ),
  heatMap: range(z.strictObject({ ...stretch, accountId: accountId.nullable(), cell: z.enum(['hour', 'day']) })),
  restlessness: range(z.strictObject({ ...stretch, accountId: accountId.nullable() })),
  incidentReport: range(z.strictObject(stretch)),
  shiftReport: range(z.strictObject(stretch)),
  walls: z.strictObject({}),
  wallHere: z.strictObject({ name: wallName, view, muted: z.boolean(), audible: z.boolean() }),
  commandWall: z.strictObject({
    wall: wallName,
    command: z.discriminatedUnion('what', [
      z.strictObject({ what: z.literal('view'), view }),
      z.strictObject({ what: z.literal('mute'), muted: z.boolean() }),
      z.strictObject({ what: z.literal('reload') }),
    ]),
  }),
};
