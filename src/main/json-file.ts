/** Small files of the desktop's own: what a window remembers, what somebody prefers. Written whole or not at all. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';

/** What is in the file, `missing` when there is none, `broken` when nobody can make sense of it. Never throws. */
export function readJson<T>(path: string, shape: z.ZodType<T>): T | 'missing' | 'broken' {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'missing' : 'broken';
  }
  try {
    const parsed = shape.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : 'broken';
  } catch {
    return 'broken';
  }
}

/** Replaces the file in one step. Throws what the system says; what was there stays then. */
export function writeJson(path: string, value: unknown): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
