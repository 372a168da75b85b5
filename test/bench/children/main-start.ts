/**
 * One start of the built main process over the fake Electron, in this process: prints the milliseconds from the start of the
 * process until a page knows the first list. `node main-start.ts LIST_ADDRESS FOLDER`.
 */
import './fake-electron.ts';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bridge } from '../../../src/shared/bridge.ts';
import { BRIDGE_GLOBAL } from '../../../src/shared/channels.ts';
import { ACCOUNT } from '../../fixtures/tunnels.ts';

const [, , apiBase = '', folder = ''] = process.argv;
const config = join(folder, 'config.yaml');
const accounts = [{ name: 'Bench', id: ACCOUNT, token: { env: 'BENCH_TOKEN' }, apiBase }];
writeFileSync(config, JSON.stringify({ accounts, data: { dir: join(folder, 'data') } }));
for (const name of ['HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'APPDATA', 'LOCALAPPDATA']) process.env[name] = folder;
process.env.BENCH_TOKEN = 'bench';
process.argv = [process.argv[0] ?? '', '.', '--config', config];

const { app, BrowserWindow, becomeReady, ipcRendererOf } = await import('../../fakes/electron.ts');
const { builtPreload, runPreload } = await import('../../fakes/preload-sandbox.ts');
app.paths.set('userData', join(folder, 'electron'));
const main: string = new URL('../../../out/main/index.js', import.meta.url).href;
await import(main);
await becomeReady();

for (;;) {
  const [window] = BrowserWindow.getAllWindows();
  if (window !== undefined) {
    const page = runPreload(builtPreload(), ipcRendererOf(window.webContents)).exposed.get(BRIDGE_GLOBAL) as Bridge;
    page.subscribe((message) => {
      if (message.type === 'lost' || message.status.accounts[0]?.listAgeMs == null) return;
      // `performance.now()` counts from the start of the process.
      process.stdout.write(`${performance.now()}\n`, () => process.exit(0));
    });
    break;
  }
  await new Promise((resolve) => setTimeout(resolve, 1));
}
