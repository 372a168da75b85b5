/** Crashes of Chromium's processes: dumps stay on this machine, and the log says that there was one. */
import { type App, crashReporter } from 'electron';

/** Begins before Electron is ready, so that early crashes are caught as well. Nothing is ever sent anywhere. */
export function keepCrashesHere(app: Pick<App, 'on'>, log: (sentence: string) => void): void {
  crashReporter.start({ uploadToServer: false });
  app.on('child-process-gone', (_event, { type, reason, exitCode, name }) => {
    if (reason === 'clean-exit') return;
    log(`A process of Chromium's is gone: ${name ?? type}, ${reason}, exit code ${exitCode}.`);
  });
}
