/** The shapes that receivers want, for any text that anybody may put into a name. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertmanagerAlert } from '../../../../src/engine/alerts/sinks/alertmanager.ts';
import { mailText } from '../../../../src/engine/alerts/sinks/mail-text.ts';
import { ntfyMessage } from '../../../../src/engine/alerts/sinks/ntfy.ts';
import { pagerDutyEvent } from '../../../../src/engine/alerts/sinks/pagerduty.ts';
import { bytes, cut, escapeHtml, escapeJson, oneLine } from '../../../../src/engine/alerts/sinks/plain.ts';
import { slackMessage } from '../../../../src/engine/alerts/sinks/slack.ts';
import { teamsMessage } from '../../../../src/engine/alerts/sinks/teams.ts';
import { checkTemplate, renderTemplate } from '../../../../src/engine/alerts/sinks/template.ts';
import { webhookBody } from '../../../../src/engine/alerts/sinks/webhook-body.ts';
import { headline, incidentKey } from '../../../../src/engine/alerts/sinks/words.ts';
import { NOTICE_KINDS } from '../../../../src/shared/alerts.ts';
import { ACCOUNT, notice, SINCE } from './notices.ts';
import { textsIn } from './web-beds.ts';

/** Any UTF-16, broken or not, and pieces of markup. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({ unit: 'grapheme', maxLength: 5000 }),
  fc
    .array(
      fc.constantFrom(
        '<',
        '>',
        '&',
        '@',
        '"',
        '\\',
        '\r\n',
        '{{',
        '}}',
        '\u2028',
        '\ud83d',
        '🚇',
        'channel',
        '!',
        '`',
        '*',
      ),
      {
        maxLength: 600,
      },
    )
    .map((parts) => parts.join('')),
);
const anyNotice = fc
  .record({
    name: anyText,
    kind: fc.constantFrom(...NOTICE_KINDS),
    severity: fc.constantFrom('info' as const, 'warning' as const, 'critical' as const),
    link: fc.constantFrom(
      null,
      'https://noc.example/#/alerts/i-7',
      'not a link',
      'javascript:alert(1)',
      'https://a.example/"><b>|x',
    ),
  })
  .map(notice);

const TEMPLATE =
  '{"t":"{{headline}}","l":[{{#lines}}"{{text}}"{{^last}},{{/last}}{{/lines}}],"s":"{{sentence}} {{accounts}}"}';

describe('any notice', () => {
  it('fits every format and its limits', () => {
    fc.assert(
      fc.property(anyNotice, (one) => {
        const slack = textsIn(slackMessage(one));
        expect(slack.every((text) => text.length <= 3000 && text.isWellFormed())).toBe(true);
        expect(slack.filter((text) => /[<>]/.test(text)).every((text) => text.endsWith('|Open in Tunnelwatch>'))).toBe(
          true,
        );
        expect(slack.join('\n')).not.toMatch(/@(here|channel|everyone)/);

        const teams = JSON.stringify(teamsMessage(one));
        expect(bytes(teams)).toBeLessThan(28_000);

        const event = JSON.stringify(pagerDutyEvent(one, 'trigger', '1'));
        expect(bytes(event)).toBeLessThan(100_000);
        expect(JSON.parse(event).payload.summary.length).toBeLessThanOrEqual(1024);

        const phone = JSON.parse(JSON.stringify(ntfyMessage(one)));
        expect(bytes(phone.message)).toBeLessThanOrEqual(4096);
        expect(phone.message).not.toBe('');

        const mail = mailText(one, '1', 'example.com');
        expect(mail.subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
        expect(
          mail.html.replace(/<\/?(?:!doctype html|html|body|p|ul|ol|li|a)(?: (?:style|href)="[^"<>]*")?>/g, ''),
        ).not.toMatch(/[<>]/);

        for (const value of Object.values(webhookBody(one, 'x').commonLabels)) expect(value).toBe(oneLine(value));
        expect(JSON.parse(renderTemplate(TEMPLATE, 'application/json', one, 'x')).t).toBe(headline(one));

        const linked = JSON.stringify([
          slackMessage(one),
          teamsMessage(one),
          alertmanagerAlert(one, {}, 60_000, SINCE),
          mail,
        ]);
        expect(linked).not.toMatch(/(url|href|generatorURL)[\\":=]+javascript/);
      }),
      { numRuns: 150 },
    );
  });
});

describe('an incident at Alertmanager', () => {
  const labelsOf = (...given: Parameters<typeof notice>): unknown =>
    (alertmanagerAlert(notice(...given), {}, 60_000, SINCE) as { labels: unknown }).labels;

  it('keeps its labels whatever becomes of it', () => {
    const first = labelsOf({ kind: 'firing', severity: 'warning' });
    const key = `${ACCOUNT}/t` as never;
    for (const kind of ['worse', 'update', 'reminder', 'escalation', 'resolved'] as const) {
      expect(labelsOf({ kind, severity: 'critical' })).toEqual(first);
    }
    const extent = { failing: 2, of: 3 };
    const wider = {
      kind: 'cloudflare-endpoint' as const,
      accountId: ACCOUNT,
      address: '203.0.113.1',
      extent,
      others: extent,
    };
    expect(labelsOf({ cause: { kind: 'tunnel', accountId: ACCOUNT, key, name: 'other' } })).toEqual(first);
    expect(labelsOf({ cause: wider })).toEqual(first);
  });

  it('is told apart from one of the same number of another installation', () => {
    expect(incidentKey(notice({ since: SINCE }).incident)).not.toBe(incidentKey(notice({ since: SINCE + 1 }).incident));
  });

  it('names no account where more accounts may join', () => {
    expect(labelsOf({ cause: { kind: 'blind', accountIds: [ACCOUNT] } })).not.toHaveProperty('account');
  });
});

describe('texts', () => {
  it('are cut at whole characters and whole escapes, never longer than allowed', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }).map((text) => text.toWellFormed()),
        fc.integer({ min: 1, max: 60 }),
        (text, most) => {
          const short = cut(text, most, escapeHtml);
          expect(short.length).toBeLessThanOrEqual(most);
          expect(short.isWellFormed()).toBe(true);
          expect(short).not.toMatch(/&(?!amp;|lt;|gt;|quot;|#39;)/);
          expect(bytes(cut(text, most + 2, undefined, bytes))).toBeLessThanOrEqual(most + 2);
        },
      ),
    );
  });

  it('survive JSON', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(JSON.parse(`"${escapeJson(text)}"`)).toBe(text.toWellFormed());
      }),
    );
  });

  it('do not say twice what they are', () => {
    expect(headline(notice({ kind: 'resolved' }))).toBe('Resolved: ams-1 lost BGP');
    expect(headline(notice())).toBe('Critical: ams-1 lost BGP');
    expect(headline(notice({ kind: 'test' }))).toBe('Test: ams-1 lost BGP');
  });
});

describe('a template', () => {
  it('escapes for its content type', () => {
    const one = notice({ name: 'a&b "c" <d>' });
    const render = (type: string) => renderTemplate('{{title}}', type, one, 'x');
    expect(render('application/json')).toBe('a&b \\"c\\" <d> lost BGP');
    expect(render('application/vnd.x+json')).toBe('a&b \\"c\\" <d> lost BGP');
    expect(render('application/x-www-form-urlencoded')).toBe('a%26b%20%22c%22%20%3Cd%3E%20lost%20BGP');
    expect(render('text/html; charset=utf-8')).toBe('a&amp;b &quot;c&quot; &lt;d&gt; lost BGP');
    expect(render('text/plain')).toBe('a&b "c" <d> lost BGP');
  });

  it('may change its delimiters', () => {
    expect(checkTemplate('{{=<% %>=}}{"a":"<% title %>"}', 'application/json')).toBeNull();
  });
});
