/**
 * The history on a disk that may fail. On a good day everything goes to the file. When a write fails, that very batch
 * and all that follow are kept in memory, the file is still read as long as it answers, and every half minute we try
 * to open it anew; then what memory holds is written in one transaction and the file is in charge again.
 *
 * There is no timer in here: tries happen when a batch is recorded or maintenance is asked for.
 */
import type { AccountId, HistoryEvent, Instant, Millis, StoreStatus } from '../../shared/model.ts';
import type { Result } from '../../shared/result.ts';
import type { Clock } from '../clock.ts';
import { type BoundedMemory, boundedMemory } from './bounded-memory.ts';
import { createClockTrust } from './clock-trust.ts';
import type { History, HistoryReader, RecordBatch, RememberedAccount, Retention } from './contract.ts';
import type { Disk } from './disk.ts';
import {
  bytesOf,
  type CheckLevel,
  type OpenedFile,
  type OpenFailure,
  openForReading,
  unusableReason,
} from './open-file.ts';
import type { PastReader } from './past-contract.ts';
import { createPastReader } from './past-reads.ts';
import { memorySentence, reasonFor } from './problems.ts';
import { createReader, readRemembered, type Source } from './reads.ts';
import { type SqliteFaultKind, sqliteFault } from './sqlite.ts';
import { HISTORY_FILE, type Store } from './store.ts';
import { transfer } from './transfer.ts';
import { numberEvents, numbersOf } from './writer.ts';

const RETRY_MS: Millis = 30_000;
/** Changes and events kept in memory while the disk fails: some 15 MB, days for a thousand tunnels. */
const MEMORY_LIMIT = 100_000;
/** "Your file was moved aside" stays in the status so long. */
const NOTICE_MS: Millis = 24 * 3_600_000;

/** On the file, or in memory with whatever of the file can still be read. */
type Place =
  | { readonly kind: 'disk'; readonly store: Store }
  | {
      readonly kind: 'memory';
      readonly memory: BoundedMemory;
      readonly readable: Store | null;
      /** First sequence number that is in memory. */
      readonly base: number;
      /** The end of a sentence, or a whole one when the file is refused. */
      readonly failure: OpenFailure;
      readonly level: CheckLevel;
      /** Monotonic time of the next try. */
      readonly retryAt: Millis;
    }
  | { readonly kind: 'closed' };

type MemoryPlace = Extract<Place, { readonly kind: 'memory' }>;

export interface DurableOptions {
  readonly clock: Clock;
  readonly retention: Retention;
}

class DurableHistory implements History {
  readonly #disk: Disk<Store>;
  readonly #clock: Clock;
  readonly #retention: Retention;
  readonly #reader: HistoryReader;
  readonly past: PastReader;
  readonly #mayPrune: (now: Instant) => boolean;
  #place: Place;
  #next = 1;
  #notice: { readonly sentence: string; readonly until: Millis } | null = null;

  constructor(disk: Disk<Store>, opened: Result<OpenedFile<Store>, OpenFailure>, { clock, retention }: DurableOptions) {
    this.#disk = disk;
    this.#clock = clock;
    this.#retention = retention;
    this.#place = opened.ok ? { kind: 'disk', store: opened.value.store } : this.#beginInMemory(opened.error);
    if (this.#place.kind === 'disk') this.#next = this.#place.store.nextNumber();
    if (opened.ok) this.#notify(opened.value);
    this.#reader = createReader(
      () => this.#sources(),
      () => clock.now(),
    );
    this.past = createPastReader(
      (work) => this.#read(() => work(this.#sources())),
      () => clock.now(),
    );
    this.#mayPrune = createClockTrust(clock, this.#place.kind === 'disk' ? this.#place.store.lastLook() : null);
  }

  status(): StoreStatus {
    const { path } = this.#disk;
    if (this.#place.kind === 'memory') {
      const { failure, memory } = this.#place;
      const sentence = memorySentence(path, failure.reason, memory.dropped());
      return { mode: 'memory', path, problem: failure.kind === 'refused' ? failure.reason : sentence };
    }
    const notice = this.#notice !== null && this.#clock.monotonic() < this.#notice.until ? this.#notice.sentence : null;
    return { mode: 'disk', path, problem: notice, bytes: bytesOf(path) };
  }

  record(batch: RecordBatch): readonly HistoryEvent[] {
    this.#retry();
    const base = this.#next;
    const now = this.#clock.now();
    const kept = this.#onDisk((store) => store.write(batch, base, now));
    if (!kept && this.#place.kind === 'memory') this.#place.memory.write(batch, base, now);
    this.#next += numbersOf(batch);
    // A damaged file is replaced at once, every other trouble is waited for.
    if (!kept) this.#retry();
    return numberEvents(batch, base);
  }

  remembered(accountId: AccountId): RememberedAccount {
    return this.#read(() => readRemembered(this.#sources(), accountId));
  }

  lanes: HistoryReader['lanes'] = (query) => this.#read(() => this.#reader.lanes(query));
  events: HistoryReader['events'] = (query) => this.#read(() => this.#reader.events(query));
  changes: HistoryReader['changes'] = (...args) => this.#read(() => this.#reader.changes(...args));
  availability: HistoryReader['availability'] = (...args) => this.#read(() => this.#reader.availability(...args));
  rollups: HistoryReader['rollups'] = (...args) => this.#read(() => this.#reader.rollups(...args));
  configs: HistoryReader['configs'] = (...args) => this.#read(() => this.#reader.configs(...args));

  maintain(now: Instant): boolean {
    this.#retry();
    const mayPrune = this.#mayPrune(now);
    let more = false;
    this.#onDisk((store) => {
      more = store.sweep.slice(now, this.#retention, mayPrune);
    });
    return more;
  }

  close(): void {
    if (this.#place.kind === 'memory') this.#tryDisk(this.#place);
    this.#onDisk((store) => store.db.exec('PRAGMA wal_checkpoint(TRUNCATE)'));
    const place: Place = this.#place;
    if (place.kind === 'disk') place.store.close();
    if (place.kind === 'memory') {
      place.readable?.close();
      place.memory.store.close();
    }
    this.#place = { kind: 'closed' };
    this.#disk.release();
  }

  #sources(): readonly Source[] {
    const place = this.#place;
    if (place.kind === 'closed') return [];
    if (place.kind === 'disk') return [place.store];
    return place.readable === null ? [place.memory.store] : [place.readable, place.memory.store];
  }

  /** Does `work` on the file. False when there is none at the moment, or when it failed and memory took over. */
  #onDisk(work: (store: Store) => void): boolean {
    if (this.#place.kind !== 'disk') return false;
    const { store } = this.#place;
    try {
      work(store);
      return true;
    } catch (error) {
      const fault = sqliteFault(error);
      if (fault === null) throw error;
      this.#lose(store, fault, fault !== 'corrupt');
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
        this.#lose(place.store, fault, false);
      } else if (place.readable !== null) {
        place.readable.close();
        this.#place = { ...place, readable: null };
      } else {
        throw error;
      }
      return this.#read(work);
    }
  }

  /** Goes on in memory. `readable`: the file may still be asked. */
  #lose(store: Store, fault: SqliteFaultKind, readable: boolean): void {
    if (!readable) store.close();
    const now = this.#clock.monotonic();
    this.#place = {
      kind: 'memory',
      memory: boundedMemory(MEMORY_LIMIT, this.#clock.now()),
      readable: readable ? store : null,
      base: this.#next,
      failure: { kind: 'unusable', reason: reasonFor(this.#disk.path, fault, null) },
      level: fault === 'corrupt' ? 'suspect' : 'known',
      retryAt: fault === 'corrupt' ? now : now + RETRY_MS,
    };
  }

  /** The first place when the file cannot be opened. Numbers by the second stay above all that the file may hold. */
  #beginInMemory(failure: OpenFailure): MemoryPlace {
    const readable = openForReading(HISTORY_FILE, this.#disk.path);
    this.#next = readable?.nextNumber() ?? Math.floor(this.#clock.now() / 1_000) * 1_000;
    return {
      kind: 'memory',
      memory: boundedMemory(MEMORY_LIMIT, this.#clock.now()),
      readable,
      base: this.#next,
      failure,
      level: 'start',
      retryAt: this.#clock.monotonic() + RETRY_MS,
    };
  }

  #retry(): void {
    if (this.#place.kind === 'memory' && this.#clock.monotonic() >= this.#place.retryAt) this.#tryDisk(this.#place);
  }

  #tryDisk(place: MemoryPlace): void {
    const opened = this.#disk.open(place.level, this.#clock.now());
    const failure = opened.ok ? this.#moveToDisk(place, opened.value.store) : opened.error;
    if (opened.ok && failure === null) this.#notify(opened.value);
    if (failure === null) return;
    this.#place = { ...place, failure, retryAt: this.#clock.monotonic() + RETRY_MS };
  }

  /** Everything from memory to the file, or nothing and the reason. */
  #moveToDisk(place: MemoryPlace, store: Store): OpenFailure | null {
    try {
      const shift = Math.max(0, store.nextNumber() - place.base);
      transfer(place.memory.store, store, shift);
      this.#next = Math.max(this.#next + shift, store.nextNumber());
    } catch (error) {
      const reason = unusableReason(this.#disk.path, error);
      store.close();
      return { kind: 'unusable', reason };
    }
    place.readable?.close();
    place.memory.store.close();
    this.#place = { kind: 'disk', store };
    return null;
  }

  #notify({ setAside }: OpenedFile<Store>): void {
    if (setAside !== null) this.#notice = { sentence: setAside, until: this.#clock.monotonic() + NOTICE_MS };
  }
}

/** The history on the file of `disk`, which was `opened` or could not be. */
export function createDurableHistory(
  disk: Disk<Store>,
  opened: Result<OpenedFile<Store>, OpenFailure>,
  options: DurableOptions,
): History {
  return new DurableHistory(disk, opened, options);
}
