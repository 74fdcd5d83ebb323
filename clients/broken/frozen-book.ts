/** A book whose snapshot was taken and whose changes are not: it stands still, and is reported and traded on as if it were new. */

import { broken } from "../reference/parts.ts";
import { Book, type Outcome } from "../reference/stream/book.ts";
import { Books } from "../reference/stream/books.ts";

class FrozenBook extends Book {
  override delta(): Outcome {
    return this.isSynced ? "applied" : "early";
  }
}

class FrozenBooks extends Books {
  protected override makeBook(topic: string): Book {
    return new FrozenBook(topic);
  }
}

export default broken("takes the snapshots of its books and none of their changes", {
  books: (options) => new FrozenBooks(options),
});
