/** Fifteen liquid linear perpetuals, as the bots of the reports trade them. */
export const defaultSymbols = [
  "BTCUSDT ETHUSDT SOLUSDT XRPUSDT DOGEUSDT ADAUSDT AVAXUSDT LINKUSDT",
  "DOTUSDT LTCUSDT BCHUSDT NEARUSDT APTUSDT ARBUSDT OPUSDT",
].flatMap((line) => line.split(" "));
