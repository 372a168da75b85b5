/**
 * Every word that a reader can see, in one catalogue: plain typed strings and functions, one file for each part of the
 * app. A second language is a second set of these files. Use as `import * as words from '…/words/index.ts'`.
 */
export * as alerts from './alerts.ts';
export * as board from './board.ts';
export * as explain from './explain.ts';
export * as lane from './lane.ts';
export * as psk from './psk.ts';
export * as pskAge from './psk-age.ts';
export * as shell from './shell.ts';
export * as sound from './sound.ts';
export * as tunnel from './tunnel.ts';
