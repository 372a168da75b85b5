/** Pictures from files. A file that is not there is an empty picture, as in Electron. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** A picture, with its size read from the file's own header. */
export class FakeNativeImage {
  readonly path: string;
  readonly #size: { width: number; height: number } | null;
  #template: boolean;

  constructor(path: string) {
    this.path = path;
    this.#size = sizeOf(path);
    this.#template = /Template(@\d+x)?\.png$/.test(basename(path));
  }
  isEmpty(): boolean {
    return this.#size === null;
  }
  getSize(): { width: number; height: number } {
    return this.#size ?? { width: 0, height: 0 };
  }
  isTemplateImage(): boolean {
    return this.#template;
  }
  setTemplateImage(option: boolean): void {
    this.#template = option;
  }
}
({}) as FakeNativeImage satisfies Pick<
  Electron.NativeImage,
  'isEmpty' | 'getSize' | 'isTemplateImage' | 'setTemplateImage'
>;

/** From the header of a PNG file. */
function sizeOf(path: string): { width: number; height: number } | null {
  try {
    const bytes = readFileSync(path);
    if (bytes.subarray(1, 4).toString('latin1') !== 'PNG') return null;
    return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  } catch {
    return null;
  }
}

/** Test side: every picture that was made. */
export const madeImages: FakeNativeImage[] = [];

export const nativeImage = {
  createFromPath(path: string): FakeNativeImage {
    const image = new FakeNativeImage(path);
    madeImages.push(image);
    return image;
  },
};
nativeImage satisfies Record<keyof Pick<typeof Electron.nativeImage, 'createFromPath'>, unknown>;
