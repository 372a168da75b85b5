/** Operations and the rotation assistant in a real browser over a host that the test plays: what no simulator does on demand. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Rotation } from '../../src/shared/keys.ts';
import type { OperationOutcome, OperationPlan, WritingStatus } from '../../src/shared/operations.ts';
import { ACME, boardOf } from './harness/board.ts';
import { type Answer, CHROMIUM, launch, stage } from './harness/chromium.ts';
import { SHOTS, serveSite, type TestSite } from './harness/site.ts';
import { detail, NOW, tunnel } from './tunnel-fixture.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const MINUTE = 60_000;
const SECRET = 'canaryZq7pWm3KvT9sYb2NdX5hRj8LcF4gUe6A1';
const BOARD = boardOf(40, NOW);
const ROWS = BOARD.rows.filter(({ accountId }) => accountId === ACME);
const [ROW] = ROWS;
if (ROW === undefined) throw new Error('the board is empty');
const TUNNEL = tunnel({ key: ROW.key, accountId: ACME, id: ROW.id, name: ROW.name });
const OPEN: WritingStatus = {
  accountId: ACME,
  account: 'Acme',
  token: 'session',
  problem: null,
  unlockedUntil: NOW + 14 * MINUTE,
};
const PLAN: OperationPlan = {
  id: 'p1',
  kind: 'bulk-update',
  accountId: ACME,
  account: 'Acme',
  diffs: ROWS.slice(0, 3).map(({ key, name }) => ({
    key,
    name,
    changes: [{ field: 'replayProtection', before: 'false', after: 'true' }],
  })),
  causes: [],
  solves: [],
  warnings: ['This is the last healthy tunnel of its site.'],
  confirmBy: null,
  expiresAt: NOW + 5 * MINUTE,
};
const outcome = (part: Partial<OperationOutcome>): OperationOutcome => ({
  state: 'done',
  sentence: 'Three tunnels were changed.',
  problems: [],
  tunnels: PLAN.diffs.map(({ key, name }) => ({ key, name, applied: true, sentence: '' })),
  newKeys: [],
  cfRay: '8f2a77d1c9f10b3e-FRA',
  ...part,
});
const ROTATION: Rotation = {
  id: 'r1',
  key: ROW.key,
  name: ROW.name,
  by: 'Ada',
  startedAt: NOW - MINUTE,
  step: 'check',
  checks: [
    { id: 'fresh', state: 'good', sentence: 'What is known is recent.' },
    { id: 'partner-healthy', state: 'bad', sentence: 'fra-1-b is down: nothing would carry the traffic.' },
    { id: 'traffic', state: 'waiting', sentence: 'Move the traffic to the other tunnel first.' },
  ],
  generatedBefore: NOW - 200 * 24 * 60 * MINUTE,
  setAt: null,
  reauthenticatedAt: null,
  expectedBy: null,
  endedAt: null,
  outcome: null,
  next: 'Get the partner up first, or accept that it is not.',
};

interface Asked {
  readonly name: string;
  readonly args: string;
}

describe.skipIf(CHROMIUM === null)('operations in Chromium (skipped without Chromium)', () => {
  let browser: Browser;
  let site: TestSite;
  const pages: Page[] = [];
  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    [browser, site] = await Promise.all([launch(), serveSite()]);
  });
  afterAll(async () => {
    for (const page of pages) await page.context().close();
    await browser.close();
    await site.close();
  });

  async function show(
    hash: string,
    answers: Readonly<Record<string, (args: Readonly<Record<string, unknown>>) => unknown>>,
  ) {
    const asked: Asked[] = [];
    const answer: Answer = (name, args) => {
      asked.push({ name, args: JSON.stringify(args) });
      const reply = answers[name];
      if (reply !== undefined) return reply(args);
      if (name === 'writing') return { ok: true, value: [OPEN] };
      if (name === 'tunnel')
        return { ok: true, value: detail({ tunnel: TUNNEL, ...(ROW !== undefined && { row: ROW }) }) };
      if (name === 'rotations' || name === 'audit') return { ok: true, value: [] };
      return { ok: true, value: null };
    };
    const staged = await stage(browser, site.origin, { first: BOARD, hash, answer, timezoneId: 'Europe/Paris' });
    pages.push(staged.page);
    await staged.page.evaluate(() => localStorage.setItem('tunnelwatch.by', 'Ada'));
    return { ...staged, asked };
  }

  /** Both themes and sizes; nothing wider than the page, nothing that cannot be read. */
  async function look(page: Page, name: string): Promise<void> {
    for (const [colorScheme, width, height] of [
      ['dark', 1920, 1080],
      ['light', 1280, 800],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height });
      await page.waitForTimeout(100);
      await page.screenshot({ path: join(SHOTS, `${name}-${colorScheme}-${width}.png`) });
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    }
    expect((await new AxeBuilder({ page }).withTags(TAGS).setLegacyMode().analyze()).violations).toEqual([]);
  }

  async function bulk(result: unknown) {
    const staged = await show('#/operations?do=bulk-update', {
      plan: () => ({ ok: true, value: { planned: true, plan: PLAN } }),
      confirm: () => result,
    });
    const { page } = staged;
    await page.reload();
    await page.getByRole('button', { name: 'Choose all that are shown' }).click();
    await page.getByRole('group', { name: 'Replay protection' }).getByLabel('On', { exact: true }).check();
    await page.getByRole('button', { name: 'See what would happen' }).click();
    await page.getByText('This is the last healthy tunnel of its site.').waitFor();
    return staged;
  }

  it('a change of several shows the difference of each, and which were left out', async () => {
    const tunnels = outcome({}).tunnels.map((one, at) =>
      at === 1 ? { ...one, applied: false, sentence: 'Cloudflare: the endpoint is taken.' } : one,
    );
    const { page, asked, complaints } = await bulk({
      ok: true,
      value: outcome({ state: 'partial', sentence: 'Two of three tunnels were changed.', tunnels }),
    });
    const planned = asked.find(({ name }) => name === 'plan')?.args ?? '';
    expect(planned).toContain('"change":{"replayProtection":true}');
    await look(page, 'operations-bulk-plan');
    await page.getByRole('button', { name: 'Change them' }).click();
    await page.getByRole('heading', { name: 'Done in part' }).waitFor();
    expect(await page.getByText('Applied', { exact: true }).count()).toBe(2);
    await page.getByText('Cloudflare: the endpoint is taken.').waitFor();
    await look(page, 'operations-partial');
    expect(complaints).toEqual([]);
  });

  it('an answer that was lost is told as such, with what to do, and with no way to repeat it', async () => {
    const sentence = 'The connection broke after the request was sent.';
    const tunnels = outcome({}).tunnels.map((one) => ({ ...one, applied: false }));
    const { page } = await bulk({ ok: true, value: outcome({ state: 'unknown', sentence, tunnels, cfRay: null }) });
    await page.getByRole('button', { name: 'Change them' }).click();
    await page.getByRole('heading', { name: 'Outcome not known' }).waitFor();
    await page.getByText(/Look at the tunnel before anything is done again/).waitFor();
    expect(await page.getByText('Not known', { exact: true }).count()).toBe(3);
    expect(await page.getByText('Not applied', { exact: true }).count()).toBe(0);
    expect(await page.getByRole('button', { name: /again/ }).count()).toBe(0);
    await look(page, 'operations-unknown');
  });

  it('a clash shows what is different and offers to plan on that', async () => {
    const problems = [{ key: ROW.key, field: 'name', sentence: 'was fra-1 and is fra-one.' }];
    const { page, asked } = await bulk({
      ok: true,
      value: outcome({ state: 'clash', sentence: 'It was changed meanwhile.', problems, tunnels: [] }),
    });
    await page.getByRole('button', { name: 'Change them' }).click();
    await page.getByText('was fra-1 and is fra-one.').waitFor();
    await look(page, 'operations-clash');
    await page.getByRole('button', { name: 'Plan again on what is there now' }).click();
    await page.getByRole('heading', { name: 'What would happen' }).waitFor();
    expect(asked.filter(({ name }) => name === 'plan')).toHaveLength(2);
  });

  it('what Cloudflare refuses stands at its field', async () => {
    const problems = [{ key: null, field: 'name', sentence: 'Another tunnel has this name.' }];
    const { page } = await show('#/operations?do=create', {
      plan: () => ({ ok: true, value: { planned: false, sentence: 'Cloudflare refused it.', problems } }),
    });
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('fra-1');
    await page.getByLabel('Cloudflare endpoint').fill('162.159.64.1');
    await page.getByRole('textbox', { name: 'Interface address', exact: true }).fill('10.0.0.0/31');
    await page.getByRole('button', { name: 'See what would happen' }).click();
    await page.getByText('Cloudflare refused it.').waitFor();
    const name = page.getByRole('textbox', { name: 'Name', exact: true });
    expect(await name.getAttribute('aria-invalid')).toBe('true');
    await look(page, 'operations-refused');
    await name.fill('fra-2');
    expect(await name.getAttribute('aria-invalid')).toBeNull();
  });

  it('without a write token everything is off, and says so in plain words', async () => {
    const { page } = await show('#/operations?do=create', {
      writing: () => ({ ok: true, value: [{ ...OPEN, token: 'none', unlockedUntil: null }] }),
    });
    await page.getByText('There is no write token for this account, so nothing can be changed.').waitFor();
    await page.getByRole('link', { name: 'Give it a write token' }).waitFor();
    expect(await page.getByRole('button', { name: 'See what would happen' }).isDisabled()).toBe(true);
    await look(page, 'operations-off');
  });

  it('a check that is not good is accepted on purpose or stops the rotation; an own key goes into one call alone', async () => {
    let kept: Rotation = ROTATION;
    const { page, asked, complaints } = await show(`#/rotation?key=${encodeURIComponent(ROW.key)}`, {
      rotations: () => ({ ok: true, value: [kept] }),
      rotation: () => ({ ok: true, value: kept }),
      rotationKey: ({ own }) => {
        kept = { ...ROTATION, step: 'router', checks: [], setAt: NOW, next: 'Enter the new key on the router.' };
        const newKey = { key: ROW.key, name: ROW.name, psk: own, ipsecId: `33145236_${ROW.id}`, generatedAt: NOW };
        return { ok: true, value: { set: true, rotation: kept, newKey } };
      },
    });
    const act = page.getByRole('button', { name: 'Generate and set it' });
    await act.waitFor();
    expect(await act.isDisabled()).toBe(true);
    expect(await page.getByLabel('Go on despite this').count()).toBe(1);
    await look(page, 'rotation-despite');
    await page.getByLabel('Go on despite this').check();
    await page.getByLabel('Set one of our own').check();
    await page.getByRole('textbox', { name: 'Key' }).fill('password1');
    await page.getByText('Weak: it can be guessed off line').waitFor();
    await look(page, 'rotation-weak');
    await page.getByRole('textbox', { name: 'Key' }).fill(SECRET);
    await page.getByRole('button', { name: 'Check and set it' }).click();
    await page.getByRole('heading', { name: 'Put the key on the router' }).waitFor();
    await look(page, 'rotation-own');
    const [call, ...others] = asked.filter(({ args }) => args.includes(SECRET));
    expect(others).toEqual([]);
    expect(call?.name).toBe('rotationKey');
    expect(call?.args).toContain('"despite":["partner-healthy"]');
    // Shown only when somebody wants it.
    expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toContain(SECRET);

    await page.evaluate(() => {
      location.hash = '#/rotation';
    });
    await page.getByRole('button', { name: 'Leave, I have the key' }).click();
    await page.getByRole('link', { name: 'Go on' }).click();
    await page.getByText(/kept nowhere. If nobody has it/).waitFor();
    const left = await page.evaluate(() =>
      JSON.stringify([document.documentElement.outerHTML, location.href, { ...localStorage }, { ...sessionStorage }]),
    );
    expect(left).not.toContain(SECRET);
    expect(complaints).toEqual([]);
  });

  it('whoever leaves while a key is made is asked whether to wait for it', async () => {
    const kept: Rotation = { ...ROTATION, step: 'key', checks: [], next: 'Make a new key.' };
    const { page } = await show(`#/rotation?key=${encodeURIComponent(ROW.key)}`, {
      rotations: () => ({ ok: true, value: [kept] }),
      rotation: () => ({ ok: true, value: kept }),
      rotationKey: () => new Promise(() => {}),
    });
    await page.getByRole('button', { name: 'Generate and set it' }).click();
    await page.evaluate(() => {
      location.hash = '#/rotation';
    });
    await page.getByText('Leave without the key?').waitFor();
  });

  it('a rotation that is late says so and what to compare; one that is given up says what stays', async () => {
    const late: Rotation = {
      ...ROTATION,
      step: 'verify',
      checks: [{ id: 'bgp-back', state: 'bad', sentence: 'BGP is down since the IKE SA was cleared.' }],
      setAt: NOW - 40 * MINUTE,
      reauthenticatedAt: NOW - 35 * MINUTE,
      expectedBy: NOW - 5 * MINUTE,
      next: 'Compare the key on the router.',
    };
    const { page } = await show(`#/rotation?key=${encodeURIComponent(ROW.key)}`, {
      rotations: () => ({ ok: true, value: [late] }),
      rotation: () => ({ ok: true, value: late }),
      abandonRotation: () => ({
        ok: true,
        value: { ...late, endedAt: NOW, outcome: 'abandoned', step: 'finished', next: 'Given up.' },
      }),
    });
    await page.getByText(/It was expected by/).waitFor();
    await look(page, 'rotation-late');
    await page.getByRole('button', { name: 'Abandon', exact: true }).click();
    await page.getByText(/The new key is in force at Cloudflare and stays/).waitFor();
    await page.getByRole('button', { name: 'Abandon it' }).click();
    await page.getByRole('heading', { name: 'Abandoned' }).waitFor();
    await look(page, 'rotation-abandoned');
  });
});
