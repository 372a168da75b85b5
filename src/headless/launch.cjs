#!/usr/bin/env node
'use strict';
/**
 * The `tunnelwatch` command. Plain CommonJS for any Node: it finds a Node that is new enough and starts the built
 * headless host on it. A checkout brings such a Node along as the package `node`.
 */
const { spawn } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const LEAST_NODE = 24;
const entry = join(__dirname, '..', '..', 'out', 'main', 'headless.js');

function fail(sentence) {
  process.stderr.write(`tunnelwatch: ${sentence}\n`);
  process.exit(2);
}

function findNode() {
  if (Number.parseInt(process.versions.node, 10) >= LEAST_NODE) return process.execPath;
  try {
    return require.resolve('node/bin/node');
  } catch {
    return null;
  }
}

if (!existsSync(entry)) fail('it is not built yet; run `npm ci && npm run build` first.');
const node = findNode();
if (node === null) {
  fail(`Node ${LEAST_NODE} or newer is needed, and this is ${process.versions.node}; \`npm ci\` brings one along.`);
}
const args = process.argv.slice(2);
// What runs for months is kept small; what runs for seconds is kept quick.
const flags = args[0] === 'serve' ? require('./node-flags.json') : [];
const child = spawn(node, [...flags, entry, ...args], { stdio: 'inherit' });
child.on('error', (error) => fail(`${node} cannot be started (${error.code}).`));
// A terminal signals both of us, others this process alone: hand it on, the host takes twins for one.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  if (signal === null) process.exit(code);
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(name);
  process.kill(process.pid, signal);
});
