import { describe, expect, it } from 'vitest';
import { alert, at, config, DAY, extent, HOUR, MINUTE, route, Stage } from './stage.ts';

const tunnel = alert();
const mild = alert({ severity: 'warning' });
const back = alert({ phase: 'recovering' });
const over = alert({ phase: 'resolved' });
const all = route({ to: ['slack', 'mail'] });
const stage = (part: Parameters<typeof config>[0] = { routes: [all] }): Stage =>
  new Stage(at('Mon 10:00'), config(part));

describe('one incident', () => {
  it('is told once, and its end once', () => {
    const play = stage();
    play.set('i-1', [tunnel]);
    play.until(at('Mon 10:30'));
    play.set('i-1', [back], { phase: 'recovering' });
    play.until(at('Mon 10:40'));
    play.set('i-1', [over], { phase: 'resolved' });
    play.until(at('Sun 10:00'));
    expect(play.transcript()).toEqual([
      'Mon 10:00 slack firing critical',
      'Mon 10:00 mail firing critical',
      'Mon 10:40 slack resolved critical',
      'Mon 10:40 mail resolved critical',
    ]);
  });

  it('that flaps for a day is one firing and one resolved', () => {
    const play = stage();
    for (let minute = 0; minute < 24 * 60; minute += 10) {
      play.set('i-1', [alert({ returns: minute / 10 })], { phase: 'firing', returns: minute / 10 });
      play.until(play.now + 5 * MINUTE);
      play.set('i-1', [back], { phase: 'recovering' });
      play.until(play.now + 5 * MINUTE);
    }
    play.set('i-1', [over], { phase: 'resolved' });
    expect(play.transcript().filter((line) => line.includes('slack'))).toEqual([
      'Mon 10:00 slack firing critical',
      'Tue 10:00 slack resolved critical',
    ]);
  });

  it('that gets worse pages again, and getting milder and as bad again does not', () => {
    const play = stage();
    play.set('i-1', [mild]);
    for (const [time, one] of [
      ['Mon 10:05', tunnel],
      ['Mon 10:10', mild],
      ['Mon 10:15', tunnel],
    ] as const) {
      play.until(at(time));
      play.set('i-1', [one]);
    }
    expect(play.transcript().filter((line) => line.includes('slack'))).toEqual([
      'Mon 10:00 slack firing warning',
      'Mon 10:05 slack worse critical',
    ]);
  });

  it('that grows is an update, once a minute at most, and only when something changed', () => {
    const play = stage({ routes: [route({ to: ['slack'] })] });
    play.set('i-1', [tunnel], { cause: extent(3) });
    for (let i = 4; i <= 12; i += 1) {
      play.until(play.now + 10_000);
      play.set('i-1', [tunnel], { cause: extent(i) });
    }
    play.until(at('Mon 11:00'));
    play.set('i-1', [tunnel], { cause: extent(12), changedAt: play.now });
    expect(play.transcript()).toEqual([
      'Mon 10:00 slack firing critical',
      'Mon 10:01 slack update critical',
      'Mon 10:02 slack update critical',
    ]);
  });

  it('a new name of a tunnel is no news', () => {
    const play = stage();
    play.set('i-1', [tunnel]);
    play.until(at('Mon 10:30'));
    const cause = play.current('i-1')?.cause;
    if (cause?.kind !== 'tunnel') throw new Error('not one tunnel');
    play.set('i-1', [tunnel], { cause: { ...cause, name: 'ams1-new' } });
    play.until(at('Mon 11:30'));
    expect(play.heard).toHaveLength(2);
  });
});

describe('routes', () => {
  const severity = (value: string) => ({ name: 'severity' as const, op: '=' as const, value });
  const site = (value: string) => ({ name: 'site' as const, op: '=' as const, value });

  it('information pages nobody unless a route says so', () => {
    const info = alert({ severity: 'info', rule: 'psk-due' });
    const quiet = stage();
    quiet.set('i-1', [info]);
    quiet.until(at('Tue 10:00'));
    quiet.set('i-1', [over], { phase: 'resolved' });
    expect(quiet.transcript()).toEqual([]);
    expect(quiet.outcomes.flatMap(({ memories }) => memories)).toEqual([]);
    const said = stage({ routes: [route({ matchers: [severity('info')], to: ['mail'] })] });
    said.set('i-1', [info]);
    expect(said.transcript()).toEqual(['Mon 10:00 mail firing info']);
  });

  it('each alert takes the first route that fits; each sink hears once', () => {
    const play = stage({
      routes: [
        route({ matchers: [site('ams1')], to: ['team-a', 'noc'] }),
        route({ matchers: [site('fra1')], to: ['team-b', 'noc'], onward: true }),
        route({ to: ['rest', 'noc'] }),
      ],
    });
    play.set('i-1', [tunnel]);
    play.set('i-2', [alert({ tunnel: 'fra1-a', site: 'fra1' })]);
    play.set('i-3', [tunnel, alert({ tunnel: 'fra1-a', site: 'fra1' })]);
    const sinks = (id: string) => play.heard.filter((one) => one.incident === id).map((one) => one.sink);
    expect(sinks('i-1')).toEqual(['team-a', 'noc']);
    expect(sinks('i-2')).toEqual(['team-b', 'noc', 'rest']);
    expect(sinks('i-3')).toEqual(['team-a', 'noc', 'team-b', 'rest']);
  });

  it('who joins later hears of it as new, who knew hears that it is worse, and both hear the end', () => {
    const play = stage({
      routes: [
        route({ matchers: [severity('critical')], to: ['pager'] }),
        route({ matchers: [severity('warning')], to: ['chat'] }),
      ],
    });
    play.set('i-1', [mild]);
    play.until(at('Mon 10:10'));
    play.set('i-1', [tunnel]);
    play.until(at('Mon 10:20'));
    play.set('i-1', [over], { phase: 'resolved' });
    expect(play.transcript()).toEqual([
      'Mon 10:00 chat firing warning',
      'Mon 10:10 chat worse critical',
      'Mon 10:10 pager firing critical',
      'Mon 10:20 chat resolved critical',
      'Mon 10:20 pager resolved critical',
    ]);
  });

  it('that change with a restart: who was told hears the end, who was not is told now', () => {
    const play = stage({ routes: [route({ to: ['old'] })] });
    play.set('i-1', [tunnel]);
    play.until(at('Mon 11:00'));
    play.restart(config({ routes: [route({ to: ['new'] })] }));
    play.until(at('Mon 12:00'));
    play.set('i-1', [over], { phase: 'resolved' });
    expect(play.transcript()).toEqual([
      'Mon 10:00 old firing critical',
      'Mon 11:00 new firing critical',
      'Mon 12:00 old resolved critical',
      'Mon 12:00 new resolved critical',
    ]);
  });
});

describe('reminders and escalation', () => {
  const pager = route({
    to: ['noc'],
    remindMs: HOUR,
    escalate: [
      { afterMs: 15 * MINUTE, to: ['lead'] },
      { afterMs: 30 * MINUTE, to: ['boss', 'noc'] },
    ],
  });

  it('remind while it fires, escalate in order, once each', () => {
    const play = stage({ routes: [pager] });
    play.set('i-1', [tunnel]);
    play.until(at('Mon 12:00'));
    play.set('i-1', [over], { phase: 'resolved' });
    play.until(at('Tue 12:00'));
    expect(play.transcript()).toEqual([
      'Mon 10:00 noc firing critical',
      'Mon 10:15 lead escalation critical',
      'Mon 10:30 noc escalation critical',
      'Mon 10:30 boss escalation critical',
      'Mon 11:15 lead reminder critical',
      'Mon 11:30 noc reminder critical',
      'Mon 11:30 boss reminder critical',
      'Mon 12:00 noc resolved critical',
      'Mon 12:00 lead resolved critical',
      'Mon 12:00 boss resolved critical',
    ]);
    expect(play.outcomes.flatMap(({ steps }) => steps.map(({ step }) => `${step.what} ${step.note}`))).toEqual([
      'escalated lead',
      'escalated noc, boss',
      'reminded lead',
      'reminded noc, boss',
    ]);
  });

  it('go on where they were after a restart, the missed steps in order', () => {
    const play = stage({ routes: [pager] });
    play.set('i-1', [tunnel]);
    play.until(at('Mon 10:20'));
    play.restart();
    play.until(at('Mon 10:40'));
    play.restart();
    play.until(at('Mon 11:00'));
    expect(play.transcript()).toEqual([
      'Mon 10:00 noc firing critical',
      'Mon 10:15 lead escalation critical',
      'Mon 10:30 noc escalation critical',
      'Mon 10:30 boss escalation critical',
    ]);
  });

  it('an acknowledgement ends them; when its time passes and it still fires, people are reminded', () => {
    const play = stage({ routes: [pager] });
    play.set('i-1', [tunnel]);
    play.until(at('Mon 10:10'));
    play.acknowledge('i-1', at('Mon 14:00'));
    play.until(at('Mon 14:10'));
    expect(play.transcript()).toEqual(['Mon 10:00 noc firing critical', 'Mon 14:00 noc reminder critical']);
    expect(play.current('i-1')?.acknowledgement).toBeNull();
    play.until(at('Mon 14:20'));
    expect(play.transcript().at(-1)).toBe('Mon 14:15 lead escalation critical');
  });

  it('an acknowledgement without an end lasts to the end, and its sinks hear of that', () => {
    const play = stage({ routes: [pager] });
    play.set('i-1', [tunnel]);
    play.acknowledge('i-1');
    play.until(at('Sat 10:00'));
    play.set('i-1', [over], { phase: 'resolved' });
    expect(play.transcript()).toEqual(['Mon 10:00 noc firing critical', 'Sat 10:00 noc resolved critical']);
  });

  it('what gets worse than what was acknowledged pages again, and the acknowledgement is over', () => {
    const play = stage({ routes: [pager] });
    play.set('i-1', [mild]);
    play.acknowledge('i-1');
    play.until(at('Mon 11:00'));
    play.set('i-1', [tunnel]);
    expect(play.current('i-1')?.acknowledgement).toBeNull();
    play.until(at('Mon 11:20'));
    expect(play.transcript()).toEqual([
      'Mon 10:00 noc firing warning',
      'Mon 11:00 noc worse critical',
      'Mon 11:15 lead escalation critical',
    ]);
  });

  it('the same when whoever keeps incidents takes the acknowledgement away by itself', () => {
    const play = stage({ routes: [pager] });
    play.set('i-1', [mild]);
    play.acknowledge('i-1');
    play.until(at('Mon 11:00'));
    play.set('i-1', [tunnel], { acknowledgement: null });
    play.until(at('Mon 11:20'));
    expect(play.transcript()).toEqual([
      'Mon 10:00 noc firing warning',
      'Mon 11:00 noc worse critical',
      'Mon 11:15 lead escalation critical',
    ]);
  });

  it('an acknowledgement covers milder and as bad again; taken back, waiting begins anew', () => {
    const play = stage({ routes: [pager] });
    play.set('i-1', [tunnel]);
    play.until(at('Mon 10:05'));
    play.acknowledge('i-1');
    play.set('i-1', [mild]);
    play.set('i-1', [tunnel]);
    play.until(at('Mon 12:00'));
    play.change('i-1', { acknowledgement: null });
    play.until(at('Mon 12:20'));
    expect(play.transcript()).toEqual(['Mon 10:00 noc firing critical', 'Mon 12:15 lead escalation critical']);
  });

  it('an acknowledgement that ran out reminds once, whether or not anybody takes it back', () => {
    const play = stage({ routes: [route({ to: ['noc'] })] });
    play.clears = false;
    play.set('i-1', [tunnel]);
    play.acknowledge('i-1', at('Mon 11:00'));
    for (const time of ['Mon 11:00', 'Mon 11:10', 'Mon 11:20']) {
      play.until(at(time));
      play.set('i-1', [tunnel]);
      play.restart();
    }
    expect(play.transcript()).toEqual(['Mon 10:00 noc firing critical', 'Mon 11:00 noc reminder critical']);
    expect(play.outcomes.at(-1)?.unacknowledged).toEqual(['i-1']);
  });

  it('more of the same while somebody takes care is no reminder', () => {
    const play = stage({ routes: [pager] });
    play.set('i-1', [tunnel]);
    play.acknowledge('i-1');
    play.until(at('Mon 14:00'));
    play.set('i-1', [tunnel, alert({ tunnel: 'ams1-b', firedAt: play.now })], { cause: extent(2) });
    play.until(at('Mon 20:00'));
    expect(play.transcript()).toEqual(['Mon 10:00 noc firing critical', 'Mon 14:00 noc update critical']);
  });

  it('what got worse waits anew for its steps', () => {
    const critical = { name: 'severity' as const, op: '=' as const, value: 'critical' };
    const routes = [route({ ...pager, matchers: [critical], onward: true }), route({ to: ['noc'] })];
    const play = stage({ routes });
    play.set('i-1', [mild]);
    play.until(at('Mon 14:00'));
    play.set('i-1', [tunnel]);
    play.until(at('Mon 14:20'));
    expect(play.transcript()).toEqual([
      'Mon 10:00 noc firing warning',
      'Mon 14:00 noc worse critical',
      'Mon 14:15 lead escalation critical',
    ]);
  });

  it('somebody else who is hit later hears of it though others have acknowledged', () => {
    const site = (value: string) => [{ name: 'site' as const, op: '=' as const, value }];
    const routes = [route({ matchers: site('ams1'), to: ['a'] }), route({ matchers: site('fra1'), to: ['b'] })];
    const play = stage({ routes });
    play.set('i-1', [tunnel]);
    play.acknowledge('i-1');
    play.until(at('Mon 10:30'));
    play.set('i-1', [tunnel, alert({ tunnel: 'fra1-a', site: 'fra1', firedAt: play.now })]);
    expect(play.transcript()).toEqual(['Mon 10:00 a firing critical', 'Mon 10:30 b firing critical']);
  });
});

describe('silences', () => {
  const hide = { silencedBy: ['s-1'] };
  const show = { silencedBy: [] };

  it('what is hidden pages nobody; when it shows and still fires, people hear of it', () => {
    const play = stage();
    play.set('i-1', [tunnel], hide);
    play.until(at('Mon 14:00'));
    play.change('i-1', show);
    expect(play.transcript()).toEqual(['Mon 14:00 slack firing critical', 'Mon 14:00 mail firing critical']);
  });

  it('what comes and goes behind a silence is never told', () => {
    const play = stage();
    play.set('i-1', [tunnel], hide);
    play.until(at('Mon 14:00'));
    play.set('i-1', [over], { phase: 'resolved' });
    expect(play.transcript()).toEqual([]);
  });

  it('whoever knew is reminded when it ends, and hears the end at any time', () => {
    const play = stage({ routes: [route({ to: ['slack'], remindMs: HOUR })] });
    play.set('i-1', [tunnel]);
    play.until(at('Mon 10:10'));
    play.change('i-1', hide);
    play.until(at('Mon 14:00'));
    play.change('i-1', show);
    play.until(at('Mon 14:30'));
    play.change('i-1', hide);
    play.until(at('Mon 18:00'));
    play.set('i-1', [over], { phase: 'resolved' });
    expect(play.transcript()).toEqual([
      'Mon 10:00 slack firing critical',
      'Mon 14:00 slack reminder critical',
      'Mon 18:00 slack resolved critical',
    ]);
  });

  it('that ends while the app is not running is noticed at the next start', () => {
    const play = stage({ routes: [route({ to: ['slack'] })] });
    play.set('i-1', [tunnel]);
    play.change('i-1', hide);
    play.until(at('Mon 14:00'));
    play.restart();
    play.change('i-1', show);
    expect(play.transcript()).toEqual(['Mon 10:00 slack firing critical', 'Mon 14:00 slack reminder critical']);
  });

  it('one that hides the worst part leaves the severity of what shows', () => {
    const play = stage();
    // The stage hands over what shows: a warning, though the incident is critical.
    play.set('i-1', [mild], { severity: 'critical' });
    play.until(at('Mon 11:00'));
    play.set('i-1', [tunnel], { severity: 'critical' });
    const kinds = play.heard.filter(({ sink }) => sink === 'mail').map(({ kind }) => kind);
    expect(kinds).toEqual(['firing', 'worse']);
  });
});

describe('quiet hours', () => {
  const quietHours = [{ days: [1, 2, 3, 4, 5, 6, 7], from: 22 * 60, to: 7 * 60, zone: 'UTC' }];
  const noc = route({ to: ['noc'], remindMs: HOUR, escalate: [{ afterMs: 30 * MINUTE, to: ['lead'] }] });
  const night = (): Stage => new Stage(at('Mon 20:00'), config({ routes: [noc], quietHours }));

  it('hold what is below critical until they end, and count from there', () => {
    const play = night();
    play.until(at('Mon 23:00'));
    play.set('i-1', [mild]);
    play.until(at('Tue 08:10'));
    expect(play.transcript()).toEqual([
      'Tue 07:00 noc firing warning',
      'Tue 07:30 lead escalation warning',
      'Tue 08:00 noc reminder warning',
    ]);
  });

  it('do not tell what was over before they ended', () => {
    const play = night();
    play.until(at('Mon 23:00'));
    play.set('i-1', [mild]);
    play.until(at('Tue 03:00'));
    play.set('i-1', [over], { phase: 'resolved' });
    play.until(at('Tue 12:00'));
    expect(play.transcript()).toEqual([]);
    expect(play.outcomes.at(-1)?.withdrawn).toEqual([{ incidentId: 'i-1', sink: 'noc' }]);
  });

  it('let critical ones through, also one that was mild at first; then it is told as new, and escalates', () => {
    const play = night();
    play.until(at('Mon 23:00'));
    play.set('i-1', [mild]);
    play.until(at('Tue 03:00'));
    play.set('i-1', [tunnel]);
    play.until(at('Tue 03:40'));
    play.set('i-1', [over], { phase: 'resolved' });
    play.until(at('Tue 12:00'));
    expect(play.transcript()).toEqual([
      'Tue 03:00 noc firing critical',
      'Tue 03:30 lead escalation critical',
      'Tue 03:40 noc resolved critical',
      'Tue 03:40 lead resolved critical',
    ]);
  });

  it('reminders, updates and steps do not pile up', () => {
    const play = night();
    play.set('i-1', [mild], { cause: extent(2) });
    play.until(at('Mon 20:10'));
    play.acknowledge('i-1', at('Mon 23:00'));
    for (const [time, failing] of [
      ['Tue 01:00', 3],
      ['Tue 02:00', 4],
    ] as const) {
      play.until(at(time));
      play.set('i-1', [mild], { cause: extent(failing) });
    }
    play.until(at('Tue 07:59'));
    expect(play.transcript()).toEqual([
      'Mon 20:00 noc firing warning',
      'Tue 07:00 noc reminder warning',
      'Tue 07:00 lead escalation warning',
    ]);
  });

  it('the end of what people know waits as well, unless it was critical', () => {
    const play = night();
    play.set('i-1', [mild]);
    play.set('i-2', [tunnel]);
    play.acknowledge('i-1');
    play.acknowledge('i-2');
    play.until(at('Tue 01:00'));
    play.set('i-1', [over], { phase: 'resolved' });
    play.set('i-2', [over], { phase: 'resolved' });
    play.until(at('Tue 09:00'));
    expect(play.transcript()).toEqual([
      'Mon 20:00 noc firing warning',
      'Mon 20:00 noc firing critical i-2',
      'Tue 01:00 noc resolved critical i-2',
      'Tue 07:00 noc resolved warning',
    ]);
  });

  it('a silence takes back what is held; the morning tells the newest extent of what is not', () => {
    const play = night();
    play.until(at('Mon 23:00'));
    play.set('i-1', [mild]);
    play.set('i-2', [mild], { cause: extent(2) });
    play.until(at('Tue 02:00'));
    play.change('i-1', { silencedBy: ['s-1'] });
    play.set('i-2', [mild], { cause: extent(9) });
    play.until(at('Tue 07:10'));
    expect(play.transcript()).toEqual(['Tue 07:00 noc firing warning i-2']);
  });
});

describe('clocks that jump', () => {
  const pager = route({ to: ['noc'], remindMs: 4 * HOUR, escalate: [{ afterMs: 15 * MINUTE, to: ['lead'] }] });

  it('set back an hour: nothing twice, the escalation still comes', () => {
    const play = stage({ routes: [pager] });
    play.set('i-1', [tunnel]);
    play.until(at('Mon 10:05'));
    play.jump(-HOUR);
    play.until(at('Mon 12:00'));
    expect(play.transcript()).toEqual(['Mon 10:00 noc firing critical', 'Mon 09:20 lead escalation critical']);
  });

  it('set back after it was years ahead: reminders come again', () => {
    const play = new Stage(at('Mon 10:00') + 4 * 365 * DAY, config({ routes: [pager] }));
    play.set('i-1', [tunnel]);
    play.jump(-4 * 365 * DAY);
    play.until(at('Mon 14:30'));
    expect(play.transcript().slice(1)).toEqual([
      'Mon 10:15 lead escalation critical',
      'Mon 14:00 noc reminder critical',
      'Mon 14:15 lead reminder critical',
    ]);
  });

  it('set forward by hours: each step once, in order', () => {
    const play = stage({ routes: [pager] });
    play.set('i-1', [tunnel]);
    play.jump(3 * HOUR);
    play.jump(-3 * HOUR);
    play.until(at('Mon 12:00'));
    expect(play.transcript()).toEqual(['Mon 10:00 noc firing critical', 'Mon 13:00 lead escalation critical']);
  });

  it('a hold that was reckoned by a wrong clock does not last for years', () => {
    const quietHours = [{ days: [1, 2, 3, 4, 5, 6, 7], from: 22 * 60, to: 7 * 60, zone: 'UTC' }];
    const play = new Stage(at('Mon 23:00') + 364 * DAY, config({ routes: [pager], quietHours }));
    play.set('i-1', [mild]);
    play.jump(-364 * DAY);
    play.until(at('Tue 07:05'));
    expect(play.transcript()).toEqual(['Tue 07:00 noc firing warning']);
  });
});
