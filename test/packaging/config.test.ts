/** The configuration of the packages: valid for the builder that is installed, and what the issue of packages asks for. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validateConfiguration } from 'app-builder-lib/out/util/config/config.js';
import { DebugLogger } from 'builder-util';
import type { Configuration } from 'electron-builder';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ROOT } from './stand-in.ts';

const config: Configuration = parse(readFileSync(join(ROOT, 'electron-builder.yml'), 'utf8'));
const check = (more: object): Promise<void> =>
  validateConfiguration({ ...config, ...more } as Configuration, new DebugLogger(false));

describe('the configuration', () => {
  it('is what the builder knows', async () => {
    await expect(check({})).resolves.toBeUndefined();
    await expect(check({ mac: { ...config.mac, hardenedRuntim: true } })).rejects.toThrow(/configuration\.mac should/);
    await expect(check({ electronFuses: { runAsNode: 'no' } })).rejects.toThrow(/runAsNode/);
  });

  it('makes dmg and zip, NSIS for one user, AppImage, deb and rpm, for both kinds of processor', () => {
    const { mac, win, linux, nsis } = config;
    const arch = ['x64', 'arm64'];
    expect([mac?.target, win?.target, linux?.target]).toEqual([
      ['dmg', 'zip'].map((target) => ({ target, arch })),
      [{ target: 'nsis', arch }],
      ['AppImage', 'deb', 'rpm'].map((target) => ({ target, arch })),
    ]);
    expect([nsis?.oneClick, nsis?.perMachine]).toEqual([true, false]);
    expect(nsis?.deleteAppDataOnUninstall).toBe(false);
  });

  it('is hardened on macOS with one entitlement, and opens tunnelwatch: links everywhere', () => {
    expect(config.mac?.hardenedRuntime).toBe(true);
    const entitlements = readFileSync(join(ROOT, config.mac?.entitlements ?? ''), 'utf8');
    expect([...entitlements.matchAll(/<key>(.*)<\/key>/g)].map(([, key]) => key)).toEqual([
      'com.apple.security.cs.allow-jit',
    ]);
    expect(config.mac?.entitlementsInherit).toBe(config.mac?.entitlements);
    expect(config.protocols).toEqual([{ name: 'Tunnelwatch', schemes: ['tunnelwatch'] }]);
  });

  it('names icons that are there', () => {
    const folder = join(ROOT, config.directories?.buildResources ?? '');
    for (const icon of [config.mac?.icon, config.win?.icon, `${config.linux?.icon}/512x512.png`]) {
      expect(existsSync(join(folder, String(icon))), String(icon)).toBe(true);
    }
  });

  it('builds no native code and runs no script of a library', () => {
    expect([config.npmRebuild, config.nodeGypRebuild, config.buildDependenciesFromSource]).toEqual([
      false,
      false,
      false,
    ]);
  });
});
