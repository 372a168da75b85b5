/**
 * Secrets that are given to a server by others: environment variables and files, as systemd, Docker and Kubernetes mount
 * them. Names are `env:NAME` and `file:PATH`. They are read, never written.
 */
import { open } from 'node:fs/promises';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Vault } from './vault.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** No token or key is longer; a wrong path (a log, a device) should not fill the memory. */
const MAX_BYTES = 16_384;

const FILE_TROUBLE: Readonly<Record<string, string>> = {
  EACCES: 'may not be read by the user who runs Tunnelwatch',
  EISDIR: 'is a folder',
};
const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';

/** A file of a secret; `exposed`: every user of the machine can read it. `null` when there is none. */
export async function readGivenFile(
  path: string,
): Promise<Result<{ readonly text: string; readonly exposed: boolean } | null, string>> {
  try {
    const handle = await open(path, 'r');
    try {
      const { mode } = await handle.stat();
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(MAX_BYTES + 1));
      if (bytesRead > MAX_BYTES) return err(`the file ${path} is too long for a token.`);
      const exposed = process.platform !== 'win32' && (mode & 0o004) !== 0;
      return ok({ text: buffer.toString('utf8', 0, bytesRead), exposed });
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return ok(null);
    return err(`the file ${path} ${FILE_TROUBLE[code] ?? `cannot be read (${code})`}.`);
  }
}

const readOnly = (name: string): string =>
  name.startsWith('env:')
    ? `${name.slice(4)} is an environment variable: whoever starts Tunnelwatch sets it.`
    : `${name.slice(5)} is a file that others keep: Tunnelwatch only reads it.`;

/** Reads what others keep; writing and deleting answer with a sentence that says who does. */
export function givenVault(env: Env): Vault {
  return {
    async get(name) {
      if (name.startsWith('env:')) return ok(env[name.slice(4)] ?? null);
      if (!name.startsWith('file:')) return ok(null);
      const read = await readGivenFile(name.slice(5));
      return read.ok ? ok(read.value?.text ?? null) : read;
    },
    set: async (name) => err(readOnly(name)),
    delete: async (name) => err(readOnly(name)),
  };
}
