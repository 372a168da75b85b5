/**
 * The ledger: what people did and decided. Waivers, the audit log, rotations under way. A file of its own (`ledger.db`), so
 * that a damaged history or a pruned one costs none of it. Synchronous and bounded, like the history.
 */

import type { Rotation } from '../../shared/keys.ts';
import type { Waiver } from '../../shared/lint.ts';
import type { Instant, StoreStatus, TunnelKey } from '../../shared/model.ts';
import type { AuditEntry } from '../../shared/operations.ts';

/** A rotation as it is kept: its checks are made anew each time somebody looks. */
export type KeptRotation = Omit<Rotation, 'checks' | 'next'>;

/** When a finding that stands was first seen by us. */
export interface Sighting {
  readonly rule: string;
  readonly key: TunnelKey;
  readonly since: Instant;
}

/** Never throws for the disk's sake: when it fails the ledger goes on in memory, says so, and comes back. */
export interface Ledger {
  /** On disk, or in memory and why. While it is not on disk nothing may be changed at Cloudflare: there would be no record. */
  status(): StoreStatus;
  /** The newest waiver of each rule and tunnel, expired ones included. */
  waivers(): readonly Waiver[];
  waive(waiver: Waiver): void;
  /** Ends the waiver now; false when none was in force. */
  unwaive(rule: string, key: TunnelKey, by: string, at: Instant): boolean;
  /** Returns the id of the entry once it is on disk; where that failed `status()` says so from then on. */
  begin(entry: Omit<AuditEntry, 'id'>): number;
  /** What became of an entry that was begun. */
  settle(id: number, outcome: Pick<AuditEntry, 'state' | 'sentence' | 'cfRay' | 'diffs'>): void;
  /** Newest first; `before` pages by id. Entries are kept for three years. */
  audit(before: number | null, limit: number): readonly AuditEntry[];
  /** Those under way and those that ended at or after `endedFrom`. */
  rotations(endedFrom: Instant): readonly KeptRotation[];
  saveRotation(rotation: KeptRotation): void;
  /** Of findings that stand, or stood when we last looked. */
  sightings(): readonly Sighting[];
  /** Findings that begun to stand, and those that stand no more. */
  sighted(begun: readonly Sighting[], ended: readonly Pick<Sighting, 'rule' | 'key'>[]): void;
  close(): void;
}
