/** A book's deltas are applied as they come: no look at `u`, so what was lost on the way stays lost. */

import { broken } from "../reference/parts.ts";
import { Book, type BookData, type Outcome } from "../reference/stream/book.ts";
import { Books } from "../reference/stream/books.ts";

class CredulousBook extends Book {
  override delta(data: BookData): Outcome {
    // The number before this one, whatever it was: to the book it is always the next.
    this.u = data.u - 1;
    return super.delta(data);
  }
}

class CredulousBooks extends Books {
  protected override makeBook(topic: string): Book {
    return new CredulousBook(topic);
  }
}

export default broken("applies every delta to a book, whatever is missing in between", {
  books: (options) => new CredulousBooks(options),
});
