/**
 * What makes a SQLite file of ours: its mark, its tables, its name in sentences. The history is one kind, the alerts are
 * another; both are opened, checked, moved aside and locked by the same code.
 */
import { type Db, int } from './sqlite.ts';

export interface FileWords {
  /** As in "The history file X was damaged". */
  readonly file: string;
  /** As in "was not a Tunnelwatch history" and "a new history was begun". */
  readonly content: string;
}

export interface FileKind<S extends { close(): void }> {
  /** Marks the files of this kind among all SQLite files. */
  readonly applicationId: number;
  /** Step n leads from `user_version` n to n + 1; a step is never changed once released. */
  readonly steps: readonly string[];
  readonly words: FileWords;
  /** Builds the store on an open database that has all steps. */
  build(db: Db): S;
}

/** What `migrate` needs to know of a kind. */
export type Schema = Pick<FileKind<{ close(): void }>, 'applicationId' | 'steps'>;

/** Brings a database of ours, or an empty one, to the newest step. A newer one must have been refused before. */
export function migrate(db: Db, { applicationId, steps }: Schema): void {
  const row = db.prepare('PRAGMA user_version').row();
  const version = row === undefined ? 0 : int(row, 0);
  steps.slice(version).forEach((step, index) => {
    db.transaction(() => {
      db.exec(step);
      db.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${version + index + 1};`);
    });
  });
}
