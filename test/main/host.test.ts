import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/engine/clock.ts';
import { memoryVault } from '../../src/engine/credentials/vault.ts';
import { type DesktopHostOptions, openDesktopHost } from '../../src/main/host.ts';
import { err, ok } from '../../src/shared/result.ts';
import { openCloud } from '../engine/settings/desk-bed.ts';
import { fakeEngine } from '../fakes/engine.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tunnelwatch-host-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function options(over: Partial<DesktopHostOptions> = {}): DesktopHostOptions & { warnings: string[] } {
  const warnings: string[] = [];
  return {
    asked: { demo: false, config: null },
    usualConfig: join(folder, 'config.yaml'),
    machine: {
      clock: systemClock(),
      places: { env: {}, vault: memoryVault() },
      dataDir: join(folder, 'data'),
      version: '0.0.0-test',
      random: () => 0.5,
      onBug: (doing, error) => {
        throw new Error(doing, { cause: error });
      },
    },
    startPractice: async () => ok(fakeEngine({ practice: true })),
    warn: (sentence) => warnings.push(sentence),
    warnings,
    ...over,
  };
}

describe('the desktop host', () => {
  it('begins without accounts on a first run, and offers practice mode', async () => {
    const opened = await openDesktopHost(options());
    if (!opened.ok) throw new Error(opened.error);
    expect(opened.value.board().status).toMatchObject({ practice: false, accounts: [] });
    expect(await opened.value.call('startPractice', {})).toEqual({ ok: true, value: { started: true, reason: null } });
    expect(opened.value.board().status.practice).toBe(true);
    await opened.value.stop();
  });

  it('watches the accounts of the usual file', async () => {
    const path = join(folder, 'config.yaml');
    // A port where nothing listens: the account is blind, and that is all that this test needs.
    writeFileSync(
      path,
      `accounts:\n  - { name: Acme, id: ${'a'.repeat(32)}, token: { env: NOT_SET }, apiBase: 'http://127.0.0.1:9' }\n`,
    );
    const opened = await openDesktopHost(options());
    if (!opened.ok) throw new Error(opened.error);
    expect(opened.value.board().status.accounts).toMatchObject([{ name: 'Acme' }]);
    await opened.value.stop();
  });

  it('names file, line and key when the settings are wrong', async () => {
    const path = join(folder, 'wrong.yaml');
    writeFileSync(path, 'accounts:\n  - name: Acme\n    id: 12\n');
    const opened = await openDesktopHost(options({ asked: { demo: false, config: path } }));
    expect(opened).toMatchObject({ ok: false, error: expect.stringContaining(`${path}:3`) });
  });

  it('does not take a missing file for a first run when it was asked for', async () => {
    const path = join(folder, 'none.yaml');
    const opened = await openDesktopHost(options({ asked: { demo: false, config: path } }));
    expect(opened).toMatchObject({ ok: false, error: expect.stringContaining('no such file') });
  });

  it('offers its settings from the first run on: a token for this session is watched by at once', async () => {
    const cloud = await openCloud();
    const opened = await openDesktopHost(options());
    if (!opened.ok) throw new Error(opened.error);
    const host = opened.value;
    try {
      const { id, readToken: token } = cloud.account;
      await host.call('startPractice', {});
      const added = await host.call('addAccount', { name: 'Acme', id, token, keep: 'session', apiBase: cloud.apiBase });
      expect(added).toMatchObject({ ok: true, value: { done: true } });
      expect(host.board().status).toMatchObject({ practice: false, accounts: [{ name: 'Acme' }] });
      await expect.poll(() => host.board().status.accounts[0]?.phase).toBe('seeing');
      expect(await host.call('settings', {})).toMatchObject({
        value: { editable: true, path: join(folder, 'config.yaml'), tokens: [{ place: 'session', present: true }] },
      });
    } finally {
      await host.stop();
      await cloud.close();
    }
  });

  it('leaves a YAML file that was named to its owner', async () => {
    const path = join(folder, 'mine.yaml');
    writeFileSync(path, '# mine\naccounts: []\n');
    const opened = await openDesktopHost(options({ asked: { ...options().asked, demo: false, config: path } }));
    if (!opened.ok) throw new Error(opened.error);
    expect(await opened.value.call('settings', {})).toMatchObject({ value: { editable: false } });
    await opened.value.stop();
  });

  it('begins in practice mode when asked to, without looking at the settings', async () => {
    writeFileSync(join(folder, 'config.yaml'), 'accounts: 7');
    const opened = await openDesktopHost(options({ asked: { demo: true, config: null } }));
    expect(opened.ok && opened.value.board().status.practice).toBe(true);
  });

  it('hands on why practice mode cannot begin', async () => {
    const startPractice = async () => err('The port is taken.');
    const opened = await openDesktopHost(options({ asked: { demo: true, config: null }, startPractice }));
    expect(opened).toEqual({ ok: false, error: 'The port is taken.' });
  });
});
