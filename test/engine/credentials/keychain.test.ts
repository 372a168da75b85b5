import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/engine/clock.ts';
import { keychainVault } from '../../../src/engine/credentials/vault.ts';
import { virtualClock } from '../../../src/engine/virtual-clock.ts';

const CHILD = join(import.meta.dirname, 'keychain-child.ts');
const LOCKED = join(import.meta.dirname, 'keychain-locked-child.ts');

function has(tool: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0;
}
const tools = process.platform === 'linux' && has('dbus-run-session') && has('gnome-keyring-daemon');

describe('the real keychain', () => {
  it.skipIf(!tools)(
    'holds what every vault has to, and hands out and forgets a token (skipped without dbus-run-session and gnome-keyring-daemon)',
    () => {
      const home = mkdtempSync(join(tmpdir(), 'tw-keyring-'));
      const script = 'printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec "$0" "$1"';
      const printed = execFileSync('dbus-run-session', ['--', 'sh', '-c', script, process.execPath, CHILD], {
        env: { PATH: process.env.PATH, HOME: home, XDG_RUNTIME_DIR: home, XDG_DATA_HOME: join(home, 'data') },
        stdio: ['ignore', 'pipe', 'ignore'],
        timeout: 120_000,
      });
      expect(JSON.parse(printed.toString())).toEqual({
        failed: [],
        status: { name: 'Secret Service', problem: null },
        before: { ok: true, value: null },
        set: { ok: true, value: null },
        credential: { ok: true, value: { kind: 'token', token: 'a-token-in-the-keychain' } },
        removed: { ok: true, value: true },
        after: { ok: true, value: null },
      });
    },
  );

  it.skipIf(!tools)(
    'that nobody has unlocked is told as such, before and after it had a keyring (skipped without the same tools)',
    () => {
      const home = mkdtempSync(join(tmpdir(), 'tw-keyring-'));
      const locked = 'gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1';
      const unlocked = 'printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1';
      const say = (how: string): { status: { problem: string | null }; set: { ok: boolean; error?: string } } => {
        const script = `${how}; exec "$0" "$1"`;
        const printed = execFileSync('dbus-run-session', ['--', 'sh', '-c', script, process.execPath, LOCKED], {
          env: { PATH: process.env.PATH, HOME: home, XDG_RUNTIME_DIR: home, XDG_DATA_HOME: join(home, 'data') },
          stdio: ['ignore', 'pipe', 'ignore'],
          timeout: 30_000,
        });
        return JSON.parse(printed.toString());
      };
      for (const [how, works] of [
        [locked, false],
        [unlocked, true],
        [locked, false],
      ] as const) {
        const { status, set } = say(how);
        expect(set.ok).toBe(works);
        if (works) expect(status.problem).toBeNull();
        else {
          expect(status.problem).toMatch(/^The keychain is locked, or access to it was denied: unlock it/);
          expect(set.error).toMatch(/^the keychain is locked/);
        }
      }
    },
    60_000,
  );
});

describe('a keychain that cannot be used', () => {
  const failing = (message: string) =>
    keychainVault(systemClock(), () => Promise.reject(new Error(`${message} CANARY`))).get('acme');

  it.each([
    ['libsecret-1.so.0: cannot open shared object file', /^the keychain cannot be used: libsecret/],
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', /^the keychain cannot be used: no secret service/],
    ['The name org.freedesktop.secrets was not provided by any .service files', /no secret service/],
    ['Cannot create an item in a locked collection', /^the keychain is locked/],
    ['Prompt dismissed', /denied/],
    ['whatever', /^the keychain refused/],
  ])('%s', async (message, sentence) => {
    const got = await failing(message);
    expect(got.ok ? '' : got.error).toMatch(sentence);
    expect(JSON.stringify(got)).not.toContain('CANARY');
  });

  it('that never answers costs 20 s, not for ever', async () => {
    const clock = virtualClock(0);
    const asked = keychainVault(clock, () => new Promise(() => undefined)).get('acme');
    await clock.advance(20_000, async () => undefined);
    const got = await asked;
    expect(got).toEqual({ ok: false, error: 'the keychain did not answer within 20 s; it may be locked.' });
  });
});
