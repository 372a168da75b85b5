/** A change of configuration, or a new key, in words. Fields and values come from the event: `replayProtection: false -> true`. */
import type { EventDetail } from '../model.ts';
import type { Phrases } from './say.ts';

/** In a sentence about something else more fields than this are counted. */
const TOLD = 3;

function value(field: string, text: string, { values }: Phrases['changes']): string {
  if (field === 'bgp.md5KeySet') return text === 'true' ? values.set : values.notSet;
  if (text === 'true') return values.on;
  if (text === 'false') return values.off;
  if (text === 'not set') return values.notSet;
  return text === 'mid' ? values.mid : text;
}

/** `replay protection from off to on`, one for each field that the change lists; beyond `most` they are counted. */
export function fieldChanges(
  change: EventDetail,
  { changes: words }: Phrases,
  most = Number.POSITIVE_INFINITY,
): readonly string[] {
  const fields = String(change.fields ?? '')
    .split(', ')
    .filter(Boolean);
  const told = fields.flatMap((field) => {
    const text = change[field];
    if (typeof text !== 'string') return [];
    const [before = '', after = ''] = text.split(' -> ');
    return [words.fromTo(words.fields[field] ?? field, value(field, before, words), value(field, after, words))];
  });
  const shown = told.slice(0, most);
  const rest = fields.length - shown.length;
  return rest > 0 && fields.length > 0 ? [...shown, words.others(rest)] : shown;
}

/** `the configuration of paris-1 changed: replay protection from off to on.` */
export function changeWords(name: string, change: EventDetail, words: Phrases): string {
  if ('from' in change && 'to' in change && !('fields' in change)) {
    return change.to === null ? words.changes.keyGone(name) : words.changes.newKey(name);
  }
  if ('newId' in change) return words.changes.recreated(name);
  if (change.fields === '') return words.changes.unseen(name);
  return words.changes.changed(name, fieldChanges(change, words, TOLD).join('; '));
}
