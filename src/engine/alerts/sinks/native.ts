/**
 * Notifications of the desktop that we run on. The host shows them; `nativeNotifier` says what. Elsewhere there is no
 * desktop, and the sink wants nothing.
 */
import type { AlertLanguage } from '../../../shared/alert-words/languages.ts';
import type { NoticeKind } from '../../../shared/alerts.ts';
import type { Notifier } from '../contract.ts';
import { cut } from './plain.ts';
import { delivered, notYet, refused } from './sink.ts';
import { details, headline, type Mood, moodOf } from './words.ts';

/** What the desktop shows. Plain text: a desktop that reads markup (Linux) is the host's to escape for. */
export interface NativeNotification {
  /** The same for all notifications about one incident: the newer one takes the place of the older. */
  readonly tag: string;
  /** One line, at most 120 characters. */
  readonly title: string;
  /** At most 400 characters. */
  readonly body: string;
  readonly mood: Mood;
  /** Stays until somebody sees it. */
  readonly urgent: boolean;
  /** Replaces what is shown and makes no sound. */
  readonly silent: boolean;
  /** What to open on a click; `null` for a test. */
  readonly incidentId: string | null;
  /** What it speaks, for the buttons below it; absent: English. */
  readonly language?: AlertLanguage;
}

/**
 * Shows it; rejects when the desktop refuses: with `NotShown` where there is something to tell. Resolves once it is on the
 * screen, or handed over.
 */
export type ShowNotification = (notification: NativeNotification, signal: AbortSignal) => Promise<void>;

/** The desktop that a host runs on. */
export interface Desktop {
  readonly show: ShowNotification;
  /** Whether the person at this desktop wants notifications; asked anew each time. */
  readonly wanted: () => boolean;
}

/** Why a notification was not shown. The message is one sentence for the person at this desktop, and holds nothing of the notice. */
export class NotShown extends Error {}

const TITLE = 120;
const BODY = 400;
const KINDS: readonly NoticeKind[] = ['firing', 'worse', 'reminder', 'escalation', 'update', 'resolved', 'test'];

export interface NativeOptions {
  readonly name: string;
  /** `null` where there is no desktop. */
  readonly show: ShowNotification | null;
  /** While false the sink wants nothing. Left out: always wanted. */
  readonly wanted?: () => boolean;
}

/** The error of a refused notification is not repeated unless we made it: it may quote the text, and says little. */
export function nativeNotifier({ name, show, wanted = () => true }: NativeOptions): Notifier {
  return {
    name,
    type: 'native',
    target: show === null ? 'no desktop here' : 'this desktop',
    get kinds() {
      return show === null || !wanted() ? [] : KINDS;
    },
    async deliver(notice, _id, signal) {
      if (show === null) return refused('There is no desktop here to show notifications on.');
      // What was planned before somebody switched them off: they got what they asked for.
      if (!wanted()) return delivered('Notifications are switched off on this desktop.');
      const { sentence, lines } = details(notice);
      const mood = moodOf(notice);
      const { kind, incident } = notice;
      try {
        await show(
          {
            tag: kind === 'test' ? 'test' : incident.id,
            title: cut(headline(notice), TITLE),
            body: cut([sentence, ...lines].filter((line) => line !== '').join('\n'), BODY),
            mood,
            urgent: mood === 'critical' && kind !== 'update',
            silent: kind === 'update',
            incidentId: kind === 'test' ? null : incident.id,
            ...(notice.language !== undefined && { language: notice.language }),
          },
          signal,
        );
        return delivered('The desktop took it.');
      } catch (error) {
        if (error instanceof NotShown) return notYet(error.message);
        return notYet('The desktop did not show it. Check that it allows notifications of Tunnelwatch.');
      }
    },
  };
}
