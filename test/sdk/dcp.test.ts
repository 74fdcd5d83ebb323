/** Disconnect-cancel-all as bybit-api's users set it up: orders go when the last armed connection has been gone too long. */

import { RestClientV5, WebsocketClient } from "bybit-api";
import { expect, onTestFinished, test } from "vitest";
import { startRelay } from "./support/relay.ts";
import { acknowledged, away, credentials, restingBuy, startSdkStage } from "./support/sdk-stage.ts";

const linear = { category: "linear", symbol: "BTCUSDT" } as const;
const quiet = { trace: () => undefined, info: () => undefined, error: () => undefined };

test("a client that is back within the window keeps its orders; one that stays away loses them", async () => {
  const stage = await startSdkStage();
  onTestFinished(() => stage.exchange.close());
  const relay = await startRelay(stage.exchange.privatePort);
  onTestFinished(() => relay.close());
  const rest = new RestClientV5({ ...credentials, baseUrl: stage.exchange.restUrl, throwExceptions: true });
  const account = new WebsocketClient({ ...credentials, wsUrl: `ws://127.0.0.1:${relay.port}/v5/private` }, quiet);
  onTestFinished(() => account.closeAll(true));

  await rest.setDisconnectCancelAllWindowV2({ product: "DERIVATIVES", timeWindow: 5 });
  await Promise.all(account.subscribeV5(["order", "dcp.future"], "linear"));
  await acknowledged(stage, "dcp.future");
  const last = (await rest.getTickers(linear)).result.list[0]?.lastPrice ?? "";
  const price = away(last, restingBuy);
  const { orderId } = (await rest.submitOrder({ ...linear, side: "Buy", orderType: "Limit", qty: "0.01", price }))
    .result;

  // The SDK is back half a second after a cut, well within the five.
  const back = acknowledged(stage.fresh(), "dcp.future");
  relay.cut();
  await back;
  const fired = new Promise<object>((resolve) =>
    stage.journal.subscribe((event) => event.type === "exchange.dcp" && resolve(event)),
  );
  expect((await rest.getActiveOrders(linear)).result.list).toMatchObject([{ orderId, orderStatus: "New" }]);
  expect(stage.journal.view().all("exchange.dcp")).toEqual([]);

  account.closeAll(true);
  expect(await fired).toMatchObject({ product: "DERIVATIVES", windowMs: 5_000, cancelled: 1 });
  expect((await rest.getActiveOrders(linear)).result.list).toEqual([]);
  const [gone] = (await rest.getHistoricOrders({ ...linear, orderId })).result.list;
  expect(gone).toMatchObject({ orderStatus: "Cancelled", cancelType: "CancelByDCP", cumExecQty: "0" });
});
