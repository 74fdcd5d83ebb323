/** Market data from a subprocess under supervision: the latest prices and trades of every symbol. */

import { LatestPrices } from "../connector/latest-prices.ts";
import type { Role } from "../role.ts";

const connector: Role = async ({ parts, settings, warnings, signal }) => {
  const prices = new LatestPrices();
  const { exchangePublicUrl: url, symbols } = settings;
  await parts.connector({ url, symbols, warnings, onEvent: (event) => prices.take(event) }).run(signal);
};

export default connector;
