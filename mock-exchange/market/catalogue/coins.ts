/**
 * The coins of the simulated markets, one line each: what a coin costs at the start, the grains of its perpetual, its
 * highest leverage, what is traded a day and how often. Values are near those of late 2025 and invented.
 */

export interface Coin {
  name: string;
  price: number;
  tick: string;
  step: string;
  maxLeverage: string;
  dailyUsd: number;
  tradesPerMinute: number;
  /** Incident ms between two states of the book. */
  bookMs: number;
  volatility: number;
}

const table = `
BTC 86700 0.10 0.001 100.00 8e9 60 100 0.02
ETH 2950 0.01 0.01 100.00 4e9 50 100 0.028
SOL 132 0.010 0.1 100.00 1.5e9 40 100 0.035
XRP 2.15 0.0001 1 75.00 9e8 40 100 0.034
DOGE 0.15 0.00001 1 75.00 6e8 30 200 0.04
ADA 0.43 0.0001 1 75.00 2e8 25 200 0.038
AVAX 13.5 0.001 0.1 75.00 1.5e8 25 200 0.04
LINK 13.1 0.001 0.1 75.00 1.8e8 25 200 0.038
DOT 2.3 0.0001 0.1 75.00 8e7 20 200 0.038
LTC 85 0.01 0.1 75.00 1.2e8 20 200 0.034
BCH 545 0.05 0.01 75.00 9e7 20 200 0.034
NEAR 1.9 0.001 0.1 75.00 7e7 20 300 0.042
APT 2.4 0.0005 0.01 75.00 6e7 20 300 0.042
ARB 0.21 0.0001 0.1 75.00 5e7 20 300 0.042
OP 0.32 0.0001 0.1 75.00 4e7 20 300 0.044
BNB 870 0.10 0.01 75.00 3e8 25 200 0.026
UNI 6.2 0.001 0.1 50.00 5e7 15 300 0.042
ATOM 2.5 0.001 0.1 50.00 3e7 15 300 0.036
FIL 1.6 0.001 0.1 50.00 3e7 15 300 0.042
ETC 13.6 0.005 0.1 50.00 2e7 15 300 0.034
ICP 3.6 0.001 0.1 50.00 2e7 15 300 0.044
INJ 5.4 0.001 0.1 50.00 3e7 15 300 0.046
SUI 1.5 0.0001 10 75.00 3e8 25 200 0.044
TRX 0.28 0.00001 1 75.00 6e7 15 300 0.02
XLM 0.25 0.00001 1 50.00 5e7 15 300 0.036
AAVE 175 0.01 0.01 50.00 5e7 15 300 0.04
TIA 0.6 0.0001 0.1 50.00 3e7 15 300 0.05
SEI 0.13 0.00001 1 50.00 3e7 15 300 0.046
WLD 0.6 0.0001 0.1 50.00 5e7 15 300 0.05
LDO 0.6 0.0001 0.1 50.00 2e7 15 300 0.046
`;

export const coins: readonly Coin[] = table
  .trim()
  .split("\n")
  .map((line) => {
    const [name = "", price, tick = "", step = "", maxLeverage = "", dailyUsd, perMinute, bookMs, volatility] =
      line.split(" ");
    return {
      name,
      price: Number(price),
      tick,
      step,
      maxLeverage,
      dailyUsd: Number(dailyUsd),
      tradesPerMinute: Number(perMinute),
      bookMs: Number(bookMs),
      volatility: Number(volatility),
    };
  });

/** A coin that a scenario names and this table does not know. */
export const unknownCoin = (name: string): Coin => ({
  name,
  price: 1,
  tick: "0.0001",
  step: "0.1",
  maxLeverage: "50.00",
  dailyUsd: 2e7,
  tradesPerMinute: 15,
  bookMs: 300,
  volatility: 0.04,
});
