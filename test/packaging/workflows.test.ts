/** The workflows: nothing of others without its exact version, no more rights than needed, nothing from outside in a script. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { ROOT } from './stand-in.ts';

const FOLDER = join(ROOT, '.github', 'workflows');
/** Either what the whole of a token may do (`read-all`), or each right by name. */
const rights = z.union([z.string(), z.record(z.string(), z.string())]);
const step = z.looseObject({
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).default({}),
});
const job = z.looseObject({
  permissions: rights.optional(),
  'timeout-minutes': z.number(),
  steps: z.array(step),
  uses: z.string().optional(),
});
const workflow = z.looseObject({
  on: z.unknown(),
  permissions: rights,
  jobs: z.record(z.string(), job),
});
type Workflow = z.infer<typeof workflow>;

/** Rights to write that a job may have, and the only job that may. */
const MAY_WRITE: Readonly<Record<string, readonly string[]>> = {
  'release.yml draft': ['attestations', 'contents', 'id-token'],
};

/** Everything that is wrong with a workflow, one line each. */
function wrongWith(file: string, text: string): string[] {
  const parsed: Workflow = workflow.parse(parse(text));
  const wrong: string[] = [];
  const writes = (given: z.infer<typeof rights> | undefined): string[] =>
    typeof given === 'string'
      ? [given]
      : Object.entries(given ?? {}).flatMap(([name, right]) => (right === 'write' ? [name] : []));
  if (writes(parsed.permissions).length > 0) wrong.push('all jobs may write');
  if (JSON.stringify(parsed.on).includes('pull_request_target')) wrong.push('runs for strangers with our rights');
  for (const [name, each] of Object.entries(parsed.jobs)) {
    const allowed = MAY_WRITE[`${file} ${name}`] ?? [];
    for (const right of writes(each.permissions))
      if (!allowed.includes(right)) wrong.push(`${name} may write ${right}`);
    for (const { uses, run, with: given } of each.steps) {
      if (uses !== undefined && !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/.test(uses)) wrong.push(`${name} uses ${uses}`);
      if (uses?.startsWith('actions/checkout@') && given['persist-credentials'] !== false)
        wrong.push(`${name} leaves its token in the checkout`);
      // Names of branches and titles of requests are text of strangers: they come as variables.
      if (run?.includes('${'.concat('{'))) wrong.push(`${name} writes an expression into a script`);
    }
  }
  // A version for people beside each hash, so that a wrong one is seen.
  for (const line of text.split('\n'))
    if (/uses:/.test(line) && !/ # v\d/.test(line)) wrong.push(`no version: ${line}`);
  return wrong;
}

describe('the workflows', () => {
  const files = readdirSync(FOLDER).filter((name) => /\.ya?ml$/.test(name));
  const textOf = (file: string): string => readFileSync(join(FOLDER, file), 'utf8');

  it('are there', () => expect(files).toEqual(expect.arrayContaining(['ci.yml', 'release.yml'])));
  it.each(files)('%s is careful', (file) => expect(wrongWith(file, textOf(file))).toEqual([]));

  it('of a release make packages on three systems, checksums, bills, attestations and a draft', () => {
    const { on, jobs } = workflow.parse(parse(textOf('release.yml')));
    expect(on).toEqual({ push: { tags: ['v*'] } });
    const runners = z
      .object({ strategy: z.object({ matrix: z.object({ include: z.array(z.object({ runner: z.string() })) }) }) })
      .parse(jobs.package).strategy.matrix.include;
    expect(runners.map(({ runner }) => runner.split('-')[0])).toEqual(['ubuntu', 'macos', 'windows']);
    const scripts = Object.values(jobs).flatMap(({ steps }) => steps.map(({ run }) => run ?? ''));
    for (const part of ['.ci/run', 'electron-builder --publish never', 'sbom.ts --strict', 'sha256sum', '--draft']) {
      expect(
        scripts.some((script) => script.includes(part)),
        part,
      ).toBe(true);
    }
    expect(JSON.stringify(jobs.draft)).toContain('actions/attest-build-provenance@');
    expect([jobs.package?.needs, jobs.draft?.needs]).toEqual(['check', 'package']);
  });

  it('would be found out', () => {
    const draft = textOf('release.yml');
    const planted: readonly [string, string, RegExp][] = [
      ['@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2', '@v4 # v4', /uses actions\/checkout@v4/],
      ['          persist-credentials: false\n', '          fetch-depth: 1\n', /leaves its token/],
      ['permissions: {}', 'permissions: write-all', /all jobs may write/],
      ['      contents: read\n', '      contents: write\n', /check may write contents/],
      ['"$GITHUB_REF_NAME"', '"${'.concat('{ github.ref_name }}"'), /expression into a script/],
      [' # v4.4.0', '', /no version/],
    ];
    for (const [from, to, what] of planted) {
      expect(wrongWith('release.yml', draft.replace(from, to)).join('\n')).toMatch(what);
    }
  });
});
