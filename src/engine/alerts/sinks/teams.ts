/**
 * Microsoft Teams, by a workflow that takes an adaptive card (version 1.4). Its address may be at any host: Microsoft
 * moves them. A card may have 28 KB.
 */
import type { Notice, Notifier } from '../contract.ts';
import type { HeldSecret } from './held-secret.ts';
import { bytes, cut, safeLink } from './plain.ts';
import { hostOf, notAPage, send, type Web } from './web.ts';
import { details, frameOf, headline, MARKS, type Mood, moodOf } from './words.ts';

const HEADLINE = 500;
const LINE = 500;
/** The sentence and each line fit many times over; names of others must not make the card too long all the same. */
const TEXT_BYTES = 20_000;

const COLOURS: Readonly<Record<Mood, string>> = {
  critical: 'Attention',
  warning: 'Warning',
  info: 'Accent',
  good: 'Good',
};

/** A text block reads Markdown and a text run does not: names of others stand in runs alone. */
function paragraph(text: string, style: object = {}): object {
  return { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text, ...style }] };
}

function within(lines: readonly string[], most: number): readonly string[] {
  const kept: string[] = [];
  let used = 0;
  for (const line of lines) {
    const short = cut(line, LINE);
    // JSON may write a character with six.
    used += bytes(JSON.stringify(short));
    if (used > most) break;
    kept.push(short);
  }
  return kept;
}

/** The message with its card. */
export function teamsMessage(notice: Notice): object {
  const { sentence, lines, next } = details(notice);
  const mood = moodOf(notice);
  const title = cut(`${MARKS[mood]} ${headline(notice)}`, HEADLINE);
  const link = safeLink(notice.link);
  const frame = frameOf(notice);
  const steps = within(next, TEXT_BYTES / 4).map((step, index) => paragraph(`${index + 1}. ${step}`));
  const body = [
    paragraph(title, { size: 'Large', weight: 'Bolder', color: COLOURS[mood] }),
    ...(sentence === '' ? [] : [paragraph(cut(sentence, 2000))]),
    ...within(lines, TEXT_BYTES / 2).map((line) => paragraph(line)),
    ...(steps.length === 0 ? [] : [paragraph(frame.next, { weight: 'Bolder' }), ...steps]),
  ];
  const card = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    fallbackText: title,
    msteams: { width: 'Full' },
    body,
    ...(link !== null && { actions: [{ type: 'Action.OpenUrl', title: frame.open, url: link }] }),
  };
  const contentType = 'application/vnd.microsoft.card.adaptive';
  return { type: 'message', attachments: [{ contentType, contentUrl: null, content: card }] };
}

/** The address is the secret: whoever has it may write to the channel. */
export function teamsNotifier({ name, url }: { readonly name: string; readonly url: HeldSecret }, web: Web): Notifier {
  return {
    name,
    type: 'teams',
    get target() {
      return hostOf(url);
    },
    kinds: ['firing', 'worse', 'reminder', 'escalation', 'resolved', 'test'],
    deliver: (notice, _id, signal) =>
      send(
        web,
        {
          url,
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(teamsMessage(notice)),
          check: notAPage,
        },
        signal,
      ),
  };
}
