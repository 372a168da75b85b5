/** Makes `electron` the fake one for everything that is imported later: outside of vitest nothing else does, and the real
 * package would begin to download. */
import { registerHooks } from 'node:module';

const FAKE = new URL('../../fakes/electron.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: FAKE, shortCircuit: true } : next(specifier, context),
});
