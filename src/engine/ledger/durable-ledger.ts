/**
 * The ledger on a disk that may fail. On a good day everything goes to the file. When a write fails, memory takes over, the
 * audit log is still read from the file as long as it answers, and every half minute we try to open it anew; then what
 * memory holds is written in one transaction and the file is in charge again.
 *
 * There is no timer in here: tries happen when something is written, or when somebody asks for the status.
 */
import type { Waiver } from '../../shared/lint.ts';
import type { Instant, Millis, StoreStatus, TunnelKey } from '../../shared/model.ts';
import type { AuditEntry } from '../../shared/operations.ts';
import type { Result } from '../../shared/result.ts';
import { createTrouble, type Trouble } from '../alerts/store/trouble.ts';
import type { Clock } from '../clock.ts';
import { createClockTrust } from '../history/clock-trust.ts';
import type { Disk } from '../history/disk.ts';
import {
  type CheckLevel,
  type OpenedFile,
  type OpenFailure,
  openForReading,
  unusableReason,
} from '../history/open-file.ts';
import { reasonFor } from '../history/problems.ts';
import { type SqliteFaultKind, sqliteFault } from '../history/sqlite.ts';
import type { KeptRotation, Ledger, Sighting } from './contract.ts';
import { findingName, Kept } from './kept.ts';
import { LEDGER_FILE, type LedgerRows, type OnUnreadable } from './rows.ts';

const RETRY_MS: Millis = 30_000;
const YEAR_MS: Millis = 365 * 86_400_000;
const KEPT_MS: Millis = 3 * YEAR_MS;

interface MemoryPlace {
  readonly kind: 'memory';
  /** What of the file still answers. */
  readonly readable: LedgerRows | null;
  /** The end of a sentence, or a whole one when the file is refused; `null` where no file is wanted. */
  readonly failure: OpenFailure | null;
  readonly level: CheckLevel;
  /** Monotonic time of the next try. */
  readonly retryAt: Millis;
  /** What the file holds is not known yet. */
  readonly unread: boolean;
}
type Place = { readonly kind: 'disk'; readonly rows: LedgerRows } | MemoryPlace | { readonly kind: 'closed' };

function memorySentence(path: string, reason: string): string {
  return `What people do and decide cannot be written to ${path} because ${reason}; it is kept in memory, and written as soon as the disk accepts it again. Until then nothing can be changed at Cloudflare from here.`;
}

class DurableLedger implements Ledger {
  readonly #disk: Disk<LedgerRows> | null;
  readonly #clock: Clock;
  readonly #kept = new Kept();
  readonly #trouble: Trouble;
  readonly #onUnreadable: OnUnreadable;
  readonly #mayPrune: (now: Instant) => boolean;
  #place: Place;
  #next = 1;

  constructor(disk: Disk<LedgerRows> | null, opened: Result<OpenedFile<LedgerRows>, OpenFailure> | null, clock: Clock) {
    this.#disk = disk;
    this.#clock = clock;
    this.#trouble = createTrouble(disk?.path ?? '', clock);
    this.#onUnreadable = (table, id) => this.#trouble.unreadable(table, id);
    this.#place =
      opened?.ok === true ? { kind: 'disk', rows: opened.value.store } : this.#beginInMemory(opened?.error ?? null);
    if (opened?.ok === true && opened.value.setAside !== null) this.#trouble.setAside(opened.value.setAside);
    this.#begin();
    this.#mayPrune = createClockTrust(clock, this.audit(null, 1)[0]?.at ?? null);
  }

  status(): StoreStatus {
    this.#retry();
    const path = this.#disk?.path ?? null;
    const failure = this.#place.kind === 'memory' ? this.#place.failure : null;
    if (failure !== null && path !== null) {
      const problem = failure.kind === 'refused' ? failure.reason : memorySentence(path, failure.reason);
      return { mode: 'memory', path, problem };
    }
    return { mode: this.#place.kind === 'memory' ? 'memory' : 'disk', path, problem: this.#trouble.sentence() };
  }

  waivers(): readonly Waiver[] {
    return [...this.#kept.waivers.values()].map(({ waiver }) => waiver);
  }

  waive(waiver: Waiver): void {
    this.#keepWaiver(waiver, null);
  }

  unwaive(rule: string, key: TunnelKey, by: string, at: Instant): boolean {
    const waiver = this.#kept.waivers.get(findingName(rule, key))?.waiver;
    if (waiver === undefined || waiver.until <= at) return false;
    this.#keepWaiver({ ...waiver, until: at }, by);
    return true;
  }

  begin(entry: Omit<AuditEntry, 'id'>): number {
    this.#retry();
    this.#prune();
    const id = this.#next;
    this.#next += 1;
    this.#keepEntry({ ...entry, id });
    return id;
  }

  settle(id: number, outcome: Pick<AuditEntry, 'state' | 'sentence' | 'cfRay' | 'diffs'>): void {
    this.#retry();
    const entry = this.#kept.entries.get(id) ?? this.#fromFile(null, (rows) => rows.entry(id, this.#onUnreadable));
    if (entry !== null) this.#keepEntry({ ...entry, ...outcome });
  }

  audit(before: number | null, limit: number): readonly AuditEntry[] {
    const below = before ?? Number.MAX_SAFE_INTEGER;
    const filed = this.#fromFile([], (rows) => rows.entries(below, limit, this.#onUnreadable));
    const byId = new Map(filed.map((entry) => [entry.id, entry]));
    for (const [id, entry] of this.#kept.entries) if (id < below) byId.set(id, entry);
    return [...byId.values()].sort((a, b) => b.id - a.id).slice(0, limit);
  }

  rotations(endedFrom: Instant): readonly KeptRotation[] {
    return [...this.#kept.rotations.values()]
      .filter(({ endedAt }) => endedAt === null || endedAt >= endedFrom)
      .sort((a, b) => b.startedAt - a.startedAt);
  }

  saveRotation(rotation: KeptRotation): void {
    this.#retry();
    // Whatever else the caller's object carries (checks, say) stays out of the file.
    const { id, key, name, by, startedAt, step } = rotation;
    const { generatedBefore, setAt, reauthenticatedAt, expectedBy, endedAt, outcome } = rotation;
    const times = { startedAt, generatedBefore, setAt, reauthenticatedAt, expectedBy, endedAt };
    const kept: KeptRotation = { id, key, name, by, step, outcome, ...times };
    this.#kept.rotations.set(id, kept);
    this.#write((rows) => rows.rotation(kept));
  }

  sightings(): readonly Sighting[] {
    return [...this.#kept.sightings.values()];
  }

  sighted(begun: readonly Sighting[], ended: readonly Pick<Sighting, 'rule' | 'key'>[]): void {
    if (begun.length === 0 && ended.length === 0) return;
    this.#retry();
    for (const { rule, key } of ended) this.#kept.sightings.delete(findingName(rule, key));
    for (const sighting of begun) this.#kept.sightings.set(findingName(sighting.rule, sighting.key), sighting);
    this.#write((rows) =>
      rows.all(() => {
        for (const { rule, key } of ended) rows.vanished(rule, key);
        for (const sighting of begun) rows.sighted(sighting);
      }),
    );
  }

  close(): void {
    if (this.#place.kind === 'memory') this.#tryDisk(this.#place);
    const place: Place = this.#place;
    if (place.kind === 'disk') place.rows.close();
    if (place.kind === 'memory') place.readable?.close();
    this.#place = { kind: 'closed' };
    this.#disk?.release();
  }

  #keepWaiver(waiver: Waiver, endedBy: string | null): void {
    this.#retry();
    this.#kept.waivers.set(findingName(waiver.rule, waiver.key), { waiver, endedBy });
    this.#write((rows) => rows.waiver({ waiver, endedBy }));
  }

  /** Into memory first, and out of it once the file has it. */
  #keepEntry(entry: AuditEntry): void {
    this.#kept.entries.set(entry.id, entry);
    this.#write((rows) => rows.writeEntry(entry));
    if (this.#place.kind === 'disk') this.#kept.entries.delete(entry.id);
  }

  /** Takes over what the file holds, and counts on from its last entry. */
  #begin(): void {
    const unread = this.#place.kind === 'memory' && this.#place.unread;
    // Entries come one by one from people: no file has as many as there are milliseconds since 1970.
    if (unread) this.#next = this.#clock.now();
    this.#fromFile(undefined, (rows) => {
      this.#kept.merge(rows, this.#onUnreadable);
      this.#next = rows.lastEntry() + 1;
    });
  }

  #prune(): void {
    const now = this.#clock.now();
    if (!this.#mayPrune(now)) return;
    this.#kept.forgetRotations(now - KEPT_MS);
    this.#write((rows) => rows.prune(now - KEPT_MS));
  }

  /** Into the file, where there is one at the moment; what is in memory is written when it comes back. */
  #write(work: (rows: LedgerRows) => void): void {
    if (this.#place.kind !== 'disk') return;
    const { rows } = this.#place;
    try {
      work(rows);
    } catch (error) {
      this.#lose(rows, error);
      // A damaged file is replaced at once, every other trouble is waited for.
      this.#retry();
    }
  }

  /** Asks the file; `otherwise` when there is none that answers. */
  #fromFile<T>(otherwise: T, work: (rows: LedgerRows) => T): T {
    const place = this.#place;
    const rows = place.kind === 'disk' ? place.rows : place.kind === 'memory' ? place.readable : null;
    if (rows === null) return otherwise;
    try {
      return work(rows);
    } catch (error) {
      if (place.kind === 'disk') {
        this.#lose(rows, error);
      } else if (place.kind === 'memory') {
        if (sqliteFault(error) === null) throw error;
        rows.close();
        this.#place = { ...place, readable: null };
      }
      return otherwise;
    }
  }

  /** Goes on in memory. An error that is none of SQLite's is a bug and thrown on. */
  #lose(rows: LedgerRows, error: unknown): void {
    const fault: SqliteFaultKind | null = sqliteFault(error);
    if (fault === null) throw error;
    const damaged = fault === 'corrupt';
    if (damaged) rows.close();
    const now = this.#clock.monotonic();
    this.#place = {
      kind: 'memory',
      readable: damaged ? null : rows,
      failure: { kind: 'unusable', reason: reasonFor(this.#disk?.path ?? '', fault, null) },
      level: damaged ? 'suspect' : 'known',
      retryAt: damaged ? now : now + RETRY_MS,
      unread: false,
    };
  }

  #beginInMemory(failure: OpenFailure | null): MemoryPlace {
    const readable = this.#disk === null ? null : openForReading(LEDGER_FILE, this.#disk.path);
    const retryAt = this.#clock.monotonic() + RETRY_MS;
    const unread = this.#disk !== null && readable === null;
    return { kind: 'memory', readable, failure, level: 'start', retryAt, unread };
  }

  #retry(): void {
    if (this.#place.kind === 'memory' && this.#clock.monotonic() >= this.#place.retryAt) this.#tryDisk(this.#place);
  }

  #tryDisk(place: MemoryPlace): void {
    if (this.#disk === null) return;
    const opened = this.#disk.open(place.level, this.#clock.now());
    const failure = opened.ok ? this.#moveToDisk(place, opened.value) : opened.error;
    if (failure !== null) this.#place = { ...place, failure, retryAt: this.#clock.monotonic() + RETRY_MS };
  }

  /** Everything from memory to the file, or nothing and the reason. */
  #moveToDisk(place: MemoryPlace, { store: rows, setAside }: OpenedFile<LedgerRows>): OpenFailure | null {
    try {
      if (place.unread) this.#kept.merge(rows, this.#onUnreadable);
      rows.all(() => this.#kept.writeTo(rows));
      this.#next = Math.max(this.#next, rows.lastEntry() + 1);
    } catch (error) {
      const reason = unusableReason(this.#disk?.path ?? '', error);
      rows.close();
      return { kind: 'unusable', reason };
    }
    place.readable?.close();
    this.#kept.entries.clear();
    this.#place = { kind: 'disk', rows };
    if (setAside !== null) this.#trouble.setAside(setAside);
    return null;
  }
}

/** The ledger on the file of `disk`, which was `opened` or could not be; both are `null` for memory alone. */
export function createDurableLedger(
  disk: Disk<LedgerRows> | null,
  opened: Result<OpenedFile<LedgerRows>, OpenFailure> | null,
  clock: Clock,
): Ledger {
  return new DurableLedger(disk, opened, clock);
}
