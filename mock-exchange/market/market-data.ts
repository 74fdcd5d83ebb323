/** The market as those who publish it see it: everything the engine sees, and what is public of each instrument. */

import type { Listing } from "./listing.ts";
import type { Category, Market } from "./market.ts";
import type { OptionListing } from "./options/option-listing.ts";
import type { Step } from "./pulse.ts";

/** Categories with a book, a tape and candles of their own. */
export type TradedCategory = Exclude<Category, "option">;

export interface MarketData extends Market {
  /** Incident ms of one step of the market's grid. */
  readonly stepMs: number;
  /** Everything before this is public, epoch ms. */
  readonly untilMs: number;
  /** Takes the steps that are due. Whoever publishes calls it before reading. */
  catchUp(): void;
  /** Calls back after each step that somebody notices (see `pulse.ts`). Returns the way to stop. */
  onStep(listener: (step: Step) => void, notices?: () => boolean): () => void;
  listings(category: TradedCategory): readonly Listing[];
  listing(category: TradedCategory, symbol: string): Listing | undefined;
  options(): readonly OptionListing[];
  option(symbol: string): OptionListing | undefined;
  close(): void;
}
