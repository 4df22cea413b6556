/** The newest `capacity` items; adding to a full ring overwrites the oldest. */
export class Ring<T> {
  private items: T[] = [];
  private next = 0;

  constructor(private readonly capacity: number) {}

  get size(): number {
    return this.items.length;
  }

  add(item: T): void {
    this.items[this.next] = item;
    this.next = (this.next + 1) % this.capacity;
  }

  /** Newest first. */
  *newestFirst(): Generator<T> {
    for (let back = 1; back <= this.items.length; back += 1) {
      const item = this.items[(this.next - back + this.capacity) % this.capacity];
      if (item !== undefined) yield item;
    }
  }

  clear(): void {
    this.items = [];
    this.next = 0;
  }
}
