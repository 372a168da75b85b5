/**
 * The page in front of an open server, and of its wall. The token is typed, or comes behind the `#` of the address, which browsers send
 * to nobody; the page posts it once and takes it out of the address bar.
 */
import { type StaticFile, staticFile } from './static-files.ts';

const HTML = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Tunnelwatch: access</title>
<link rel="stylesheet" href="/login.css">
<main>
<h1>Tunnelwatch</h1>
<form id="login">
<label for="token">Access token of this server</label>
<input id="token" type="password" autocomplete="current-password" required autofocus>
<button>Open</button>
<p id="trouble" role="alert"></p>
</form>
</main>
<script src="/login.js"></script>
</html>
`;

const CSS = `:root { color-scheme: dark light; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; font: 16px/1.5 system-ui, sans-serif;
  background: light-dark(#fff, #0b0f14); color: light-dark(#1f2328, #e6edf3); }
form { display: grid; gap: 12px; width: min(24rem, 90vw); }
h1 { font-size: 20px; }
input, button { font: inherit; padding: 8px 12px; border: 1px solid light-dark(#6e7781, #57606a); border-radius: 4px;
  background: transparent; color: inherit; }
:focus-visible { outline: 2px solid currentcolor; outline-offset: 2px; }
#trouble { min-height: 1.5em; margin: 0; }
`;

const SCRIPT = `'use strict';
const wall = location.pathname === '/wall';
const here = wall ? '/wall' + location.search : '/';
const form = document.getElementById('login');
const field = document.getElementById('token');
const trouble = document.getElementById('trouble');
async function login(token) {
  trouble.textContent = '';
  try {
    const reply = await fetch('/login', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    // A wall token opens the wall, wherever it was given.
    if (reply.ok) return location.replace(reply.status === 200 && !wall ? '/wall' : here);
    trouble.textContent = reply.status === 429 ? 'Too many tries; wait a minute.' : 'This is not the access token.';
    if (reply.status !== 401) again(token);
  } catch {
    trouble.textContent = 'The server cannot be reached.';
    again(token);
  }
  field.focus();
}
// Nobody sits at a wall to try again.
function again(token) {
  if (wall && token === given) setTimeout(() => login(token), 10000);
}
form.addEventListener('submit', (event) => {
  event.preventDefault();
  login(field.value.trim());
});
const given = new URLSearchParams(location.hash.slice(1)).get('token');
if (given !== null) {
  history.replaceState(null, '', here);
  login(given);
}
`;

/** The three files of the page by URL path; `/login` is the page itself. */
export async function loginFiles(): Promise<ReadonlyMap<string, StaticFile>> {
  const entry = async (path: string, name: string, text: string): Promise<[string, StaticFile]> => [
    path,
    await staticFile(name, Buffer.from(text)),
  ];
  return new Map(
    await Promise.all([
      entry('/login', '/login.html', HTML),
      entry('/login.css', '/login.css', CSS),
      entry('/login.js', '/login.js', SCRIPT),
    ]),
  );
}
