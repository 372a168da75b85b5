/** Every text that a file of the program holds, found in its syntax tree; names of things and types are none. */
import { type AST, parse as parseSvelte } from 'svelte/compiler';
import ts from 'typescript';
import { walk } from '../../architecture/source.ts';

/** A text and the exported name that it belongs to; empty outside of one. */
export interface Said {
  readonly name: string;
  readonly text: string;
}

/** Calls whose text is the name of a module or of a field. */
const NAMED_BY = /^(import|text|[a-z]+\.replace)$/;

/** Code decides by these texts, no reader sees them. */
function decides(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent)) return parent.name === node;
  if (ts.isBinaryExpression(parent)) return /^[=!]==$/.test(parent.operatorToken.getText());
  return (
    ts.isImportDeclaration(parent) ||
    ts.isExportDeclaration(parent) ||
    ts.isLiteralTypeNode(parent) ||
    ts.isCaseClause(parent) ||
    ts.isElementAccessExpression(parent) ||
    (ts.isCallExpression(parent) && NAMED_BY.test(parent.expression.getText()))
  );
}

function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteralLike(node)) return decides(node) ? null : node.text;
  if (ts.isTemplateHead(node)) return decides(node.parent) ? null : node.text;
  if (ts.isTemplateMiddleOrTemplateTail(node)) return decides(node.parent.parent) ? null : node.text;
  return null;
}

function nameOf(statement: ts.Statement): string {
  if (ts.isFunctionDeclaration(statement)) return statement.name?.text ?? '';
  if (!ts.isVariableStatement(statement)) return '';
  return statement.declarationList.declarations.map(({ name }) => name.getText()).join();
}

/** The texts of a TypeScript file. */
export function saidIn(source: string): readonly Said[] {
  const tree = ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true);
  return tree.statements.flatMap((statement) => {
    const said: Said[] = [];
    walk(statement, (node) => {
      const text = textOf(node);
      if (text !== null) said.push({ name: nameOf(statement), text });
    });
    return said;
  });
}

/** Attributes that are read out or seen; `label` and the like are properties of components. */
const READ =
  /^(aria-(label|description|roledescription|valuetext|placeholder)|title|placeholder|alt|label|summary|text)$/;
const UNREAD = /^(class|style|d)$/;

/** The texts of a component's markup: between its tags, in attributes that are read, in its expressions. */
export function saidInMarkup(source: string): readonly Said[] {
  const said: Said[] = [];
  const expression = (node: object): void => {
    said.push(...saidIn(`(${slice(source, node)});`));
  };
  const attribute = ({ name, value }: AST.Attribute): void => {
    if (value === true || UNREAD.test(name)) return;
    for (const part of Array.isArray(value) ? value : [value]) {
      if (part.type === 'ExpressionTag') expression(part.expression);
      else if (READ.test(name)) said.push({ name, text: part.data });
    }
  };
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (!isNode(value) || value.type === 'Comment') return;
    else if (value.type === 'Attribute') attribute(value as unknown as AST.Attribute);
    else if (value.type === 'Text') said.push({ name: '', text: (value as unknown as AST.Text).data });
    else if (EXPRESSIONS.has(value.type)) expression(value);
    else Object.values(value).forEach(visit);
  };
  visit(parseSvelte(source, { modern: true }).fragment);
  return said;
}

/** The texts of a component's scripts. */
export function saidInScripts(source: string): readonly Said[] {
  const { module, instance } = parseSvelte(source, { modern: true });
  return [module, instance].flatMap((script) => (script ? saidIn(slice(source, script.content)) : []));
}

function slice(source: string, node: object): string {
  const { start, end } = node as { start: number; end: number };
  return source.slice(start, end);
}

const EXPRESSIONS = new Set([
  'Literal',
  'TemplateLiteral',
  'CallExpression',
  'ConditionalExpression',
  'BinaryExpression',
  'LogicalExpression',
]);

function isNode(value: unknown): value is { readonly type: string } {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
