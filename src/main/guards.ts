/**
 * The window shows our page and nothing else: no permissions, no other address, no second window, no embedded browser. Links
 * to documentation open in the reader's browser.
 */
import type { App, Session, WebContents } from 'electron';
import { openDocs } from './links.ts';
import { sameHome } from './origin.ts';

/** Denies every permission that a page could ask for or look up, and every device and screen. */
export function guardSession(session: Session): void {
  // Grants of an earlier handler would outlive it: clear first.
  session.setPermissionRequestHandler(null);
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null));
}

/** Keeps one page where it is: under `home`. */
export function guardContents(contents: WebContents, home: string): void {
  contents.on('will-navigate', (event) => {
    if (!sameHome(event.url, home)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !sameHome(event.url, home)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!sameHome(event.url, home)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  // No window of ours ever opens another; a link to documentation opens in the browser instead.
  contents.setWindowOpenHandler(({ url }) => {
    openDocs(url);
    return { action: 'deny' };
  });
}

/** Guards every page and every session that this app will ever make. Call it before the first window. */
export function guardEverything(app: App, home: string): void {
  app.on('session-created', guardSession);
  app.on('web-contents-created', (_event, contents) => guardContents(contents, home));
}
