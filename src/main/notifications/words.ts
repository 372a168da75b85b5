/** Every word of the notifications that the alert does not bring along. */

export const buttons = { acknowledge: 'Acknowledge', silence: 'Silence 1 h' } as const;
/** What is written into the record beside an acknowledgement or a silence. */
export const fromNotification = 'from a notification';

export const unsupported =
  'This desktop has no notification service, so alerts cannot be shown on it. They are on the board and in the tray.';

/** Where a preference means less than it says. */
export const limits = {
  volume:
    'While a window is open it plays the sounds, at this volume. Without a window the system plays its own, at its own volume.',
  noSound:
    'While a window is open it plays the sounds. Without a window the desktop decides whether a notification sounds.',
} as const;
