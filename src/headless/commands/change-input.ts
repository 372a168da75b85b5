/** What the command line says about a change: a file, flags, and keys that come from anywhere but the arguments. */
import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
import { parse } from 'yaml';
import { z } from 'zod';
import { DESK_SCHEMAS } from '../../engine/bridge/desk-schemas.ts';
import type { Operation } from '../../shared/operations.ts';
import { FORM_FIELDS, type FormField } from '../../shared/tunnel-form/index.ts';
import { EXIT, UserError } from '../terminal.ts';

export interface InputOptions {
  readonly file?: string;
  /** `FIELD=VALUE`. */
  readonly set: readonly string[];
  readonly unset: readonly string[];
  readonly pskFile?: string;
  readonly pskEnv?: string;
  readonly pskStdin?: boolean;
}

const wrong = (sentence: string): UserError => new UserError(sentence, EXIT.wrongInput);

/** YAML or JSON. */
export async function readInput(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw wrong(`${path} cannot be read (${code}).`);
  }
  try {
    return parse(text);
  } catch (error) {
    // The parser's message quotes the line, and a key may stand in it.
    const line = z.object({ linePos: z.array(z.object({ line: z.number() })) }).safeParse(error);
    throw wrong(
      `${path} is neither YAML nor JSON${line.success ? ` (line ${line.data.linePos[0]?.line ?? '?'})` : ''}.`,
    );
  }
}

const NUMBERS: ReadonlySet<string> = new Set<FormField>(['bgp.customerAsn']);
const LISTS: ReadonlySet<string> = new Set<FormField>(['bgp.extraPrefixes']);
const SECRETS: ReadonlySet<string> = new Set<FormField>(['psk', 'bgp.md5Key']);

function fieldValue(field: string, written: string): unknown {
  if (NUMBERS.has(field)) return /^\d+$/.test(written) ? Number(written) : written;
  if (LISTS.has(field)) return written === '' ? [] : written.split(',').map((part) => part.trim());
  if (written === 'true' || written === 'false')
    return field === 'name' || field === 'description' ? written : written === 'true';
  return written;
}

/** `bgp.customerAsn=65000` into `{ bgp: { customerAsn: 65000 } }`. */
function put(into: Record<string, unknown>, field: string, value: unknown): void {
  const [group = '', part] = field.split('.');
  if (part === undefined) into[group] = value;
  else {
    const old = into[group];
    into[group] = { ...(typeof old === 'object' && old !== null ? old : {}), [part]: value };
  }
}

/** The fields of a tunnel as file and flags give them; flags win. */
export async function fieldsFrom(options: InputOptions): Promise<Record<string, unknown>> {
  const given = options.file === undefined ? {} : await readInput(options.file);
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw wrong(`${options.file} has to hold the fields of a tunnel, such as "name: ams1-tun-a".`);
  }
  const fields: Record<string, unknown> = { ...given };
  for (const pair of options.set) {
    const at = pair.indexOf('=');
    const field = pair.slice(0, Math.max(0, at));
    if (at < 1 || !FORM_FIELDS.some((known) => known === field)) {
      throw wrong(
        `--set takes FIELD=VALUE; fields are ${FORM_FIELDS.filter((known) => !SECRETS.has(known)).join(', ')}.`,
      );
    }
    if (SECRETS.has(field)) {
      throw wrong(`${field} is not taken from the command line, where others can read it: use a file or --psk-file.`);
    }
    put(fields, field, fieldValue(field, pair.slice(at + 1)));
  }
  for (const field of options.unset) put(fields, field, null);
  return fields;
}

/** A key from a file, a variable or standard input; `null` when none of them is named. */
export async function pskFrom(
  { pskFile, pskEnv, pskStdin }: InputOptions,
  env: NodeJS.ProcessEnv,
  input: NodeJS.ReadableStream,
): Promise<string | null> {
  const sources = [pskFile, pskEnv, pskStdin === true ? '-' : undefined].filter((one) => one !== undefined);
  if (sources.length > 1) throw wrong('Name one of --psk-file, --psk-env and --psk-stdin.');
  let raw: string | undefined;
  if (pskFile !== undefined) {
    raw = await readFile(pskFile, 'utf8').catch(() => {
      throw wrong(`${pskFile} cannot be read.`);
    });
  } else if (pskEnv !== undefined) raw = env[pskEnv];
  else if (pskStdin === true) raw = await readAll(input);
  else return null;
  const psk = (raw ?? '').replace(/[\r\n]+$/, '');
  if (psk === '') throw wrong('The key is empty.');
  return psk;
}

/** The operation in the shapes that the engine takes, or a sentence that names what is wrong and no value. */
export function operationFrom(value: unknown): Operation {
  const parsed = DESK_SCHEMAS.plan.safeParse({ operation: value });
  if (parsed.success) return parsed.data.operation;
  const [issue] = parsed.error.issues;
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys : [];
  const path = [...(issue?.path ?? []).slice(1), ...keys].map(String).join('.');
  throw wrong(`${path === '' ? 'The change' : path}: this is not a field of a tunnel, or not of the right kind.`);
}
