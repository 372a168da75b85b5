/**
 * Every word that a reader can see, in one catalogue: plain typed strings and functions, one file for each part of the
 * app. A second language is a second set of these files. Use as `import * as words from '…/words/index.ts'`.
 */
export { alerts } from './alerts.ts';
export { board } from './board.ts';
export { explain } from './explain.ts';
export { lane } from './lane.ts';
export { psk } from './psk.ts';
export { pskAge } from './psk-age.ts';
export { shell } from './shell.ts';
export { sound } from './sound.ts';
export { tunnel } from './tunnel.ts';
