/** Takes the snapshot of a restarted book service, whose `u` is 1, for an old one: its book stands still and is believed. */

import { broken } from "../reference/parts.ts";
import { Book, type BookData, type Outcome } from "../reference/stream/book.ts";
import { Books } from "../reference/stream/books.ts";

class OnlyUpwards extends Book {
  override snapshot(data: BookData): Outcome {
    return this.isSynced && data.u <= this.u ? "repeated" : super.snapshot(data);
  }
}

class OnlyUpwardsBooks extends Books {
  protected override makeBook(topic: string): Book {
    return new OnlyUpwards(topic);
  }
}

export default broken("drops the snapshot of a restarted book service", {
  books: (options) => new OnlyUpwardsBooks(options),
});
