/**
 * Writes rows of the dataset as bytes. Ten thousand rows differ by little: where they come from, a count, a state and a
 * time. What a place says with one count and one state is encoded once and copied; only times are filled in.
 */
import type { Instant, Millis } from '../../shared/model.ts';
import type { ByteSink } from './byte-sink.ts';
import { bucket, PLACE_DIMENSIONS, type Place, RESULT_DIMENSIONS, TIME_DIMENSIONS } from './dimensions.ts';
import type { Cell } from './health-cells.ts';

/** One selected field of a row: its key in the answer and where the value comes from. */
export type RowField =
  | { readonly key: string; readonly kind: 'count' }
  | { readonly key: string; readonly kind: 'typename' }
  | {
      readonly key: string;
      readonly kind: 'avg' | 'dimensions';
      readonly fields: readonly { key: string; name: string }[];
    };

/** The rows as a JSON array in UTF-8. Keep a writer as long as its query: what it learnt about a place stays true. */
export type RowWriter = (cells: readonly Cell[], out: ByteSink) => void;

/** A bucket of time in JSON, quotes included: `"2026-11-21T10:00:00Z"`. */
const TIME_BYTES = 22;
/** Rows kept of one place. Whole minutes have a handful of counts and three states; fractions of a minute have many. */
const MOST_ROWS = 64;
const MOST_TIMES = 20_000;
const MINUTE: Millis = 60_000;
const COMMA = 0x2c;
const OPEN = 0x5b;
const CLOSE = 0x5d;

/** A row with gaps for its times. */
interface Row {
  readonly count: number;
  readonly state: number;
  readonly bytes: Uint8Array;
  readonly gaps: readonly Gap[];
}

interface Gap {
  readonly at: number;
  readonly textOf: TimeText;
}

/** A bucket of the minute, in JSON. */
type TimeText = (minute: Instant) => Uint8Array;

/** Fields come in the order of the query. */
export function rowWriter(fields: readonly RowField[]): RowWriter {
  const known = new WeakMap<Place, Row[]>();
  const times = timeTexts();
  return (cells, sink) => {
    const rows: Row[] = [];
    let size = 2;
    let place: Place | null = null;
    let ofPlace: Row[] = [];
    for (const cell of cells) {
      if (cell.place !== place) {
        place = cell.place;
        ofPlace = known.get(place) ?? begin(known, place);
      }
      const row = rowOf(fields, times, ofPlace, cell);
      rows.push(row);
      size += row.bytes.length + 1;
    }
    const out = sink.room(Math.max(2, size - 1));
    let at = 0;
    out[at++] = OPEN;
    for (let i = 0; i < cells.length; i++) {
      const row = rows[i];
      const cell = cells[i];
      if (row === undefined || cell === undefined) break;
      if (i > 0) out[at++] = COMMA;
      out.set(row.bytes, at);
      for (const gap of row.gaps) fill(out, at + gap.at, gap.textOf(cell.minute));
      at += row.bytes.length;
    }
    out[at] = CLOSE;
  };
}

function begin(known: WeakMap<Place, Row[]>, place: Place): Row[] {
  const rows: Row[] = [];
  known.set(place, rows);
  return rows;
}

/** For so few bytes a loop is quicker than `set`. */
function fill(out: Uint8Array, at: number, bytes: Uint8Array): void {
  for (let i = 0; i < bytes.length; i++) out[at + i] = bytes[i] ?? 0;
}

function rowOf(fields: readonly RowField[], times: Times, known: Row[], cell: Cell): Row {
  for (const row of known) if (row.count === cell.count && row.state === cell.state) return row;
  const row = makeRow(fields, times, cell);
  if (known.length >= MOST_ROWS) known.length = 0;
  known.push(row);
  return row;
}

function makeRow(fields: readonly RowField[], times: Times, cell: Cell): Row {
  const gaps: Gap[] = [];
  let text = '{';
  for (const [i, field] of fields.entries()) {
    text += `${i === 0 ? '' : ','}${JSON.stringify(field.key)}:`;
    if (field.kind === 'typename') text += '"AccountMagicTransitTunnelHealthChecksAdaptiveGroups"';
    else if (field.kind === 'count') text += String(cell.count);
    else {
      text += '{';
      for (const [j, { key, name }] of field.fields.entries()) {
        text += `${j === 0 ? '' : ','}${JSON.stringify(key)}:`;
        const length = TIME_DIMENSIONS[name];
        if (length !== undefined) gaps.push({ at: Buffer.byteLength(text), textOf: times(length) });
        text += length === undefined ? textOf(name, cell) : ' '.repeat(TIME_BYTES);
      }
      text += '}';
    }
  }
  return { count: cell.count, state: cell.state, bytes: Buffer.from(`${text}}`), gaps };
}

function textOf(name: string, cell: Cell): string {
  const word = PLACE_DIMENSIONS[name]?.(cell.place) ?? RESULT_DIMENSIONS[name]?.(cell.state);
  if (word !== undefined) return JSON.stringify(word);
  if (name === 'tunnelState') return String(cell.state);
  return name === 'sampleInterval' ? '1' : 'null';
}

type Times = (length: Millis) => TimeText;

/** Texts of buckets, made once per minute and length. */
function timeTexts(): Times {
  const lengths = new Map<Millis, TimeText>();
  return (length) => {
    const textOf = lengths.get(length) ?? bucketTexts(length);
    lengths.set(length, textOf);
    return textOf;
  };
}

function bucketTexts(length: Millis): TimeText {
  // Numbered minutes are small integers, which are found much sooner than instants.
  const texts = new Map<number, Uint8Array>();
  return (minute) => {
    const number = minute / MINUTE;
    const known = texts.get(number);
    if (known !== undefined) return known;
    const text = Buffer.from(`"${bucket(minute, length)}"`);
    if (texts.size > MOST_TIMES) texts.clear();
    texts.set(number, text);
    return text;
  };
}
