/** A night at the desktop: the real engine and its alerts over a simulated outage, seen by the tray and by notifications. */
import '../scenarios/zone.ts';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { nativeNotifier } from '../../src/engine/alerts/sinks/native.ts';
import { createBridgeHost } from '../../src/engine/bridge/host.ts';
import { toldHere } from '../../src/engine/settings/open-alerting.ts';
import { virtualClock } from '../../src/engine/virtual-clock.ts';
import { createNotifications } from '../../src/main/notifications/notifications.ts';
import { createTray } from '../../src/main/tray/tray.ts';
import type { DesktopPreferences } from '../../src/shared/settings.ts';
import { becomeReady, Notification, resetElectron, Tray } from '../fakes/electron.ts';
import { configOf } from '../scenarios/play.ts';
import { repertoire } from '../scenarios/repertoire.ts';
import { createCloud } from '../scenarios/stage/cloud.ts';
import { createHost } from '../scenarios/stage/host.ts';
import { createReceivers } from '../scenarios/stage/recorder.ts';
import { breath, settled } from '../scenarios/stage/settle.ts';

const MINUTE = 60_000;

beforeEach(async () => {
  resetElectron();
  await becomeReady();
});

/** The desktop over a story of the scenarios. */
function night(name: string) {
  const story = repertoire().find(({ id }) => id === name);
  if (story === undefined) throw new Error('the story is gone');
  const clock = virtualClock(story.start);
  const cloud = createCloud(story, clock);
  const preferences = { notifications: true, sound: true, volume: 1, trayFilter: '' } as DesktopPreferences;
  const opened: string[] = [];
  const open = (what: string) => (id: string) => opened.push(`${what} ${id}`);
  const notifications = createNotifications({
    platform: 'win32',
    clock,
    preferences: { current: () => preferences },
    actions: { openTunnel: open('tunnel'), openIncident: open('incident'), openInbox: () => opened.push('inbox') },
    pageSounds: () => false,
    person: 'ana',
    log: (sentence) => opened.push(sentence),
  });
  const receivers = createReceivers(story.sinks, () => cloud.elapsed());
  const life = createHost({
    story,
    // The routes of the story name somebody else.
    config: toldHere(configOf(story), 'desktop'),
    clock,
    cloud,
    receivers: {
      ...receivers,
      notifiers: (alive) => [...receivers.notifiers(alive), nativeNotifier({ name: 'desktop', ...notifications })],
    },
    folder: null,
    onBug: (doing, error) => {
      throw new Error(doing, { cause: error });
    },
  });
  life.start();
  if (life.engine === null) throw new Error('nothing runs');
  const host = createBridgeHost({
    engine: life.engine,
    clock,
    startPractice: null,
    onBug: (call, error) => {
      throw new Error(call, { cause: error });
    },
  });
  notifications.follow(host);
  const tray = createTray({
    platform: 'win32',
    clock,
    host,
    preferences: { current: () => preferences, subscribe: () => () => undefined },
    actions: {
      openBoard: () => undefined,
      openWall: () => undefined,
      openTunnel: open('tunnel'),
      openIncident: open('incident'),
      openPreferences: () => undefined,
      openHelp: () => undefined,
      quit: () => undefined,
    },
    icons: join(import.meta.dirname, '../../resources/tray'),
    title: 'Tunnelwatch',
    person: 'ana',
    log: (sentence) => opened.push(sentence),
  });
  const until = async (minutes: number): Promise<void> => {
    await breath();
    await clock.advance(minutes * MINUTE - cloud.elapsed(), settled);
    await breath();
  };
  const icon = (): string | undefined => Tray.all[0]?.images.at(-1)?.path.split('/').at(-1);
  const line = (): string | undefined => Tray.all[0]?.menus.at(-1)?.template[0]?.label;
  const titles = (): string[] => Notification.shown().map(({ title }) => title);
  const end = async (): Promise<void> => {
    tray.dispose();
    notifications.dispose();
    await Promise.all([host.stop(), clock.advance(3_000, settled)]);
  };
  return { host, until, icon, line, titles, opened, end };
}

it('tells of an outage once, takes the acknowledgement from the notification, withdraws it, and tells the end', async () => {
  const { host, until, icon, line, titles, opened, end } = night('account-wide');

  await until(9);
  expect([icon(), titles()]).toEqual(['up.png', []]);
  expect(line()).toMatch(/^All 8 tunnels up, data \d+ s old$/);

  await until(14);
  expect(titles()).toEqual(['Critical: 8 of 8 tunnels of Harbour Foods lost BGP']);
  expect(icon()).toBe('down.png');
  expect(line()).toMatch(/^8 of 8 tunnels down, data \d+ s old$/);
  // One, whatever was told of it.
  expect(Notification.all).toHaveLength(1);

  Notification.shown()[0]?.press(0);
  await until(15);
  expect(titles()).toEqual([]);
  expect(icon()).toBe('up.png');
  expect(line()).toMatch(/^8 of 8 tunnels down, all taken care of, data \d+ s old$/);
  expect(host.board().alerts.incidents[0]?.acknowledgement).toMatchObject({ by: 'ana' });

  await until(70);
  expect(titles()).toEqual(['Resolved: tunnels of Harbour Foods were down or without BGP']);
  expect(Notification.shown()[0]).toMatchObject({ silent: true, timeoutType: 'default', actions: [] });
  expect(line()).toMatch(/^All 8 tunnels up/);
  expect(opened).toEqual([]);

  await end();
});

it('tells anew what gets worse after somebody took care of it', async () => {
  const { until, icon, titles, end } = night('acknowledged-then-worse');
  await until(20);
  expect([icon(), titles()]).toEqual(['down.png', ['Warning: ams1-tun-a lost BGP']]);
  Notification.shown()[0]?.press(0);
  await until(25);
  expect([icon(), titles()]).toEqual(['up.png', []]);
  await until(35);
  const worse = 'Critical: Worse: Amsterdam is isolated: 2 of 2 tunnels are down or without BGP';
  expect([icon(), titles()]).toEqual(['down.png', [worse]]);
  expect(Notification.shown()[0]).toMatchObject({ silent: false, timeoutType: 'never' });
  await end();
});
