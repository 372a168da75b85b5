/** What Windows says of a click on a notification. Pure. */

/**
 * The incident of a notification, from the arguments that Windows hands over; `null` when they do not name it. Their form is
 * Electron's own and not promised: only the name that we gave is looked for.
 */
export function activatedIncident(said: string, prefix: string): string | null {
  const at = said.indexOf(`${prefix}i-`);
  if (at === -1) return null;
  return /^i-\d{1,12}(?!\d)/.exec(said.slice(at + prefix.length))?.[0] ?? null;
}
