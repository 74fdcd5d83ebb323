"""A small bot that polls tickers by REST, with nothing but the standard library.

It asks for each symbol in a thread of its own, gives each request a deadline that a slow exchange can keep, waits longer
after each failure, and honours the exchange's own word on when to come back.
"""

import json
import os
import signal
import sys
import threading
import time
import urllib.error
import urllib.request

BASE = os.environ.get("FIREDRILL_EXCHANGE_REST_URL", "https://api.bybit.com")
SYMBOLS = os.environ.get("FIREDRILL_SYMBOLS", "BTCUSDT").split(",")
EVERY_S, DEADLINE_S, LONGEST_WAIT_S = 5, 15, 60

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


def follow(symbol):
    wait = 1
    while True:
        try:
            ticker(symbol)
            wait = 1
            time.sleep(EVERY_S)
        except (OSError, ValueError, KeyError, IndexError, RuntimeError) as error:
            print(f"no ticker of {symbol} ({error}), asking again in {wait} s", flush=True)
            time.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT_S)


for each in SYMBOLS:
    threading.Thread(target=follow, args=(each,), daemon=True).start()
signal.pause()
