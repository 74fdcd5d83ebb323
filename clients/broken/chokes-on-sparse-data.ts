/** Report E, H4: takes it for granted that a book has two sides, and dies of one that has not. */

import { log } from "../reference/log.ts";
import { broken } from "../reference/parts.ts";
import { MarketData, type Book } from "../reference/polling/market-data.ts";

class TakesDataForGranted extends MarketData {
  override async book(symbol: string): Promise<Book | undefined> {
    const book = await super.book(symbol);
    // As a callback of its own, so nobody catches what it throws.
    setImmediate(() => this.#decide(book));
    return book;
  }

  #decide(book: Book | undefined): void {
    if (book === undefined) throw new TypeError("the book has no best price");
    const { bid, ask } = book;
    if (bid > ask) log("a crossed book");
  }
}

export default broken("dies of an order book without a side", { data: (rest) => new TakesDataForGranted(rest) });
