/** Deep links, from when they come until the tunnel they mean is on the screen, or the page says that nobody knows it. */
import type { BridgeHost } from '../engine/bridge/host.ts';
import { parseLink, placeOfLink, type TunnelLink } from './deep-link.ts';

/** After a start the tunnels are known with the first answer; a link waits so long for it. */
const PATIENCE_MS = 10_000;

type Board = Pick<BridgeHost, 'subscribe' | 'board'>;

/** Calls `then` with the keys of all tunnels, once one of them is meant or waiting makes no sense. */
function whenKnown(host: Board, { accountId, tunnelId }: TunnelLink, then: (keys: readonly string[]) => void): void {
  const keys = (): string[] => host.board().rows.map(({ key }) => key);
  const isThere = (): boolean => accountId !== null || keys().some((key) => key.endsWith(`/${tunnelId}`));
  if (isThere()) {
    then(keys());
    return;
  }
  let over = false;
  const end = (): void => {
    if (over) return;
    over = true;
    clearTimeout(timer);
    queueMicrotask(() => stop());
    then(keys());
  };
  const timer = setTimeout(end, PATIENCE_MS);
  const stop = host.subscribe(() => {
    if (isThere()) end();
  });
}

/** Follows links; those that come before there is a host wait for it. `go` shows a place of the page. */
export function followLinks(go: (place?: string) => void, log: (sentence: string) => void) {
  let host: Board | null = null;
  const waiting: TunnelLink[] = [];

  function follow(board: Board, link: TunnelLink): void {
    go();
    whenKnown(board, link, (keys) => go(placeOfLink(link, keys)));
  }

  return {
    /** Takes a link as it came from outside. One that is none is not repeated anywhere. */
    open(text: string): void {
      const link = parseLink(text);
      if (link === null) {
        log('A link was opened that Tunnelwatch does not know.');
        if (host !== null) go();
      } else if (host === null) waiting.push(link);
      else follow(host, link);
    },
    /** The host is there. */
    attach(board: Board): void {
      host = board;
      for (const link of waiting.splice(0)) follow(board, link);
    },
  };
}
