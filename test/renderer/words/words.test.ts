/** The catalogue of words: complete in every language, one word for one thing, and no word of the page outside of it. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXAMPLES, GERMAN_HOUSE_RULES, SAME_IN_BOTH } from './german.ts';
import { type Said, saidIn, saidInMarkup, saidInScripts } from './said.ts';

const RENDERER = join(import.meta.dirname, '../../../src/renderer');
const WORDS = join(RENDERER, 'words');
/** What the facades share. */
const NOT_WORDS = ['index.ts', 'language.ts', 'spoken.ts'];

const filesOf = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(ts|svelte)$/.test(name));
const read = (...path: string[]): string => readFileSync(join(...path), 'utf8');
const facades = readdirSync(WORDS).filter((name) => name.endsWith('.ts') && !NOT_WORDS.includes(name));
const WORD = /\p{L}{2,}/u;

/** `file name: text` for every text that a rule does not like. */
function complaints(
  files: readonly string[],
  root: string,
  rule: (said: Said, file: string) => string | null,
): string[] {
  return files.flatMap((file) =>
    saidIn(read(root, file)).flatMap((said) => {
      const wrong = rule(said, file);
      return wrong === null ? [] : [`${file} ${said.name}: ${wrong}: ${JSON.stringify(said.text)}`];
    }),
  );
}

describe('the catalogue', () => {
  it('speaks every language in every part', () => {
    expect(readdirSync(join(WORDS, 'en')).filter((name) => name.endsWith('.ts'))).toEqual(facades);
    expect(readdirSync(join(WORDS, 'de')).filter((name) => name.endsWith('.ts'))).toEqual(facades);
    for (const facade of facades) {
      const name = basename(facade, '.ts');
      expect(read(WORDS, facade)).toContain(`de: () => import('./de/${name}.ts')`);
    }
  });

  it('holds no part that nobody says', () => {
    const page = filesOf(RENDERER).filter((file) => !/^words[\\/](en|de)[\\/]/.test(file));
    const all = page.map((file) => read(RENDERER, file)).join('\n');
    const unsaid = facades.filter((facade) => !all.includes(`/${facade}'`));
    expect(unsaid).toEqual([]);
  });

  it('has a German text for every English one, unless both are the same word', () => {
    const english = new Map(
      facades.map((file) => [file, new Set(saidIn(read(WORDS, 'en', file)).map(({ text }) => text))]),
    );
    const same = (text: string): boolean => SAME_IN_BOTH.has(text.trim()) || EXAMPLES.test(text);
    expect(
      complaints(facades, join(WORDS, 'de'), ({ text }, file) =>
        WORD.test(text) && english.get(file)?.has(text) === true && !same(text) ? 'is the English text' : null,
      ),
    ).toEqual([]);
  });

  const german = filesOf(join(WORDS, 'de'));
  it.each(GERMAN_HOUSE_RULES)('$name', ({ wrong, except }) => {
    expect(
      complaints(german, join(WORDS, 'de'), ({ text }) =>
        wrong.test(text) && !(except?.test(text) ?? false) ? `${wrong}` : null,
      ),
    ).toEqual([]);
  });
});

/** Two words in a row are meant for people; code knows single ones. */
const SENTENCE = /\p{L}{2,},? \p{L}{2,}/u;
/** In markup a single one is, too, when it begins as a text does. */
const CAPITAL = /^\s*\p{Lu}\p{Ll}+|\p{L}{2,},? \p{L}{2,}/u;
/** Fonts, pictures, patterns, selectors, and the texts of events that Tunnelwatch reads back. */
const NO_WORDS = /^(system-ui|<svg |<circle |fra\*|not set$| -> $)|\[[a-z-]+\S*\]/;

describe('outside of the catalogue', () => {
  const files = filesOf(RENDERER).filter((file) => !file.startsWith('words'));
  const components = files.filter((file) => file.endsWith('.svelte'));

  function meantForPeople(file: string): readonly Said[] {
    const source = read(RENDERER, file);
    return file.endsWith('.svelte') ? [...saidInMarkup(source), ...saidInScripts(source)] : saidIn(source);
  }
  /** Every text of these files that looks like words. */
  const words = (some: readonly string[], said: (file: string) => readonly Said[], look: RegExp): readonly string[] =>
    some.flatMap((file) =>
      said(file)
        .filter(({ text }) => look.test(text) && !NO_WORDS.test(text) && !SAME_IN_BOTH.has(text.trim()))
        .map(({ text }) => `${file}: ${JSON.stringify(text)}`),
    );

  it('no component and no file of the page holds a sentence', () => {
    expect(words(files, meantForPeople, SENTENCE)).toEqual([]);
  });

  it('what stands between tags and in what is read out comes from the catalogue, single words too', () => {
    expect(words(components, (file) => saidInMarkup(read(RENDERER, file)), CAPITAL)).toEqual([]);
  });

  it('would be found', () => {
    const component = `<script lang="ts">const far = 'A text in code';</script>
      <p class="two words" title="A title">Between tags {far === 'no text' ? 'Yes, a text' : \`Of \${far} parts\`}</p>`;
    const texts = (said: readonly Said[]): string[] =>
      said.map(({ text }) => text.trim()).filter((text) => text !== '');
    expect(texts(saidInMarkup(component))).toEqual(['A title', 'Between tags', 'Yes, a text', 'Of', 'parts']);
    expect(texts(saidInScripts(component))).toEqual(['A text in code']);
  });
});
