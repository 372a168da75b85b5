/** Ring 6: the built app in real Electron, where its binary is. Everything else about the desktop is tested without it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { electronBinary } from '../../src/headless/desktop-binary.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

describe('real Electron', () => {
  it('opens one isolated window with the page and the bridge', { timeout: 60_000 }, async (context) => {
    const executablePath = process.env.ELECTRON_EXEC_PATH ?? electronBinary(ROOT, process.env);
    if (executablePath === null) return context.skip('no Electron binary on this machine');
    if (process.platform === 'linux' && !process.env.DISPLAY) return context.skip('no display on this machine');
    const folder = mkdtempSync(join(tmpdir(), 'tunnelwatch-electron-'));
    const config = join(folder, 'config.yaml');
    writeFileSync(config, `accounts: []\ndata: { dir: ${JSON.stringify(folder)} }\n`);
    const args = ['.', '--config', config, `--user-data-dir=${folder}`];
    // Chromium has no sandbox of its own for root.
    if (process.getuid?.() === 0) args.push('--no-sandbox');
    const app = await _electron.launch({ executablePath, args, cwd: ROOT });
    try {
      const page = await app.firstWindow();
      expect(page.url()).toMatch(/^app:\/\/bundle\//);
      expect(await page.evaluate(() => typeof Reflect.get(globalThis, 'require'))).toBe('undefined');
      const keys = await page.evaluate(() => Object.keys(Reflect.get(globalThis, 'tunnelwatch') ?? {}).sort());
      expect(keys).toEqual(['call', 'subscribe']);
      expect(app.windows()).toHaveLength(1);
    } finally {
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
