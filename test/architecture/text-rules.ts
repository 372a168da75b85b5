/**
 * What a file may hold and what it may be called.
 */
import { posix } from 'node:path';
import ts from 'typescript';
import { lineOf, type Source, type Violation, walk } from './source.ts';

const MAX_LINES = 300;
/** Files that are longer on purpose, and how long they may become. */
const LONGER: Readonly<Record<string, number>> = {
  // The vocabulary: one page to look a word up.
  'src/shared/model.ts': 400,
};
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const PASCAL = /^[A-Z][A-Za-z0-9]*$/;
const EMPTY_NAMES = /(^|-)(utils?|helpers?|misc|common|managers?)$/;

/** Where time may come from: the one clock, the hosts and the renderer. */
const MAY_READ_TIME = ['src/engine/clock.ts', 'src/main/', 'src/headless/', 'src/renderer/'];
/** `setImmediate` is not among them: it gives way to other work and waits for no time. */
const TIMERS = new Set(['setTimeout', 'setInterval', 'requestAnimationFrame', 'requestIdleCallback']);
const READINGS: Readonly<Record<string, readonly string[]>> = {
  Date: ['now'],
  performance: ['now', 'timeOrigin', 'mark', 'measure'],
  process: ['hrtime', 'uptime'],
};
const TIME_MODULES = /^(node:)?(timers|perf_hooks)(\/|$)/;
const TEST_WORDS = new Set(['VITEST', 'VITEST_WORKER_ID', 'NODE_ENV', 'JEST_WORKER_ID']);

type Report = (node: ts.Node, what: string) => void;

/** Makes a rule out of a look at every node. */
function rule(name: string, look: (node: ts.Node, report: Report) => void): (source: Source) => Violation[] {
  return ({ path, tree }) => {
    const found: Violation[] = [];
    walk(tree, (node) => look(node, (at, what) => found.push({ rule: name, path, line: lineOf(tree, at), what })));
    return found;
  };
}

/** An identifier that stands for the global of its name, not for a member, a key or a type. */
function isGlobalUse(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) {
    return ts.isIdentifier(parent.expression) && /^(globalThis|window|self|global)$/.test(parent.expression.text);
  }
  if (ts.isTypeQueryNode(parent) || ts.isTypeReferenceNode(parent) || ts.isQualifiedName(parent)) return false;
  const named = ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent) || ts.isPropertySignature(parent);
  return !((named || ts.isMethodSignature(parent)) && parent.name === node);
}

const lookForTime = rule('time', (node, report) => {
  if (ts.isIdentifier(node) && TIMERS.has(node.text) && isGlobalUse(node)) report(node, `${node.text}: use the Clock`);
  if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
    const { text } = node.expression;
    if (READINGS[text]?.includes(node.name.text) && isGlobalUse(node.expression)) {
      report(node, `${text}.${node.name.text}: use the Clock`);
    }
  }
  const noArguments = (ts.isNewExpression(node) || ts.isCallExpression(node)) && (node.arguments?.length ?? 0) === 0;
  if (noArguments && ts.isIdentifier(node.expression) && node.expression.text === 'Date') {
    report(node, 'the date of now: use the Clock');
  }
});

/** Time is an argument: only the clock and the edges read it or wait. */
export function timeIsAnArgument(source: Source): Violation[] {
  if (MAY_READ_TIME.some((place) => source.path.startsWith(place))) return [];
  const imports = source.imports
    .filter(({ specifier }) => specifier !== null && TIME_MODULES.test(specifier))
    .map(({ specifier, line }) => ({ rule: 'time', path: source.path, line, what: `${specifier}: use the Clock` }));
  return [...lookForTime(source), ...imports];
}

/** The type `any`, in any position. */
export const noAny = rule('any', (node, report) => {
  if (node.kind === ts.SyntaxKind.AnyKeyword) report(node, 'any: say what it is, or unknown');
});

/** Code that behaves differently because a test runs it. */
export const noTestBranch = rule('test-branch', (node, report) => {
  if ((ts.isIdentifier(node) || ts.isStringLiteralLike(node)) && TEST_WORDS.has(node.text)) report(node, node.text);
  if (!ts.isPropertyAccessExpression(node)) return;
  const holder = node.expression;
  if (ts.isMetaProperty(holder) && node.name.text === 'vitest') report(node, 'import.meta.vitest');
  const env =
    ts.isPropertyAccessExpression(holder) && ts.isMetaProperty(holder.expression) && holder.name.text === 'env';
  if (env && /^(MODE|TEST)$/.test(node.name.text)) report(node, `import.meta.env.${node.name.text}`);
});

/** A top-level value that can only be there to be changed: `let`, or an empty collection. */
export function noModuleState({ path, tree }: Source): Violation[] {
  if (path.endsWith('.svelte')) return [];
  const found: Violation[] = [];
  for (const statement of tree.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    const at = { rule: 'module-state', path, line: lineOf(tree, statement) };
    if ((statement.declarationList.flags & ts.NodeFlags.Const) === 0)
      found.push({ ...at, what: 'let at the top level' });
    for (const { initializer: value } of statement.declarationList.declarations) {
      if (value === undefined) continue;
      const emptyCollection =
        (ts.isNewExpression(value) &&
          ts.isIdentifier(value.expression) &&
          /^(Weak)?(Map|Set)$/.test(value.expression.text) &&
          (value.arguments?.length ?? 0) === 0) ||
        (ts.isArrayLiteralExpression(value) && value.elements.length === 0);
      if (emptyCollection) found.push({ ...at, what: 'an empty collection at the top level' });
    }
  }
  return found;
}

const exported = (node: ts.Statement): boolean =>
  ts.canHaveModifiers(node) &&
  (ts.getModifiers(node) ?? []).some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword);

/** A function that fits on a few lines speaks for itself. */
const SELF_EVIDENT_LINES = 6;

const linesOf = (tree: ts.SourceFile, node: ts.Node): number =>
  tree.getLineAndCharacterOfPosition(node.end).line - tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;

const holdsFunction = (node: ts.VariableStatement): boolean =>
  node.declarationList.declarations.some(
    ({ initializer }) =>
      initializer !== undefined && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer)),
  );

/** The comment that opens a file and says what it is for. */
const INTRODUCED = /^(#![^\n]*\n)?\s*\/\*\*/;

/**
 * Exported classes, and exported functions that one does not take in at a glance, say what they promise. Where a file has
 * one of them alone, the comment that opens the file may do so.
 */
export function exportsAreDescribed({ path, tree, text }: Source): Violation[] {
  const wanted = tree.statements.filter((statement) => {
    if (!exported(statement)) return false;
    if (ts.isClassDeclaration(statement)) return true;
    const isFunction =
      ts.isFunctionDeclaration(statement) || (ts.isVariableStatement(statement) && holdsFunction(statement));
    return isFunction && linesOf(tree, statement) > SELF_EVIDENT_LINES;
  });
  if (wanted.length === 1 && INTRODUCED.test(text)) return [];
  return wanted
    .filter((statement) => ts.getJSDocCommentsAndTags(statement).length === 0)
    .map((statement) => {
      const [first = ''] = statement.getText(tree).split(/[({=]/);
      return { rule: 'docstring', path, line: lineOf(tree, statement), what: `no docstring: ${first.trim()}` };
    });
}

/** kebab-case.ts, PascalCase.svelte, and no name that says nothing. */
export function namesSaySomething({ path }: Source): Violation[] {
  const at = (what: string): Violation => ({ rule: 'name', path, line: 1, what });
  const folders = path.split('/').slice(0, -1);
  const [stem = ''] = posix.basename(path).split('.');
  const found = folders
    .filter((folder) => !KEBAB.test(folder))
    .map((folder) => at(`folder ${folder} is not kebab-case`));
  const shape = path.endsWith('.svelte') ? PASCAL : KEBAB;
  if (!shape.test(stem)) found.push(at(`${stem} is not ${path.endsWith('.svelte') ? 'PascalCase' : 'kebab-case'}`));
  if (EMPTY_NAMES.test(stem.toLowerCase()) || /Manager$|Utils?$/.test(stem)) found.push(at(`${stem} says nothing`));
  return found;
}

/** A file that nobody can read in one go is two files. */
export function filesAreShort({ path, text }: Source): Violation[] {
  const lines = text.trimEnd().split('\n').length;
  const most = LONGER[path] ?? MAX_LINES;
  return lines <= most ? [] : [{ rule: 'length', path, line: most, what: `${lines} lines, at most ${most}` }];
}

/** Work that is not done is not in the tree. */
export function nothingIsPromised({ path, text }: Source): Violation[] {
  return text.split('\n').flatMap((line, i) => {
    const word = /\b(TODO|FIXME|XXX|HACK)\b/.exec(line)?.[0];
    return word === undefined ? [] : [{ rule: 'unfinished', path, line: i + 1, what: word }];
  });
}
