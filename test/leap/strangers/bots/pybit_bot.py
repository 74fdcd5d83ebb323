"""A bot on unmodified pybit: threads, its streams, REST polling, an order by the trade stream every 30 s.

It runs until SIGTERM, then prints what it counted as one JSON line. Whatever goes wrong is a line on stderr.
"""

import json
import logging
import os
import signal
import sys
import threading
from collections import Counter

import pybit._websocket_trading
import pybit.unified_trading as unified

# What pybit and websocket-client log is seen only by who asks for it: an error in a callback ends their reader in silence.
logging.basicConfig(level=logging.WARNING)

PUBLIC_URL = os.environ["FIREDRILL_EXCHANGE_PUBLIC_WS_URL"]
# pybit has no setting for its addresses: these constants are where they are. It reads their ends to tell what is what.
unified.PUBLIC_WSS = PUBLIC_URL.removesuffix("linear") + "{CHANNEL_TYPE}"
unified.PRIVATE_WSS = os.environ["FIREDRILL_EXCHANGE_PRIVATE_WS_URL"]
pybit._websocket_trading.TRADE_WSS = os.environ["FIREDRILL_EXCHANGE_TRADE_WS_URL"]

ORDER_EVERY_S, ASK_EVERY_S = 30, 5
LINEAR = {"category": "linear", "symbol": "BTCUSDT"}
KEYS = {"api_key": os.environ["FIREDRILL_API_KEY"], "api_secret": os.environ["FIREDRILL_API_SECRET"]}

seen: Counter[str] = Counter()
stop = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: stop.set())


def complain(what, value):
    print(f"error: {what}: {value}", file=sys.stderr, flush=True)


def count(name):
    def callback(_message):
        seen[name] += 1

    return callback


def on_order(message):
    for order in message["data"]:
        if order["orderStatus"] == "Filled":
            seen["fills"] += 1
        elif order["orderStatus"] not in ("New", "PartiallyFilled"):
            complain("an order that is neither new nor filled", order)


def on_ack(ack):
    if ack["retCode"] == 0:
        seen["orders"] += 1
    else:
        complain("order refused", ack)


def ask_by_rest(session):
    while not stop.wait(ASK_EVERY_S):
        ticker = session.get_tickers(**LINEAR)["result"]["list"][0]
        wallet = session.get_wallet_balance(accountType="UNIFIED")["result"]["list"][0]
        if float(ticker["lastPrice"]) > 0 and float(wallet["totalEquity"]) > 0:
            seen["answers"] += 1
        else:
            complain("an answer without a price or equity", (ticker, wallet))


def place_orders(trader):
    side = "Buy"
    while not stop.wait(ORDER_EVERY_S):
        trader.place_order(on_ack, **LINEAR, side=side, orderType="Market", qty="0.01")
        side = "Sell" if side == "Buy" else "Buy"


session = unified.HTTP(**KEYS)
session.endpoint = os.environ["FIREDRILL_EXCHANGE_REST_URL"]
market = unified.WebSocket(channel_type="linear", testnet=False)
market.orderbook_stream(50, "BTCUSDT", count("books"))
market.ticker_stream("BTCUSDT", count("tickers"))
account = unified.WebSocket(channel_type="private", testnet=False, **KEYS)
account.order_stream(on_order)
account.execution_stream(count("executions"))
trader = unified.WebSocketTrading(testnet=False, **KEYS)
clients = {"market": market, "account": account, "trader": trader}
threads = [
    threading.Thread(target=ask_by_rest, args=(session,), name="ask"),
    threading.Thread(target=place_orders, args=(trader,), name="orders"),
]
for thread in threads:
    thread.start()
print("up", flush=True)

# Looks after its parts once a second, as a bot's main thread does, so that one that died is an error and not a silence.
while not stop.wait(1):
    for thread in threads:
        if not thread.is_alive():
            complain("a thread has ended", thread.name)
            stop.set()
    for name, client in clients.items():
        if not client.is_connected():
            complain("not connected", name)

for thread in threads:
    thread.join()
print(json.dumps({"summary": seen}), flush=True)
for client in clients.values():
    client.exit()
