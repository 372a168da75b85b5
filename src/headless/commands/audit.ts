/** `audit`: who changed what, out of the records on this machine. Reads only, beside a running host too. */
import { join } from 'node:path';
import { openForReading } from '../../engine/history/open-file.ts';
import { LEDGER_DB } from '../../engine/ledger/open-ledger.ts';
import { LEDGER_FILE } from '../../engine/ledger/rows.ts';
import type { AuditEntry } from '../../shared/operations.ts';
import { defaultPaths } from '../paths.ts';
import { EXIT, say, type Terminal } from '../terminal.ts';
import { dataDir, OWN_LEDGER_DB, type Where } from './change-open.ts';
import { requireSettings } from './config.ts';

export interface AuditOptions extends Where {
  readonly limit: number;
  readonly json?: boolean;
}

function entriesIn(path: string, limit: number): readonly AuditEntry[] {
  const rows = openForReading(LEDGER_FILE, path);
  if (rows === null) return [];
  try {
    return rows.entries(Number.MAX_SAFE_INTEGER, limit, () => undefined);
  } finally {
    rows.close();
  }
}

function lines({ at, by, account, kind, diffs, state, sentence, cfRay }: AuditEntry): readonly string[] {
  const ray = cfRay === null ? '' : ` (cf-ray ${cfRay})`;
  const head = `${new Date(at).toISOString()}  ${account}  ${kind}  ${state}  ${by}: ${sentence}${ray}`;
  const changes = diffs.flatMap(({ name, changes: fields }) =>
    fields.map(({ field, before, after }) => `    ${name}  ${field}: ${before ?? '–'} → ${after ?? '–'}`),
  );
  return [head, ...changes];
}

/** Prints the newest entries, newest first. */
export async function audit(options: AuditOptions, env: NodeJS.ProcessEnv, terminal: Terminal): Promise<number> {
  const settings = await requireSettings(options.config ?? defaultPaths(env).config);
  const folder = dataDir(settings, env);
  const entries = [LEDGER_DB, OWN_LEDGER_DB]
    .flatMap((name) => entriesIn(join(folder, name), options.limit))
    .filter(
      ({ account, accountId }) =>
        options.account === undefined || [account, accountId].includes(options.account as never),
    )
    .sort((a, b) => b.at - a.at || b.id - a.id)
    .slice(0, options.limit);
  if (options.json === true) say(terminal.out, JSON.stringify(entries, null, 2));
  else if (entries.length === 0) say(terminal.out, 'Nothing was changed from this machine so far.');
  else for (const line of entries.flatMap(lines)) say(terminal.out, line);
  return EXIT.done;
}
