/**
 * `tunnelwatch://tunnel/ID`, `tunnelwatch://tunnel/ACCOUNT/ID`: links of notices and other programs. They come from
 * anywhere, so nothing of them is used but two ids of a fixed shape.
 */

/** The scheme that the system hands to us. */
export const LINK_SCHEME = 'tunnelwatch';

/** What a link names. */
export interface TunnelLink {
  /** `null` when the link names the tunnel alone. */
  readonly accountId: string | null;
  readonly tunnelId: string;
}

const TUNNEL = /^tunnelwatch:\/\/tunnel\/(?:([0-9a-f]{32})\/)?([0-9a-f]{32})\/?$/i;
/** Stands for an account that nobody knows: the page then says that there is no such tunnel. */
const NO_ACCOUNT = '0'.repeat(32);

/** Reads a link; `null` for everything that is not exactly one. */
export function parseLink(link: string): TunnelLink | null {
  const [, accountId, tunnelId] = TUNNEL.exec(link) ?? [];
  if (tunnelId === undefined) return null;
  return { accountId: accountId?.toLowerCase() ?? null, tunnelId: tunnelId.toLowerCase() };
}

/**
 * The place in the page that a link means. `keys` are the tunnels that are known, as `account/tunnel`.
 */
export function placeOfLink({ accountId, tunnelId }: TunnelLink, keys: readonly string[]): string {
  const known = accountId === null ? keys.find((key) => key.endsWith(`/${tunnelId}`)) : undefined;
  return `#/tunnel/${known ?? `${accountId ?? NO_ACCOUNT}/${tunnelId}`}`;
}

/** What the system has to know to hand links to us. `script` is the app of a checkout, which Electron needs named. */
export interface LinkRegistrar {
  setAsDefaultProtocolClient(protocol: string, path?: string, args?: string[]): boolean;
}

/** Makes the system hand our links to this program. On Linux the installed .desktop file says the same. */
export function claimLinks(app: LinkRegistrar, program: string, script: string | null): void {
  if (script === null) app.setAsDefaultProtocolClient(LINK_SCHEME);
  else app.setAsDefaultProtocolClient(LINK_SCHEME, program, [script]);
}
