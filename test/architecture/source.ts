/**
 * Reads one source file the way the rules look at it: as TypeScript's own syntax tree. The script of a Svelte component
 * keeps its place in the file, so that lines are right.
 */
import { parse as parseSvelte } from 'svelte/compiler';
import ts from 'typescript';

/** Something that a rule does not allow, and where. */
export interface Violation {
  readonly rule: string;
  readonly path: string;
  readonly line: number;
  readonly what: string;
}

/** One way in which a file reaches for another module. `specifier: null` when it is computed. */
export interface ImportFact {
  readonly specifier: string | null;
  readonly line: number;
  /** Erased before anything runs. */
  readonly typeOnly: boolean;
  /** Names bound by `{ … }`; `*` for a namespace, `default` for the default. */
  readonly names: readonly string[];
}

/** A file of src. `path` begins with `src/` and has forward slashes. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
  readonly imports: readonly ImportFact[];
}

/** The text of a component with everything but its scripts blanked out; newlines stay. */
function scriptsOf(text: string): string {
  const root = parseSvelte(text, { modern: true });
  const kept = new Set<number>();
  for (const script of [root.module, root.instance]) {
    if (script === null || script === undefined) continue;
    const { start, end } = script.content as unknown as { start: number; end: number };
    for (let i = start; i < end; i += 1) kept.add(i);
  }
  return [...text.split('')].map((char, i) => (kept.has(i) || char === '\n' ? char : ' ')).join('');
}

/** Runs `visit` for every node of the tree. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/** The line of a node, from 1. */
export function lineOf(tree: ts.SourceFile, node: ts.Node): number {
  return tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
}

function boundNames(clause: ts.ImportClause | undefined): string[] {
  if (clause === undefined) return [];
  const names = clause.name === undefined ? [] : ['default'];
  const bindings = clause.namedBindings;
  if (bindings === undefined) return names;
  if (ts.isNamespaceImport(bindings)) return [...names, '*'];
  return [...names, ...bindings.elements.map((element) => (element.propertyName ?? element.name).text)];
}

function typeOnlyClause(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.isTypeOnly) return true;
  const bindings = clause.namedBindings;
  if (clause.name !== undefined || bindings === undefined || ts.isNamespaceImport(bindings)) return false;
  return bindings.elements.length > 0 && bindings.elements.every((element) => element.isTypeOnly);
}

const literal = (node: ts.Node | undefined): string | null =>
  node !== undefined && ts.isStringLiteralLike(node) ? node.text : null;

/** Every import, re-export, `import()`, `require()` and `import('…')` type of a tree. */
export function importsOf(tree: ts.SourceFile): ImportFact[] {
  const found: ImportFact[] = [];
  const add = (node: ts.Node, specifier: string | null, typeOnly: boolean, names: readonly string[]): void => {
    found.push({ specifier, line: lineOf(tree, node), typeOnly, names });
  };
  walk(tree, (node) => {
    if (ts.isImportDeclaration(node)) {
      add(node, literal(node.moduleSpecifier), typeOnlyClause(node.importClause), boundNames(node.importClause));
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
      add(node, literal(node.moduleSpecifier), node.isTypeOnly, ['*']);
    } else if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
      add(node, literal(node.moduleReference.expression), node.isTypeOnly, ['*']);
    } else if (ts.isImportTypeNode(node)) {
      add(node, ts.isLiteralTypeNode(node.argument) ? literal(node.argument.literal) : null, true, ['*']);
    } else if (ts.isCallExpression(node)) {
      const callee = node.expression;
      const loads =
        callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require');
      if (loads) add(node, literal(node.arguments[0]), false, ['*']);
    }
  });
  return found;
}

/** Parses JavaScript or TypeScript text. */
export function treeOf(path: string, text: string): ts.SourceFile {
  const kind = /\.[cm]?js$/.test(path) ? ts.ScriptKind.JS : ts.ScriptKind.TS;
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind);
}

/** Reads one file of src. */
export function readSource(path: string, text: string): Source {
  const tree = treeOf(path, path.endsWith('.svelte') ? scriptsOf(text) : text);
  return { path, text, tree, imports: importsOf(tree) };
}
