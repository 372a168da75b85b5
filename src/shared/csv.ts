/** Tables as text for spreadsheets: RFC 4180, and safe to open. */

/** What a cell may hold. `null` is an empty cell. */
export type Cell = string | number | boolean | null;

/** A spreadsheet takes text that begins with one of these for a formula, or drops what hides one. */
const FORMULA = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\r\n]/;

/**
 * A table with its heads, as CSV in UTF-8 without a byte-order mark; each line ends with CRLF. Text that begins with
 * `= + - @`, a tab or a CR gets an apostrophe in front (OWASP, "CSV injection"): names of tunnels are other people's. Numbers
 * stay numbers.
 */
export function csv(heads: readonly string[], rows: Iterable<readonly Cell[]>): string {
  const lines = [line(heads)];
  for (const row of rows) lines.push(line(row));
  return lines.join('');
}

function line(cells: readonly Cell[]): string {
  return `${cells.map(written).join(',')}\r\n`;
}

function written(cell: Cell): string {
  if (cell === null) return '';
  const text = typeof cell === 'string' && FORMULA.test(cell) ? `'${cell}` : String(cell);
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
