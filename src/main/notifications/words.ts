/** Every word of the notifications that the alert does not bring along. */
import type { AlertLanguage } from '../../shared/alert-words/languages.ts';

/** What is written into the record beside an acknowledgement or a silence; pages say it in their own language. */
export const fromNotification = 'from a notification';

interface NotificationWords {
  readonly buttons: Readonly<Record<'acknowledge' | 'silence', string>>;
  readonly unsupported: string;
  /** Where a preference means less than it says. */
  readonly limits: Readonly<Record<'volume' | 'noSound', string>>;
}

/** The words by language. */
export const NOTIFICATION_WORDS: Readonly<Record<AlertLanguage, NotificationWords>> = {
  en: {
    buttons: { acknowledge: 'Acknowledge', silence: 'Silence 1 h' },
    unsupported:
      'This desktop has no notification service, so alerts cannot be shown on it. They are on the board and in the tray.',
    limits: {
      volume:
        'While a window is open it plays the sounds, at this volume. Without a window the system plays its own, at its own volume.',
      noSound:
        'While a window is open it plays the sounds. Without a window the desktop decides whether a notification sounds.',
    },
  },
  de: {
    buttons: { acknowledge: 'Quittieren', silence: '1 h stummschalten' },
    unsupported:
      'Dieser Desktop hat keinen Dienst für Benachrichtigungen und kann Alarme deshalb nicht zeigen. Sie stehen in der Übersicht und im Infobereich.',
    limits: {
      volume:
        'Solange ein Fenster offen ist, spielt es die Töne in dieser Lautstärke. Ohne Fenster spielt das System seine eigenen in seiner Lautstärke.',
      noSound:
        'Solange ein Fenster offen ist, spielt es die Töne. Ohne Fenster entscheidet der Desktop, ob eine Benachrichtigung klingt.',
    },
  },
};
