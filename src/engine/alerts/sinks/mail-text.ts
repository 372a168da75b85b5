/** A notice as an e-mail: subject, plain text, HTML, and the headers that make a thread of an incident. */
import type { Notice } from '../contract.ts';
import { cut, escapeHtml, safeLink } from './plain.ts';
import { deliveryKey, details, frameOf, headline, incidentKey, MARKS, type Mood, moodOf } from './words.ts';

export interface MailText {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Of this mail: the same for each attempt, so that a mailbox shows a repeated one once. */
  readonly messageId: string;
  /** A mail that was never sent and that all mails about the incident answer: mail programs make one thread of them. */
  readonly thread: string;
  readonly urgent: boolean;
}

const SUBJECT = 200;
const LINE = 1000;
const COLOURS: Readonly<Record<Mood, string>> = {
  critical: '#b42318',
  warning: '#93600a',
  info: '#1f5fa8',
  good: '#1a7340',
};

function htmlOf(
  notice: Notice,
  paragraphs: { sentence: string; lines: readonly string[]; next: readonly string[] },
): string {
  const mood = moodOf(notice);
  const frame = frameOf(notice);
  const link = safeLink(notice.link);
  const items = (lines: readonly string[]): string => lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('');
  return [
    '<!doctype html><html><body style="font-family:system-ui,sans-serif;font-size:14px;line-height:1.5">',
    `<p style="font-size:17px;font-weight:600;color:${COLOURS[mood]}">${MARKS[mood]} ${escapeHtml(headline(notice))}</p>`,
    paragraphs.sentence === '' ? '' : `<p>${escapeHtml(paragraphs.sentence)}</p>`,
    paragraphs.lines.length === 0 ? '' : `<ul>${items(paragraphs.lines)}</ul>`,
    paragraphs.next.length === 0 ? '' : `<p>${escapeHtml(frame.next)}</p><ol>${items(paragraphs.next)}</ol>`,
    link === null ? '' : `<p><a href="${escapeHtml(link)}">${escapeHtml(frame.open)}</a></p>`,
    '</body></html>',
  ]
    .filter((part) => part !== '')
    .join('\n');
}

/** The mail for a notice. `domain` is that of the sender. */
export function mailText(notice: Notice, id: string, domain: string): MailText {
  const found = details(notice);
  const short = (lines: readonly string[]): string[] => lines.map((line) => cut(line, LINE));
  const paragraphs = { sentence: cut(found.sentence, 4000), lines: short(found.lines), next: short(found.next) };
  const link = safeLink(notice.link);
  const text = [
    headline(notice),
    paragraphs.sentence,
    paragraphs.lines.map((line) => `- ${line}`).join('\n'),
    paragraphs.next.length === 0
      ? ''
      : [frameOf(notice).next, ...paragraphs.next.map((step, index) => `${index + 1}. ${step}`)].join('\n'),
    link ?? '',
  ];
  const host = domain.replace(/[^a-z0-9.-]/gi, '') || 'tunnelwatch.invalid';
  const isTest = notice.kind === 'test';
  return {
    subject: cut(`[Tunnelwatch] ${headline(notice)}`, SUBJECT),
    text: `${text.filter((part) => part !== '').join('\n\n')}\n`,
    html: htmlOf(notice, paragraphs),
    messageId: `<${deliveryKey(notice, id).replace(/[^\w.-]/g, '-')}@${host}>`,
    thread: `<tunnelwatch-${isTest ? 'test' : incidentKey(notice.incident)}@${host}>`,
    urgent: moodOf(notice) === 'critical',
  };
}
