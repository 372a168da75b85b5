/**
 * All rules of the house together.
 */
import { importsStayInTheirRoom, ipcHasOneDoor, modulesHaveOneHome, oneFileImports } from './import-rules.ts';
import type { Source, Violation } from './source.ts';
import {
  exportsAreDescribed,
  filesAreShort,
  namesSaySomething,
  noAny,
  noModuleState,
  noTestBranch,
  nothingIsPromised,
  timeIsAnArgument,
} from './text-rules.ts';

/** Rules that look at one file. */
export const RULES: Readonly<Record<string, (source: Source) => Violation[]>> = {
  'imports stay in their room': importsStayInTheirRoom,
  'modules have one home': modulesHaveOneHome,
  'IPC has one door': ipcHasOneDoor,
  'time is an argument': timeIsAnArgument,
  'no any': noAny,
  'no test-only branch': noTestBranch,
  'no module state': noModuleState,
  'exports are described': exportsAreDescribed,
  'names say something': namesSaySomething,
  'files are short': filesAreShort,
  'nothing is left for later': nothingIsPromised,
};

/** One line for each violation, as the failing test prints it. */
export function print(violations: readonly Violation[]): string {
  return violations.map(({ path, line, rule, what }) => `${path}:${line} [${rule}] ${what}`).join('\n');
}

/** Rules that look at all files at once. */
export function wholeTree(sources: readonly Source[]): Violation[] {
  return oneFileImports(sources, 'node:sqlite');
}
