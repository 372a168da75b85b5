/** A saved answer of the API as tunnels: the envelope of a list, its bare result, or the array alone. */
import { readFile } from 'node:fs/promises';
import { readTunnel } from '../../engine/cloudflare/tunnel.ts';
import type { AccountId, Tunnel } from '../../shared/model.ts';
import { EXIT, UserError } from '../terminal.ts';

/** Findings of a file belong to no account that we know. */
export const FILE_ACCOUNT = '0'.repeat(32) as AccountId;

const wrong = (sentence: string): UserError => new UserError(sentence, EXIT.wrongInput);

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
}

/** The array of tunnels and where it is in the file; `null` when there is none. */
function findList(json: unknown): { readonly list: readonly unknown[]; readonly place: string } | null {
  if (Array.isArray(json)) return { list: json, place: '' };
  const own = field(json, 'ipsec_tunnels');
  if (Array.isArray(own)) return { list: own, place: 'ipsec_tunnels' };
  const result = field(json, 'result');
  const nested = field(result, 'ipsec_tunnels');
  if (Array.isArray(nested)) return { list: nested, place: 'result.ipsec_tunnels' };
  return Array.isArray(result) ? { list: result, place: 'result' } : null;
}

function parse(path: string, text: string): unknown {
  try {
    // Some tools begin a file with a byte-order mark.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    // The parser's message quotes what stands around the place, and an MD5 key may stand there.
    const at = error instanceof Error ? /\bat position (\d+)\b/.exec(error.message)?.[1] : undefined;
    throw wrong(`${path} is no JSON${at === undefined ? '' : ` (line ${lineAt(text, Number(at))})`}.`);
  }
}

const lineAt = (text: string, position: number): number => text.slice(0, position).split('\n').length;

/** Throws a `UserError` with the place in the file for whatever cannot be read. */
export async function tunnelsOfFile(path: string): Promise<readonly Tunnel[]> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw wrong(`${path} cannot be read. Is the name right?`);
  });
  const found = findList(parse(path, text));
  if (found === null) {
    throw wrong(`${path} holds no list of tunnels: expected an array, or an object with result.ipsec_tunnels.`);
  }
  const { list, place } = found;
  const tunnels: Tunnel[] = [];
  const problems: string[] = [];
  for (const [index, raw] of list.entries()) {
    const read = readTunnel(FILE_ACCOUNT, raw);
    const name = field(raw, 'name');
    const which = typeof name === 'string' ? ` (${name})` : '';
    if (read.ok) tunnels.push(read.value);
    else problems.push(`${path}: ${place}[${index}]${which}: ${read.error}`);
  }
  if (problems.length > 0) throw wrong(problems.slice(0, 20).join('\n'));
  return tunnels;
}
