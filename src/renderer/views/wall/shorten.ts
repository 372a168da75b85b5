/** Texts in the room that they have, shortened where they tell the least. Pure. */

/** Width of a text in ems, as the wall's type draws it. */
export type Measure = (text: string) => number;

/** Remembers this many widths; names come and go over the weeks. */
const MOST_KNOWN = 10_000;

/** The same measure, asked once for each text. */
export function remembered(measure: Measure): Measure {
  const known = new Map<string, number>();
  return (text) => {
    const width = known.get(text) ?? measure(text);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(text, width);
    return width;
  };
}

/** Characters as people count them, so that none is cut in two. */
const charactersOf = (text: string): readonly string[] => Array.from(text);

/** The most characters that `build` can keep within `ems`, by halving. */
function longest(most: number, ems: number, measure: Measure, build: (kept: number) => string): string {
  let least = 1;
  let last = most;
  while (least < last) {
    const middle = Math.ceil((least + last) / 2);
    if (measure(build(middle)) <= ems) least = middle;
    else last = middle - 1;
  }
  return build(least);
}

/** `frankfurt-edge-12-a` as `fran…e-12-a`: the middle goes, and more of the beginning than of the end, where names differ. */
export function inTheMiddle(text: string, ems: number, measure: Measure): string {
  if (measure(text) <= ems) return text;
  const characters = charactersOf(text);
  return longest(characters.length - 1, ems, measure, (kept) => {
    const head = Math.max(1, Math.floor(kept * 0.4));
    const tail = kept - head;
    return `${characters.slice(0, head).join('')}…${tail === 0 ? '' : characters.slice(-tail).join('')}`;
  });
}

/** A sentence that ends where the room does, at a word if one is near. */
export function atTheEnd(text: string, ems: number, measure: Measure): string {
  if (measure(text) <= ems) return text;
  const characters = charactersOf(text);
  const cut = longest(
    characters.length - 1,
    ems,
    measure,
    (kept) => `${characters.slice(0, kept).join('').trimEnd()}…`,
  );
  const word = cut.lastIndexOf(' ');
  return word > cut.length * 0.7 ? `${cut.slice(0, word).replace(/[,;:]$/, '')}…` : cut;
}

/** The first of some texts that fits, from the fullest to the shortest; `null` when not even the last does. */
export function firstThatFits(texts: readonly string[], ems: number, measure: Measure): string | null {
  return texts.find((text) => measure(text) <= ems) ?? null;
}
