/**
 * The pictures of the tray, each read once and kept: an image that is made anew for every change leaks (electron#20850).
 */
import { join } from 'node:path';
import { type NativeImage, nativeImage } from 'electron';
import type { TrayIcon } from './state.ts';

/** What each system wants: macOS colours a template itself, panels of Linux are 24 px high, Windows scales from 16. */
export function iconFile(icon: TrayIcon, platform: NodeJS.Platform): string {
  switch (platform) {
    case 'darwin':
      return `${icon}Template.png`;
    case 'win32':
      return `${icon}.png`;
    default:
      return `${icon}-24.png`;
  }
}

/** Gives the picture of a state. Electron finds those of other scales (`@2x`) beside it. @param folder Where the files are. */
export function trayIcons(folder: string, platform: NodeJS.Platform): (icon: TrayIcon) => NativeImage {
  const read = new Map<TrayIcon, NativeImage>();
  return (icon) => {
    const known = read.get(icon);
    if (known !== undefined) return known;
    const image = nativeImage.createFromPath(join(folder, iconFile(icon, platform)));
    if (platform === 'darwin') image.setTemplateImage(true);
    read.set(icon, image);
    return image;
  };
}
