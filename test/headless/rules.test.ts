/** `rules try` over a history that another holds open. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/engine/clock.ts';
import type { History } from '../../src/engine/history/contract.ts';
import { runCli } from '../../src/headless/cli.ts';
import { historyAt } from '../harness/engine-over.ts';
import { play } from '../scenarios/play.ts';
import { repertoire } from '../scenarios/repertoire.ts';

let folder: string;
let holder: History;
let config: string;

class Kept extends Writable {
  text = '';
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString('utf8');
    done();
  }
}

async function run(...args: string[]): Promise<{ code: number; out: string; error: string }> {
  const out = new Kept();
  const error = new Kept();
  const terminal = { out, error, live: false };
  const code = await runCli(['rules', 'try', '--since', '2000d', ...args], {
    env: {},
    terminal,
    input: process.stdin,
    renderer: folder,
  });
  return { code, out: out.text, error: error.text };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tunnelwatch-rules-'));
  const story = repertoire().find(({ id }) => id === 'half-a-pair-then-the-other');
  if (story === undefined) throw new Error('no such story');
  await play(story, folder);
  config = join(folder, 'tunnelwatch.yaml');
  writeFileSync(
    config,
    `data: { dir: data }
alerts:
  zone: UTC
  sinks: [{ type: command, name: night, command: ['true'] }]
accounts:
  - { name: Harbour Foods, id: ${'a'.repeat(32)}, token: { env: NONE } }
`,
  );
  holder = historyAt(join(folder, 'data', 'history.db'), systemClock());
});
afterAll(() => {
  holder.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('rules try', () => {
  it('says how many pages the recorded past would have sent, by rule, by day, and about what', async () => {
    const { code, out } = await run('--config', config);
    expect(code).toBe(0);
    expect(out).toMatch(/^2 pages about 1 incident\.$/m);
    expect(out).toMatch(/Tue 10 Mar\s+2/);
    expect(out).toMatch(/bgp-down\s+1/);
    expect(out).toMatch(/critical\s+2 pages\s+ams1-tun-a lost BGP/);
    expect(out).toContain('What the records cannot tell:');
  });

  it('compares with changed rules', async () => {
    const { code, out } = await run(
      '--config',
      config,
      '--rule',
      'bgp-down.enabled=false',
      '--rule',
      'health-down.enabled=false',
    );
    expect(code).toBe(0);
    expect(out).toMatch(/^2 pages about 1 incident with the rules as they are\.$/m);
    expect(out).toMatch(/with the changed rules\.$/m);
    expect(out).toMatch(/By rule\s+now\s+changed/);
  });

  it('gives everything as JSON', async () => {
    const { out } = await run('--config', config, '--json');
    const { now, changed } = JSON.parse(out) as {
      now: { pages: { kind: string; sinks: string[] }[] };
      changed?: unknown;
    };
    expect(now.pages.map(({ kind, sinks }) => [kind, sinks])).toEqual([
      ['firing', ['night']],
      ['worse', ['night']],
    ]);
    expect(changed).toBeUndefined();
  });

  it.each([
    [['--since', 'long'], '--since: expected a time such as'],
    [['--rule', 'bgp-down=1'], 'expected RULE.SETTING=VALUE'],
  ])('refuses %j with one sentence', async (args, sentence) => {
    const { code, error } = await run('--config', config, ...args);
    expect(code).toBe(2);
    expect(error).toContain(sentence);
  });

  it('says that there is no history where there is none', async () => {
    const elsewhere = join(folder, 'elsewhere.yaml');
    writeFileSync(elsewhere, 'data: { dir: nothing }\n');
    const { code, error } = await run('--config', elsewhere);
    expect(code).toBe(1);
    expect(error).toMatch(/There is no history at .*nothing/);
  });
});
