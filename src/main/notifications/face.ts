/** How a notification looks and sounds on each system. Pure. */
import type { NotificationConstructorOptions } from 'electron';
import type { NativeNotification } from '../../engine/alerts/sinks/native.ts';
import { NOTIFICATION_WORDS } from './words.ts';

/** What can be changed on a notification that exists. */
export type Face = Required<
  Pick<NotificationConstructorOptions, 'title' | 'body' | 'silent' | 'sound' | 'urgency' | 'timeoutType' | 'actions'>
>;

/** Sounds that macOS brings along, by severity. Windows and Linux have one sound for all notifications. */
const SOUNDS = { critical: 'Sosumi', warning: 'Glass' } as const;

/**
 * Servers on Linux read a body as markup (Desktop Notifications Specification, `body-markup`), so that a name with `<` or `&`
 * would vanish or be a tag. The title is plain text everywhere.
 */
function escaped(body: string, platform: NodeJS.Platform): string {
  if (platform !== 'linux') return body;
  return body.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Buttons exist on macOS and Windows; the end of trouble and a test need none. */
function actionsOf(
  { mood, incidentId, language = 'en' }: NativeNotification,
  platform: NodeJS.Platform,
): Face['actions'] {
  if (platform === 'linux' || incidentId === null || mood === 'good') return [];
  const { buttons } = NOTIFICATION_WORDS[language];
  return [
    { type: 'button', text: buttons.acknowledge },
    { type: 'button', text: buttons.silence },
  ];
}

/** @param sounds Whether the system should sound: somebody wants it, and no page of ours plays its own tone. */
export function faceOf(notification: NativeNotification, platform: NodeJS.Platform, sounds: boolean): Face {
  const { title, body, mood, urgent, silent } = notification;
  const tone = mood === 'critical' || mood === 'warning' ? SOUNDS[mood] : '';
  const audible = sounds && !silent && tone !== '';
  return {
    title,
    body: escaped(body, platform),
    silent: !audible,
    sound: audible && platform === 'darwin' ? tone : '',
    urgency: urgent ? 'critical' : mood === 'critical' || mood === 'warning' ? 'normal' : 'low',
    timeoutType: urgent ? 'never' : 'default',
    actions: actionsOf(notification, platform),
  };
}
