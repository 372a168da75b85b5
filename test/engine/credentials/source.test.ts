import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { memoryCredential, openCredential } from '../../../src/engine/credentials/source.ts';
import { memoryVault } from '../../../src/engine/credentials/vault.ts';
import { parseSettings } from '../../../src/engine/settings/load.ts';
import type { AccountSettings } from '../../../src/engine/settings/schema.ts';

function account(auth: object, digit = '0'): AccountSettings {
  const text = JSON.stringify({ accounts: [{ name: `Acme ${digit}`, id: digit.repeat(32), ...auth }] });
  const read = parseSettings(text, '/c.json');
  const one = read.ok ? read.value.accounts[0] : undefined;
  if (one === undefined) throw new Error('wrong settings');
  return one;
}
const none = { env: {}, vault: memoryVault() };
const folder = () => mkdtemp(join(tmpdir(), 'tw-cred-'));

describe('a credential', () => {
  it('comes from a variable, a file or the keychain, without the line end of the file', async () => {
    const file = join(await folder(), 'token');
    await writeFile(file, 'tok-from-file\r\n', { mode: 0o600 });
    const places = { env: { CF_TOKEN: 'tok-from-env' }, vault: memoryVault([['acme', 'tok-from-vault']]) };
    const all = await Promise.all(
      [{ env: 'CF_TOKEN' }, { file }, { keychain: 'acme' }].map((token) => openCredential(account({ token }), places)),
    );
    expect(await Promise.all(all.map((one) => one.source.get()))).toEqual(
      ['tok-from-env', 'tok-from-file', 'tok-from-vault'].map((token) => ({
        ok: true,
        value: { kind: 'token', token },
      })),
    );
    expect(all.flatMap((one) => one.warnings)).toEqual([]);
  });

  it('may be an e-mail address and a global key', async () => {
    const opened = await openCredential(account({ key: { email: 'a@example.com', key: { env: 'K' } } }), {
      ...none,
      env: { K: 'key1' },
    });
    expect(await opened.source.get()).toEqual({
      ok: true,
      value: { kind: 'key', email: 'a@example.com', key: 'key1' },
    });
  });

  it('is kept until it was refused and then looked up afresh', async () => {
    const env: Record<string, string> = { T: 'first' };
    const { source } = await openCredential(account({ token: { env: 'T' } }), { ...none, env });
    env.T = 'second';
    expect(await source.get()).toMatchObject({ value: { token: 'first' } });
    source.refused();
    expect(await source.get()).toMatchObject({ value: { token: 'second' } });
  });

  it('that was not there is looked for each time', async () => {
    const env: Record<string, string> = {};
    const { source, warnings } = await openCredential(account({ token: { env: 'T' } }), { ...none, env });
    expect(warnings).toEqual([
      'There is no credential for the account "Acme 0": the environment variable T is not set.',
    ]);
    expect((await source.get()).ok).toBe(false);
    env.T = 'now';
    expect(await source.get()).toMatchObject({ ok: true, value: { token: 'now' } });
  });

  it.each([
    ['is not set', undefined, 'the environment variable T is not set.'],
    ['is empty', '', 'the environment variable T is empty.'],
    ['is blank', ' \t\n', 'the environment variable T is empty.'],
    [
      'holds a space',
      'Bearer CANARY',
      'the environment variable T holds spaces, line breaks or other characters that no token has.',
    ],
    [
      'holds two lines',
      'CANARY\nCANARY\n',
      'the environment variable T holds spaces, line breaks or other characters that no token has.',
    ],
    [
      'is not ASCII',
      'CANARYé',
      'the environment variable T holds spaces, line breaks or other characters that no token has.',
    ],
  ])('in a variable that %s is refused by name, without content', async (_, value, trouble) => {
    const { source } = await openCredential(account({ token: { env: 'T' } }), { ...none, env: { T: value } });
    const got = await source.get();
    expect(got).toMatchObject({
      ok: false,
      error: { kind: 'no-credential', sentence: `There is no credential for the account "Acme 0": ${trouble}` },
    });
    expect(JSON.stringify(got)).not.toContain('CANARY');
  });

  it('in a file that is missing, a folder, or too long is refused by the name of the file', async () => {
    const dir = await folder();
    const long = join(dir, 'long');
    await writeFile(long, 'CANARY'.repeat(4000), { mode: 0o600 });
    const told = async (file: string) => (await openCredential(account({ token: { file } }), none)).warnings[0];
    expect(await told(join(dir, 'none'))).toBe(
      `There is no credential for the account "Acme 0": the file ${dir}/none does not exist.`,
    );
    expect(await told(dir)).toBe(`There is no credential for the account "Acme 0": the file ${dir} is a folder.`);
    expect(await told(long)).toBe(
      `There is no credential for the account "Acme 0": the file ${long} is too long for a token.`,
    );
  });

  it('in a file that everybody can read works, with a warning', async () => {
    const file = join(await folder(), 'token');
    await writeFile(file, 'tok');
    await chmod(file, 0o644);
    const { source, warnings } = await openCredential(account({ token: { file } }), none);
    expect((await source.get()).ok).toBe(true);
    expect(warnings).toEqual([
      `Every user of this machine can read the file ${file}; chmod 600 would keep it private.`,
    ]);
    await rm(file);
  });

  it('without an entry in the keychain says which entry', async () => {
    const { warnings } = await openCredential(account({ token: { keychain: 'acme' } }), none);
    expect(warnings[0]).toMatch(/the keychain has no entry "acme" of Tunnelwatch, or it is locked\.$/);
  });
});

describe('budgets', () => {
  it('are shared by equal tokens wherever they lie, and by nothing else', async () => {
    const places = { env: { A: 'same', B: 'other' }, vault: memoryVault([['v', 'same']]) };
    const key = async (token: object, digit: string) =>
      (await openCredential(account({ token }, digit), places)).source.budgetKey;
    const [a, v, b] = [await key({ env: 'A' }, '1'), await key({ keychain: 'v' }, '2'), await key({ env: 'B' }, '3')];
    expect(v).toBe(a);
    expect(b).not.toBe(a);
    expect(memoryCredential('same').budgetKey).toBe(a);
    expect(await key({ env: 'GONE' }, '4')).toBe(await key({ env: 'GONE' }, '5'));
    for (const one of [a, v, b]) expect(one).toMatch(/^[0-9a-f]{16}$/);
  });
});
