/**
 * The runner behind `npm run bench [-- --json FILE] [-- --only NAME]`. Each `*.bench.ts` runs in a process of its own, so
 * that neither memory nor compiled code of one colours the other. The table goes to stdout, progress to stderr.
 *
 * A bench default-exports a `Bench`. `--only` takes a bench's name; it may be repeated.
 */
import { fork } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { bound, figure, TARGETS, verdict } from './targets.ts';

export interface Bench {
  readonly name: string;
  /** Figures by their full names, for instance `history.range.p99ms`. */
  run(): Promise<Record<string, number>>;
}

type Figures = Readonly<Record<string, number>>;
type Outcome = { readonly name: string; readonly figures: Figures } | { readonly name: string; readonly skipped: true };

const FOLDER = import.meta.dirname;

async function loadBench(file: string): Promise<Bench> {
  const module: { default: Bench } = await import(pathToFileURL(file).href);
  return module.default;
}

/** In the child: runs one bench, if it is wanted, and hands the figures to the parent. */
async function runHere(file: string, only: readonly string[]): Promise<void> {
  const bench = await loadBench(file);
  const wanted = only.length === 0 || only.includes(bench.name);
  const outcome: Outcome = wanted
    ? { name: bench.name, figures: await bench.run() }
    : { name: bench.name, skipped: true };
  process.send?.(outcome, () => process.exit(0));
}

/** In the parent: the outcome of one bench, or `null` when its process failed. */
function runInChild(file: string, only: readonly string[]): Promise<Outcome | null> {
  const args = ['--child', file, ...only.flatMap((name) => ['--only', name])];
  const child = fork(import.meta.filename, args, {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return new Promise((settle) => {
    let outcome: Outcome | null = null;
    child.on('message', (message) => {
      outcome = message as Outcome;
    });
    child.on('exit', (code) => settle(code === 0 ? outcome : null));
  });
}

function print(figures: Figures): void {
  const rows = Object.entries(figures).map(([name, value]) => [
    name,
    `${figure(value)} ${TARGETS[name]?.unit ?? ''}`.trim(),
    bound(name),
    verdict(name, value),
  ]);
  const table = [['figure', 'value', 'target', ''], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => (row[column] ?? '').length)));
  for (const row of table) {
    const cells = row.map((cell, column) =>
      column === 1 ? cell.padStart(widths[1] ?? 0) : cell.padEnd(widths[column] ?? 0),
    );
    process.stdout.write(`${cells.join('  ').trimEnd()}\n`);
  }
}

async function runAll(only: readonly string[], json: string | undefined): Promise<void> {
  const files = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.bench.ts'))
    .sort();
  const figures: Record<string, number> = {};
  let ran = 0;
  for (const file of files) {
    const outcome = await runInChild(`${FOLDER}/${file}`, only);
    if (outcome === null) {
      process.stderr.write(`${file} failed\n`);
      process.exitCode = 1;
    } else if ('figures' in outcome) {
      Object.assign(figures, outcome.figures);
    }
    if (outcome === null || 'figures' in outcome) ran += 1;
  }
  if (ran === 0) {
    process.stderr.write(`no bench is named ${only.join(' or ')}\n`);
    process.exitCode = 1;
  }
  print(figures);
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(figures, null, 2)}\n`);
}

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    only: { type: 'string', multiple: true, default: [] },
    child: { type: 'string' },
  },
});
if (values.child === undefined) await runAll(values.only, values.json);
else await runHere(values.child, values.only);
