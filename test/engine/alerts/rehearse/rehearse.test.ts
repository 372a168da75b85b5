/** What was recorded, lived through again by the same rules, gives the pages that were sent. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { AlertConfig } from '../../../../src/engine/alerts/contract.ts';
import { pagesByDay, pagesByRule } from '../../../../src/engine/alerts/rehearse/compare.ts';
import { readOverride, withOverrides } from '../../../../src/engine/alerts/rehearse/override.ts';
import { type Rehearsal, rehearse } from '../../../../src/engine/alerts/rehearse/rehearse.ts';
import { openRecorded, type RecordedSpan } from '../../../../src/engine/history/recorded.ts';
import { isPage } from '../../../../src/shared/alerts.ts';
import type { Story } from '../../../scenarios/language.ts';
import { configOf, type Played, play } from '../../../scenarios/play.ts';
import { repertoire, worlds } from '../../../scenarios/repertoire.ts';

const WEEK = 7 * 86_400_000;
const pace = { list: 60_000, health: 60_000 };

/** A week without blindness: outages of several kinds, dips all along, old keys, changes, a rename. */
const story: Story = {
  id: 'a-week',
  title: 'A week',
  start: Date.parse('2026-03-02T08:00:00Z'),
  runs: WEEK,
  accounts: worlds().office ?? [],
  incidents: [
    { what: 'rekey-dips', who: {}, from: '30m', every: '4h', spread: '3h' },
    { what: 'tunnel-down', who: { tunnel: 'ams1-tun-a' }, from: '5h', for: '20m' },
    { what: 'tunnel-down', who: { site: 'ams1' }, from: '1d2h', for: '40m' },
    { what: 'bgp-auth-mismatch', who: { tunnel: 'rot1-tun-a' }, from: '2d', for: '30m' },
    { what: 'bgp-stuck-establishing', who: { tunnel: 'ams1-tun-b' }, from: '2d6h', for: '1h' },
    { what: 'colo-degraded', who: { tunnel: 'rot1-tun-a' }, from: '3d', for: '2h' },
    { what: 'config-changed', who: { tunnel: 'ams1-tun-a' }, set: { allow_null_cipher: true }, from: '4d', for: '3h' },
    { what: 'renamed', who: { tunnel: 'rot1-tun-a' }, to: 'rot1-tun-z', from: '4d12h' },
    { what: 'tunnel-down', who: { tunnel: 'rot1-tun-a' }, from: '5d', for: '2h' },
    { what: 'flapping', who: { tunnel: 'ams1-tun-b' }, from: '6d', for: '4h', period: '6m' },
  ],
  faults: [],
  pace,
  alerts: {},
  sinks: [{ name: 'night', kinds: ['firing', 'worse', 'reminder', 'escalation', 'resolved'] }],
  acts: [],
  told: [],
  board: [],
};

/**
 * A page without what no history tells: the site by the name that Cloudflare reports, and which of two tunnels that were read
 * within the same seconds was confirmed first.
 */
function plain(page: { readonly kind: string; readonly severity: string; readonly title: string }): string {
  const title = page.title
    .replaceAll('Amsterdam', 'ams1')
    .replace(/^ams1 is isolated: (\d of \d tunnels) /, '$1 of ams1 ');
  return `${page.kind} ${page.severity}: ${title}`;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
let folder: string;
let live: Played;
let span: RecordedSpan;
let config: AlertConfig;

async function rehearsed(rules: AlertConfig, of: RecordedSpan = span, at = pace): Promise<Rehearsal> {
  const done = await rehearse({
    span: of,
    config: rules,
    names: () => 'Harbour Foods',
    pace: at,
    turn,
    onBug: (doing, error) => {
      throw new Error(doing, { cause: error });
    },
  });
  if (!done.ok) throw new Error(done.error);
  return done.value;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tunnelwatch-rehearse-'));
  live = await play(story, folder);
  const opened = openRecorded(join(folder, 'data', 'history.db'));
  if (!opened.ok) throw new Error(opened.error.sentence);
  span = opened.value.span(story.start);
  opened.value.close();
  config = configOf(story);
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a recorded week', () => {
  it('lived through again sends the pages that were sent, about the same things at the same times', async () => {
    const again = await rehearsed(config);
    const sent = live.heard.filter(({ kind }) => isPage(kind));
    expect(again.pages.map(plain)).toEqual(sent.map(plain));
    expect(sent.length).toBeGreaterThanOrEqual(7);
    for (const [index, page] of again.pages.entries()) {
      const at = story.start + (sent[index]?.at ?? 0);
      expect(Math.abs(page.at - at), `${page.title} at ${new Date(at).toISOString()}`).toBeLessThanOrEqual(3 * 60_000);
    }
  });

  it('with less patience pages for every rekey', async () => {
    const impatient = ['health-degraded.pending=0s', 'health-down.pending=0s'].map(readOverride);
    const overrides = impatient.flatMap((read) => (read.ok ? [read.value] : []));
    const rehearsals = [await rehearsed(config), await rehearsed(withOverrides(config, overrides))];
    expect(rehearsals[1]?.pages.length).toBeGreaterThan(40);
    const [degraded] = pagesByRule(rehearsals).filter(({ name }) => name === 'health-degraded');
    expect(degraded?.pages[1]).toBeGreaterThan((degraded?.pages[0] ?? 0) + 20);
    const days = pagesByDay(rehearsals, (at) => new Date(at).toISOString().slice(0, 10));
    for (const [index, rehearsal] of rehearsals.entries()) {
      expect(days.reduce((sum, { pages }) => sum + (pages[index] ?? 0), 0)).toBe(rehearsal.pages.length);
    }
  });
});

describe('what nobody saw', () => {
  it.each([
    'sleep-into-outage',
    'stopped-and-started-into-an-outage',
    'blindness-during-outage',
    'outage-during-blindness',
    'health-permission-missing',
    'clock-jumps-during-outage',
    'clock-ahead-a-year',
    'network-stutters',
  ])('is lived through as it was: %s', async (id) => {
    const told = repertoire().find((one) => one.id === id);
    if (told === undefined) throw new Error(`no story ${id}`);
    const home = mkdtempSync(join(tmpdir(), 'tunnelwatch-rehearse-'));
    onTestFinished(() => rmSync(home, { recursive: true, force: true }));
    const { heard } = await play(told, home);
    const opened = openRecorded(join(home, 'data', 'history.db'));
    if (!opened.ok) throw new Error(opened.error.sentence);
    const again = await rehearsed(configOf(told), opened.value.span(told.start - 1), told.pace);
    opened.value.close();
    expect(again.pages.map(plain)).toEqual(heard.filter(({ kind }) => isPage(kind)).map(plain));
  });
});

describe('an override', () => {
  it.each([
    ['health-down.pending=60s', { rule: 'health-down', settings: { pendingMs: 60_000 } }],
    ['bgp-down.recover=2m', { rule: 'bgp-down', settings: { recoverMs: 120_000 } }],
    ['psk-due.enabled=false', { rule: 'psk-due', settings: { enabled: false } }],
    ['health-degraded.severity=info', { rule: 'health-degraded', settings: { severity: 'info' } }],
  ])('%s is read', (text, meant) => {
    expect(readOverride(text)).toEqual({ ok: true, value: meant });
  });

  it.each([
    '',
    'health-down',
    'health-down.pending',
    'bgp-up.pending=1m',
    'bgp-down.pending=soon',
    'bgp-down.colour=red',
  ])('"%s" is refused with what was expected', (text) => {
    expect(readOverride(text)).toMatchObject({
      ok: false,
      error: expect.stringContaining('expected RULE.SETTING=VALUE'),
    });
  });

  it('leaves what is set for some tunnels alone', () => {
    const special = {
      matchers: [{ name: 'site', op: '=', value: 'lab' }],
      settings: { 'bgp-down': { pendingMs: 1 } },
    } as const;
    const general = { matchers: [], settings: { 'bgp-down': { recoverMs: 2 } } } as const;
    const before: AlertConfig = { ...configOf(story), rules: [general, special] };
    const { rules } = withOverrides(before, [{ rule: 'bgp-down', settings: { pendingMs: 3 } }]);
    expect(rules).toEqual([general, { matchers: [], settings: { 'bgp-down': { pendingMs: 3 } } }, special]);
  });
});
