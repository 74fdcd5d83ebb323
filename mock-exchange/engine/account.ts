/**
 * Everything that one user has: orders, positions, coins and their history, and the market they trade on. A plain bag:
 * what may be done with it is in the modules of this folder, one deed a file. There is one account; every API key of
 * the exchange belongs to it.
 */

import type { JournalSink } from "../../core/journal/event.ts";
import type { Instrument, Market } from "../market/market.ts";
import type { ClosedPnlBook } from "./closed-pnl.ts";
import type { Execution } from "./execution.ts";
import type { Ids } from "./ids.ts";
import type { Newest } from "./newest.ts";
import type { TradedCategory } from "./orders/order.ts";
import type { OrderStore } from "./orders/order-store.ts";
import type { Outbox } from "./outbox.ts";
import type { PositionBook } from "./position-book.ts";
import type { Wallet } from "./wallet.ts";

export type MarginMode = "ISOLATED_MARGIN" | "REGULAR_MARGIN" | "PORTFOLIO_MARGIN";

export interface Transfer {
  transferId: string;
  coin: string;
  amount: string;
  fromAccountType: string;
  toAccountType: string;
  timestamp: string;
  status: "SUCCESS";
}

export interface Withdrawal {
  readonly withdrawId: string;
  /** Its sender's own name for it; may be empty. */
  readonly requestId: string;
  readonly coin: string;
  readonly chain: string;
  readonly toAddress: string;
  readonly tag: string;
  /** What arrives. */
  readonly amount: string;
  readonly fee: string;
  readonly timeMs: number;
}

export interface Account {
  readonly uid: string;
  readonly market: Market;
  readonly journal: JournalSink;
  readonly ids: Ids;
  readonly orders: OrderStore;
  readonly positions: PositionBook;
  readonly wallet: Wallet;
  /** Coins outside the trading account, by transfers. */
  readonly funding: Wallet;
  readonly executions: Newest<Execution>;
  readonly closedPnl: ClosedPnlBook;
  readonly outbox: Outbox;
  readonly settings: { marginMode: MarginMode; marginModeMs: number };
  /** False lets contracts be ordered below their smallest order value. */
  readonly enforcesMinimumValue: boolean;
  /** Contracts that do not trade now, `linear/BTCUSDT` (see `halts.ts`). */
  readonly halted: Set<string>;
  readonly transfers: Newest<Transfer>;
  readonly withdrawals: Newest<Withdrawal>;
  /** Epoch ms, whole. */
  now: () => number;
}

export function instrumentOf(account: Account, category: TradedCategory, symbol: string): Instrument {
  const instrument = account.market.instrument(category, symbol);
  if (instrument === undefined) throw new Error(`The market lost its instrument ${category} ${symbol}.`);
  return instrument;
}
