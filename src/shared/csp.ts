/**
 * The content security policy of the renderer, the same in the desktop app and on the headless host: everything comes
 * from the host itself, nothing is inline, nobody may frame the page.
 */
export const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
