/** The JSON bodies of ledger.db, checked when they are read: a row that does not fit costs that row alone. */
import { z } from 'zod';
import { ROTATION_STEPS } from '../../shared/keys.ts';
import type { AccountId, TunnelKey } from '../../shared/model.ts';
import type { AuditEntry } from '../../shared/operations.ts';
import type { KeptRotation } from './contract.ts';

const text = z.string();
const instant = z.number();
const maybe = instant.nullable();
const key = text.transform((id) => id as TunnelKey);
const change = z.object({ field: text, before: text.nullable(), after: text.nullable() });

/** An entry of the audit log. */
export const auditBody: z.ZodType<AuditEntry> = z.object({
  id: z.number(),
  at: instant,
  by: text,
  accountId: text.transform((id) => id as AccountId),
  account: text,
  kind: z.enum([
    'create',
    'update',
    'bulk-update',
    'delete',
    'psk-generate',
    'psk-set',
    'unlock',
    'lock',
    'set-write-token',
    'remove-write-token',
  ]),
  diffs: z.array(z.object({ key: key.nullable(), name: text, changes: z.array(change) })),
  state: z.enum(['begun', 'done', 'partial', 'refused', 'clash', 'unknown', 'not-sent']),
  sentence: text,
  cfRay: text.nullable(),
});

/** A rotation under way or over. What is no part of it (a key, say) is never written. */
export const rotationBody: z.ZodType<KeptRotation> = z.object({
  id: text,
  key,
  name: text,
  by: text,
  startedAt: instant,
  step: z.enum(ROTATION_STEPS),
  generatedBefore: maybe,
  setAt: maybe,
  reauthenticatedAt: maybe,
  expectedBy: maybe,
  endedAt: maybe,
  outcome: z.enum(['rotated', 'abandoned']).nullable(),
});
