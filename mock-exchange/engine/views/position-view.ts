/** A position as REST and the private stream show it; the stream calls the average price `entryPrice`. */

import type { Big } from "big.js";
import { instrumentOf, type Account } from "../account.ts";
import { booked, padded, plain, zero } from "../decimal.ts";
import { feeRate } from "../fees.ts";
import { firstRiskLimit } from "../margin/first-risk-limit.ts";
import { bankruptcyPrice, liquidationPrice } from "../margin/liquidation.ts";
import { positionMargin } from "../margin/margin.ts";
import { averagePrice, unrealisedPnl, type Position } from "../position.ts";
import { priceBounds } from "../orders/rules.ts";
import { wholeStop } from "../stops/stops.ts";

type View = Record<string, unknown>;

export function positionView(position: Position, account: Account): View {
  const { category, symbol, side } = position;
  const instrument = instrumentOf(account, category, symbol);
  const { tickSize } = instrument;
  const { mark } = account.market.quote(category, symbol);
  const flat = side === "";
  // Leverage, tiers, margin and liquidation price of a single position mean nothing in portfolio margin.
  const portfolio = account.settings.marginMode === "PORTFOLIO_MARGIN";
  const margin = positionMargin(account, position);
  const initial = portfolio ? "" : plain(booked(margin.initial));
  const maintenance = portfolio ? "" : plain(booked(margin.maintenance));
  const leverage = account.positions.leverage(category, symbol, position.positionIdx === 2 ? "Sell" : side || "Buy");
  // A price that the contract cannot have is left out: the account can carry the position to there.
  const { minPrice = "0", maxPrice } = priceBounds(instrument);
  const priced = (price: Big | null): string =>
    portfolio || price === null || price.lte(minPrice) || (maxPrice !== undefined && price.gte(maxPrice))
      ? ""
      : padded(price, tickSize);
  const stop = (kind: "takeProfit" | "stopLoss"): string => {
    const price = wholeStop(account, position, kind)?.trigger?.price;
    return price === undefined ? "" : padded(price, tickSize);
  };
  return {
    positionIdx: position.positionIdx,
    riskId: portfolio ? 0 : 1,
    riskLimitValue: portfolio ? "" : String(firstRiskLimit(instrument)),
    symbol,
    side,
    size: plain(position.size),
    avgPrice: plain(averagePrice(position)),
    positionValue: flat ? "" : plain(position.cost),
    tradeMode: 0,
    positionStatus: "Normal",
    autoAddMargin: position.addsMargin ? 1 : 0,
    adlRankIndicator: flat ? 0 : 2,
    leverage: portfolio ? "" : plain(leverage),
    breakEvenPrice: flat ? "" : padded(breakEven(position), tickSize),
    positionBalance: flat || portfolio ? "0" : initial,
    markPrice: padded(mark, tickSize),
    liqPrice: priced(liquidationPrice(account, position)),
    bustPrice: priced(bankruptcyPrice(account, position)),
    positionMM: maintenance,
    positionMMByMp: maintenance,
    positionIM: initial,
    positionIMByMp: initial,
    tpslMode: "Full",
    takeProfit: stop("takeProfit"),
    stopLoss: stop("stopLoss"),
    trailingStop: plain(position.trailingStop),
    unrealisedPnl: flat ? "" : plain(booked(unrealisedPnl(position, mark))),
    curRealisedPnl: plain(position.curRealisedPnl),
    cumRealisedPnl: plain(position.cumRealisedPnl),
    seq: position.seq,
    isReduceOnly: false,
    mmrSysUpdatedTime: "",
    leverageSysUpdatedTime: "",
    sessionAvgPrice: "",
    createdTime: String(position.createdMs),
    updatedTime: String(position.updatedMs),
    openTime: position.openMs,
  };
}

/** Where closing by a market order would earn back both fees. */
function breakEven(position: Position): ReturnType<typeof averagePrice> {
  const average = averagePrice(position);
  const fees = feeRate(position.category, false).times(2);
  return position.side === "Sell" ? average.times(fees.neg().plus(1)) : average.times(fees.plus(1));
}

export function positionPush(position: Position, account: Account): View {
  const { avgPrice, ...view } = positionView(position, account);
  return {
    category: position.category,
    ...view,
    entryPrice: avgPrice,
    // Strict clients read these as numbers even where the position is flat.
    ...(position.size.eq(0) ? { positionValue: plain(zero), unrealisedPnl: plain(zero) } : {}),
  };
}
