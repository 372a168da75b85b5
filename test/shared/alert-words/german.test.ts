/** The German of alerts and notices: nothing missing, nothing left in English, and as it was agreed. */
import { describe, expect, it } from 'vitest';
import { fault } from '../../../src/engine/cloudflare/fault.ts';
import { faultOf } from '../../../src/engine/cloudflare/fault-of-error.ts';
import { say } from '../../../src/renderer/words/de/alerts.ts';
import { say as sayInEnglish } from '../../../src/renderer/words/en/alerts.ts';
import {
  alertLine,
  causeWords,
  evidence,
  incidentSentence,
  incidentTitle,
  nextSteps,
  noticeText,
  ruleShort,
  ruleSteps,
  ruleTitle,
  type Say,
  stepWords,
} from '../../../src/shared/alert-words/index.ts';
import { PHRASES } from '../../../src/shared/alert-words/languages.ts';
import { ALERT_RULES, type Cause, type IncidentStep, NOTICE_KINDS } from '../../../src/shared/alerts.ts';
import { FAULT_KINDS } from '../../../src/shared/fault.ts';
import { alertOf, CAUSES, causeFor, incidentOf, KEY, MINUTE, NOW, over, SAY, SAY_DE, SINCE } from './samples.ts';

/** Words that give English away; none of them is German, or a word that Cloudflare writes. */
const ENGLISH =
  /\b(the|and|or|of|to|is|are|were|has|have|had|not|from|with|by|since|before|after|no|yes|lost|fails?|down|up|without|until|this|that|it|its|at|for|please|token’s|check|cannot|reported|changed?|unknown)\b/i;
/** Names and quotations, which stay: of permissions, of Cloudflare’s states, of pages in its documentation. */
const QUOTED = /Account Analytics Read|BGP_UP: up (ohne|und)|Magic (WAN|Transit) \w+|Hold-Timer|„[^“]*“/g;
const UGLY = /undefined|null\b|NaN|\[object| {2}| [.,;]|[.!?]{2}|\w'\w|00000000/;

function isGerman(text: string): void {
  expect(text.trim()).not.toBe('');
  expect(text.replace(QUOTED, ''), text).not.toMatch(ENGLISH);
  expect(text).not.toMatch(UGLY);
  expect(text).not.toMatch(/\b1 (Tagen?|Tage|Konten|Rechenzentren|Befunde|Felder|weitere)\b/);
}

describe('every rule and every kind of notice', () => {
  const page: string[] = [];
  for (const rule of ALERT_RULES) {
    // What a rule of the configuration found, and what a disk says, is told in the words in which it came.
    const own = rule !== 'misconfiguration' && rule !== 'store-failing';
    for (const many of [false, true]) {
      it(`${rule}, ${many ? 'several' : 'one'}`, () => {
        const incident = incidentOf(causeFor(rule, many), [rule], { tunnels: many ? 12 : 1 });
        for (const kind of NOTICE_KINDS) {
          const told = kind === 'resolved' ? over(incident) : incident;
          const text = noticeText(told, [alertOf(rule, kind === 'resolved' ? 'resolved' : 'firing')], kind, SAY_DE);
          for (const line of [text.title, ...text.lines, ...text.next]) isGerman(line);
          if (own) isGerman(text.sentence);
          if (kind === 'firing' || kind === 'resolved') {
            page.push(`${kind}: ${text.title}\n    ${text.sentence}`, ...text.lines.map((line) => `    - ${line}`));
          }
        }
        const recovering = { ...incident, phase: 'recovering' as const };
        isGerman(incidentTitle(recovering, SAY_DE));
        if (own) isGerman(incidentSentence(recovering, SAY_DE));
        for (const fact of evidence(alertOf(rule), SAY_DE)) {
          if (own) isGerman(fact);
          if (!many) page.push(`    = ${fact}`);
        }
        if (!many) page.push(...nextSteps(incident, [], SAY_DE.words).map((step) => `    > ${step}`));
      });
    }

    it(`${rule}, by name and bare`, () => {
      isGerman(ruleTitle(rule, SAY_DE.words));
      isGerman(ruleShort(rule, SAY_DE.words));
      for (const step of ruleSteps(rule, SAY_DE.words)) isGerman(step);
      const bare = alertOf(rule, 'pending', { facts: {}, exact: false, unseen: true });
      isGerman(alertLine(bare, SAY_DE));
      for (const fact of evidence(bare, SAY_DE)) isGerman(fact);
    });
  }

  for (const [kind, cause] of Object.entries(CAUSES)) {
    it(`a cause: ${kind}`, () => {
      for (const rules of [['bgp-down'], ['health-down', 'bgp-down'], ['site-isolated', 'bgp-down']] as const) {
        const incident = incidentOf(cause, rules, {
          priorChange: {
            at: SINCE - 4 * MINUTE,
            key: KEY,
            name: 'paris-1',
            change: { fields: 'replayProtection, name', replayProtection: 'false -> true', name: 'a -> b' },
          },
          returns: 2,
        });
        for (const one of [incident, over(incident), { ...incident, phase: 'recovering' as const }]) {
          const title = incidentTitle(one, SAY_DE);
          const sentence = incidentSentence(one, SAY_DE);
          isGerman(title);
          isGerman(sentence);
          page.push(`${kind}, ${one.phase}: ${title}\n    ${sentence}`);
        }
      }
    });
  }

  it('reads as it was agreed', async () => {
    await expect(`${page.join('\n')}\n`).toMatchFileSnapshot('words.de.txt');
  });
});

describe('a finding of the configuration, on a German page', () => {
  const found = (rule: string, page: Say): readonly string[] => {
    const facts = { rule, evidence: 'healthCheck.enabled is false', why: 'It fails.', fix: 'Mend it.', findings: 2 };
    return evidence(alertOf('misconfiguration', 'firing', { facts }), page);
  };
  const page = say(NOW, SAY_DE.account);

  it('has the reason and the remedy of its rule, the value as Cloudflare has it', () => {
    expect(found('hc-disabled', page)).toEqual([
      'healthCheck.enabled is false.',
      'Ohne Zustandsprüfung merkt Cloudflare keinen Ausfall und lenkt den Verkehr nicht um.',
      'Die Zustandsprüfung einschalten.',
      found('hc-disabled', SAY_DE)[3],
    ]);
  });

  it('stays as the host said it where the rule is not known, in notices, and in English', () => {
    const english = ['healthCheck.enabled is false.', 'It fails.', 'Mend it.'];
    expect(found('of-tomorrow', page).slice(0, 3)).toEqual(english);
    expect(found('hc-disabled', SAY_DE).slice(0, 3)).toEqual(english);
    expect(found('hc-disabled', sayInEnglish(NOW, SAY.account)).slice(0, 3)).toEqual(english);
  });
});

describe('the timeline of an incident, recorded in English', () => {
  const step = (what: IncidentStep['what'], note: string, by: string | null = null): string =>
    stepWords({ at: NOW, what, by, note }, SAY_DE);

  it.each<[string, string]>([
    ['Eröffnet: 12 von 12 Tunneln zu 203.0.113.1', step('opened', '12 of 12 tunnels to 203.0.113.1')],
    ['Eröffnet: 1 von 1 Tunnel von Paris', step('opened', '1 of 1 tunnel of Paris')],
    ['Eröffnet: paris-1', step('opened', 'paris-1')],
    ['Wuchs: 3 Konten', step('grew', '3 accounts')],
    ['Wuchs: 3 von 12', step('grew', '3 of 12')],
    ['Wurde schlimmer: von Warnung zu kritisch', step('worse', 'warning to critical')],
    ['Behoben: Teil von i-3', step('resolved', 'part of i-3')],
    ['Quittiert von Ada: telefoniert with the carrier', step('acknowledged', 'telefoniert with the carrier', 'Ada')],
    ['Quittiert von ada: aus dem Infobereich', step('acknowledged', 'from the tray', 'ada')],
    ['Durch das Wartungsfenster Freitag verborgen', step('silenced', 'maintenance:Freitag')],
    ['Eskaliert: pager, mail', step('escalated', 'pager, mail')],
  ])('%s', (expected, actual) => {
    expect(actual).toBe(expected);
  });

  it('knows the cause of every kind as it is recorded', () => {
    const spoken: readonly Cause['kind'][] = ['site', 'cloudflare-endpoint', 'customer-endpoint', 'account', 'rule'];
    for (const kind of spoken) {
      const recorded = causeWords(CAUSES[kind], SAY.account, PHRASES.en);
      expect(step('opened', recorded)).toBe(`Eröffnet: ${causeWords(CAUSES[kind], SAY.account, PHRASES.de)}`);
    }
  });
});

describe('faults of ours', () => {
  const context = {
    host: 'api.cloudflare.com',
    account: 'Acme',
    permission: 'Magic WAN Read or Magic Transit Read',
    secrets: ['hidden-token'],
    write: true,
    deadlineMs: 20_000,
    maxBytes: 1_572_864,
  };
  const said = (of: Parameters<typeof fault>[0], detail: string | null = null): string =>
    PHRASES.de.faults.sentence(fault(of, context, { detail }));

  it.each(FAULT_KINDS)('%s', (kind) => {
    isGerman(said(kind));
    expect(PHRASES.en.faults.sentence(fault(kind, context))).toBe(fault(kind, context).sentence);
  });

  it('say what is known beyond the kind, and keep the words of Cloudflare', () => {
    expect(said('offline', 'connection refused, 127.0.0.1 port 8484')).toContain(
      '(Verbindung abgewiesen, 127.0.0.1 Port 8484)',
    );
    expect(said('rejected', 'Cloudflare says: name is taken, code 1001, at /name')).toBe(
      'Cloudflare hat die Anfrage nicht angenommen (Cloudflare meldet: name is taken, Code 1001, bei /name).',
    );
    expect(said('too-large')).toContain('1,5 MiB');
    expect(said('timeout')).toMatch(/vor einem neuen Versuch den Tunnel lesen\.$/);
    expect(said('rejected', 'it quotes hidden-token')).not.toContain('hidden-token');
  });

  it.each([
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    'UND_ERR_SOCKET',
    'ENETUNREACH',
    'EHOSTUNREACH',
    'UND_ERR_CONNECT_TIMEOUT',
    'ETIMEDOUT',
    'ENOTFOUND',
    'EAI_AGAIN',
    'CERT_HAS_EXPIRED',
    'CERT_NOT_YET_VALID',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'ERR_SSL_WRONG_VERSION_NUMBER',
  ])('name the cause %s', (code) => {
    const found = faultOf(Object.assign(new Error('x'), { code }), { ...context, write: false });
    isGerman(PHRASES.de.faults.sentence(found));
  });

  it('fall back on the English sentence where no more is known', () => {
    const sentence = 'The keychain is on strike.';
    expect(PHRASES.de.faults.sentence({ kind: 'internal', sentence })).toBe(sentence);
  });
});
