/** What the tray says of a board: icon, words, lists. */
import { describe, expect, it } from 'vitest';
import type { BoardNow } from '../../src/main/board-mirror.ts';
import { filterTexts } from '../../src/main/tray/scope.ts';
import { type TrayIcon, trayState } from '../../src/main/tray/state.ts';
import type { TunnelKey } from '../../src/shared/model.ts';
import { ACCOUNT } from '../fakes/engine.ts';
import { alertOf, incidentOf, subjectOf } from '../renderer/harness/alerts.ts';
import {
  account,
  ana,
  blindAccount,
  board,
  clockTime,
  down,
  incidentOn,
  NOW,
  OTHER,
  row,
  SINCE,
  up,
} from './tray-world.ts';

const T = clockTime(SINCE);
const all = { trayFilter: '' };
const said = (now: BoardNow | null, filter = '') => {
  const { icon, line, age, notes } = trayState(now, { trayFilter: filter }, NOW);
  return [icon, age === '' ? line : `${line}, ${age}`, ...notes];
};
const globex = account({ id: OTHER, name: 'Globex' });
const theirs = (index: number, lanes: Parameters<typeof row>[1] = {}) =>
  row(index, lanes, { accountId: OTHER, key: `${OTHER}/${index}` as TunnelKey, name: `berlin-${index}` });
const endpoint = {
  kind: 'cloudflare-endpoint',
  accountId: ACCOUNT,
  address: '203.0.113.1',
  extent: { failing: 2, of: 4 },
  others: { failing: 0, of: 0 },
} as const;
const stale = { accounts: [account({ listAgeMs: 4 * 60_000 })] };

describe('the icon and its words', () => {
  const cases: readonly [string, BoardNow | null, readonly [TrayIcon, ...string[]]][] = [
    ['before the host has spoken', null, ['blind', 'Starting']],
    ['no account', board([], { accounts: [] }), ['quiet', 'Nothing is watched: no account is set up']],
    ['an account without tunnels', board([]), ['quiet', 'No tunnel to watch, data 12 s old']],
    ['one tunnel, up', board(up(0)), ['up', '1 tunnel up, data 12 s old']],
    ['all up', board(up(0, 1, 2, 3)), ['up', 'All 4 tunnels up, data 12 s old']],
    ['one of one down', board([down(0)]), ['down', '1 of 1 tunnel down, data 12 s old']],
    ['two down', board([down(0), down(1), ...up(2, 3)]), ['down', '2 of 4 tunnels down, data 12 s old']],
    [
      'down and degraded and unknown',
      board([down(0), row(1, { health: 'degraded' }), row(2, { bgp: 'unknown', health: 'nodata' }), ...up(3)]),
      ['down', '1 of 4 tunnels down, 1 degraded, 1 unknown, data 12 s old'],
    ],
    [
      'degraded',
      board([row(0, { bgp: 'establishing' }), ...up(1)]),
      ['degraded', '1 of 2 tunnels degraded, data 12 s old'],
    ],
    [
      'some that nothing is known of do not look like blindness',
      board([row(0, { bgp: 'unconfigured', health: 'disabled' }), ...up(1)]),
      ['up', '1 of 2 tunnels up, 1 unknown, data 12 s old'],
    ],
    [
      'nothing known of any',
      board([row(0, { bgp: 'unreported', health: 'nodata' })]),
      ['blind', '1 tunnel unknown, data 12 s old'],
    ],
    [
      'asked for the first time',
      board([], { accounts: [account({ phase: 'starting', listAgeMs: null })] }),
      ['blind', 'Asking Cloudflare for the tunnels of Acme'],
    ],
    [
      'blind, with what was known last',
      board([down(0), ...up(1)], { accounts: [blindAccount()] }),
      ['blind', `Blind since ${T}: The token was refused.`, 'Last known: 1 of 2 tunnels down'],
    ],
    [
      'blind for one account of two',
      board([...up(0), theirs(1)], { accounts: [account(), { ...blindAccount(), id: OTHER, name: 'Globex' }] }),
      ['blind', `Blind since ${T} (Globex): The token was refused.`, '1 tunnel up'],
    ],
    [
      'blindness does not hide a tunnel that is down for certain',
      board([down(0), theirs(1)], { accounts: [account(), { ...blindAccount(), id: OTHER, name: 'Globex' }] }),
      ['down', '1 of 1 tunnel down, data 12 s old', `Blind since ${T} (Globex): The token was refused.`],
    ],
    ['stale', board([down(0), ...up(1)], stale), ['stale', 'Data 4 min old. Last known: 1 of 2 tunnels down']],
    [
      'stale while messages no longer come',
      board(up(0), { sinceReceipt: 5 * 60_000 }),
      ['stale', 'Data 5 min old. Last known: 1 tunnel up'],
    ],
    [
      'one account stale, another down',
      board([down(0), theirs(1)], { accounts: [account(), { ...globex, listAgeMs: 240_000 }] }),
      ['down', '1 of 1 tunnel down, data 12 s old', 'Data of Globex 4 min old'],
    ],
    [
      'health results alone are old',
      board([row(0, { bgp: 'unconfigured' })], { accounts: [account({ healthAgeMs: 600_000 })] }),
      ['stale', 'Health results are old. Last known: 1 tunnel up'],
    ],
    [
      'paused for a while',
      board([down(0), ...up(1)], { paused: { since: SINCE, until: NOW + 900_000 } }),
      ['paused', `Paused until ${clockTime(NOW + 900_000)}`, 'Last known: 1 of 2 tunnels down'],
    ],
    [
      'paused until resumed',
      board([], { paused: { since: SINCE, until: null } }),
      ['paused', 'Paused until somebody resumes'],
    ],
    ['practice', board(up(0), { practice: true }), ['up', 'Practice: 1 tunnel up, data 12 s old']],
    [
      'health results missing',
      board(up(0), { accounts: [account({ healthBlind: blindAccount().blind })] }),
      ['up', '1 tunnel up, data 12 s old', `Health results of Acme cannot be read since ${T}`],
    ],
  ];
  it.each(cases)('%s', (_, now, expected) => expect(said(now)).toEqual(expected));
});

describe('who takes care', () => {
  const rows = [down(0), down(1), ...up(2, 3)];
  const [first, second] = rows as [ReturnType<typeof down>, ReturnType<typeof down>];
  it.each([
    ['acknowledged', { acknowledgement: ana }],
    ['silenced', { silencedBy: ['s-1'] }],
  ])('%s tunnels do not colour the icon and stay in the menu', (_, part) => {
    const incidents = [incidentOn(first, 1, part), incidentOn(second, 2, part)];
    expect(said(board(rows, { incidents }))).toEqual(['up', '2 of 4 tunnels down, all taken care of, data 12 s old']);
    const { tunnels, incidents: listed } = trayState(board(rows, { incidents }), all, NOW);
    expect(tunnels.map(({ label }) => label)).toEqual([
      `site-0-a: BGP down and health checks fail since ${T} (taken care of)`,
      `site-0-b: BGP down and health checks fail since ${T} (taken care of)`,
    ]);
    expect(listed.map(({ open }) => open)).toEqual([false, false]);
  });

  it('one that nobody takes care of colours the icon', () => {
    const incidents = [incidentOn(first, 1, { acknowledgement: ana })];
    expect(said(board(rows, { incidents }))).toEqual(['down', '2 of 4 tunnels down, 1 taken care of, data 12 s old']);
  });

  it('follows the cause, and calls as long as one incident about the tunnel calls', () => {
    const alerts = [alertOf('bgp-down', subjectOf(first), SINCE), alertOf('bgp-down', subjectOf(second), SINCE)];
    const whole = incidentOf(3, alerts, { cause: endpoint, acknowledgement: ana });
    expect(said(board(rows, { incidents: [whole] }))[0]).toBe('up');
    expect(said(board(rows, { incidents: [whole, incidentOn(second, 4)] }))[0]).toBe('down');
    // What is over covers nothing.
    expect(said(board(rows, { incidents: [{ ...whole, phase: 'resolved' }] }))[0]).toBe('down');
  });

  it('a finding that somebody takes care of is no care for an outage', () => {
    const alert = alertOf('psk-due', subjectOf(first), SINCE, { severity: 'warning' });
    const cause = { kind: 'rule', accountId: ACCOUNT, rule: 'psk-due', extent: { failing: 1, of: 4 } } as const;
    const incidents = [incidentOf(5, [alert], { cause, acknowledgement: ana })];
    expect(said(board(rows, { incidents }))[0]).toBe('down');
  });

  it('an alert without a tunnel in trouble colours it too, information does not', () => {
    const alert = alertOf('psk-due', subjectOf(first), SINCE, { severity: 'warning' });
    const cause = { kind: 'rule', accountId: ACCOUNT, rule: 'psk-due', extent: { failing: 1, of: 4 } } as const;
    const one = incidentOf(5, [alert], { cause });
    expect(said(board(up(0), { incidents: [one] }))).toEqual([
      'degraded',
      '1 tunnel up, 1 alert waits for somebody, data 12 s old',
    ]);
    expect(said(board(up(0), { incidents: [{ ...one, severity: 'info' }] }))[0]).toBe('up');
    expect(said(board(up(0), { ...stale, incidents: [one] }))[0]).toBe('stale');
  });
});

describe('the filter', () => {
  const accounts = [account(), globex];
  const rows = [down(0), row(1, {}, { name: 'lyon-1' }), theirs(2)];
  it.each([
    ['', 'down', '1 of 3 tunnels down, data 12 s old'],
    ['LYON', 'up', '1 tunnel up, data 12 s old'],
    ['lyon, globex', 'up', 'All 2 tunnels up, data 12 s old'],
    ['site-0', 'down', '1 of 2 tunnels down, data 12 s old'],
    ['berlin', 'up', '1 tunnel up, data 12 s old'],
    ['nowhere', 'quiet', "Nothing is watched: the tray's filter “nowhere” fits no tunnel"],
  ])('%j', (filter, icon, line) => expect(said(board(rows, { accounts }), filter)).toEqual([icon, line]));

  it('leaves out blindness and incidents of others, and keeps our own trouble', () => {
    const now = board(rows, {
      accounts: [account(), { ...blindAccount(), id: OTHER, name: 'Globex' }],
      incidents: [
        incidentOn(down(0)),
        incidentOf(2, [alertOf('store-failing', { kind: 'app' }, SINCE)], { cause: { kind: 'app' } }),
      ],
    });
    expect(said(now, 'lyon')).toEqual(['degraded', '1 tunnel up, 1 alert waits for somebody, data 12 s old']);
    expect(trayState(now, { trayFilter: 'lyon' }, NOW).incidents.map(({ id }) => id)).toEqual(['i-2']);
    expect(said(now, 'globex')[0]).toBe('blind');
  });

  it('is made of texts between commas', () => {
    expect(filterTexts(' Paris ,, lyon-1 ')).toEqual(['paris', 'lyon-1']);
  });
});

describe('the lists', () => {
  it('hold the worst eight tunnels, those that nobody takes care of first, then the longest', () => {
    const rows = [
      ...Array.from({ length: 9 }, (_, index) => row(index, { health: 'degraded' })),
      row(20, { bgp: 'down' }),
      {
        ...down(21),
        lanes: { ...down(21).lanes, bgp: { value: 'down', since: SINCE - 60_000, exact: true } },
      } as const,
      down(22),
    ];
    const incidents = [incidentOn(down(22), 1, { acknowledgement: ana })];
    const { tunnels, moreTunnels } = trayState(board(rows, { incidents }), all, NOW);
    expect(tunnels).toHaveLength(8);
    expect(tunnels.slice(0, 2).map(({ label }) => label.split(':')[0])).toEqual(['site-10-b', 'site-10-a']);
    expect(tunnels.every(({ label }) => !label.includes('taken care'))).toBe(true);
    expect(moreTunnels).toBe(4);
  });

  it('mark a tunnel whose trouble is only the last known', () => {
    const { tunnels } = trayState(board([down(0)], stale), all, NOW);
    expect(tunnels[0]?.label).toBe(`site-0-a: last known BGP down and health checks fail since ${T}`);
  });

  it('hold open incidents, those that call first, and say who takes care', () => {
    const incidents = [
      incidentOn(down(0), 1, { acknowledgement: ana, severity: 'critical' }),
      incidentOn(down(1), 2, { silencedBy: ['s-1'] }),
      incidentOn(down(2), 3, { severity: 'warning' }),
      incidentOn(down(3), 4, { phase: 'resolved', resolvedAt: NOW }),
    ];
    const state = trayState(board([down(0), down(1), down(2), ...up(3)], { incidents }), all, NOW);
    expect(state.incidents).toEqual([
      { id: 'i-3', label: 'site-1-a lost BGP', open: true },
      { id: 'i-1', label: 'Acknowledged by Ana: site-0-a lost BGP', open: false },
      { id: 'i-2', label: 'Silenced: site-0-b lost BGP', open: false },
    ]);
  });
});
