/**
 * Where an answer is put together. The memory is kept from answer to answer: fresh memory for half a megabyte costs more
 * than filling it.
 */
export class ByteSink {
  #buffer = Buffer.allocUnsafe(64 * 1024);
  #length = 0;

  /** Forgets what was written. */
  clear(): void {
    this.#length = 0;
  }

  text(text: string): void {
    // No UTF-16 unit becomes more than three bytes.
    this.#grow(text.length * 3);
    this.#length += this.#buffer.write(text, this.#length);
  }

  /** Room for `size` more bytes: write them there at once, all of them, before anything else is put here. */
  room(size: number): Buffer {
    this.#grow(size);
    const from = this.#length;
    this.#length += size;
    return this.#buffer.subarray(from, from + size);
  }

  /** A copy of what was written. */
  bytes(): Uint8Array {
    return Buffer.from(this.#buffer.subarray(0, this.#length));
  }

  #grow(by: number): void {
    if (this.#length + by <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#length + by));
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }
}
