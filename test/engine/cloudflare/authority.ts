/** A certificate authority of the test's own, by openssl. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export interface Authority {
  readonly ca: string;
  /** A certificate for these names. Negative days have passed already. */
  issue(names: string, days: number): Certificate;
  remove(): void;
}

/** Is there an openssl to make certificates with? */
export function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export function createAuthority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'tunnelwatch-ca-'));
  const at = (name: string): string => join(folder, name);
  const openssl = (...args: string[]): void => {
    execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
  };
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '30', '-subj', '/CN=Test office CA');
  let serial = 0;
  return {
    ca: readFileSync(at('ca.pem'), 'utf8'),
    issue(names, days) {
      serial += 1;
      const name = `leaf${serial}`;
      openssl('req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', '/CN=leaf');
      writeFileSync(at(`${name}.ext`), `subjectAltName=${names}\nbasicConstraints=CA:FALSE\n`);
      const dates =
        days < 0 ? ['-startdate', '20200101000000Z', '-enddate', '20200201000000Z'] : ['-days', String(days)];
      signLeaf(openssl, name, serial, dates, folder);
      return { cert: readFileSync(at(`${name}.pem`), 'utf8'), key: readFileSync(at(`${name}.key`), 'utf8') };
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** `openssl ca` can sign with dates in the past, which `openssl x509` of version 3.0 cannot. */
function signLeaf(
  openssl: (...args: string[]) => void,
  name: string,
  serial: number,
  dates: readonly string[],
  folder: string,
): void {
  writeFileSync(join(folder, `${name}.index`), '');
  writeFileSync(join(folder, `${name}.serial`), serial.toString(16).padStart(2, '0'));
  writeFileSync(
    join(folder, `${name}.cnf`),
    [
      '[ca]\ndefault_ca=one\n[one]',
      `database=${name}.index\nserial=${name}.serial\nnew_certs_dir=.\ndefault_md=sha256\npolicy=any\nunique_subject=no`,
      '[any]\ncommonName=supplied\n',
    ].join('\n'),
  );
  const files = ['-in', `${name}.csr`, '-out', `${name}.pem`, '-extfile', `${name}.ext`];
  openssl(
    'ca',
    '-batch',
    '-notext',
    '-config',
    `${name}.cnf`,
    '-cert',
    'ca.pem',
    '-keyfile',
    'ca.key',
    ...files,
    ...dates,
  );
}
