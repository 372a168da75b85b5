/** The outline of a mark, without its colour: which of its pixels are drawn. */
import type { Locator, Page } from 'playwright-core';

/** For each pixel whether it differs from the ground. */
export type Pixels = readonly boolean[];

const SIDE = 48;

/** Reads what Chromium drew of a mark; marks of all sizes come out equally large. */
export async function silhouette(page: Page, mark: Locator): Promise<Pixels> {
  const picture = (await mark.screenshot()).toString('base64');
  return page.evaluate(
    async ([source, side]) => {
      const image = new Image();
      image.src = `data:image/png;base64,${source}`;
      await image.decode();
      const canvas = new OffscreenCanvas(side, side);
      const context = canvas.getContext('2d');
      if (context === null) return [];
      context.drawImage(image, 0, 0, side, side);
      const { data } = context.getImageData(0, 0, side, side);
      const light = (at: number): number => (data[at * 4] ?? 0) + (data[at * 4 + 1] ?? 0) + (data[at * 4 + 2] ?? 0);
      // No mark reaches into the corner.
      const ground = light(0);
      return Array.from({ length: side * side }, (_, at) => Math.abs(light(at) - ground) > 100);
    },
    [picture, SIDE] as const,
  );
}

/** Share of the pixels in which two differ, 0 to 1. */
export function shareApart(one: Pixels, other: Pixels): number {
  return one.filter((drawn, at) => drawn !== other[at]).length / one.length;
}
