/**
 * The trading engine: one account, tied to the market and to the clock. Whoever changes something goes through
 * `change`, so that the market's answers never find the books half written; reading needs no leave.
 */

import { Big } from "big.js";
import type { Clock } from "../../core/clock.ts";
import type { JournalSink } from "../../core/journal/event.ts";
import type { Random } from "../../core/random.ts";
import type { Market } from "../market/market.ts";
import type { Account } from "./account.ts";
import { ClosedPnlBook } from "./closed-pnl.ts";
import { Dcp } from "./dcp.ts";
import { scheduleFunding, settleFunding, steadyFundingRate, type FundingRateOf } from "./funding.ts";
import { isHalted } from "./halts.ts";
import { Ids } from "./ids.ts";
import { Lane } from "./lane.ts";
import { checkLiquidation } from "./margin/liquidation.ts";
import { fillResting } from "./orders/match.ts";
import { defaultKeptRows, Newest } from "./newest.ts";
import { isResting, isTraded } from "./orders/order.ts";
import { OrderStore } from "./orders/order-store.ts";
import { Outbox } from "./outbox.ts";
import { PositionBook } from "./position-book.ts";
import { checkTriggers } from "./stops/triggers.ts";
import { accountPushes } from "./views/account-pushes.ts";
import { Wallet } from "./wallet.ts";

export interface EngineOptions {
  market: Market;
  clock: Clock;
  journal: JournalSink;
  random: Random;
  /** Coins that the account starts with. */
  balances?: Readonly<Record<string, string>>;
  fundingRateOf?: FundingRateOf;
  /** Whether contracts have a smallest order value, as on Bybit. Default true. */
  enforcesMinimumValue?: boolean;
  /** How many closed orders, executions, closed PnLs and transactions are kept at least. */
  keptRows?: number;
  /** Has the market take the steps that are due, before anything is traded on it. */
  catchUp?: () => void;
  /** Calls back on the next turn of the loop. */
  defer?: (callback: () => void) => void;
}

export interface Engine {
  readonly account: Account;
  readonly dcp: Dcp;
  /** The way to change anything. */
  change<T>(deed: (account: Account) => T): T;
  /** Pays what is due at that hour, epoch ms. */
  settleFunding(hourMs: number): void;
  close(): void;
}

/** Enough for hundreds of whole-coin orders at the default leverage. */
const defaultBalances = { USDT: "100000000", USDC: "10000000", BTC: "1000", ETH: "10000" };

export function createEngine(options: EngineOptions): Engine {
  const { market, clock, journal, random } = options;
  const ids = new Ids(random.fork("ids"));
  const keptRows = options.keptRows ?? defaultKeptRows;
  const lane = new Lane();
  const balances = Object.entries(options.balances ?? defaultBalances).map(([coin, text]) => [coin, new Big(text)]);
  const name = (): { serial: number; id: string } => ({ serial: ids.serial(), id: ids.uuid() });
  const account: Account = {
    uid: String(random.fork("uid").integer(1_000_000, 99_999_999)),
    market,
    journal,
    ids,
    orders: new OrderStore(keptRows),
    positions: new PositionBook(),
    wallet: new Wallet(Object.fromEntries(balances) as Record<string, Big>, name, keptRows),
    funding: new Wallet(Object.fromEntries(balances) as Record<string, Big>, name, keptRows),
    executions: new Newest(keptRows),
    closedPnl: new ClosedPnlBook(keptRows),
    outbox: new Outbox(options.defer ?? ((callback) => void setImmediate(callback))),
    settings: { marginMode: "REGULAR_MARGIN", marginModeMs: Math.floor(clock.startMs) },
    enforcesMinimumValue: options.enforcesMinimumValue ?? true,
    halted: new Set(),
    transfers: new Newest(keptRows),
    withdrawals: new Newest(keptRows),
    now: () => Math.floor(clock.now()),
  };
  account.outbox.show(accountPushes(account));

  const stopFills = market.onRestingFilled((id, fill) =>
    lane.run(() => {
      const order = account.orders.byId(id);
      if (order !== undefined && isResting(order)) fillResting(account, order, fill);
    }),
  );
  const stopPrices = market.onPrices(
    (moved) => {
      lane.run(() => {
        const traded = moved.filter(isTraded).filter(({ category, symbol }) => !isHalted(account, category, symbol));
        for (const { category, symbol } of traded) checkTriggers(account, category, symbol);
        checkLiquidation(account, traded);
      });
    },
    () => [...account.positions.open(), ...account.orders.waitingForPrice()],
  );
  const settle = (hourMs: number): void =>
    lane.run(() => settleFunding(account, options.fundingRateOf ?? steadyFundingRate, hourMs));
  const funding = scheduleFunding(clock, settle);
  const dcp = new Dcp(account, clock);

  return {
    account,
    dcp,
    change(deed) {
      options.catchUp?.();
      return lane.call(() => deed(account));
    },
    settleFunding: settle,
    close() {
      stopFills();
      stopPrices();
      funding.cancel();
      dcp.close();
    },
  };
}
