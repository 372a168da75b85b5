/**
 * Slack, by an incoming webhook. Limits of Block Kit: header 150 characters, text of a section 3,000, 50 blocks. Slack asks
 * for at most about one message a second and answers 429 with `Retry-After` beyond that.
 * Messages of a webhook can be neither changed nor answered: there is no `update`.
 */
import type { Notice, Notifier } from '../contract.ts';
import type { HeldSecret } from './held-secret.ts';
import { cut, safeLink } from './plain.ts';
import { hostOf, notAPage, send, type Web } from './web.ts';
import { details, frameOf, headline, MARKS, moodOf } from './words.ts';

const HEADER = 150;
const SECTION = 3000;
const BLOCKS = 50;

/**
 * Slack reads `<!channel>`, `<@U1>` and links between angle brackets; these three are all it wants escaped. Servers that
 * take its format also read `@here` and `@channel` as they stand: an invisible joiner after the sign makes them plain words.
 */
function escapeSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('@', '@\u2060');
}

/** Not read as markup: no mentions, no links, no `:emoji:`. */
const plain = (text: string, most: number) => ({
  type: 'plain_text',
  text: cut(text, most, escapeSlack),
  emoji: false,
});
const section = (text: string) => ({ type: 'section', text: plain(text, SECTION) });

/** The message: `text` is what notifications and screen readers tell, the blocks are what people see. */
export function slackMessage(notice: Notice): object {
  const { sentence, lines, next } = details(notice);
  const title = `${MARKS[moodOf(notice)]} ${headline(notice)}`;
  const steps = next.map((step, index) => `${index + 1}. ${step}`);
  const link = safeLink(notice.link);
  const frame = frameOf(notice);
  const blocks: object[] = [
    { type: 'header', text: plain(title, HEADER) },
    ...(sentence === '' ? [] : [section(sentence)]),
    ...(lines.length === 0 ? [] : [section(lines.join('\n'))]),
    ...(steps.length === 0 ? [] : [section([frame.next, ...steps].join('\n'))]),
    ...(link === null
      ? []
      : [{ type: 'section', text: { type: 'mrkdwn', text: `<${link}|${escapeSlack(frame.open)}>` } }]),
  ];
  return { text: cut(`${title}. ${sentence}`, SECTION, escapeSlack), blocks: blocks.slice(0, BLOCKS) };
}

/** The address is the secret: whoever has it may write to the channel. */
export function slackNotifier({ name, url }: { readonly name: string; readonly url: HeldSecret }, web: Web): Notifier {
  return {
    name,
    type: 'slack',
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
          body: JSON.stringify(slackMessage(notice)),
          check: notAPage,
        },
        signal,
      ),
  };
}
