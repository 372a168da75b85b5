/** How tunnels stand: shared with the tray, which tells the same in one icon. */
export * from '../../shared/standing.ts';
