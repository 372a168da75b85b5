/** What the app asks of the machine around it: power, network, links, clipboard, crash reports, dialogs. */
import { EventEmitter } from 'node:events';

export const powerMonitor = new EventEmitter();

const blockers = { next: 0, running: new Set<number>() };
export const powerSaveBlocker = {
  start(type: 'prevent-app-suspension' | 'prevent-display-sleep'): number {
    if (type !== 'prevent-display-sleep' && type !== 'prevent-app-suspension') throw new TypeError('Invalid type');
    const id = blockers.next++;
    blockers.running.add(id);
    return id;
  },
  stop: (id: number): boolean => blockers.running.delete(id),
  isStarted: (id: number): boolean => blockers.running.has(id),
};
powerSaveBlocker satisfies Pick<Electron.PowerSaveBlocker, 'start' | 'stop' | 'isStarted'>;

/** Test side: how many of them keep something awake. */
export const keptAwake = (): number => blockers.running.size;

export const net = { online: true, isOnline: (): boolean => net.online };
net satisfies Pick<Electron.Net, 'isOnline' | 'online'>;

export const shell = {
  opened: [] as string[],
  async openExternal(url: string): Promise<void> {
    new URL(url);
    shell.opened.push(url);
  },
  /** The error of the system in words; empty when it worked. */
  async openPath(path: string): Promise<string> {
    shell.opened.push(path);
    return '';
  },
};
shell satisfies Pick<Electron.Shell, 'openExternal' | 'openPath'>;

export const clipboard = {
  text: '',
  async writeText(text: string): Promise<void> {
    clipboard.text = text;
  },
};
clipboard satisfies Pick<Electron.Clipboard, 'writeText'>;

export const crashReporter = {
  started: [] as Electron.CrashReporterStartOptions[],
  start(options: Electron.CrashReporterStartOptions): void {
    if (options.uploadToServer !== false && !options.submitURL) throw new Error('submitURL must be specified');
    crashReporter.started.push(options);
  },
};
crashReporter satisfies Pick<Electron.CrashReporter, 'start'>;

export const nativeTheme = Object.assign(new EventEmitter(), { shouldUseDarkColors: true });
nativeTheme satisfies Pick<Electron.NativeTheme, 'shouldUseDarkColors'>;

export const dialog = {
  errors: [] as { title: string; content: string }[],
  messages: [] as Electron.MessageBoxOptions[],
  showErrorBox(title: string, content: string): void {
    dialog.errors.push({ title, content });
  },
  async showMessageBox(options: Electron.MessageBoxOptions): Promise<Electron.MessageBoxReturnValue> {
    dialog.messages.push(options);
    return { response: 0, checkboxChecked: false };
  },
};
dialog satisfies Pick<Electron.Dialog, 'showErrorBox'>;

/** Test side: a machine that was just switched on. */
export function resetMachine(): void {
  powerMonitor.removeAllListeners();
  blockers.running.clear();
  net.online = true;
  shell.opened.length = 0;
  clipboard.text = '';
  crashReporter.started.length = 0;
  nativeTheme.shouldUseDarkColors = true;
  dialog.errors.length = 0;
  dialog.messages.length = 0;
}
