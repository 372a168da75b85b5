import { copyFile, mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSettings, saveSettings } from '../../../src/engine/settings/file.ts';
import type { SettingsInput } from '../../../src/engine/settings/schema.ts';

const account = (name: string, digit: string) => ({ name, id: digit.repeat(32), token: { env: `TOKEN_${digit}` } });
const ONE: SettingsInput = { accounts: [account('One', '1')] };
const TWO: SettingsInput = { accounts: [account('One', '1'), account('Two', '2')], psk: { aging: '30d' } };

async function fresh(): Promise<string> {
  return join(await mkdtemp(join(tmpdir(), 'tw-file-')), 'deep', 'settings.json');
}

describe('the settings file', () => {
  it('is absent on a first run, and that is no trouble', async () => {
    const opened = await openSettings(await fresh());
    expect(opened).toMatchObject({ ok: true, value: { from: 'none', notice: null, settings: { accounts: [] } } });
  });

  it('is saved whole, readable by its owner alone, with the version before kept', async () => {
    const path = await fresh();
    expect((await saveSettings(path, ONE)).ok).toBe(true);
    expect((await saveSettings(path, TWO)).ok).toBe(true);
    const opened = await openSettings(path);
    expect(opened).toMatchObject({
      ok: true,
      value: { from: 'file', notice: null, settings: { accounts: [{ name: 'One' }, { name: 'Two' }] } },
    });
    expect(JSON.parse(await readFile(`${path}.bak`, 'utf8'))).toEqual(ONE);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await readdir(join(path, '..'))).sort()).toEqual(['settings.json', 'settings.json.bak']);
  });

  it('cut at any byte gives the copy with a notice: never defaults, never fewer accounts in silence', async () => {
    const path = await fresh();
    await saveSettings(path, ONE);
    await saveSettings(path, TWO);
    const whole = await readFile(path);
    for (let length = 0; length < whole.length - 2; length++) {
      await writeFile(path, whole.subarray(0, length));
      const opened = await openSettings(path);
      if (!opened.ok) throw new Error('the copy was not used');
      expect(opened.value.from).toBe('backup');
      expect(opened.value.notice).toContain(path);
      expect(opened.value.settings.accounts.map((one) => one.name)).toEqual(['One']);
    }
  });

  it('broken together with its copy is an error, and so is a broken file without a copy', async () => {
    const path = await fresh();
    await saveSettings(path, ONE);
    await writeFile(path, '{"accounts": [');
    const alone = await openSettings(path);
    expect(!alone.ok && alone.error.file).toBe(path);
    await writeFile(`${path}.bak`, '');
    expect((await openSettings(path)).ok).toBe(false);
  });

  it('lost while its copy is there gives the copy with a notice', async () => {
    const path = await fresh();
    await saveSettings(path, ONE);
    await copyFile(path, `${path}.bak`);
    await writeFile(path, '');
    const opened = await openSettings(path);
    expect(opened).toMatchObject({ ok: true, value: { from: 'backup' } });
  });

  it('does not push a good copy out with a broken file', async () => {
    const path = await fresh();
    await saveSettings(path, ONE);
    await saveSettings(path, TWO);
    await writeFile(path, 'broken: [');
    expect((await saveSettings(path, TWO)).ok).toBe(true);
    expect(JSON.parse(await readFile(`${path}.bak`, 'utf8'))).toEqual(ONE);
  });

  it('refuses to store what the next start would refuse', async () => {
    const path = await fresh();
    await saveSettings(path, ONE);
    const refused = await saveSettings(path, { accounts: [account('One', '1')], psk: { aging: '400d' } });
    expect(!refused.ok && refused.error.problems[0]?.sentence).toBe('expected aging < due < stale.');
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(ONE);
  });

  it('says so when it cannot be written', async () => {
    const path = await fresh();
    await saveSettings(path, ONE);
    const saved = await saveSettings(join(path, 'below-a-file.json'), ONE);
    expect(!saved.ok && saved.error.problems[0]?.sentence).toMatch(/^this file cannot be written \(/);
  });
});
