import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/engine/clock.ts';
import { givenVault } from '../../../src/engine/credentials/given-vault.ts';
import { type Keytar, keychainVault, memoryVault, sessionFirst } from '../../../src/engine/credentials/vault.ts';
import { keychainWatch } from '../../../src/engine/credentials/vault-status.ts';
import { virtualClock } from '../../../src/engine/virtual-clock.ts';
import { VAULT_CHECKS, type VaultUnderTest } from './vault-suite.ts';

const given = { name: 'given', secret: 'a-token-that-was-there' };

/** Keytar as it behaves, over a map. */
function fakeKeytar(entries: Map<string, string>): Keytar {
  return {
    getPassword: async (_service, name) => entries.get(name) ?? null,
    setPassword: async (_service, name, secret) => {
      entries.set(name, secret);
    },
    deletePassword: async (_service, name) => entries.delete(name),
  };
}
const keychain = () => {
  const entries = new Map([[given.name, given.secret]]);
  return keychainVault(systemClock(), async () => fakeKeytar(entries));
};
function secretFile(): string {
  const path = join(mkdtempSync(join(tmpdir(), 'tw-vault-')), 'token');
  writeFileSync(path, given.secret);
  chmodSync(path, 0o600);
  return path;
}

const VAULTS: Readonly<Record<string, () => VaultUnderTest>> = {
  'the memory of this session': () => ({
    vault: memoryVault([[given.name, given.secret]]),
    given,
    absent: 'absent',
    writes: true,
  }),
  'the keychain, over a keytar that behaves': () => ({ vault: keychain(), given, absent: 'absent', writes: true }),
  'the session in front of the keychain': () => ({
    vault: sessionFirst(memoryVault(), keychain()),
    given,
    absent: 'absent',
    writes: true,
  }),
  'environment variables': () => ({
    vault: givenVault({ CF_TOKEN: given.secret }),
    given: { ...given, name: 'env:CF_TOKEN' },
    absent: 'env:NOT_SET',
    writes: false,
  }),
  'files of others': () => {
    const path = secretFile();
    return {
      vault: givenVault({}),
      given: { ...given, name: `file:${path}` },
      absent: `file:${path}.none`,
      writes: false,
    };
  },
};

describe.each(Object.entries(VAULTS))('the vault %s', (_name, open) => {
  it.each(Object.entries(VAULT_CHECKS))('%s', async (_check, check) => {
    await expect(check(open())).resolves.toBeUndefined();
  });
});

describe('a session in front of the keychain', () => {
  it('is found first, and is all there is where the keychain fails', async () => {
    const session = memoryVault([['one', 'of this session']]);
    const broken = keychainVault(systemClock(), () => Promise.reject(new Error('locked')));
    expect(await sessionFirst(session, keychain()).get('one')).toEqual({ ok: true, value: 'of this session' });
    expect(await sessionFirst(session, broken).get('one')).toEqual({ ok: true, value: 'of this session' });
    expect(await sessionFirst(session, broken).get('two')).toMatchObject({ ok: false });
  });
});

describe('how the keychain is doing (fault 20)', () => {
  const failing = (message: string, platform: NodeJS.Platform) =>
    keychainWatch(
      keychainVault(systemClock(), () => Promise.reject(new Error(`${message} CANARY`)), platform),
      systemClock(),
      platform,
    )();

  it('has the name of the system, and nothing to say while it works', async () => {
    expect(await keychainWatch(keychain(), systemClock(), 'linux')()).toEqual({
      name: 'Secret Service',
      problem: null,
    });
    expect(await keychainWatch(keychain(), systemClock(), 'darwin')()).toEqual({ name: 'Keychain', problem: null });
    expect(await keychainWatch(keychain(), systemClock(), 'win32')()).toEqual({
      name: 'Credential Manager',
      problem: null,
    });
  });

  it.each<[string, string, NodeJS.Platform, RegExp]>([
    [
      'missing',
      'libsecret-1.so.0: cannot open shared object file',
      'linux',
      /libsecret.* is missing.*Install libsecret/,
    ],
    ['without a service', 'Cannot autolaunch D-Bus without X11 $DISPLAY', 'linux', /no secret service.*Start one/],
    ['locked', 'Cannot get secret of a locked object', 'linux', /is locked.*Passwords and Keys/],
    ['denied', 'User canceled the operation.', 'darwin', /was denied.*Keychain Access/],
    ['denied on Windows', 'Access is denied.', 'win32', /was denied.*Windows/],
  ])('says which and what to do: %s', async (_name, message, platform, sentence) => {
    const { problem } = await failing(message, platform);
    expect(problem).toMatch(sentence);
    expect(problem).toMatch(/^T.*\.$/);
    expect(problem).not.toContain('CANARY');
  });

  it('keeps nobody waiting: three seconds, then a sentence', async () => {
    const clock = virtualClock(0);
    const asked = keychainWatch(
      keychainVault(clock, () => new Promise(() => undefined)),
      clock,
      'linux',
    )();
    await clock.advance(3_000, async () => undefined);
    expect((await asked).problem).toBe('The keychain did not answer within 3 s; it may be locked.');
  });

  it('finds out on Linux that it is locked by writing, leaves nothing there, and does not make it ask with each look', async () => {
    const clock = virtualClock(0);
    const entries = new Map<string, string>();
    const asked: string[] = [];
    const locked = { yes: true };
    const keytar: Keytar = {
      ...fakeKeytar(entries),
      setPassword: async (service, name, secret) => {
        asked.push('set');
        if (locked.yes) throw new Error('Cannot create an item in a locked collection');
        await fakeKeytar(entries).setPassword(service, name, secret);
      },
    };
    const look = keychainWatch(
      keychainVault(clock, async () => keytar),
      clock,
      'linux',
    );
    expect((await look()).problem).toMatch(/locked/);
    expect((await look()).problem).toMatch(/locked/);
    expect(asked).toEqual(['set']);
    locked.yes = false;
    await clock.advance(30_000, async () => undefined);
    expect((await look()).problem).toBeNull();
    expect((await look()).problem).toBeNull();
    expect(asked).toEqual(['set', 'set']);
    expect(entries.size).toBe(0);
  });
});
