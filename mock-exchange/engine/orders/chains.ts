/** The chains on which coins come and go, as far as the mock knows any. */

const chains: Readonly<Record<string, string>> = { BTC: "BTC", ETH: "ETH", USDT: "ETH", USDC: "ETH" };

/** The one chain that a coin has here. */
export const chainOf = (coin: string): string => chains[coin] ?? coin;

/** Of every coin, in its own. */
export const withdrawFee = "0.001";
export const leastWithdrawal = "0.01";
