/**
 * The last word of a test run, for people and machines that read one line: `12 passed, 0 failed, 3 skipped`. Above it,
 * every skipped test with its reason. Written when the process ends, so that nothing comes after it.
 */
import type { Reporter, TestModule } from 'vitest/node';

/** What a run came to. `failed` counts everything that makes a run bad, not only tests. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
}

/** Only what the tally needs of vitest's modules. */
export type CountedModule = Pick<TestModule, 'moduleId' | 'errors' | 'children' | 'state'>;

/** Counts tests; a file or a suite that could not be read, and an error outside of tests, count as failures of their own. */
export function tally(modules: readonly CountedModule[], unhandled: number): Tally {
  let passed = 0;
  let failed = unhandled;
  const skipped: { name: string; reason: string }[] = [];
  for (const module of modules) {
    failed += module.errors().length;
    for (const suite of module.children.allSuites()) failed += suite.errors().length;
    for (const test of module.children.allTests()) {
      const result = test.result();
      if (result.state === 'passed') passed += 1;
      else if (result.state === 'skipped') {
        skipped.push({ name: test.fullName, reason: result.note ?? 'skipped where it is written' });
      } else failed += 1;
    }
  }
  return { passed, failed, skipped };
}

/** The lines to print, the plain one last. */
export function lines({ passed, failed, skipped }: Tally): string[] {
  return [
    ...skipped.map(({ name, reason }) => `skipped: ${name} (${reason})`),
    ...(passed + failed === 0 ? ['no tests ran'] : []),
    `${passed} passed, ${failed} failed, ${skipped.length} skipped`,
  ];
}

/** The reporter; vitest makes one for each run. A run without a test that ran is a failed run. */
export default class PlainLineReporter implements Reporter {
  #result: Tally = { passed: 0, failed: 0, skipped: [] };
  #announced = false;

  onInit(): void {
    if (this.#announced) return;
    this.#announced = true;
    process.once('exit', () => {
      if (this.#result.failed > 0 || this.#result.passed === 0) process.exitCode ||= 1;
      process.stdout.write(`\n${lines(this.#result).join('\n')}\n`);
    });
  }

  onTestRunEnd(modules: readonly CountedModule[], unhandled: readonly unknown[]): void {
    this.#result = tally(modules, unhandled.length);
  }
}
