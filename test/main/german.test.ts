/** The desktop in German: menu, tray and notices, in the language of the settings, else of the system. */
import { describe, expect, it } from 'vitest';
import { makeNotice } from '../../src/engine/alerts/notice.ts';
import { mailText } from '../../src/engine/alerts/sinks/mail-text.ts';
import { type NativeNotification, nativeNotifier } from '../../src/engine/alerts/sinks/native.ts';
import { slackMessage } from '../../src/engine/alerts/sinks/slack.ts';
import { teamsMessage } from '../../src/engine/alerts/sinks/teams.ts';
import { noticeBody } from '../../src/engine/alerts/store/schemas.ts';
import { alertConfig } from '../../src/engine/settings/alert-config.ts';
import { settingsSchema } from '../../src/engine/settings/schema.ts';
import { languageOf, systemLanguage } from '../../src/main/language.ts';
import { type MenuActs, menuTemplate } from '../../src/main/menu.ts';
import { faceOf } from '../../src/main/notifications/face.ts';
import { trayMenu } from '../../src/main/tray/menu.ts';
import { TRAY_WORDS } from '../../src/main/tray/spoken.ts';
import { trayState } from '../../src/main/tray/state.ts';
import { ok } from '../../src/shared/result.ts';
import { ACME, alertOf, CAUSES, incidentOf, NOW as THEN } from '../shared/alert-words/samples.ts';
import { account, ana, blindAccount, board, clockTime, down, incidentOn, NOW, row, SINCE, up } from './tray-world.ts';

/** Words that menus and the tray have in English. */
const ENGLISH =
  /\b(the|of|and|all|tunnels|since|data|old|open|quit|undo|redo|cut|copy|paste|delete|close|help|about|file|edit|view|window|check|version \S+ is|paused|acknowledged?|blind since|data|settings|unknown)\b/i;

type Item = Electron.MenuItemConstructorOptions;
const flat = (items: readonly Item[]): Item[] =>
  items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);
const line = (now: Parameters<typeof trayState>[0], filter = ''): string => {
  const { line: said, age, notes } = trayState(now, { trayFilter: filter }, NOW, 'de');
  return [age === '' ? said : `${said}, ${age}`, ...notes].join(' | ');
};

describe('which language', () => {
  it('that of the settings, else of the system, else English', async () => {
    const host = (document: object | null) =>
      ({ call: async () => ok(document === null ? null : { document }) }) as never;
    expect(systemLanguage('de-AT')).toBe('de');
    expect(systemLanguage('fr')).toBe('en');
    expect(await languageOf(host({ language: 'en' }), 'de')).toBe('en');
    expect(await languageOf(host({}), 'de')).toBe('de');
    expect(await languageOf(host(null), 'de')).toBe('de');
  });

  it('is a setting, and what it may be is said', () => {
    expect(alertConfig(settingsSchema.parse({ language: 'de' })).language).toBe('de');
    expect(alertConfig(settingsSchema.parse({})).language).toBeUndefined();
    const refused = settingsSchema.safeParse({ language: 'deutsch' });
    expect(refused.error?.issues[0]?.message).toContain('en, de');
  });
});

describe('the menu', () => {
  const acts = {} as MenuActs;
  it.each(['linux', 'win32', 'darwin'] as const)('on %s leaves nothing to English', (platform) => {
    for (const update of [
      { kind: 'none' },
      { kind: 'ready', version: '2.0.0' },
      { kind: 'held', version: '2.0.0' },
    ] as const) {
      for (const { label, role, type } of flat(
        menuTemplate({ platform, devTools: true, update, language: 'de' }, acts),
      )) {
        if (type === 'separator') continue;
        expect(label, `the role ${role}`).toBeDefined();
        expect(label).not.toMatch(ENGLISH);
      }
    }
  });
});

describe('the tray', () => {
  const T = clockTime(SINCE);
  it.each<[string, string]>([
    ['Alle 3 Tunnel in Ordnung, Daten 12 s alt', line(board(up(1, 2, 3)))],
    ['1 von 2 Tunneln ausgefallen, Daten 12 s alt', line(board([down(1), ...up(2)]))],
    [
      'Pausiert, bis jemand fortsetzt | Zuletzt bekannt: alle 2 Tunnel in Ordnung',
      line(board(up(1, 2), { paused: { since: SINCE, until: null } })),
    ],
    ['Nichts wird beobachtet: kein Konto ist eingerichtet', line(board([], { accounts: [] }))],
    ['Nichts wird beobachtet: auf den Filter „rom“ passt kein Tunnel', line(board(up(1)), 'rom')],
    ['Startet', line(null)],
  ])('%s', (expected, actual) => {
    expect(actual).toBe(expected);
  });

  it('says in German why it is blind, who takes care, and every choice', () => {
    const bad = row(1, { bgp: 'down', health: 'degraded' });
    const state = trayState(
      board([bad], { incidents: [incidentOn(bad, 1, { acknowledgement: ana })] }),
      { trayFilter: '' },
      NOW,
      'de',
    );
    expect(state.tunnels[0]?.label).toBe(`${bad.name}: BGP ausgefallen seit ${T} (jemand kümmert sich)`);
    expect(state.incidents[0]?.label).toBe(`Quittiert von Ana: ${bad.name} hat BGP verloren`);
    expect(line(board(up(1), { accounts: [blindAccount()] }))).toMatch(new RegExp(`^Blind seit ${T}: `));
    expect(line(board(up(1), { accounts: [account({ listAgeMs: 4 * 60_000 })] }))).toContain(
      'Daten 4 min alt. Zuletzt bekannt: 1 Tunnel',
    );
    for (const { label } of flat(trayMenu(state, false, {} as never, TRAY_WORDS.de))) {
      if (label !== undefined) expect(label).not.toMatch(ENGLISH);
    }
  });
});

describe('a notice', () => {
  const incident = incidentOf(CAUSES['cloudflare-endpoint'], ['bgp-down']);
  const facts = {
    incident,
    alerts: [alertOf('bgp-down')],
    at: THEN,
    zone: 'Europe/Berlin',
    link: 'https://noc.example',
    names: { [ACME]: 'Acme' },
  };
  const notice = makeNotice({ ...facts, kind: 'firing', language: 'de' });

  it('tells everything in German, with the times of the zone, through every sink', async () => {
    expect(notice.text.title).toBe('12 von 12 Tunneln zu 203.0.113.1 haben BGP verloren');
    expect(notice.text.sentence).toContain('Seit 11:02 MEZ (4 min)');
    const mail = mailText(notice, '1', 'example.com');
    expect(mail.subject).toBe('[Tunnelwatch] Kritisch: 12 von 12 Tunneln zu 203.0.113.1 haben BGP verloren');
    expect(mail.text).toContain('Was als Nächstes zu prüfen ist:');
    expect(mail.html).toContain('In Tunnelwatch öffnen');
    for (const told of [mail, slackMessage(notice), teamsMessage(notice)]) {
      expect(JSON.stringify(told)).not.toMatch(/What to check|Open in|Critical/);
    }
    const shown: NativeNotification[] = [];
    const native = nativeNotifier({ name: 'here', show: async (one) => void shown.push(one) });
    await native.deliver(notice, '1', new AbortController().signal);
    const buttons = shown.flatMap((one) => faceOf(one, 'darwin', true).actions);
    expect(buttons.map(({ text }) => text)).toEqual(['Quittieren', '1 h stummschalten']);
  });

  it('keeps its language in the outbox, and a test has one as well', () => {
    expect(noticeBody.parse(JSON.parse(JSON.stringify(notice))).language).toBe('de');
    const test = makeNotice({ ...facts, incident: null, alerts: [], kind: 'test', language: 'de' });
    expect(test.text.title).toBe('Probe von Tunnelwatch');
    expect(mailText(test, '1', 'example.com').subject).toBe('[Tunnelwatch] Probe von Tunnelwatch');
    expect(makeNotice({ ...facts, kind: 'firing' }).text.title).toBe('12 of 12 tunnels to 203.0.113.1 lost BGP');
  });
});
