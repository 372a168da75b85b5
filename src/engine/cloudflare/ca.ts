/** Reading a file of certificate authorities, as offices hand them out. */
import { X509Certificate } from 'node:crypto';
import { err, ok, type Result } from '../../shared/result.ts';

const BLOCK = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/**
 * The certificates of a PEM text, one string each; or one sentence that says what is wrong with it. Node itself takes
 * anything and then silently trusts nobody more.
 */
export function readCaPem(text: string): Result<readonly string[], string> {
  const blocks = text.match(BLOCK) ?? [];
  if (blocks.length === 0) return err('The CA file holds no certificate in PEM form ("-----BEGIN CERTIFICATE-----").');
  for (const [at, block] of blocks.entries()) {
    try {
      new X509Certificate(block);
    } catch {
      return err(`Certificate ${at + 1} of ${blocks.length} in the CA file cannot be read.`);
    }
  }
  return ok(blocks);
}
