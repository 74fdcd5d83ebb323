"""pybit across a cut, for reconnect.test.ts: says how far it is and waits for a line each time, then prints what came after the cut."""

import json
import queue
import sys

import pybit.unified_trading as unified

host, rest, key, secret = sys.argv[1:5]
unified.PUBLIC_WSS = "ws://" + host + "/v5/public/{CHANNEL_TYPE}"
unified.PRIVATE_WSS = "ws://" + host + "/v5/private"
session = unified.HTTP(api_key=key, api_secret=secret)
session.endpoint = rest
PATIENCE_S = 30

books, orders = queue.Queue(), queue.Queue()
market = unified.WebSocket(channel_type="linear", testnet=False)
market.orderbook_stream(50, "BTCUSDT", lambda message: books.put(message["ts"]))
account = unified.WebSocket(channel_type="private", testnet=False, api_key=key, api_secret=secret)
account.order_stream(orders.put)


def order(link):
    session.place_order(
        category="linear", symbol="BTCUSDT", side="Buy", orderType="Market", qty="0.001", orderLinkId=link
    )


before = books.get(timeout=PATIENCE_S)
print("subscribed", flush=True)
sys.stdin.readline()  # the order topic was granted, which pybit keeps to itself
order("before")
links = [orders.get(timeout=PATIENCE_S)["data"][0]["orderLinkId"]]
print("ready", flush=True)
sys.stdin.readline()  # the cut was made and both streams are subscribed again
while not books.empty():
    books.get()
after = before
while after <= before:  # back within a step of the market, the new snapshot is of the same moment
    after = books.get(timeout=PATIENCE_S)
order("after")
links.append(orders.get(timeout=PATIENCE_S)["data"][0]["orderLinkId"])
print(json.dumps({"before": before, "after": after, "links": links}))
market.exit()
account.exit()
