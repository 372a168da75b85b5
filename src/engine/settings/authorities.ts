/** The certificate authorities that the settings add to those of the system. */
import { readFile } from 'node:fs/promises';
import { err, ok, type Result } from '../../shared/result.ts';
import { readCaPem } from '../cloudflare/ca.ts';
import { fileTrouble } from './load.ts';

/** Certificates in PEM, one each; the error names the file. */
export async function readAuthorities(path: string | undefined): Promise<Result<readonly string[], string>> {
  if (path === undefined) return ok([]);
  try {
    const read = readCaPem(await readFile(path, 'utf8'));
    return read.ok ? read : err(`${path}: ${read.error}`);
  } catch (error) {
    return err(`${path}: ${fileTrouble(error)}`);
  }
}
