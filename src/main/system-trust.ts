/** The certificates of the system, for everything in this process that opens a connection. */
import tls from 'node:tls';

/** What is used of Node. */
type Trust = Pick<typeof tls, 'getCACertificates' | 'setDefaultCACertificates'>;

/**
 * Trusts what Node and the system trust. Call it before the first connection. False when the system's store cannot be read:
 * Electron's TLS library does not know all of them; then it stays as it was.
 */
export function trustSystem(node: Trust = tls): boolean {
  try {
    const all = new Set([...node.getCACertificates('default'), ...node.getCACertificates('system')]);
    node.setDefaultCACertificates([...all]);
    return true;
  } catch {
    return false;
  }
}
