"""A small bot that polls tickers by REST, with nothing but the standard library.

It gives each request a deadline, waits longer after each failure, and honours the exchange's own word on when to come back.
"""

import json
import os
import signal
import sys
import time
import urllib.error
import urllib.request

BASE = os.environ.get("FIREDRILL_EXCHANGE_REST_URL", "https://api.bybit.com")
SYMBOLS = os.environ.get("FIREDRILL_SYMBOLS", "BTCUSDT").split(",")
EVERY_S, DEADLINE_S, LONGEST_WAIT_S = 5, 4, 60

for name in (signal.SIGINT, signal.SIGTERM):
    signal.signal(name, lambda *_: sys.exit(0))


def ticker(symbol):
    url = f"{BASE}/v5/market/tickers?category=linear&symbol={symbol}"
    with urllib.request.urlopen(url, timeout=DEADLINE_S) as reply:
        body = json.load(reply)
        if body["retCode"] == 10006:
            reset = int(reply.headers.get("X-Bapi-Limit-Reset-Timestamp", 0)) / 1000
            time.sleep(max(reset - time.time(), 1))
        if body["retCode"] != 0:
            raise RuntimeError(f"{body['retCode']} {body['retMsg']}")
        return float(body["result"]["list"][0]["lastPrice"])


wait = 1
while True:
    started = time.monotonic()
    try:
        prices = {symbol: ticker(symbol) for symbol in SYMBOLS}
        wait = 1
        time.sleep(max(EVERY_S - (time.monotonic() - started), 0))
    except (OSError, ValueError, KeyError, IndexError, RuntimeError) as error:
        print(f"no tickers ({error}), asking again in {wait} s", flush=True)
        time.sleep(wait)
        wait = min(wait * 2, LONGEST_WAIT_S)
