/** What the Help menu does: logs, diagnostics, documentation. */
import { clipboard, dialog, shell } from 'electron';
import type { BridgeHost } from '../engine/bridge/host.ts';
import { openLink } from './links.ts';
import type { MenuActs } from './menu.ts';

/** The acts over a running host; `logs` is the folder of the log. */
export function helpActs(
  host: Pick<BridgeHost, 'call'>,
  logs: string,
): Pick<MenuActs, 'openLogs' | 'copyDiagnostics' | 'openLink'> {
  async function copyDiagnostics(): Promise<void> {
    const asked = await host.call('diagnostics', {});
    if (!asked.ok || asked.value === null || typeof asked.value !== 'object' || !('text' in asked.value)) {
      dialog.showErrorBox('Diagnostics', asked.ok ? 'There are no diagnostics.' : asked.error.sentence);
      return;
    }
    await clipboard.writeText(asked.value.text);
    await dialog.showMessageBox({
      type: 'info',
      message: 'The diagnostics are in the clipboard.',
      detail: 'They hold versions, states and the last lines of the log. Tokens and keys are not among them.',
    });
  }
  return {
    openLink,
    openLogs() {
      void shell.openPath(logs).then((trouble) => {
        if (trouble !== '') dialog.showErrorBox('Logs', `${logs} cannot be opened: ${trouble}`);
      });
    },
    copyDiagnostics() {
      copyDiagnostics().catch(() => dialog.showErrorBox('Diagnostics', 'They could not be copied.'));
    },
  };
}
