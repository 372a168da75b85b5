/** A rule that cannot fail proves nothing: each is shown a violation, and beside it the nearest thing that is allowed. */
import { describe, expect, it } from 'vitest';
import { RULES, wholeTree } from './rules.ts';
import { readSource } from './source.ts';

type Plant = readonly [path: string, text: string];

function found(rule: string, [path, text]: Plant): string[] {
  return (RULES[rule]?.(readSource(path, text)) ?? []).map(({ line, what }) => `${line}: ${what}`);
}

const BAD: Readonly<Record<string, readonly Plant[]>> = {
  'imports stay in their room': [
    ['src/shared/a.ts', "import { x } from '../engine/x.ts';"],
    ['src/shared/a.ts', "import { z } from 'zod';"],
    ['src/shared/a.ts', "import { join } from 'node:path';"],
    ['src/engine/a.ts', "import { app } from 'electron';"],
    ['src/engine/a.ts', "import type { App } from 'electron';"],
    ['src/engine/a.ts', "export { mount } from 'svelte';"],
    ['src/engine/a.ts', "const a = await import('electron');"],
    ['src/engine/a.ts', "const a = require('electron/main');"],
    ['src/engine/a.ts', 'const a = await import(name);'],
    ['src/engine/a.ts', "type A = import('../main/ipc.ts').IpcHost;"],
    ['src/engine/state/a.ts', "import { world } from '../../simulator/world.ts';"],
    ['src/engine/a.ts', "import '../renderer/a.ts';"],
    ['src/engine/a.ts', "import fs from 'fs';"],
    ['src/simulator/a.ts', "import { createEngine } from '../engine/engine.ts';"],
    ['src/simulator/a.ts', "import { sign } from '../engine/cloudflare/contract.ts';"],
    ['src/simulator/a.ts', "import type { History } from '../engine/history/contract.ts';"],
    ['src/preload/a.ts', "import { z } from 'zod';"],
    ['src/preload/a.ts', "import { openIpc } from '../main/ipc.ts';"],
    ['src/renderer/A.svelte', '<p>hi</p>\n<script lang="ts">\nimport fs from \'node:fs\';\n</script>'],
    ['src/renderer/a.ts', "import { ipcRenderer } from 'electron';"],
    ['src/renderer/a.ts', "import { createEngine } from '../engine/engine.ts';"],
    ['src/renderer/a.ts', "import type { Engine } from '../engine/contract.ts';"],
    ['src/main/a.ts', "import { serve } from '../headless/server.ts';"],
    ['src/headless/a.ts', "import { app } from 'electron';"],
    ['src/elsewhere/a.ts', ''],
  ],
  'modules have one home': [
    ['src/engine/poll/a.ts', "import { DatabaseSync } from 'node:sqlite';"],
    ['src/headless/a.ts', "import keytar from 'keytar';"],
    ['src/engine/state/a.ts', "import { request } from 'undici';"],
  ],
  'IPC has one door': [
    ['src/main/a.ts', "import { ipcMain } from 'electron';"],
    ['src/main/a.ts', "import { ipcMain as door } from 'electron/main';"],
    ['src/main/a.ts', "import * as electron from 'electron';"],
    ['src/main/ipc.ts', "import electron from 'electron';"],
  ],
  'time is an argument': [
    ['src/engine/a.ts', 'setTimeout(f, 1);'],
    ['src/engine/a.ts', 'const later = setInterval;'],
    ['src/engine/a.ts', 'globalThis.setTimeout(f, 1);'],
    ['src/engine/a.ts', 'const at = Date.now();'],
    ['src/engine/a.ts', 'const at = new Date();'],
    ['src/engine/a.ts', 'const at = performance.now();'],
    ['src/simulator/a.ts', "import { setTimeout as wait } from 'node:timers/promises';"],
    ['src/practice/a.ts', "import { performance } from 'node:perf_hooks';"],
    ['src/engine/a.ts', 'const at = process.hrtime.bigint();'],
  ],
  'no any': [
    ['src/engine/a.ts', 'const a: any = 1;'],
    ['src/engine/a.ts', 'function f(x: readonly any[]): void {}'],
    ['src/engine/a.ts', 'const a = b as any;'],
    ['src/renderer/A.svelte', '<script lang="ts">let a: Record<string, any> = {};</script>'],
  ],
  'no test-only branch': [
    ['src/engine/a.ts', 'if (process.env.VITEST) skip();'],
    ['src/engine/a.ts', "if (process.env['NODE_ENV'] === 'test') skip();"],
    ['src/engine/a.ts', 'if (import.meta.vitest) skip();'],
    ['src/renderer/a.ts', "if (import.meta.env.MODE === 'test') skip();"],
  ],
  'no module state': [
    ['src/engine/a.ts', 'let count = 0;'],
    ['src/engine/a.ts', 'export const known = new Map<string, number>();'],
    ['src/engine/a.ts', 'const list: string[] = [];'],
  ],
  'exports are described': [
    ['src/engine/a.ts', `export function f() {\n${'  a();\n'.repeat(6)}}`],
    ['src/engine/a.ts', `// not a docstring\nexport const f = () => {\n${'  a();\n'.repeat(6)}};`],
    ['src/engine/a.ts', 'export class A {}'],
    ['src/engine/a.ts', '/** The file. */\nimport { a } from "./b.ts";\nexport class A {}\nexport class B {}'],
  ],
  'names say something': [
    ['src/engine/utils.ts', ''],
    ['src/engine/string-utils.ts', ''],
    ['src/engine/alert-manager.ts', ''],
    ['src/engine/alertManager.ts', ''],
    ['src/engine/Poller.ts', ''],
    ['src/renderer/tunnel-row.svelte', ''],
    ['src/renderer/RowManager.svelte', ''],
    ['src/engine/Poll/a.ts', ''],
  ],
  'files are short': [['src/engine/a.ts', 'a();\n'.repeat(301)]],
  'nothing is left for later': [['src/engine/a.ts', '// TODO: retry']],
};

const GOOD: Readonly<Record<string, readonly Plant[]>> = {
  'imports stay in their room': [
    ['src/shared/a.ts', "import { x } from './x.ts';"],
    ['src/engine/state/a.ts', "import type { Tunnel } from '../../shared/model.ts';\nimport fs from 'node:fs';"],
    ['src/engine/a.ts', "// import { app } from 'electron'\nconst s = \"import 'electron'\";"],
    ['src/simulator/a.ts', "import type { Transport } from '../engine/cloudflare/contract.ts';"],
    [
      'src/renderer/A.svelte',
      "<script lang=\"ts\">\nimport { x } from '../shared/x.ts';\n</script>\n<p>require('fs')</p>",
    ],
    ['src/renderer/a.ts', "import { createSubscriber } from 'svelte/reactivity';"],
  ],
  'modules have one home': [['src/engine/history/sqlite.ts', "import { DatabaseSync } from 'node:sqlite';"]],
  'IPC has one door': [
    ['src/main/ipc.ts', "import { ipcMain } from 'electron';"],
    ['src/main/a.ts', "import { app } from 'electron';\nimport type * as E from 'electron';"],
  ],
  'time is an argument': [
    ['src/engine/clock.ts', 'setTimeout(f, 1);'],
    ['src/main/a.ts', 'setTimeout(f, 1);'],
    ['src/engine/a.ts', 'clock.setTimeout(f); const d = new Date(at); type T = ReturnType<typeof setTimeout>;'],
    ['src/engine/a.ts', 'const c = { setTimeout: f }; setImmediate(f); const at = clock.performance.now();'],
  ],
  'no any': [['src/engine/a.ts', '// any\nconst any = "any"; const b: { any: 1 } = a;']],
  'no test-only branch': [['src/engine/a.ts', 'const token = process.env.CF_TOKEN; test.env = 1;']],
  'no module state': [
    ['src/engine/a.ts', "const WORDS = new Map([['a', 1]]); function f() { let a = new Map(); }"],
    ['src/renderer/A.svelte', '<script lang="ts">let open = false;</script>'],
  ],
  'exports are described': [
    ['src/engine/a.ts', `/** Says what. */\nexport function f() {\n${'  a();\n'.repeat(6)}}`],
    ['src/engine/a.ts', 'export const id = (x: string) => x;'],
    ['src/engine/a.ts', '/** The file. */\nimport { a } from "./b.ts";\nexport class A {}'],
    ['src/engine/a.ts', `function inner() {\n${'  a();\n'.repeat(6)}}`],
  ],
  'names say something': [
    ['src/engine/state-machine.ts', ''],
    ['src/renderer/state/board.svelte.ts', ''],
    ['src/renderer/TunnelRow.svelte', ''],
    ['src/headless/launch.cjs', ''],
  ],
  'files are short': [['src/engine/a.ts', 'a();\n'.repeat(300)]],
  'nothing is left for later': [['src/engine/a.ts', '// what is to do next is in the next file']],
};

describe.each(Object.keys(RULES))('%s', (rule) => {
  it.each(BAD[rule] ?? [])('refuses %s: %j', (...plant) => expect(found(rule, plant)).not.toEqual([]));
  it.each(GOOD[rule] ?? [])('allows %s: %j', (...plant) => expect(found(rule, plant)).toEqual([]));
  it('has plants of both kinds', () => {
    expect(BAD[rule]?.length).toBeGreaterThan(0);
    expect(GOOD[rule]?.length).toBeGreaterThan(0);
  });
});

describe('what a violation says', () => {
  it('names the line of a component as its author sees it', () => {
    const text = '<p>hi</p>\n\n<script lang="ts">\n  const a = 1;\n  let b: any;\n</script>\n';
    expect(found('no any', ['src/renderer/A.svelte', text])).toEqual(['5: any: say what it is, or unknown']);
  });

  it('counts the users of node:sqlite over the whole tree, types aside', () => {
    const one = readSource('src/engine/history/a.ts', "import { DatabaseSync } from 'node:sqlite';");
    const two = readSource('src/engine/history/b.ts', "import { DatabaseSync } from 'node:sqlite';");
    const types = readSource('src/engine/history/c.ts', "import type { DatabaseSync } from 'node:sqlite';");
    expect(wholeTree([one, types])).toEqual([]);
    expect(wholeTree([one, two])).toHaveLength(2);
  });
});
