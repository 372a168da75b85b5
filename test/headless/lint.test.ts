import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/engine/clock.ts';
import { CATALOGUE } from '../../src/engine/lint/catalogue/catalogue.ts';
import { type LintOptions, lint } from '../../src/headless/commands/lint.ts';
import { lintRulesPage } from '../../src/headless/commands/lint-rules.ts';
import { createSimulator, type Served } from '../../src/simulator/index.ts';
import { apiTunnel } from '../fixtures/list-body.ts';

const served: Served[] = [];
afterEach(async () => {
  for (const one of served.splice(0)) await one.close();
});

function file(name: string, text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'tw-lint-')), name);
  writeFileSync(path, text);
  return path;
}

async function run(options: Partial<LintOptions>, env = {}): Promise<{ code: number; out: string }> {
  const [out, error] = [new PassThrough(), new PassThrough()];
  const code = await lint({ failOn: 'error', ...options }, env, { out, error, live: false });
  return { code, out: String(out.read() ?? '') };
}

describe('the page of lint rules', () => {
  it('in docs/ is what `tunnelwatch lint --rules` prints, every rule in it', () => {
    const page = lintRulesPage();
    expect(readFileSync('docs/lint-rules.md', 'utf8').trimEnd()).toBe(page.trimEnd());
    for (const { id } of CATALOGUE) expect(page).toContain(`\n| \`${id}\` | `);
    expect(page).not.toMatch(/undefined|NaN|\[object/);
  });
});

describe('lint of a saved answer', () => {
  const tunnels = [{ ...apiTunnel(0), replay_protection: true }, apiTunnel(1)];

  it('takes the envelope, its result and the array alike, and both forms of the target', async () => {
    const text = { ...apiTunnel(0), replay_protection: true, health_check: { enabled: true, target: '' } };
    for (const list of [tunnels, [text, apiTunnel(1)]]) {
      for (const json of [{ success: true, result: { ipsec_tunnels: list } }, { ipsec_tunnels: list }, list]) {
        const { code, out } = await run({ file: file('list.json', JSON.stringify(json)), failOn: 'warning' });
        expect(code).toBe(1);
        expect(out).toMatch(/site0-tun-a: replay_protection true {2}\[replay-protection-on\]/);
        expect(out).toMatch(/list\.json: 2 tunnels, /);
      }
    }
  });

  it('leaves by --fail-on', async () => {
    const path = file('list.json', JSON.stringify(tunnels));
    const code = async (failOn: LintOptions['failOn']): Promise<number> => (await run({ file: path, failOn })).code;
    expect([await code('error'), await code('warning'), await code('info')]).toEqual([0, 1, 1]);
    const json = JSON.parse((await run({ file: path, json: true })).out);
    expect(json.accounts[0]).toMatchObject({ tunnels: 2, problems: [] });
  });

  it.each([
    ['{"a":', /is no JSON/],
    ['{"result":{}}', /holds no list of tunnels/],
    ['{"result":{"ipsec_tunnels":[{"id":"x","name":"n"}]}}', /result\.ipsec_tunnels\[0\] \(n\): .*cloudflare_endpoint/],
  ])('says where %s is wrong', async (text, sentence) => {
    await expect(run({ file: file('list.json', text) })).rejects.toMatchObject({
      code: 2,
      message: expect.stringMatching(sentence),
    });
  });
});

it.each([
  '[{"bgp": {"md5_key": CanaryMd5}}]',
  '[{"bgp": {"md5_key": "CanaryMd5"} x}]',
  '[{"bgp": {"md5_key": "CanaryMd5"',
])('a file that is no JSON is named without what stands in it: %s', async (text) => {
  await expect(run({ file: file('list.json', text) })).rejects.toMatchObject({
    message: expect.not.stringContaining('Canary'),
  });
});

it('a file may begin with a byte-order mark', async () => {
  const path = file('list.json', `\uFEFF${JSON.stringify([apiTunnel(0), apiTunnel(1)])}`);
  expect((await run({ file: path })).out).toContain('2 tunnels');
});

describe('lint of an account', () => {
  it('asks once, the surroundings too', async () => {
    const simulator = createSimulator({ scenario: 'misconfigured', clock: systemClock(), seed: 1 });
    const one = await simulator.listen();
    served.push(one);
    const account = simulator.accounts[0];
    const config = {
      accounts: [{ id: account?.id, name: 'Lab', apiBase: `${one.url}/client/v4`, token: { env: 'TOKEN' } }],
    };
    const { code, out } = await run(
      { config: file('config.json', JSON.stringify(config)) },
      { TOKEN: account?.readToken },
    );
    expect(code).toBe(1);
    expect(out).toContain('[x:route-dangling-nexthop]');
    expect(out).toMatch(/Lab: 11 tunnels, \d+ errors, \d+ warnings, \d+ worth knowing\./);
    expect(out).not.toContain(account?.readToken ?? 'no token');
  });
});
