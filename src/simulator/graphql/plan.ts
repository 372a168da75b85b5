/** Reads a query: parsed and validated by graphql-js once per text, then flattened to what the executor walks. */

import type { FieldNode } from 'graphql';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  validate,
} from 'graphql';

export type Planned =
  | { readonly ok: true; readonly document: DocumentNode; readonly fragments: Fragments }
  | { readonly ok: false; readonly messages: readonly string[] };

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** Monitors repeat a handful of queries; more than this many different texts start over. */
const KEPT = 200;

export type Planner = (text: string) => Planned;

/** Reads each query text once. */
export function planner(schema: GraphQLSchema): Planner {
  const known = new Map<string, Planned>();
  return (text) => {
    const planned = known.get(text) ?? planOf(schema, text);
    if (known.size >= KEPT) known.clear();
    known.set(text, planned);
    return planned;
  };
}

function planOf(schema: GraphQLSchema, text: string): Planned {
  let document: DocumentNode;
  try {
    document = parse(text, { maxTokens: 5_000 });
  } catch (error) {
    return { ok: false, messages: [error instanceof Error ? error.message : 'syntax error'] };
  }
  const errors = validate(schema, document);
  if (errors.length > 0) return { ok: false, messages: errors.map((error) => error.message) };
  const definitions = document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  return { ok: true, document, fragments: new Map(definitions.map((node) => [node.name.value, node])) };
}

/** The operation to run: the one named, or the only one. */
export function operationOf(document: DocumentNode, name: string | null): OperationDefinitionNode | null {
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (name !== null) return operations.find((operation) => operation.name?.value === name) ?? null;
  return operations.length === 1 ? (operations[0] ?? null) : null;
}

export interface Selected {
  /** Key in the answer. */
  readonly key: string;
  readonly name: string;
  /** The first of those with this key; arguments are equal by validation. */
  readonly node: FieldNode;
  readonly sets: readonly SelectionSetNode[];
}

/** Fields of selection sets with fragments spread out and equal keys joined, in order. */
export function fieldsOf(sets: readonly SelectionSetNode[], fragments: Fragments): Selected[] {
  const found = new Map<string, { node: FieldNode; sets: SelectionSetNode[] }>();
  const walk = (set: SelectionSetNode): void => {
    for (const node of set.selections) {
      if (node.kind === Kind.FIELD) {
        const key = node.alias?.value ?? node.name.value;
        const entry = found.get(key) ?? { node, sets: [] };
        if (node.selectionSet !== undefined) entry.sets.push(node.selectionSet);
        found.set(key, entry);
      } else if (node.kind === Kind.INLINE_FRAGMENT) walk(node.selectionSet);
      else {
        const fragment = fragments.get(node.name.value);
        if (fragment !== undefined) walk(fragment.selectionSet);
      }
    }
  };
  for (const set of sets) walk(set);
  return [...found].map(([key, { node, sets: own }]) => ({ key, name: node.name.value, node, sets: own }));
}
