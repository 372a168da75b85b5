/** Eine Wendung, die alle Erklärungen teilen. */

/** `FRA`, `FRA und LHR`, `FRA, LHR und 3 weitere`. */
export function listed(names: readonly string[], most = 3): string {
  if (names.length > most) return `${names.slice(0, most - 1).join(', ')} und ${names.length - most + 1} weitere`;
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} und ${last}`;
}
