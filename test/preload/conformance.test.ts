/** The bridge of the desktop app, from the page's side, against what every transport has to hold. */
import { bridgeConformance } from '../bridge/conformance.ts';
import { openLoopBack } from '../fakes/loop-back.ts';

bridgeConformance('IPC', async (host) => openLoopBack(host));
