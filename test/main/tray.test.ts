/** The tray over the fake electron: what it shows, how often, what its menu does. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { virtualClock } from '../../src/engine/virtual-clock.ts';
import { iconFile } from '../../src/main/tray/icons.ts';
import { TRAY_ICONS } from '../../src/main/tray/state.ts';
import { createTray, type TrayActions } from '../../src/main/tray/tray.ts';
import type { BoardMessage, HostMessage } from '../../src/shared/bridge.ts';
import type { DesktopPreferences } from '../../src/shared/settings.ts';
import { becomeReady, madeImages, menuItem, resetElectron, Tray } from '../fakes/electron.ts';
import { fakeEngine } from '../fakes/engine.ts';
import { account, ana, board, down, incidentOn, NOW, row, up } from './tray-world.ts';

const ICONS = join(import.meta.dirname, '../../resources/tray');
const settle = async (): Promise<void> => undefined;

beforeEach(async () => {
  resetElectron();
  await becomeReady();
});

function message(part: Parameters<typeof board> = [up(0, 1)]): BoardMessage {
  const { status, rows, incidents } = board(...part);
  const empty = fakeEngine().board();
  return { ...empty, status, rows, alerts: { ...empty.alerts, incidents } };
}

function opened(platform: NodeJS.Platform = 'linux') {
  const clock = virtualClock(NOW);
  const listeners = new Set<(message: HostMessage) => void>();
  const heard = new Set<(now: DesktopPreferences) => void>();
  const calls: [string, unknown][] = [];
  let first = message();
  let refusal: string | null = null;
  const actions = {
    openBoard: vi.fn(),
    openWall: vi.fn(),
    openTunnel: vi.fn(),
    openIncident: vi.fn(),
    openPreferences: vi.fn(),
    openHelp: vi.fn(),
    quit: vi.fn(),
  } satisfies TrayActions;
  let preferences: DesktopPreferences = {
    startAtLogin: false,
    closeToTray: true,
    notifications: true,
    sound: true,
    volume: 0.7,
    trayFilter: '',
    updates: 'check',
  };
  const log: string[] = [];
  const tray = createTray({
    platform,
    clock,
    actions,
    icons: ICONS,
    title: 'Tunnelwatch',
    person: 'ana',
    log: (sentence) => log.push(sentence),
    host: {
      subscribe(listener) {
        listeners.add(listener);
        listener(first);
        return () => listeners.delete(listener);
      },
      async call(name, args) {
        calls.push([name, args]);
        return refusal === null
          ? { ok: true, value: null }
          : { ok: false, error: { kind: 'failed', sentence: refusal } };
      },
    },
    preferences: {
      current: () => preferences,
      subscribe(listener) {
        heard.add(listener);
        return () => heard.delete(listener);
      },
    },
  });
  const [fake] = Tray.all;
  if (fake === undefined) throw new Error('there is no tray');
  return {
    tray,
    fake,
    clock,
    actions,
    calls,
    log,
    listeners,
    heard,
    say: (said: HostMessage) => {
      if (said.type === 'board') first = said;
      for (const listener of listeners) listener(said);
    },
    prefer(part: Partial<DesktopPreferences>) {
      preferences = { ...preferences, ...part };
      for (const listener of heard) listener(preferences);
    },
    refuse: (sentence: string) => {
      refusal = sentence;
    },
    pass: (ms: number) => clock.advance(ms, settle),
    template: () => fake.menus.at(-1)?.template ?? [],
    choose(label: string) {
      const item = menuItem(fake.menus.at(-1)?.template ?? [], label);
      if (item === null) throw new Error(`no item ${label}`);
      item.click?.({} as never, undefined, {} as never);
    },
  };
}
type Opened = ReturnType<typeof opened>;
let at: Opened;
afterEach(() => at.tray.dispose());
const iconNow = ({ fake }: Opened): string => fake.images.at(-1)?.path.split('/').at(-1) ?? '';

describe('what it shows', () => {
  it('is in its place with words before the first change, and follows changes', async () => {
    at = opened();
    await at.pass(1_000);
    expect(at.fake.toolTips.at(-1)).toBe('Tunnelwatch: All 2 tunnels up, data 13 s old');
    expect(at.template()[0]?.label).toBe('All 2 tunnels up, data 13 s old');
    expect(iconNow(at)).toBe('up-24.png');
    at.say(message([[down(0), ...up(1)]]));
    await at.pass(1_000);
    expect(iconNow(at)).toBe('down-24.png');
    expect(at.template()[0]?.label).toMatch(/^1 of 2 tunnels down, data 1\d s old$/);
  });

  it.each([
    ['darwin', 'upTemplate.png', true],
    ['win32', 'up.png', false],
    ['linux', 'up-24.png', false],
  ] as const)('on %s takes %s', async (platform, file, template) => {
    at = opened(platform);
    await at.pass(1_000);
    expect(iconNow(at)).toBe(file);
    expect(at.fake.images.at(-1)?.isTemplateImage()).toBe(template);
  });

  it('has a picture of every state on every system, with those of other scales beside it', () => {
    at = opened();
    const scales = { darwin: ['@2x'], win32: ['@1.25x', '@1.5x', '@2x', '@3x'], linux: ['@2x'] };
    for (const platform of ['darwin', 'win32', 'linux'] as const) {
      for (const icon of TRAY_ICONS) {
        const file = join(ICONS, iconFile(icon, platform));
        for (const scale of ['', ...scales[platform]]) {
          expect(existsSync(file.replace('.png', `${scale}.png`)), `${file} ${scale}`).toBe(true);
        }
      }
    }
  });

  it('cuts a tooltip to what Windows shows, and labels to what can be read', async () => {
    at = opened();
    at.say(message([[row(0, { bgp: 'down' }, { name: `a & b ${'x'.repeat(300)}` })], { practice: true }]));
    at.prefer({ trayFilter: 'x'.repeat(200) });
    await at.pass(1_000);
    expect(at.fake.toolTips.at(-1)?.length).toBeLessThanOrEqual(127);
    const [, , tunnel] = at.template();
    expect(tunnel?.label).toMatch(/^a && b x+…$/);
    expect(tunnel?.label?.length).toBeLessThanOrEqual(91);
  });

  it('grows older without messages, and becomes stale', async () => {
    at = opened();
    await at.pass(60_000);
    expect(at.fake.toolTips.at(-1)).toBe('Tunnelwatch: All 2 tunnels up, data 1 min old');
    await at.pass(30_000);
    expect(iconNow(at)).toBe('stale-24.png');
    expect(at.template()[0]?.label).toBe('Data 1 min old. Last known: all 2 tunnels up');
  });

  it('follows the filter at once', async () => {
    at = opened();
    at.say(message([[down(0), ...up(2)]]));
    at.prefer({ trayFilter: 'site-1' });
    await at.pass(1_000);
    expect(iconNow(at)).toBe('up-24.png');
  });
});

describe('how often', () => {
  it('is set again at most once a second, and not at all while nothing changed in words', async () => {
    at = opened();
    await at.pass(1_000);
    const before = { menus: at.fake.menus.length, images: at.fake.images.length };
    for (let index = 0; index < 100; index++) {
      at.say(message([[index % 2 === 0 ? down(0) : row(0), ...up(1)]]));
      await at.pass(30);
    }
    await at.pass(1_000);
    expect(at.fake.menus.length - before.menus).toBeLessThanOrEqual(5);
    const settled = { menus: at.fake.menus.length, images: at.fake.images.length };
    for (let index = 0; index < 100; index++) at.say(message([up(0, 1)]));
    await at.pass(1_000);
    expect(at.fake.menus.length).toBe(settled.menus);
    expect(at.fake.images.length).toBe(settled.images);
  });

  it('leaves an open menu alone for a while when only the age changed', async () => {
    at = opened();
    const before = at.fake.menus.length;
    await at.pass(60_000);
    expect(at.fake.menus.length - before).toBeLessThanOrEqual(5);
  });

  it('leaks neither pictures nor listeners over 10,000 updates', async () => {
    at = opened();
    for (let index = 0; index < 10_000; index++) {
      at.say(message([[index % 3 === 0 ? down(0) : index % 3 === 1 ? row(0, { health: 'degraded' }) : row(0)]]));
      await at.pass(1_001);
    }
    expect(madeImages.length).toBeLessThanOrEqual(TRAY_ICONS.length);
    expect(new Set(madeImages.map(({ path }) => path)).size).toBe(madeImages.length);
    expect(at.listeners.size).toBe(1);
    expect(at.heard.size).toBe(1);
    expect(Tray.all).toHaveLength(1);
    // One for the state before the first word, then only when the state is another one.
    const paths = at.fake.images.map(({ path }) => path);
    expect(paths.every((path, index) => path !== paths[index - 1])).toBe(true);
    expect(at.fake.eventNames()).toEqual(['click']);
  });

  it('is gone without a trace when it is disposed of', async () => {
    at = opened();
    at.say(message([[down(0)]]));
    at.tray.dispose();
    at.tray.dispose();
    expect([at.listeners.size, at.heard.size, at.fake.isDestroyed()]).toEqual([0, 0, true]);
    // A timer that was left would touch a tray that is gone, and throw.
    await at.pass(60_000);
  });
});

describe('the menu', () => {
  it('has every action', async () => {
    at = opened();
    const incident = incidentOn(down(0));
    at.say(message([[down(0), ...up(1)], { incidents: [incident] }]));
    await at.pass(1_000);
    at.choose('Open the board');
    at.choose('Open the wall');
    at.choose('Preferences …');
    at.choose('Help and about');
    at.choose('Quit Tunnelwatch');
    for (const name of ['openBoard', 'openWall', 'openPreferences', 'openHelp', 'quit'] as const) {
      expect(at.actions[name], name).toHaveBeenCalledTimes(1);
    }
    at.choose(at.template().find(({ label }) => label?.startsWith('site-0-a: BGP down'))?.label ?? '');
    expect(at.actions.openTunnel).toHaveBeenCalledExactlyOnceWith(down(0).key);
    at.choose('Open');
    expect(at.actions.openIncident).toHaveBeenCalledExactlyOnceWith('i-1');
    at.choose('Acknowledge');
    at.choose('15 min');
    at.choose('1 h');
    at.choose('Until resumed (a day at most)');
    at.choose('Mute sounds');
    expect(at.calls).toEqual([
      ['acknowledge', { ids: ['i-1'], by: 'ana', comment: 'from the tray', until: null }],
      ['pause', { forMs: 900_000 }],
      ['pause', { forMs: 3_600_000 }],
      ['pause', { forMs: null }],
      ['setDesktop', { preferences: { sound: false } }],
    ]);
    expect(menuItem(at.template(), 'Resume polling')).toBeNull();
  });

  it('offers to resume while paused, and says so in icon and words', async () => {
    at = opened();
    at.say(message([up(0), { paused: { since: NOW, until: null } }]));
    await at.pass(1_000);
    expect(iconNow(at)).toBe('paused-24.png');
    expect(at.template()[0]?.label).toBe('Paused until somebody resumes');
    at.choose('Resume polling');
    expect(at.calls).toEqual([['resume', {}]]);
  });

  it('offers no acknowledgement of what somebody takes care of, and shows the mute', async () => {
    at = opened();
    at.say(message([[down(0)], { incidents: [incidentOn(down(0), 1, { acknowledgement: ana })] }]));
    at.prefer({ sound: false });
    await at.pass(1_000);
    expect(menuItem(at.template(), 'Acknowledge')).toBeNull();
    expect(menuItem(at.template(), 'Mute sounds')).toMatchObject({ type: 'checkbox', checked: true });
  });

  it('opens the board on a click where there are clicks, and brings no window up by itself', async () => {
    at = opened('win32');
    at.say(message([[down(0)]]));
    await at.pass(10_000);
    for (const action of Object.values(at.actions)) expect(action).not.toHaveBeenCalled();
    at.fake.emit('click');
    expect(at.actions.openBoard).toHaveBeenCalledTimes(1);
    at.tray.dispose();
    at = opened('darwin');
    expect(Tray.all.at(-1)?.listenerCount('click')).toBe(0);
  });

  it('says what failed', async () => {
    at = opened();
    await at.pass(1_000);
    at.refuse('The host is stopping.');
    at.choose('15 min');
    await expect.poll(() => at.log).toEqual(['The host is stopping.']);
  });

  it('keeps up with what changes in part', async () => {
    at = opened();
    const { status } = board(up(0), { accounts: [account()] });
    const none = { silences: null, maintenance: null, status: null };
    at.say({
      type: 'delta',
      status,
      rows: [down(0)],
      removed: [row(1).key],
      changes: [],
      events: [],
      alerts: { ...none, incidents: [incidentOn(down(0))], removed: [] },
    });
    await at.pass(1_000);
    expect(at.template()[0]?.label).toMatch(/^1 of 1 tunnel down/);
    expect(menuItem(at.template(), 'site-0-a lost BGP')).not.toBeNull();
    at.say({
      ...{ type: 'delta', status, rows: [row(0)], removed: [], changes: [], events: [] },
      alerts: { ...none, incidents: [], removed: ['i-1'] },
    });
    await at.pass(1_000);
    expect(at.template()[0]?.label).toMatch(/^1 tunnel up/);
    expect(menuItem(at.template(), 'No current incident')).not.toBeNull();
  });
});
