/**
 * What counts as our own page. Electron's own `app:` scheme has no web origin under Node's URL parser, so scheme and
 * host are compared instead.
 */

/** The scheme that serves the built renderer, and the address of its page. */
export const APP_SCHEME = 'app';
export const APP_HOST = 'bundle';
export const HOME_URL = `${APP_SCHEME}://${APP_HOST}/`;

/** Whether `url` lies under the same scheme, host and port as `home`, without credentials in it. Never throws. */
export function sameHome(url: string, home: string): boolean {
  const a = URL.parse(url);
  const b = URL.parse(home);
  if (a === null || b === null) return false;
  return a.protocol === b.protocol && a.host === b.host && a.username === '' && a.password === '';
}
