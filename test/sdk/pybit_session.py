"""A session with pybit's HTTP client, for pybit.test.ts: prints what it saw as one JSON object."""

import json
import sys

from pybit.exceptions import InvalidRequestError
from pybit.unified_trading import HTTP

rest, key, secret = sys.argv[1:4]
session = HTTP(api_key=key, api_secret=secret)
session.endpoint = rest
linear = {"category": "linear", "symbol": "BTCUSDT"}


def first(reply):
    return reply["result"]["list"][0]


def usdt():
    account = first(session.get_wallet_balance(accountType="UNIFIED", coin="USDT"))
    return next(coin["walletBalance"] for coin in account["coin"] if coin["coin"] == "USDT")


def tick(price):
    return f"{price:.1f}"


seen = {
    "time": session.get_server_time(),
    "ticker": first(session.get_tickers(**linear)),
    "book": session.get_orderbook(**linear, limit=50)["result"],
    "klines": session.get_kline(**linear, interval=1, limit=5)["result"]["list"],
    "trades": session.get_public_trade_history(**linear, limit=5)["result"]["list"],
    "instrument": first(session.get_instruments_info(**linear)),
    "before": usdt(),
}
last = float(seen["ticker"]["lastPrice"])
order_id = session.place_order(
    **linear, side="Buy", orderType="Limit", qty="0.01", price=tick(last * 0.97), orderLinkId="pybit-1"
)["result"]["orderId"]
session.amend_order(**linear, orderId=order_id, qty="0.02")
seen["resting"] = first(session.get_open_orders(**linear, orderId=order_id))
session.amend_order(**linear, orderLinkId="pybit-1", price=tick(last * 1.005))
seen["filled"] = first(session.get_open_orders(**linear, orderId=order_id))
seen["position"] = first(session.get_positions(**linear))
seen["executions"] = session.get_executions(**linear, orderId=order_id)["result"]["list"]
session.place_order(**linear, side="Sell", orderType="Market", qty="0.02", reduceOnly=True)
seen["flat"] = first(session.get_positions(**linear))
seen["closed"] = first(session.get_closed_pnl(**linear))
seen["after"] = usdt()
try:
    session.cancel_order(**linear, orderId=order_id)
except InvalidRequestError as error:
    seen["refusal"] = {"code": error.status_code, "message": error.message}

# A page at a time: pybit sorts a query and sends the cursor as it came.
placed = [
    session.place_order(**linear, side="Buy", orderType="Limit", qty="0.01", price=tick(last * 0.97))["result"]["orderId"]
    for _ in range(3)
]
pages, cursor = [], None
while cursor != "":
    page = session.get_open_orders(**linear, limit=1, **({} if cursor is None else {"cursor": cursor}))["result"]
    pages += [order["orderId"] for order in page["list"]]
    cursor = page["nextPageCursor"]
seen["placed"], seen["pages"] = placed, pages
seen["cancelled"] = [order["orderId"] for order in session.cancel_all_orders(**linear)["result"]["list"]]
print(json.dumps(seen))
