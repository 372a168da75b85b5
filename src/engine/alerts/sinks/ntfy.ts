/**
 * ntfy, by publishing JSON to the server's root. Priorities go from 1 to 5; a message of more than 4,096 bytes would become
 * an attachment. ntfy reads tags that are names of emoji as such.
 */
import type { Notice, Notifier } from '../contract.ts';
import { loginHeaders, type WebLogin } from './credentials.ts';
import type { HeldSecret } from './held-secret.ts';
import { objectOf } from './json-answer.ts';
import { bytes, cut, safeLink } from './plain.ts';
import { notYet, sentenceOf } from './sink.ts';
import { hostOf, send, type Web } from './web.ts';
import { details, headline, type Mood, moodOf } from './words.ts';

const MESSAGE_BYTES = 4000;
const TITLE_BYTES = 250;

/** 5 breaks through "do not disturb", 3 is normal, 2 makes no sound. */
const PRIORITIES: Readonly<Record<Mood, number>> = { critical: 5, warning: 4, info: 2, good: 3 };
const TAGS: Readonly<Record<Mood, string>> = {
  critical: 'rotating_light',
  warning: 'warning',
  info: 'information_source',
  good: 'white_check_mark',
};

/** The message, without its topic. */
export function ntfyMessage(notice: Notice): object {
  const mood = moodOf(notice);
  const { sentence, lines, next } = details(notice);
  const steps = next.map((step, index) => `${index + 1}. ${step}`);
  const text = [sentence, ...lines, ...steps].filter((line) => line !== '').join('\n');
  const link = safeLink(notice.link);
  return {
    title: cut(headline(notice), TITLE_BYTES, undefined, bytes),
    message: cut(text === '' ? notice.kind : text, MESSAGE_BYTES, undefined, bytes),
    priority: PRIORITIES[mood],
    tags: [TAGS[mood], notice.incident.severity],
    ...(link !== null && { click: link }),
  };
}

export interface NtfyOptions {
  readonly name: string;
  readonly server: HeldSecret;
  /** On a public server whoever knows the topic may read it. */
  readonly topic: HeldSecret;
  readonly login: WebLogin;
}

/** The answer has to be the message as ntfy stored it. */
export function ntfyNotifier({ name, server, topic, login }: NtfyOptions, web: Web): Notifier {
  return {
    name,
    type: 'ntfy',
    get target() {
      return topic.secret ? hostOf(server) : `${hostOf(server)}/${topic.place}`;
    },
    kinds: ['firing', 'worse', 'reminder', 'escalation', 'resolved', 'test'],
    async deliver(notice, _id, signal) {
      const read = await topic.read();
      if (!read.ok) return notYet(sentenceOf(`There is no topic: ${read.error}`));
      return send(
        web,
        {
          url: server,
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          secretHeaders: loginHeaders(login),
          body: JSON.stringify({ topic: read.value, ...ntfyMessage(notice) }),
          secrets: topic.secret ? [read.value] : [],
          check: (reply) =>
            typeof objectOf(reply)?.id === 'string' ? null : 'this is not how ntfy answers; check the address',
        },
        signal,
      );
    },
  };
}
