/** What the page makes of incidents, without a browser: places, order, badge, sounds, lengths, matchers. */
import { describe, expect, it } from 'vitest';
import type { Player } from '../../src/renderer/sound/player.ts';
import { CHIMES, RECIPES } from '../../src/renderer/sound/recipes.ts';
import { Alerts } from '../../src/renderer/state/alerts.svelte.ts';
import { Bell } from '../../src/renderer/state/bell.svelte.ts';
import { calling, currentCauses, inbox, sectionOf, standStill } from '../../src/renderer/state/incidents.ts';
import { parseHash } from '../../src/renderer/state/route.svelte.ts';
import { lifeOf } from '../../src/renderer/views/alerts/phases.ts';
import { fieldOf, fromField, nextMorning } from '../../src/renderer/views/alerts/until.ts';
import { matcherFault, matchersOf, tunnelsHash } from '../../src/renderer/views/alerts/where-to.ts';
import type { Incident } from '../../src/shared/alerts.ts';
import { badDay, incidentOf } from './harness/alerts.ts';
import { ACME, boardOf, GLOBEX } from './harness/board.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const MINUTE = 60_000;
const day = badDay(boardOf(200, NOW));
const byId = (id: string): Incident => {
  const found = day.board.alerts.incidents.find((incident) => incident.id === id);
  if (found === undefined) throw new Error(id);
  return found;
};
const outage = byId('i-12');
const ids = (incidents: readonly Incident[]): string[] => incidents.map(({ id }) => id);
const name = (id: string): string => ({ [ACME]: 'Acme', [GLOBEX]: 'Globex (Europe)' })[id] ?? id;

describe('the inbox', () => {
  it('has a place for each: over, silenced, taken care of, calling', () => {
    expect(sectionOf(outage)).toBe('firing');
    expect(sectionOf(byId('i-10'))).toBe('firing');
    expect(sectionOf(byId('i-9'))).toBe('acknowledged');
    expect(sectionOf(byId('i-7'))).toBe('silenced');
    expect(sectionOf(byId('i-5'))).toBe('resolved');
    expect(sectionOf({ ...byId('i-9'), silencedBy: ['s-1'] })).toBe('silenced');
  });

  it('puts the new first, then the worst, then the newest; what is over by its end', () => {
    const { firing, resolved } = inbox(day.board.alerts.incidents, new Set(['i-11', 'i-12']));
    expect(ids(firing)).toEqual(['i-12', 'i-11', 'i-8', 'i-10', 'i-6']);
    expect(ids(resolved)).toEqual(['i-5', 'i-4']);
  });

  it('stands still under a hand: what is there stays, what is new comes last', () => {
    const now = inbox(day.board.alerts.incidents, new Set()).firing;
    expect(ids(standStill(['i-6', 'i-11', 'i-10'], now))).toEqual(['i-6', 'i-11', 'i-10', 'i-8', 'i-12']);
  });

  it('counts for the badge what is open, not acknowledged, not silenced', () => {
    expect(calling(day.board.alerts.incidents)).toEqual({ count: 5, worst: 'critical' });
    expect(calling([byId('i-6')])).toEqual({ count: 1, worst: 'info' });
    expect(calling([byId('i-9'), byId('i-7'), byId('i-5')])).toEqual({ count: 0, worst: null });
  });

  it('tells causes: those that nobody takes care of first, none that is silenced', () => {
    expect(ids(currentCauses(day.board.alerts.incidents))).toEqual(['i-8', 'i-12', 'i-10', 'i-11', 'i-6', 'i-9']);
  });
});

describe('what the host says', () => {
  it('is taken whole, then by what changed', () => {
    const alerts = new Alerts();
    alerts.take(day.board.alerts);
    expect(alerts.incidents.size).toBe(9);
    const heard: [readonly string[], boolean][] = [];
    alerts.onIncidents((incidents, whole) => heard.push([ids(incidents), whole]));
    const taken = { ...outage, acknowledgement: { by: 'Ana', at: NOW, comment: '', until: null } };
    const { silences } = alerts;
    alerts.apply({ incidents: [taken], removed: ['i-4'], silences: null, maintenance: [], status: null });
    expect(alerts.incidents.get('i-12')).toBe(taken);
    expect(alerts.incidents.has('i-4')).toBe(false);
    expect(alerts.silences).toBe(silences);
    expect(alerts.maintenance).toEqual([]);
    expect(alerts.status.undelivered).toBe(2);
    expect(alerts.calling).toEqual({ count: 4, worst: 'critical' });
    expect(heard).toEqual([[['i-12'], false]]);
  });

  it('has an address for each incident, and none for nonsense', () => {
    expect(parseHash('#/alerts/i-12')).toMatchObject({ view: 'alerts', id: 'i-12' });
    expect(parseHash('#/alerts')).toMatchObject({ view: 'alerts', id: null });
    expect(parseHash('#/alerts/<script>')).toMatchObject({ view: 'alerts', id: null });
    expect(parseHash('#/alerts?show=rules').query.get('show')).toBe('rules');
  });
});

describe('the bell', () => {
  function bell(): { bell: Bell; played: string[] } {
    const played: string[] = [];
    const kept = new Map<string, string>();
    const page = {
      localStorage: {
        getItem: (key: string) => kept.get(key) ?? null,
        setItem: (key: string, value: string) => kept.set(key, value),
      },
      addEventListener: () => {},
    };
    const player = { able: true, blocked: false, play: (chime: string) => played.push(chime) };
    // Boundary: the two members of the window that the bell uses.
    return { bell: new Bell(player as unknown as Player, page as unknown as Window), played };
  }
  const quiet = { acknowledgement: null, silencedBy: [] };
  const ack = { by: 'Ana', at: NOW, comment: '', until: null };
  const warning: Incident = { ...byId('i-11'), ...quiet };

  it('is silent about what was open when the page was loaded', () => {
    const { bell: one, played } = bell();
    one.take(day.board.alerts.incidents, NOW);
    one.take(day.board.alerts.incidents, NOW);
    expect(played).toEqual([]);
  });

  it('sounds once for a new incident, again when it is worse, and when it is over', () => {
    const { bell: one, played } = bell();
    one.take([], NOW);
    one.take([warning], NOW);
    one.take([{ ...warning, tunnels: 9 }], NOW);
    one.take([{ ...warning, phase: 'recovering' }], NOW);
    one.take([warning], NOW);
    expect(played).toEqual(['warning']);
    one.take([{ ...warning, severity: 'critical' }], NOW);
    one.take([{ ...warning, severity: 'critical', phase: 'resolved' }], NOW);
    expect(played).toEqual(['warning', 'critical', 'resolved']);
    expect(one.rung?.incident.id).toBe('i-11');
  });

  it('plays the most urgent of several', () => {
    const { bell: one, played } = bell();
    one.take([], NOW);
    one.take([warning, outage, { ...warning, id: 'i-50' }], NOW);
    expect(played).toEqual(['critical']);
    expect(one.rung?.incident.id).toBe('i-12');
  });

  it('is silent about what is acknowledged, silenced, or mere information', () => {
    const { bell: one, played } = bell();
    one.take([], NOW);
    const info = { ...byId('i-6') };
    one.take([{ ...warning, acknowledgement: ack }, { ...outage, silencedBy: ['s-1'] }, info], NOW);
    one.take([{ ...info, phase: 'resolved' }], NOW);
    expect(played).toEqual([]);
    // The silence ends and the outage still lasts: by then it is news.
    one.take([outage], NOW);
    expect(played).toEqual(['critical']);
  });

  it('keeps quiet when muted, and still tells why it would have sounded', () => {
    const { bell: one, played } = bell();
    one.take([], NOW);
    one.mute(true);
    one.take([outage], NOW);
    expect(played).toEqual([]);
    expect(one.rung?.chime).toBe('critical');
    one.turn(7);
    expect(one.volume).toBe(1);
  });

  it('has a sound for each, told apart by rhythm and pitch', () => {
    const tunes = CHIMES.map((chime) => RECIPES[chime].map(({ at, hertz }) => `${at}:${hertz}`).join());
    expect(new Set(tunes).size).toBe(CHIMES.length);
    for (const chime of CHIMES) {
      const tones = RECIPES[chime];
      expect(Math.max(...tones.map(({ at, length }) => at + length))).toBeLessThan(1_500);
      expect(tones.every(({ level }) => level > 0 && level <= 1)).toBe(true);
    }
  });
});

describe('the life of an incident', () => {
  const of = incidentOf(1, day.alerts.get('i-10') ?? [], { cause: byId('i-10').cause, since: NOW - 40 * MINUTE });
  const step = (ago: number, what: 'opened' | 'recovering' | 'returned' | 'escalated') =>
    ({ at: NOW - ago * MINUTE, what, by: null, note: '' }) as const;
  it('is firing and recovering in turn, without holes', () => {
    const steps = [
      step(39, 'opened'),
      step(20, 'recovering'),
      step(12, 'returned'),
      step(9, 'escalated'),
      step(4, 'recovering'),
    ];
    const life = lifeOf(of, steps, NOW);
    expect(life.stretches.map(({ phase, from, to }) => [phase, (to - from) / MINUTE])).toEqual([
      ['firing', 20],
      ['recovering', 8],
      ['firing', 8],
      ['recovering', 4],
    ]);
    expect(life.notches).toHaveLength(1);
  });
  it('has no negative length when a clock was set back', () => {
    const { stretches } = lifeOf(of, [step(60, 'recovering'), step(-5, 'returned')], NOW);
    expect(stretches.every(({ from, to }) => to > from)).toBe(true);
    expect(stretches.at(-1)?.to).toBe(NOW);
  });
});

describe('where an incident leads', () => {
  it('is its tunnel, or the board with its tunnels alone', () => {
    expect(tunnelsHash(byId('i-10'))).toMatch(/^#\/tunnel\//);
    expect(tunnelsHash(outage)).toBe(`#/board?account=${ACME}&endpoint=162.159.66.41`);
    expect(tunnelsHash(byId('i-8'))).toBe(`#/board?account=${GLOBEX}`);
  });
  it('is silenced by its cause, with names that are no patterns by accident', () => {
    expect(matchersOf(outage, name)).toEqual([
      { name: 'account', op: '=', value: 'Acme' },
      { name: 'cloudflareEndpoint', op: '=', value: '162.159.66.41' },
    ]);
    const both = { ...byId('i-8'), accountIds: [ACME, GLOBEX], rules: ['token-refused', 'blind'] as const };
    expect(matchersOf(both, name)).toEqual([
      { name: 'account', op: '=~', value: 'Acme|Globex \\(Europe\\)' },
      { name: 'rule', op: '=~', value: 'token-refused|blind' },
    ]);
    for (const matcher of matchersOf(both, name)) expect(matcherFault(matcher, 'bad')).toBeNull();
    expect(matcherFault({ name: 'tunnel', op: '=~', value: '(' }, 'bad')).toBe('bad');
    expect(matcherFault({ name: 'tunnel', op: '=', value: '(' }, 'bad')).toBeNull();
  });
});

describe('times that people mean', () => {
  it('is the next morning, also after eight', () => {
    const early = new Date(2026, 10, 21, 3, 30).getTime();
    expect(new Date(nextMorning(early)).getDate()).toBe(21);
    expect(new Date(nextMorning(nextMorning(early))).getDate()).toBe(22);
    expect(new Date(nextMorning(early)).getHours()).toBe(8);
  });
  it('goes through a date field and back, and believes no time that is over', () => {
    const at = new Date(2026, 10, 21, 14, 5).getTime();
    expect(fieldOf(at)).toBe('2026-11-21T14:05');
    expect(fromField(fieldOf(at), at - 1)).toBe(at);
    expect(fromField(fieldOf(at), at)).toBeNull();
    expect(fromField('', at)).toBeNull();
  });
});
