/**
 * Alerts on a disk that may fail. On a good day everything goes to the file. When a write fails, memory takes over with all
 * that is going on, the past is still read from the file as long as it answers, and every half minute we try to open it
 * anew; then what memory holds is written in one transaction and the file is in charge again.
 *
 * There is no timer in here: tries happen when something is recorded or pruned.
 */
import type { Instant, Millis, StoreStatus } from '../../../shared/model.ts';
import type { Result } from '../../../shared/result.ts';
import type { Clock } from '../../clock.ts';
import { createClockTrust } from '../../history/clock-trust.ts';
import type { Disk } from '../../history/disk.ts';
import { type OpenedFile, type OpenFailure, openForReading, unusableReason } from '../../history/open-file.ts';
import { reasonFor } from '../../history/problems.ts';
import { type Db, type SqliteFaultKind, sqliteFault } from '../../history/sqlite.ts';
import type { AlertRecord, AlertStore, OutboxItem, SavedAlerts } from '../contract.ts';
import { Live, type Members } from './live.ts';
import { giveUp, lastSign, loadSaved } from './load.ts';
import type { MemoryPlace, Place } from './place.ts';
import { prune, trim } from './prune.ts';
import { type AlertReader, createReader } from './reads.ts';
import { ALERTS_FILE, type AlertRows, memoryRows, nextDelivery, uuidOf } from './rows.ts';
import { endOrphans, transfer } from './transfer.ts';
import { createTrouble, memorySentence, type Trouble } from './trouble.ts';
import { newItems, nextIncidentAfter, writeRecord, writeSaved } from './write.ts';

const RETRY_MS: Millis = 30_000;

export interface DurableOptions {
  readonly clock: Clock;
  readonly retentionMs: Millis;
}

class DurableAlertStore implements AlertStore {
  readonly uuid: string;
  readonly #disk: Disk<AlertRows> | null;
  readonly #clock: Clock;
  readonly #retentionMs: Millis;
  readonly #live = new Live();
  readonly #trouble: Trouble;
  readonly #reader: AlertReader;
  readonly #mayPrune: (now: Instant) => boolean;
  #place: Place;
  #nextDelivery = 1;
  #nextIncident = 1;

  constructor(
    disk: Disk<AlertRows> | null,
    opened: Result<OpenedFile<AlertRows>, OpenFailure> | null,
    { clock, retentionMs }: DurableOptions,
  ) {
    this.#disk = disk;
    this.#clock = clock;
    this.#retentionMs = retentionMs;
    this.#trouble = createTrouble(disk?.path ?? '', clock);
    this.#place =
      opened?.ok === true ? { kind: 'disk', rows: opened.value.store } : this.#beginInMemory(opened?.error ?? null);
    if (opened?.ok === true && opened.value.setAside !== null) this.#trouble.setAside(opened.value.setAside);
    this.uuid = this.#begin();
    this.#reader = createReader(
      () => this.#sources(),
      (table, id) => this.#trouble.unreadable(table, id),
    );
    this.#mayPrune = createClockTrust(
      clock,
      this.#read(() => lastSign(this.#sources())),
    );
  }

  load(): SavedAlerts {
    const lost = new Set<number>();
    const now = this.#clock.now();
    const saved = this.#read(() =>
      loadSaved(this.#sources(), now, this.#nextIncident, (table, id) => {
        this.#trouble.unreadable(table, id);
        if (table === 'deliveries') lost.add(Number(id));
      }),
    );
    this.#live.restore(saved);
    // A notice that nobody can send must not wait for ever: it is shown as what it is.
    if (lost.size > 0) this.#onDisk((rows) => giveUp(rows, [...lost], now));
    return saved;
  }

  record(record: AlertRecord, members: Members): readonly OutboxItem[] {
    this.#retry();
    const now = this.#clock.now();
    const planned = newItems(record.planned, this.#nextDelivery);
    this.#nextDelivery += planned.length;
    const items = [...this.#live.takeBack(record.withdrawn), ...planned];
    this.#nextIncident = nextIncidentAfter(record.incidents, this.#nextIncident);
    const numbers = { nextIncident: this.#nextIncident, nextDelivery: this.#nextDelivery };
    const was = (id: string): readonly string[] => this.#live.members(id) ?? [];
    this.#write((rows) => writeRecord(rows, record, members, was, items, numbers, now));
    this.#live.take(record, members);
    for (const item of items) this.#live.item(item);
    return items;
  }

  update(item: OutboxItem, at: Instant): void {
    this.#retry();
    this.#write((rows) => rows.item(item, at));
    this.#live.item(item);
  }

  incidents: AlertReader['incidents'] = (...args) => this.#read(() => this.#reader.incidents(...args));
  incident: AlertReader['incident'] = (id) => this.#read(() => this.#reader.incident(id));
  during: AlertReader['during'] = (...args) => this.#read(() => this.#reader.during(...args));
  alerts: AlertReader['alerts'] = (...args) => this.#read(() => this.#reader.alerts(...args));
  steps: AlertReader['steps'] = (...args) => this.#read(() => this.#reader.steps(...args));
  deliveries: AlertReader['deliveries'] = (query) => this.#read(() => this.#reader.deliveries(query));
  ended: AlertReader['ended'] = (since) => this.#read(() => this.#reader.ended(since));

  prune(now: Instant): void {
    this.#retry();
    if (!this.#mayPrune(now)) return;
    const before = now - this.#retentionMs;
    this.#write((rows) => prune(rows, before, now));
    if (this.#place.kind === 'memory') trim(this.#place.rows);
    this.#live.forgetSilences(before);
  }

  status(): StoreStatus {
    const path = this.#disk?.path ?? null;
    const failure = this.#place.kind === 'memory' ? this.#place.failure : null;
    if (failure !== null && path !== null) {
      const problem = failure.kind === 'refused' ? failure.reason : memorySentence(path, failure.reason);
      return { mode: 'memory', path, problem };
    }
    return { mode: this.#place.kind === 'memory' ? 'memory' : 'disk', path, problem: this.#trouble.sentence() };
  }

  close(): void {
    if (this.#place.kind === 'memory') this.#tryDisk(this.#place);
    this.#onDisk((rows) => rows.db.exec('PRAGMA wal_checkpoint(TRUNCATE)'));
    const place: Place = this.#place;
    if (place.kind !== 'closed') place.rows.close();
    if (place.kind === 'memory') place.readable?.close();
    this.#place = { kind: 'closed' };
    this.#disk?.release();
  }

  /** Numbers and name: from what can be read, else such as no file has yet. Returns the name. */
  #begin(): string {
    const place = this.#place;
    if (place.kind === 'closed') return '';
    const known = place.kind === 'disk' ? place.rows : place.readable;
    const unread = place.kind === 'memory' && place.unread;
    const second = Math.floor(this.#clock.now() / 1_000);
    this.#nextDelivery = known === null ? (unread ? second * 1_000 : 1) : nextDelivery(known);
    this.#nextIncident = known === null ? (unread ? second : 1) : Number(known.meta('next_incident') ?? 1);
    if (place.kind === 'memory' && known !== null) {
      const name = known.meta('uuid');
      if (name !== null) place.rows.setMeta('uuid', name);
    }
    return uuidOf(place.rows);
  }

  #sources(): readonly Db[] {
    const place = this.#place;
    if (place.kind === 'closed') return [];
    if (place.kind === 'disk' || place.readable === null) return [place.rows.db];
    return [place.readable.db, place.rows.db];
  }

  /** Into the file, or into memory when there is none at the moment. */
  #write(work: (rows: AlertRows) => void): void {
    if (this.#onDisk(work)) return;
    if (this.#place.kind === 'memory') work(this.#place.rows);
    // A damaged file is replaced at once, every other trouble is waited for.
    this.#retry();
  }

  /** Does `work` on the file. False when there is none at the moment, or when it failed and memory took over. */
  #onDisk(work: (rows: AlertRows) => void): boolean {
    if (this.#place.kind !== 'disk') return false;
    const { rows } = this.#place;
    try {
      work(rows);
      return true;
    } catch (error) {
      const fault = sqliteFault(error);
      if (fault === null) throw error;
      this.#lose(rows, fault, fault !== 'corrupt');
      return false;
    }
  }

  /** Reads; a file that fails while being read is left out from then on, until it is opened anew. */
  #read<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      const fault = sqliteFault(error);
      const place = this.#place;
      if (fault === null || place.kind === 'closed') throw error;
      if (place.kind === 'disk') {
        this.#lose(place.rows, fault, false);
      } else if (place.readable !== null) {
        place.readable.close();
        this.#place = { ...place, readable: null };
        writeSaved(place.rows, this.#live.saved(this.#nextIncident), this.#clock.now());
      } else {
        throw error;
      }
      return this.#read(work);
    }
  }

  /** Goes on in memory with what is going on. `readable`: the file may still be asked for the past. */
  #lose(rows: AlertRows, fault: SqliteFaultKind, readable: boolean): void {
    if (!readable) rows.close();
    const now = this.#clock.monotonic();
    const memory = memoryRows();
    memory.setMeta('uuid', this.uuid);
    writeSaved(memory, this.#live.saved(this.#nextIncident), this.#clock.now());
    this.#place = {
      kind: 'memory',
      rows: memory,
      readable: readable ? rows : null,
      failure: { kind: 'unusable', reason: reasonFor(this.#disk?.path ?? '', fault, null) },
      level: fault === 'corrupt' ? 'suspect' : 'known',
      retryAt: fault === 'corrupt' ? now : now + RETRY_MS,
      unread: false,
    };
  }

  #beginInMemory(failure: OpenFailure | null): MemoryPlace {
    const readable = this.#disk === null ? null : openForReading(ALERTS_FILE, this.#disk.path);
    return {
      kind: 'memory',
      rows: memoryRows(),
      readable,
      failure,
      level: 'start',
      retryAt: this.#clock.monotonic() + RETRY_MS,
      unread: this.#disk !== null && readable === null,
    };
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
  #moveToDisk(place: MemoryPlace, { store: rows, fresh, setAside }: OpenedFile<AlertRows>): OpenFailure | null {
    try {
      rows.all(() => {
        if (place.unread && !fresh) endOrphans(rows, this.#clock.now());
        transfer(place.rows, rows);
        rows.setMeta('next_delivery', String(this.#nextDelivery));
        rows.setMeta('next_incident', String(this.#nextIncident));
      });
    } catch (error) {
      const reason = unusableReason(this.#disk?.path ?? '', error);
      rows.close();
      return { kind: 'unusable', reason };
    }
    place.readable?.close();
    place.rows.close();
    this.#place = { kind: 'disk', rows };
    if (setAside !== null) this.#trouble.setAside(setAside);
    return null;
  }
}

/** Alerts on the file of `disk`, which was `opened` or could not be; both are `null` for memory alone. */
export function createDurableAlertStore(
  disk: Disk<AlertRows> | null,
  opened: Result<OpenedFile<AlertRows>, OpenFailure> | null,
  options: DurableOptions,
): AlertStore {
  return new DurableAlertStore(disk, opened, options);
}
