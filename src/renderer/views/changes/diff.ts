/** What an event changed, field by field. Pure. */
import type { FieldChange } from '../../../shared/lint.ts';
import type { EventDetail, HistoryEvent } from '../../../shared/model.ts';

export interface Diff {
  readonly changes: readonly FieldChange[];
  /** Fields that changed and that the event only counts. */
  readonly unlisted: number;
}

/** Between the old and the new value, as the event of the history holds them. */
const ARROW = ' -> ';
const NOT_SET = 'not set';

/** The fields of an event with their values before and after. */
export function diffOf({ kind, detail }: Pick<HistoryEvent, 'kind' | 'detail'>): Diff {
  switch (kind) {
    case 'config-changed':
      return configDiff(detail);
    case 'psk-changed':
      return one('pskGeneratedAt', detail.from, detail.to);
    case 'tunnel-renamed':
      return one('name', detail.from, detail.to);
    case 'tunnel-recreated':
      return one('id', detail.oldId, detail.newId);
    default:
      return { changes: [], unlisted: 0 };
  }
}

function configDiff(detail: EventDetail): Diff {
  const fields = String(detail.fields ?? '')
    .split(', ')
    .filter(Boolean);
  const changes = fields.flatMap((field): readonly FieldChange[] => {
    const text = detail[field];
    const arrow = typeof text === 'string' ? text.indexOf(ARROW) : -1;
    if (typeof text !== 'string' || arrow < 0) return [];
    return [{ field, before: value(text.slice(0, arrow)), after: value(text.slice(arrow + ARROW.length)) }];
  });
  return { changes, unlisted: fields.length - changes.length };
}

function one(field: string, before: EventDetail[string] | undefined, after: EventDetail[string] | undefined): Diff {
  const text = (part: EventDetail[string] | undefined): string | null => (part == null ? null : String(part));
  return { changes: [{ field, before: text(before), after: text(after) }], unlisted: 0 };
}

const value = (text: string): string | null => (text === NOT_SET ? null : text);

/** The name that a tunnel had in an event; `null` where the event does not say. */
export function nameIn({ detail }: Pick<HistoryEvent, 'detail'>): string | null {
  for (const name of [detail.name, detail.to]) if (typeof name === 'string') return name;
  return null;
}
