"""The smallest bot on pybit as its documentation has it, defaults kept.

It follows a few public topics and its own orders, asks for tickers and candles by REST, and trades a little. Whatever
goes wrong it prints, and leaves to the SDK.

Roles: market-data, rest-polling, private-stream, trading
Needs: pybit
"""

import logging
import math
import os
import signal
import threading

import pybit.unified_trading as unified

logging.basicConfig(level=logging.INFO)

# pybit has no setting for its addresses: these constants are where they are. It reads their ends to tell what is what.
unified.PUBLIC_WSS = os.environ["FIREDRILL_EXCHANGE_PUBLIC_WS_URL"].removesuffix("linear") + "{CHANNEL_TYPE}"
unified.PRIVATE_WSS = os.environ["FIREDRILL_EXCHANGE_PRIVATE_WS_URL"]

SYMBOLS = os.environ["FIREDRILL_SYMBOLS"].split(",")
KEYS = {"api_key": os.environ["FIREDRILL_API_KEY"], "api_secret": os.environ["FIREDRILL_API_SECRET"]}
ASK_EVERY_S, ORDER_EVERY_S = 7, 10
ORDER_VALUE = 25

prices = {}
stop = threading.Event()
for name in (signal.SIGINT, signal.SIGTERM):
    signal.signal(name, lambda *_: stop.set())


def on_ticker(message):
    prices[message["data"]["symbol"]] = float(message["data"]["lastPrice"])


def on_account(message):
    print(message["topic"], message["data"])


def every(seconds, act):
    """In a thread of its own; what fails is printed and tried again the next time."""

    def run():
        while not stop.wait(seconds):
            for symbol in SYMBOLS:
                try:
                    act(symbol)
                except Exception as error:
                    print("failed:", repr(error), flush=True)

    threading.Thread(target=run, daemon=True).start()


def ask(symbol):
    session.get_tickers(category="linear", symbol=symbol)
    session.get_kline(category="linear", symbol=symbol, interval="1", limit=200)


sides = {}
quantities = {}


def quantity_of(symbol):
    """The same small value of every symbol, in the steps that its instrument allows."""
    if symbol not in quantities:
        lot = session.get_instruments_info(category="linear", symbol=symbol)["result"]["list"][0]["lotSizeFilter"]
        step = float(lot["qtyStep"])
        quantity = max(math.ceil(ORDER_VALUE / prices[symbol] / step) * step, float(lot["minOrderQty"]))
        quantities[symbol] = f"{quantity:.{len(lot['qtyStep'].partition('.')[2])}f}"
    return quantities[symbol]


def order(symbol):
    if symbol not in prices:
        return
    sides[symbol] = "Sell" if sides.get(symbol) == "Buy" else "Buy"
    session.place_order(
        category="linear", symbol=symbol, side=sides[symbol], orderType="Market", qty=quantity_of(symbol)
    )


session = unified.HTTP(**KEYS)
session.endpoint = os.environ["FIREDRILL_EXCHANGE_REST_URL"]
market = unified.WebSocket(channel_type="linear", testnet=False)
market.orderbook_stream(50, SYMBOLS, lambda message: None)
market.trade_stream(SYMBOLS, lambda message: None)
market.ticker_stream(SYMBOLS, on_ticker)
account = unified.WebSocket(channel_type="private", testnet=False, **KEYS)
account.order_stream(on_account)
account.execution_stream(on_account)
account.position_stream(on_account)
every(ASK_EVERY_S, ask)
every(ORDER_EVERY_S, order)
stop.wait()
