/** Notifications over the fake electron: how they look on three systems, how they come and go, what clicks and buttons do. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { NativeNotification } from '../../src/engine/alerts/sinks/native.ts';
import { virtualClock } from '../../src/engine/virtual-clock.ts';
import { activatedIncident } from '../../src/main/notifications/activation.ts';
import { faceOf } from '../../src/main/notifications/face.ts';
import { createNotifications } from '../../src/main/notifications/notifications.ts';
import { followMute, notificationLimits, pageSounds } from '../../src/main/notifications/sound.ts';
import type { Incident } from '../../src/shared/alerts.ts';
import type { BoardMessage, HostMessage } from '../../src/shared/bridge.ts';
import type { DesktopPreferences } from '../../src/shared/settings.ts';
import { app, BrowserWindow, becomeReady, Notification, resetElectron } from '../fakes/electron.ts';
import { ACCOUNT, fakeEngine } from '../fakes/engine.ts';
import { alertOf, incidentOf, subjectOf } from '../renderer/harness/alerts.ts';
import { ana, board, down, incidentOn, NOW, SINCE } from './tray-world.ts';

beforeEach(async () => {
  resetElectron();
  await becomeReady();
});
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const settle = async (): Promise<void> => undefined;
const patience = (): AbortSignal => AbortSignal.timeout(10_000);

function notice(part: Partial<NativeNotification> = {}): NativeNotification {
  return {
    tag: 'i-1',
    title: 'Critical: site-0-a lost BGP',
    body: 'Since 10:02 (18 min).\na < b & c',
    mood: 'critical',
    urgent: true,
    silent: false,
    incidentId: 'i-1',
    ...part,
  };
}
const end = notice({ mood: 'good', urgent: false, title: 'Resolved: site-0-a lost BGP' });

function message(incidents: readonly Incident[]): BoardMessage {
  const { status, rows } = board([down(0)]);
  const empty = fakeEngine().board();
  return { ...empty, status, rows, alerts: { ...empty.alerts, incidents } };
}
const change = (incident: Incident): HostMessage => ({
  ...{ type: 'delta', status: board([]).status, rows: [], removed: [], changes: [], events: [] },
  alerts: { incidents: [incident], removed: [], silences: null, maintenance: null, status: null },
});

function opened(platform: NodeJS.Platform = 'linux', incidents: readonly Incident[] = [incidentOn(down(0))]) {
  const clock = virtualClock(NOW);
  const listeners = new Set<(message: HostMessage) => void>();
  const calls: [string, unknown][] = [];
  let refusal: string | null = null;
  let pages = false;
  let preferences: Pick<DesktopPreferences, 'notifications' | 'sound' | 'volume'> = {
    notifications: true,
    sound: true,
    volume: 0.7,
  };
  const actions = { openTunnel: vi.fn(), openIncident: vi.fn(), openInbox: vi.fn() };
  const log: string[] = [];
  const notifications = createNotifications({
    platform,
    clock,
    actions,
    person: 'ana',
    log: (sentence) => log.push(sentence),
    pageSounds: () => pages,
    preferences: { current: () => preferences as DesktopPreferences },
  });
  const host = {
    subscribe(listener: (message: HostMessage) => void) {
      listeners.add(listener);
      listener(message(incidents));
      return () => listeners.delete(listener);
    },
    async call(name: string, args: unknown) {
      calls.push([name, args]);
      return refusal === null
        ? ({ ok: true, value: null } as const)
        : ({ ok: false, error: { kind: 'failed', sentence: refusal } } as const);
    },
  };
  notifications.follow(host);
  return {
    notifications,
    actions,
    calls,
    log,
    clock,
    listeners,
    say: (said: HostMessage) => {
      for (const listener of listeners) listener(said);
    },
    show: (part: Partial<NativeNotification> = {}) => notifications.show(notice(part), patience()),
    pages: (there: boolean) => {
      pages = there;
    },
    refuse: (sentence: string) => {
      refusal = sentence;
    },
    prefer: (part: Partial<typeof preferences>) => {
      preferences = { ...preferences, ...part };
    },
  };
}
let at: ReturnType<typeof opened>;
afterEach(() => at?.notifications.dispose());
const newest = (): Notification => {
  const found = Notification.all.at(-1);
  if (found === undefined) throw new Error('nothing was shown');
  return found;
};

describe('the face', () => {
  it.each([
    ['linux', '', [], 'Since 10:02 (18 min).\na &lt; b &amp; c'],
    ['win32', '', ['Acknowledge', 'Silence 1 h'], 'Since 10:02 (18 min).\na < b & c'],
    ['darwin', 'Sosumi', ['Acknowledge', 'Silence 1 h'], 'Since 10:02 (18 min).\na < b & c'],
  ] as const)('of an alarm on %s', (platform, sound, actions, body) => {
    const face = faceOf(notice(), platform, true);
    expect(face).toMatchObject({ title: notice().title, body, sound, silent: false });
    expect(face).toMatchObject({ urgency: 'critical', timeoutType: 'never' });
    expect(face.actions.map(({ text }) => text)).toEqual(actions);
  });

  it.each([
    ['critical', { mood: 'critical' }, 'critical', 'Sosumi'],
    ['a warning', { mood: 'warning', urgent: false }, 'normal', 'Glass'],
    ['information', { mood: 'info', urgent: false }, 'low', ''],
    ['an end', { mood: 'good', urgent: false }, 'low', ''],
    ['an update', { mood: 'critical', urgent: false, silent: true }, 'normal', ''],
  ] as const)('sounds by severity: %s', (_, part, urgency, sound) => {
    expect(faceOf(notice(part), 'darwin', true)).toMatchObject({ urgency, sound, silent: sound === '' });
    expect(faceOf(notice(part), 'darwin', false)).toMatchObject({ sound: '', silent: true });
  });

  it('of an end and of a test has no buttons', () => {
    expect(faceOf(end, 'win32', true).actions).toEqual([]);
    expect(faceOf(notice({ incidentId: null }), 'darwin', true).actions).toEqual([]);
  });
});

describe('coming and going', () => {
  it('is shown, by the name of its incident, and replaced by what is newer', async () => {
    at = opened();
    await at.show();
    await at.show({ title: 'Critical: 2 of 2 tunnels of site-0 lost BGP', silent: true });
    await at.show({ tag: 'i-2', incidentId: 'i-2' });
    expect(Notification.shown().map(({ id, groupId, title }) => ({ id, groupId, title }))).toEqual([
      { id: 'tunnelwatch-i-1', groupId: 'tunnelwatch-i-1', title: 'Critical: 2 of 2 tunnels of site-0 lost BGP' },
      { id: 'tunnelwatch-i-2', groupId: 'tunnelwatch-i-2', title: notice().title },
    ]);
    // One object for each incident: a second one for the first would take it away when it is collected.
    expect(Notification.all).toHaveLength(2);
  });

  it.each([
    ['acknowledged', { acknowledgement: ana }],
    ['silenced', { silencedBy: ['s-1'] }],
    ['resolved', { phase: 'resolved' }],
  ] as const)('is withdrawn when its incident is %s', async (_, part) => {
    at = opened();
    await at.show();
    at.say(change({ ...incidentOn(down(0)), ...part }));
    expect(Notification.shown()).toEqual([]);
    expect(newest().eventNames()).toEqual([]);
  });

  it('gives way to the end, which stays until somebody saw it', async () => {
    at = opened();
    await at.show();
    await at.notifications.show(end, patience());
    at.say(change({ ...incidentOn(down(0)), phase: 'resolved' }));
    expect(Notification.shown().map(({ title }) => title)).toEqual([end.title]);
  });

  it('is withdrawn while it is still on its way to the screen', async () => {
    at = opened();
    const showing = at.show();
    at.say(change({ ...incidentOn(down(0)), acknowledgement: ana }));
    await showing;
    expect(Notification.shown()).toEqual([]);
  });

  it('an update brings nothing back that was put away', async () => {
    at = opened();
    await at.show();
    newest().dismiss();
    await at.show({ silent: true });
    expect(Notification.shown()).toEqual([]);
    await at.show({ title: 'Critical: worse' });
    expect(Notification.shown()).toHaveLength(1);
  });

  it('can be withdrawn after it left the screen, and is let go when somebody put it away', async () => {
    at = opened('win32');
    await at.show();
    newest().timeOut();
    at.say(change({ ...incidentOn(down(0)), acknowledgement: ana }));
    expect(Notification.shown()).toEqual([]);
    await at.show();
    expect(Notification.all).toHaveLength(2);
    newest().dismiss();
    await at.show();
    expect(Notification.all).toHaveLength(3);
  });

  it('keeps references until closed, and a hundred at most', async () => {
    at = opened();
    for (let index = 0; index < 150; index++) await at.show({ tag: `i-${index}`, incidentId: `i-${index}` });
    expect(Notification.shown()).toHaveLength(100);
    expect(Notification.shown()[0]?.id).toBe('tunnelwatch-i-50');
    expect(Notification.all.filter((one) => one.listenerCount('click') > 0)).toHaveLength(100);
  });

  it('leaks no listener over 10,000 notices of an incident', async () => {
    at = opened();
    for (let index = 0; index < 10_000; index++) await at.show();
    expect(Notification.all).toHaveLength(1);
    expect(['click', 'action', 'close', 'show', 'failed'].map((name) => newest().listenerCount(name))).toEqual([
      1, 1, 1, 0, 0,
    ]);
    expect(at.listeners.size).toBe(1);
  });

  it('says where there is no notification service, and rejects what the system refuses', async () => {
    at = opened();
    Notification.supported = false;
    await expect(at.show()).rejects.toThrow('This desktop has no notification service');
    Notification.supported = true;
    Notification.failure = 'secret words of the system';
    await expect(at.show()).rejects.toThrow('refused');
  });

  it('counts as handed over when the system says nothing, and ends with the attempt', async () => {
    at = opened();
    const show = vi.spyOn(Notification.prototype, 'show').mockImplementation(() => undefined);
    const waiting = at.show();
    await at.clock.advance(3_000, settle);
    await waiting;
    const stop = new AbortController();
    const cut = at.notifications.show(notice(), stop.signal);
    stop.abort();
    await expect(cut).rejects.toThrow('called off');
    await expect(at.notifications.show(notice(), AbortSignal.abort())).rejects.toThrow('called off');
    show.mockRestore();
  });

  it('takes over what an earlier run left on macOS, and withdraws what is over', async () => {
    const left = ['tunnelwatch-i-1', 'tunnelwatch-i-9', 'tunnelwatch-test', 'other'].map(
      (id) => new Notification({ id }),
    );
    Notification.history = left;
    at = opened('darwin');
    await turn();
    expect(Notification.removed).toEqual(['tunnelwatch-i-9']);
    left[0]?.click();
    expect(at.actions.openTunnel).toHaveBeenCalledExactlyOnceWith(down(0).key);
  });

  it('leaves nothing on Linux that answers no more', async () => {
    at = opened('linux');
    await at.show();
    at.notifications.dispose();
    expect([Notification.shown().length, at.listeners.size]).toEqual([0, 0]);
    at = opened('win32');
    await at.show();
    at.notifications.dispose();
    expect(Notification.shown()).toHaveLength(1);
  });
});

describe('clicks and buttons', () => {
  it('opens the tunnel of an incident about one, else the incident, else the inbox', async () => {
    const alerts = [down(0), down(1)].map((row) => alertOf('bgp-down', subjectOf(row), SINCE));
    const extent = { failing: 2, of: 2 };
    const site = incidentOf(2, alerts, { cause: { kind: 'site', accountId: ACCOUNT, site: 'site-0', extent } });
    at = opened('linux', [incidentOn(down(0)), site]);
    await at.show();
    newest().click();
    expect(at.actions.openTunnel).toHaveBeenCalledExactlyOnceWith(down(0).key);
    await at.show({ tag: 'i-2', incidentId: 'i-2' });
    newest().click();
    expect(at.actions.openIncident).toHaveBeenCalledExactlyOnceWith('i-2');
    await at.show({ tag: 'test', incidentId: null });
    newest().click();
    expect(at.actions.openInbox).toHaveBeenCalledTimes(1);
  });

  it('acknowledges and silences for an hour', async () => {
    at = opened('win32');
    await at.show();
    newest().press(0);
    newest().press(1);
    expect(at.calls).toEqual([
      ['acknowledge', { ids: ['i-1'], by: 'ana', comment: 'from a notification', until: null }],
      [
        'silence',
        {
          matchers: [
            { name: 'account', op: '=', value: 'Acme' },
            { name: 'tunnel', op: '=', value: 'site-0-a' },
          ],
          startsAt: NOW,
          endsAt: NOW + 3_600_000,
          by: 'ana',
          comment: 'from a notification',
        },
      ],
    ]);
    expect(at.actions.openTunnel).not.toHaveBeenCalled();
  });

  it('opens the incident when a button could not do what it says', async () => {
    at = opened('win32');
    at.refuse('The host is stopping.');
    await at.show();
    newest().press(0);
    await expect.poll(() => at.actions.openIncident.mock.calls).toEqual([['i-1']]);
    expect(at.log).toEqual(['The host is stopping.']);
    await at.show({ tag: 'i-7', incidentId: 'i-7' });
    newest().press(1);
    expect(at.actions.openIncident).toHaveBeenLastCalledWith('i-7');
    expect(at.calls).toHaveLength(1);
  });

  it('answers on Windows after a restart, and once where both tell of a click', async () => {
    at = opened('win32');
    const activate = Notification.activation;
    if (activate === null) throw new Error('nobody handles activations');
    activate({ type: 'click', arguments: 'type=click&tag=tunnelwatch-i-1' });
    activate({ type: 'action', actionIndex: 0, arguments: 'type=action&action=0&tag=tunnelwatch-i-1' });
    activate({ type: 'click', arguments: 'something of another form' });
    await at.clock.advance(300, settle);
    expect(at.actions.openTunnel).toHaveBeenCalledTimes(1);
    expect(at.actions.openInbox).toHaveBeenCalledTimes(1);
    expect(at.calls.map(([name]) => name)).toEqual(['acknowledge']);
    await at.clock.advance(5_000, settle);
    await Promise.all([at.show(), at.clock.advance(3_000, settle)]);
    newest().click();
    activate({ type: 'click', arguments: 'type=click&tag=tunnelwatch-i-1' });
    await at.clock.advance(300, settle);
    expect(at.actions.openTunnel).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['type=click&tag=tunnelwatch-i-12', 'i-12'],
    ['<tunnelwatch-i-3>', 'i-3'],
    ['tag=tunnelwatch-test', null],
    [`tunnelwatch-i-${'1'.repeat(20)}`, null],
    ['', null],
  ])('reads %j', (said, id) => expect(activatedIncident(said, 'tunnelwatch-')).toBe(id));
});

describe('what somebody wants to hear', () => {
  it('leaves the tone to a page of ours, and is silent when muted', async () => {
    at = opened('linux');
    await at.show();
    expect(newest().silent).toBe(false);
    at.pages(true);
    await at.show();
    expect(newest().silent).toBe(true);
    at.pages(false);
    at.prefer({ sound: false });
    await at.show();
    expect(newest().silent).toBe(true);
    at.prefer({ sound: true, volume: 0 });
    await at.show();
    expect(newest().silent).toBe(true);
    expect(at.notifications.wanted()).toBe(true);
    at.prefer({ notifications: false });
    expect(at.notifications.wanted()).toBe(false);
  });

  it('mutes pages that are there and those to come', () => {
    let sound = true;
    const listeners = new Set<(now: DesktopPreferences) => void>();
    const current = () => ({ sound }) as DesktopPreferences;
    const stop = followMute(app as unknown as Electron.App, {
      current,
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    });
    const first = new BrowserWindow();
    expect(pageSounds()).toBe(true);
    sound = false;
    for (const listener of listeners) listener(current());
    const second = new BrowserWindow();
    expect([first.webContents.audioMuted, second.webContents.audioMuted]).toEqual([true, true]);
    stop();
    expect([listeners.size, app.listenerCount('web-contents-created')]).toEqual([0, 0]);
    first.webContents.crash();
    second.close();
    expect(pageSounds()).toBe(false);
  });

  it('is told what this system cannot do', () => {
    expect(Object.keys(notificationLimits('linux'))).toEqual(['volume']);
    Notification.supported = false;
    expect(notificationLimits('darwin').notifications).toContain('no notification service');
  });
});
