/** Entry of the headless host; built to `out/main/headless.js`, beside `out/renderer`. */
import { fileURLToPath } from 'node:url';
import { runCli } from './cli.ts';

const code = await runCli(process.argv.slice(2), {
  env: process.env,
  terminal: { out: process.stdout, error: process.stderr, live: process.stderr.isTTY === true },
  input: process.stdin,
  renderer: fileURLToPath(new URL('../renderer/', import.meta.url)),
});
// What is still open (a keychain that does not answer) may not keep a finished command alive.
process.exit(code);
