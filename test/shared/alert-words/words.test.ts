import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RULES } from '../../../src/engine/alerts/rules/catalogue.ts';
import {
  alertLine,
  evidence,
  incidentSentence,
  incidentTitle,
  nextSteps,
  noticeText,
  ruleShort,
  ruleSteps,
  ruleTitle,
  stepWords,
} from '../../../src/shared/alert-words/index.ts';
import { ALERT_RULES, type IncidentStep, NOTICE_KINDS } from '../../../src/shared/alerts.ts';
import type { EventDetail } from '../../../src/shared/model.ts';
import {
  ACME,
  alertOf,
  CAUSES,
  causeFor,
  incidentOf,
  KEY,
  MINUTE,
  NOW,
  over,
  SAY,
  SINCE,
  subjectFor,
} from './samples.ts';

/** What no reader should ever see. */
const UGLY: readonly (readonly [string, RegExp])[] = [
  ['something missing', /undefined|null\b|NaN|\[object/],
  ['an identifier', /00000000|acc0|\bi-x\b/],
  ['a rule by its id', new RegExp(`\\b(${ALERT_RULES.filter((rule) => rule.includes('-')).join('|')})\\b`)],
  [
    'a wrong plural',
    /\b1 (tunnels|days|accounts|changes|findings|data centres|times|fields)\b|\b(0|[2-9]|\d\d+) (tunnel|day|account|change|finding|data centre)\b(?! centres)/,
  ],
  ['two spaces, or one before a mark', / {2}| [.,;:]/],
  ['two marks', /[.!?]{2}|: *$|,$/],
  ['an ASCII apostrophe', /\w'\w/],
];

function isWell(text: string): void {
  expect(text.trim(), 'an empty text').not.toBe('');
  for (const [what, pattern] of UGLY) expect(text, `${what} in “${text}”`).not.toMatch(pattern);
}

describe('every rule and every kind of notice', () => {
  const page: string[] = [];
  for (const rule of ALERT_RULES) {
    for (const many of [false, true]) {
      it(`${rule}, ${many ? 'several' : 'one'}`, () => {
        const incident = incidentOf(causeFor(rule, many), [rule], {
          tunnels: many ? 12 : subjectFor(rule).kind === 'tunnel' ? 1 : 0,
        });
        for (const kind of NOTICE_KINDS) {
          const told = kind === 'resolved' ? over(incident) : incident;
          const alerts = [alertOf(rule, kind === 'resolved' ? 'resolved' : 'firing')];
          const text = noticeText(told, alerts, kind, SAY);
          for (const line of [text.title, text.sentence, ...text.lines, ...text.next]) isWell(line);
          expect(text.title.length, text.title).toBeLessThanOrEqual(90);
          expect(text.next.length).toBeLessThanOrEqual(3);
          expect(text.next.length > 0).toBe(kind !== 'resolved');
          if (kind === 'firing' || kind === 'resolved') {
            page.push(`${kind}: ${text.title}\n    ${text.sentence}`, ...text.lines.map((line) => `    - ${line}`));
          }
        }
        const recovering = { ...incident, phase: 'recovering' as const };
        isWell(incidentTitle(recovering, SAY));
        isWell(incidentSentence(recovering, SAY));
        for (const fact of evidence(alertOf(rule), SAY)) {
          isWell(fact);
          if (!many) page.push(`    = ${fact}`);
        }
      });
    }
    it(`${rule}, without any fact`, () => {
      const bare: EventDetail = {};
      const alert = alertOf(rule, 'pending', { facts: bare, exact: false, unseen: true });
      isWell(alertLine(alert, SAY));
      const facts = evidence(alert, SAY);
      expect(facts.length).toBeGreaterThan(0);
      for (const fact of facts) isWell(fact);
      isWell(incidentSentence(incidentOf(causeFor(rule, false), [rule], { lead: alert }), SAY));
    });
  }

  it('reads as it was agreed', async () => {
    await expect(`${page.join('\n')}\n`).toMatchFileSnapshot('words.txt');
  });

  it('calls rules as the catalogue does', () => {
    for (const rule of ALERT_RULES) {
      expect(ruleTitle(rule, SAY.words)).toBe(RULES.find(({ id }) => id === rule)?.title);
      isWell(ruleShort(rule, SAY.words));
      for (const step of ruleSteps(rule, SAY.words)) isWell(step);
    }
  });
});

describe('titles and sentences', () => {
  const endpoint = CAUSES['cloudflare-endpoint'];
  const title = (...about: Parameters<typeof incidentOf>): string => incidentTitle(incidentOf(...about), SAY);
  const sentence = (...about: Parameters<typeof incidentOf>): string => incidentSentence(incidentOf(...about), SAY);

  it.each([
    ['12 of 12 tunnels to 203.0.113.1 lost BGP', title(endpoint, ['bgp-down'])],
    ['12 of 12 tunnels to 203.0.113.1 are down or without BGP', title(endpoint, ['bgp-down', 'health-down'])],
    ['2 of 2 tunnels from 198.51.100.7 fail health checks', title(CAUSES['customer-endpoint'], ['health-down'])],
    ['30 of 36 tunnels of Acme lost BGP', title(CAUSES.account, ['bgp-down'])],
    ['paris-1 lost BGP', title(CAUSES.tunnel, ['bgp-down'])],
    ['paris-1 is down: no BGP, health checks fail', title(CAUSES.tunnel, ['bgp-down', 'health-down', 'standby-down'])],
    ['Paris is isolated: 2 of 2 tunnels lost BGP', title(CAUSES.site, ['site-isolated', 'bgp-down'])],
    ['3 of 36 tunnels of Acme have PSKs that are due for rotation', title(CAUSES.rule, ['psk-due'])],
    ['Acme and Bravo cannot be watched: Cloudflare refuses the token', title(CAUSES.blind, ['token-refused'])],
    ['Tunnelwatch cannot keep its history', title(CAUSES.app, ['store-failing'])],
    ['Recovering: tunnels to 203.0.113.1 lost BGP', title(endpoint, ['bgp-down'], { phase: 'recovering' })],
    ['Resolved: tunnels to 203.0.113.1 lost BGP', incidentTitle(over(incidentOf(endpoint, ['bgp-down'])), SAY)],
    [
      'Part of a wider incident: paris-1 lost BGP',
      title(CAUSES.tunnel, ['bgp-down'], { mergedInto: 'i-3', phase: 'resolved' }),
    ],
  ])('%s', (expected, actual) => {
    expect(actual).toBe(expected);
  });

  it.each([
    [
      'All other endpoints are fine. BGP down alone does not prove that traffic is down. Since 10:02 (4 min).',
      sentence(endpoint, ['bgp-down']),
    ],
    [
      'Elsewhere 1 of 24 tunnels fails as well. Since 10:02 (4 min).',
      sentence(CAUSES['customer-endpoint'], ['health-down']),
    ],
    [
      'It is recovering: after an outage Cloudflare holds a tunnel at degraded for 5 to 30 min. Since 10:02 (4 min).',
      sentence(CAUSES.tunnel, ['health-down'], { phase: 'recovering' }),
    ],
    ['It lasted 4 min, from 10:02 to 10:06.', incidentSentence(over(incidentOf(endpoint, ['bgp-down'])), SAY)],
    ['Since before 10:02 (at least 4 min).', sentence(CAUSES.tunnel, ['health-down'], { exact: false })],
    [
      'The site runs on its last tunnel. Since 10:02 (4 min). It came back 3 times.',
      sentence(CAUSES.tunnel, ['health-down', 'redundancy-lost'], { returns: 3 }),
    ],
    [
      'It has the same cause as i-3 and goes on there.',
      sentence(CAUSES.tunnel, ['bgp-down'], { mergedInto: 'i-3', phase: 'resolved' }),
    ],
    [
      'Since 10:02 (4 min). 4 min before, the configuration of paris-1 changed: replay protection from off to on.',
      sentence(CAUSES.tunnel, ['health-down'], {
        priorChange: {
          at: SINCE - 4 * MINUTE,
          key: KEY,
          name: 'paris-1',
          change: { fields: 'replayProtection', replayProtection: 'false -> true' },
        },
      }),
    ],
    [
      'Since 10:02 (4 min). At about the same time, paris-1 got a new PSK.',
      sentence(CAUSES.tunnel, ['health-down'], {
        priorChange: { at: SINCE, key: KEY, name: 'paris-1', change: { from: null, to: SINCE } },
      }),
    ],
  ])('%s', (expected, actual) => {
    expect(actual).toBe(expected);
  });

  it('says who takes care, or that nobody does', () => {
    const incident = incidentOf(CAUSES.tunnel, ['bgp-down']);
    expect(noticeText(incident, [], 'reminder', SAY).sentence).toMatch(/Nobody has acknowledged it\.$/);
    const acknowledgement = { by: 'Ada', at: SINCE, comment: '', until: null };
    expect(noticeText({ ...incident, acknowledgement }, [], 'update', SAY).sentence).toMatch(/Ada takes care of it\.$/);
    expect(noticeText(incident, [], 'worse', SAY).title).toBe('Worse: paris-1 lost BGP');
    expect(noticeText(incident, [], 'escalation', SAY).title).toBe('Not acknowledged: paris-1 lost BGP');
  });

  it('counts what does not fit', () => {
    const alerts = Array.from({ length: 50 }, () => alertOf('bgp-down'));
    const { lines } = noticeText(incidentOf(endpoint, ['bgp-down']), alerts, 'firing', SAY);
    expect(lines).toHaveLength(11);
    expect(lines[0]).toBe('paris-1 (Paris): BGP down since 10:02 (4 min)');
    expect(lines[10]).toBe('and 40 more');
  });

  it('looks for a change first, and lets a tunnel recover in peace', () => {
    const incident = incidentOf(CAUSES.tunnel, ['health-down']);
    const priorChange = { at: SINCE, key: KEY, name: 'paris-1', change: {} };
    expect(nextSteps({ ...incident, priorChange }, [], SAY.words)[0]).toMatch(/change shortly before/);
    expect(nextSteps({ ...incident, phase: 'recovering' }, [], SAY.words)).toEqual([expect.stringMatching(/^Wait/)]);
    expect(nextSteps(incidentOf(endpoint, ['bgp-down']), [], SAY.words)[2]).toMatch(/^Cloudflare’s/);
  });

  it('tells each step of a timeline', () => {
    const step = (what: IncidentStep['what'], by: string | null, note: string) =>
      stepWords({ at: NOW, what, by, note }, SAY);
    expect(step('acknowledged', 'Ada', 'on the phone with the carrier')).toBe(
      'Acknowledged by Ada: on the phone with the carrier',
    );
    expect(step('opened', null, '12 of 12 tunnels to 203.0.113.1')).toBe('Opened: 12 of 12 tunnels to 203.0.113.1');
    expect(step('recovering', null, '')).toBe('Recovering');
    expect(step('silenced', null, 'maintenance:Friday')).toBe('Hidden by the maintenance window Friday');
    expect(step('worse', null, 'warning to critical')).toBe('Got worse: from warning to critical');
  });

  it('keeps names as they are, whatever they hold', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'binary' }), fc.constantFrom(...ALERT_RULES), (name, rule) => {
        const cause = { kind: 'tunnel', accountId: ACME, key: KEY, name } as const;
        expect(incidentTitle(incidentOf(cause, [rule]), SAY).startsWith(name)).toBe(true);
        const subject = { ...subjectFor('bgp-down'), name } as ReturnType<typeof subjectFor>;
        expect(alertLine(alertOf('bgp-down', 'firing', { subject }), SAY).startsWith(name)).toBe(true);
      }),
    );
  });
});
