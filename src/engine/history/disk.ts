/**
 * A file of ours over time: locked, open, lost, open again.
 */
import type { Instant } from '../../shared/model.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { FileKind } from './file-kind.ts';
import { type Lock, takeLock } from './lock.ts';
import {
  type CheckLevel,
  makeFolder,
  type OpenedFile,
  type OpenFailure,
  openFile,
  unusableReason,
} from './open-file.ts';
import { reasonFor, takenSentence } from './problems.ts';

export interface Disk<S> {
  readonly path: string;
  /** Takes the lock, unless we have it, and opens the file. */
  open(level: CheckLevel, now: Instant): Result<OpenedFile<S>, OpenFailure>;
  /** Gives the lock back. */
  release(): void;
}

/** The file at `path`, not opened yet. `pid` signs the lock. */
export function createDisk<S extends { close(): void }>(kind: FileKind<S>, path: string, pid: number): Disk<S> {
  let lock: Lock | null = null;

  function acquire(): OpenFailure | null {
    if (lock !== null) return null;
    try {
      makeFolder(path);
    } catch (error) {
      return { kind: 'unusable', reason: unusableReason(path, error) };
    }
    const result = takeLock(path, pid);
    if (result.kind === 'taken') return { kind: 'refused', reason: takenSentence(kind.words, path, result.pid) };
    if (result.kind === 'failed') return { kind: 'unusable', reason: reasonFor(path, result.fault, null) };
    lock = result.lock;
    return null;
  }

  return {
    path,
    open(level, now) {
      const failure = acquire();
      if (failure !== null) return err(failure);
      const opened = openFile(kind, path, level, now);
      return opened.ok ? ok(opened.value) : opened;
    },
    release() {
      lock?.release();
      lock = null;
    },
  };
}
