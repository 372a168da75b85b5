/** The tray. One that is gone throws. */
import { EventEmitter } from 'node:events';
import type { FakeNativeImage } from './image.ts';
import type { Menu } from './menu.ts';
import { state } from './process.ts';

export class Tray extends EventEmitter {
  static readonly all: Tray[] = [];
  /** Test side: what was set, in order. */
  readonly images: FakeNativeImage[] = [];
  readonly toolTips: string[] = [];
  readonly menus: Menu[] = [];
  #destroyed = false;

  constructor(image: FakeNativeImage) {
    super();
    if (!state.isReady) throw new Error('Cannot create Tray before app is ready');
    if (image.isEmpty()) throw new Error('Failed to load image');
    this.images.push(image);
    Tray.all.push(this);
  }
  #alive(): void {
    if (this.#destroyed) throw new Error('Tray is destroyed');
  }
  setImage(image: FakeNativeImage): void {
    this.#alive();
    this.images.push(image);
  }
  setToolTip(text: string): void {
    this.#alive();
    this.toolTips.push(text);
  }
  setContextMenu(menu: Menu | null): void {
    this.#alive();
    if (menu !== null) this.menus.push(menu);
  }
  destroy(): void {
    this.#destroyed = true;
    this.removeAllListeners();
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }
}
({}) as Tray satisfies Pick<Electron.Tray, 'setToolTip' | 'destroy' | 'isDestroyed'> &
  Record<keyof Pick<Electron.Tray, 'setImage' | 'setContextMenu'>, unknown>;
