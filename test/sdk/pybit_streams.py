"""pybit's WebSocket and WebSocketTrading, for pybit.test.ts: prints what came as one JSON object."""

import json
import queue
import sys

import pybit._websocket_trading
import pybit.unified_trading as unified

public, private, trade, key, secret, last = sys.argv[1:7]
# pybit has no setting for its addresses; these constants are where they are. It reads their ends to tell what is what.
unified.PUBLIC_WSS = public + "/v5/public/{CHANNEL_TYPE}"
unified.PRIVATE_WSS = private
pybit._websocket_trading.TRADE_WSS = trade

PATIENCE_S = 15


class Inbox:
    """Callback that keeps messages to be waited for."""

    def __init__(self):
        self.messages = queue.Queue()

    def __call__(self, message):
        # pybit goes on changing the book that it hands out.
        self.messages.put(json.loads(json.dumps(message)))

    def next(self, fits=lambda _: True):
        while True:
            message = self.messages.get(timeout=PATIENCE_S)
            if fits(message):
                return message

    def row(self, **wanted):
        def matches(row):
            return all(row.get(name) == value for name, value in wanted.items())

        message = self.next(lambda message: any(map(matches, message["data"])))
        return next(filter(matches, message["data"]))


seen = {}
for category, symbol in (("linear", "BTCUSDT"), ("spot", "BTCUSDT")):
    market = unified.WebSocket(channel_type=category, testnet=False)
    book, trades, ticker, kline = Inbox(), Inbox(), Inbox(), Inbox()
    market.orderbook_stream(50, symbol, book)
    market.trade_stream(symbol, trades)
    market.ticker_stream(symbol, ticker)
    market.kline_stream(1, symbol, kline)
    seen[category] = {
        "books": [book.next()["data"] for _ in range(10)],
        "trade": trades.next()["data"][0],
        "ticker": ticker.next()["data"],
        "kline": kline.next()["data"][0],
    }
    market.exit()

account = unified.WebSocket(channel_type="private", testnet=False, api_key=key, api_secret=secret)
orders, executions, positions, wallets = Inbox(), Inbox(), Inbox(), Inbox()
account.order_stream(orders)
account.execution_stream(executions)
account.position_stream(positions)
account.wallet_stream(wallets)
# The topics above were asked for before this connection is made, so nothing that it does is missed.
trader = unified.WebSocketTrading(testnet=False, api_key=key, api_secret=secret)
linear = {"category": "linear", "symbol": "BTCUSDT"}
acks, refusals = Inbox(), Inbox()

price = float(last)
trader.place_order(acks, **linear, side="Buy", orderType="Limit", qty="0.01", price=f"{price * 0.97:.1f}")
seen["ack"] = acks.next()
order = {**linear, "orderId": seen["ack"]["data"]["orderId"]}
seen["new"] = orders.row(orderId=order["orderId"], orderStatus="New")
trader.amend_order(acks, **order, qty="0.02")
seen["amended"] = orders.row(orderId=order["orderId"], qty="0.02")
trader.amend_order(acks, **order, price=f"{price * 1.005:.1f}")
seen["filled"] = orders.row(orderId=order["orderId"], orderStatus="Filled")
seen["execution"] = executions.row(orderId=order["orderId"])
seen["position"] = positions.row(size="0.02")
trader.place_order(acks, **linear, side="Sell", orderType="Market", qty="0.02", reduceOnly=True)
seen["flat"] = positions.row(size="0")
seen["wallet"] = wallets.next()["data"][0]
trader.cancel_order(acks, refusals, **order)
seen["refusal"] = refusals.next()
trader.exit()
account.exit()
print(json.dumps(seen))
