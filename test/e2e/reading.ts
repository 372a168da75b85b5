/** What a page says to whoever reads it or has it read out, and whether it fits. */
import type { Page } from 'playwright-core';

/** Words that no German sentence has. */
const ENGLISH =
  /\b(the|and|of|is|are|with|not|this|that|these|no|nothing|were|has|have|for|your|you|yes|all|any|only|when|where|since|ago|last|next|new|now|open|close|down|up|unknown|healthy|degraded|account|site|key|changed|loading|search|waiting|day|days)\b/gi;

/** Code, keys, what is marked as said in another language, as evidence in the API's words is, and what was sent or answered. */
const DATA = 'pre, code, kbd, textarea, script, style, [lang]:not(html), [translate="no"]';

/** What Cloudflare, IKE and BGP call things, ids of rules, and what the host says of the keychain of its machine. */
const NAMES =
  /Account Analytics Read|My Profile, API Tokens|Account home|Copy account ID|Open(Sent|Confirm)|\b[a-z]+(-[a-z0-9]+)+\b|Pre-Shared Keys?|Key-ID|The keychain cannot be used: .*/g;

/** Every text that is seen or read out, once. */
export async function texts(page: Page): Promise<readonly string[]> {
  return page.evaluate((data) => {
    const seen: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node instanceof Element ? node : node.parentElement;
      if (element === null || element.closest(data) !== null) continue;
      if (!(node instanceof Element)) seen.push(node.textContent ?? '');
      else for (const name of ['aria-label', 'title', 'placeholder', 'alt']) seen.push(node.getAttribute(name) ?? '');
    }
    return [...new Set(seen.map((text) => text.trim()).filter((text) => text !== ''))];
  }, DATA);
}

/** The English words of a German page, each with its text. */
export async function english(page: Page): Promise<readonly string[]> {
  return (await texts(page)).flatMap((text) => {
    const found = text.replace(NAMES, '').match(ENGLISH);
    return found === null ? [] : [`${found.join(' ')}: ${text}`];
  });
}

/** What is wider than the page, and labels that are cut off. */
export async function tooWide(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const root = document.documentElement;
    const wrong = root.scrollWidth > window.innerWidth ? [`the page is ${root.scrollWidth} px wide`] : [];
    for (const element of document.querySelectorAll<HTMLElement>('button, a, th, label, legend, h1, h2, h3, summary')) {
      const { overflowX, textOverflow } = getComputedStyle(element);
      const hidden = overflowX === 'hidden' || overflowX === 'clip';
      // What only a screen reader hears is a pixel wide.
      const cut = hidden && textOverflow !== 'ellipsis' && element.scrollWidth > element.clientWidth + 1;
      if (cut && element.clientWidth > 4) wrong.push(`${element.tagName}: ${element.innerText}`);
    }
    return wrong;
  });
}
