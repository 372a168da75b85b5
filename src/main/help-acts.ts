/** What the Help menu does: logs, diagnostics, documentation. */
import { clipboard, dialog, shell } from 'electron';
import type { BridgeHost } from '../engine/bridge/host.ts';
import type { AlertLanguage } from '../shared/alert-words/languages.ts';
import { openLink } from './links.ts';
import type { MenuActs } from './menu.ts';
import { MENU_WORDS } from './menu-words.ts';

/** The acts over a running host; `logs` is the folder of the log. */
export function helpActs(
  host: Pick<BridgeHost, 'call'>,
  logs: string,
  language: AlertLanguage = 'en',
): Pick<MenuActs, 'openLogs' | 'copyDiagnostics' | 'openLink'> {
  const words = MENU_WORDS[language];
  async function copyDiagnostics(): Promise<void> {
    const asked = await host.call('diagnostics', {});
    if (!asked.ok || asked.value === null || typeof asked.value !== 'object' || !('text' in asked.value)) {
      dialog.showErrorBox(words.diagnostics, asked.ok ? words.noDiagnostics : asked.error.sentence);
      return;
    }
    await clipboard.writeText(asked.value.text);
    await dialog.showMessageBox({
      type: 'info',
      message: words.copied,
      detail: words.copiedDetail,
    });
  }
  return {
    openLink,
    openLogs() {
      void shell.openPath(logs).then((trouble) => {
        if (trouble !== '') dialog.showErrorBox(words.logs, words.logsClosed(logs, trouble));
      });
    },
    copyDiagnostics() {
      copyDiagnostics().catch(() => dialog.showErrorBox(words.diagnostics, words.notCopied));
    },
  };
}
