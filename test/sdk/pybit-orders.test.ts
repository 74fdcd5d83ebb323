/** pybit: batches, conditional and guarded orders, hedge mode, inverse, spot, options. The script runs; here it is judged. */

import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { Big } from "big.js";
import { expect, onTestFinished, test } from "vitest";
import { available, pythonWithPybit } from "../support/requirements.ts";
import { credentials, startSdkStage } from "./support/sdk-stage.ts";

test.skipIf(!available("pybit"))("every kind of order and market by HTTP", async () => {
  const stage = await startSdkStage({ limited: false });
  onTestFinished(() => stage.exchange.close());
  const args = [join(import.meta.dirname, "pybit_orders.py"), stage.exchange.restUrl];
  const { stdout } = await promisify(execFile)(pythonWithPybit, [...args, credentials.key, credentials.secret], {
    timeout: 40_000,
  });
  const seen = JSON.parse(stdout) as {
    coin: [string, string];
    closedPnl: string;
    fills: Record<string, string>[];
    options: [string[], string[]];
    optionBook: { a: [string, string][]; b: [string, string][] };
  };
  expect(seen).toMatchObject({
    placed: [true, false, true],
    amended: ["0.03", "0.03"],
    cancelled: [0, 0],
    conditional: "Untriggered",
    stops: ["StopLoss", "TakeProfit"],
    left: [],
    hedged: [
      [1, "Buy", "0.02"],
      [2, "Sell", "0.01"],
    ],
    refusal: 110024,
    flat: [[0, "", "0"]],
    inverse: [[0, "Buy", "1000"]],
    spot: expect.stringMatching(/^\d{19}$/) as string,
    dcp: 0,
  });
  const [before, after] = seen.coin;
  expect(new Big(after).minus(before).toNumber()).toBeCloseTo(Number(seen.closedPnl), 8);
  expect(seen.fills.length).toBeGreaterThan(0);
  expect(seen.fills.every(({ feeCurrency }) => feeCurrency === "BTC")).toBe(true);
  const [tickers, listed] = seen.options;
  expect(listed.length).toBeGreaterThan(10);
  expect(tickers).toEqual(listed);
  expect(Number(seen.optionBook.b[0]?.[0])).toBeLessThan(Number(seen.optionBook.a[0]?.[0]));
});
