/**
 * The ledger in memory: all that is short (waivers, rotations, sightings), and of the audit log what is not in the file.
 * When the file fails or is replaced by an empty one, this is what must not be forgotten.
 */
import type { Waiver } from '../../shared/lint.ts';
import type { Instant, TunnelKey } from '../../shared/model.ts';
import type { AuditEntry } from '../../shared/operations.ts';
import type { KeptRotation, Sighting } from './contract.ts';
import type { LedgerRows, OnUnreadable } from './rows.ts';

/** A waiver, and who took it back. */
export interface KeptWaiver {
  readonly waiver: Waiver;
  readonly endedBy: string | null;
}

/** What names a finding or a waiver. */
export const findingName = (rule: string, key: TunnelKey): string => `${rule} ${key}`;

export class Kept {
  readonly waivers = new Map<string, KeptWaiver>();
  readonly rotations = new Map<string, KeptRotation>();
  readonly sightings = new Map<string, Sighting>();
  /** Entries that no file has, by id. */
  readonly entries = new Map<number, AuditEntry>();

  /** Takes over what a file holds; what is known already is newer. Of a sighting the earlier time counts. */
  merge(rows: LedgerRows, onUnreadable: OnUnreadable): void {
    for (const kept of rows.waivers()) {
      const name = findingName(kept.waiver.rule, kept.waiver.key);
      if (!this.waivers.has(name)) this.waivers.set(name, kept);
    }
    for (const rotation of rows.rotations(onUnreadable)) {
      if (!this.rotations.has(rotation.id)) this.rotations.set(rotation.id, rotation);
    }
    for (const sighting of rows.sightings()) {
      const name = findingName(sighting.rule, sighting.key);
      const since = Math.min(sighting.since, this.sightings.get(name)?.since ?? sighting.since);
      this.sightings.set(name, { ...sighting, since });
    }
  }

  /** Writes all of it into a file. */
  writeTo(rows: LedgerRows): void {
    for (const kept of this.waivers.values()) rows.waiver(kept);
    for (const rotation of this.rotations.values()) rows.rotation(rotation);
    for (const entry of this.entries.values()) rows.writeEntry(entry);
    rows.forgetSightings();
    for (const sighting of this.sightings.values()) rows.sighted(sighting);
  }

  forgetRotations(endedBefore: Instant): void {
    for (const [id, { endedAt }] of this.rotations) {
      if (endedAt !== null && endedAt < endedBefore) this.rotations.delete(id);
    }
  }
}
