/** A snapshot is put on top of the book that was there, instead of in its place: what is gone by now stays. */

import { broken } from "../reference/parts.ts";
import { Book, type BookData, type Outcome } from "../reference/stream/book.ts";
import { Books } from "../reference/stream/books.ts";

class MergingBook extends Book {
  override snapshot(data: BookData): Outcome {
    this.take(data);
    this.isSynced = true;
    return "snapshot";
  }

  /** The levels stay for the snapshot that is to come. */
  override lose(): void {
    this.isSynced = false;
  }
}

class MergingBooks extends Books {
  protected override makeBook(topic: string): Book {
    return new MergingBook(topic);
  }
}

export default broken("merges a snapshot into the book that was there", {
  books: (options) => new MergingBooks(options),
});
