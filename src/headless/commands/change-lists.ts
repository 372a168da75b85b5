/** Changes of several tunnels, out of a file or of several names. */
import { z } from 'zod';
import type { Operation } from '../../shared/operations.ts';
import { EXIT, UserError } from '../terminal.ts';
import type { ChangeSurroundings } from './change.ts';
import { fieldsFrom, type InputOptions, operationFrom, pskFrom, readInput } from './change-input.ts';
import type { OpenedChange } from './change-open.ts';

const wrong = (sentence: string): UserError => new UserError(sentence, EXIT.wrongInput);

const BulkFile = z.array(z.object({ tunnel: z.string(), change: z.record(z.string(), z.unknown()) })).min(1);
const KeyFile = z.array(z.object({ tunnel: z.string(), psk: z.string() })).min(1);

async function listIn<T>(path: string, schema: z.ZodType<T>, expected: string): Promise<T> {
  const read = schema.safeParse(await readInput(path));
  if (!read.success) throw wrong(`${path} has to hold a list of ${expected}.`);
  return read.data;
}

/** The same fields for all that are named, or a file with the change of each. */
export async function bulkChanges(
  names: readonly string[],
  options: InputOptions,
  { accountId, keyOf }: OpenedChange,
): Promise<Operation> {
  if (names.length > 0) {
    const change = await fieldsFrom(options);
    return operationFrom({
      kind: 'bulk-update',
      accountId,
      changes: names.map((name) => ({ key: keyOf(name), change })),
    });
  }
  if (options.file === undefined) throw wrong('Name the tunnels, or a --file with a list of { tunnel, change }.');
  const list = await listIn(options.file, BulkFile, '{ tunnel: NAME, change: { … } }');
  const changes = list.map(({ tunnel, change }) => ({ key: keyOf(tunnel), change }));
  return operationFrom({ kind: 'bulk-update', accountId, changes });
}

/** One key from a file, a variable or standard input, or a file with several. */
export async function keyList(
  name: string | undefined,
  options: InputOptions,
  { env, input }: ChangeSurroundings,
  { accountId, keyOf }: OpenedChange,
): Promise<Operation> {
  const psk = await pskFrom(options, env, input);
  if (name !== undefined) {
    if (psk === null) throw wrong('Say where the key is: --psk-file, --psk-env or --psk-stdin.');
    return operationFrom({ kind: 'psk-set', accountId, keys: [{ key: keyOf(name), psk }] });
  }
  if (options.file === undefined) throw wrong('Name the tunnel, or a --file with a list of { tunnel, psk }.');
  const list = await listIn(options.file, KeyFile, '{ tunnel: NAME, psk: KEY }');
  return operationFrom({
    kind: 'psk-set',
    accountId,
    keys: list.map((one) => ({ key: keyOf(one.tunnel), psk: one.psk })),
  });
}
