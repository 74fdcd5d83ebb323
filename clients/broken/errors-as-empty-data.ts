/**
 * Report A, H5: an error becomes `{ retCode: -1 }`, that becomes an empty list of candles, and the analysis works on it
 * as if it were data.
 */

import { broken } from "../reference/parts.ts";
import { MarketData, type Candle, type Frames, type Timeframe } from "../reference/polling/market-data.ts";

export class ErrorsAsEmptyData extends MarketData {
  override async frames(symbol: string): Promise<Frames> {
    const orEmpty = (timeframe: Timeframe): Promise<readonly Candle[]> =>
      this.candles(symbol, timeframe).catch(() => []);
    const [base, ltf, mtf, htf] = await Promise.all([orEmpty("base"), orEmpty("ltf"), orEmpty("mtf"), orEmpty("htf")]);
    return { base, ltf, mtf, htf };
  }
}

export default broken("takes an error for an empty list, and decides on it", {
  data: (rest) => new ErrorsAsEmptyData(rest),
});
