"""pybit beyond plain orders, for pybit-orders.test.ts: prints what it saw as one JSON object."""

import json
import sys

from pybit.exceptions import InvalidRequestError
from pybit.unified_trading import HTTP

rest, key, secret = sys.argv[1:4]
session = HTTP(api_key=key, api_secret=secret)
session.endpoint = rest
linear = {"category": "linear", "symbol": "BTCUSDT"}
inverse = {"category": "inverse", "symbol": "BTCUSD"}
spot = {"category": "spot", "symbol": "BTCUSDT"}


def rows(reply):
    return reply["result"]["list"]


def last(market):
    return float(rows(session.get_tickers(**market))[0]["lastPrice"])


def positions(market):
    return [[row["positionIdx"], row["side"], row["size"]] for row in rows(session.get_positions(**market))]


def coin(name):
    account = rows(session.get_wallet_balance(accountType="UNIFIED", coin=name))[0]
    return next(one["walletBalance"] for one in account["coin"] if one["coin"] == name)


seen = {}
low = f"{last(linear) * 0.97:.1f}"
order = {"symbol": "BTCUSDT", "side": "Buy", "orderType": "Limit", "price": low}
batch = session.place_batch_order(
    category="linear", request=[{**order, "qty": "0.01"}, {**order, "qty": "0"}, {**order, "qty": "0.02"}]
)
seen["placed"] = [one["code"] == 0 for one in batch["retExtInfo"]["list"]]
ids = [one["orderId"] for one in rows(batch) if one["orderId"] != ""]
named = [{"symbol": "BTCUSDT", "orderId": one} for one in ids]
session.amend_batch_order(category="linear", request=[{**one, "qty": "0.03"} for one in named])
seen["amended"] = [one["qty"] for one in rows(session.get_open_orders(**linear))]
cancelled = session.cancel_batch_order(category="linear", request=named)
seen["cancelled"] = [one["code"] for one in cancelled["retExtInfo"]["list"]]

price = last(linear)
conditional = session.place_order(
    **linear, side="Buy", orderType="Market", qty="0.01", triggerDirection=1, triggerPrice=f"{price * 1.01:.1f}"
)["result"]["orderId"]
seen["conditional"] = rows(session.get_open_orders(**linear, orderFilter="StopOrder"))[0]["orderStatus"]
session.cancel_order(**linear, orderId=conditional)
session.place_order(
    **linear, side="Buy", orderType="Market", qty="0.01", takeProfit=f"{price * 1.02:.1f}", stopLoss=f"{price * 0.98:.1f}"
)
seen["stops"] = sorted(one["stopOrderType"] for one in rows(session.get_open_orders(**linear)))
session.place_order(**linear, side="Sell", orderType="Market", qty="0.01", reduceOnly=True)
seen["left"] = rows(session.get_open_orders(**linear))

session.switch_position_mode(category="linear", symbol="BTCUSDT", mode=3)
session.place_order(**linear, side="Buy", orderType="Market", qty="0.02", positionIdx=1)
session.place_order(**linear, side="Sell", orderType="Market", qty="0.01", positionIdx=2)
seen["hedged"] = positions(linear)
try:
    session.switch_position_mode(category="linear", symbol="BTCUSDT", mode=0)
except InvalidRequestError as error:
    seen["refusal"] = error.status_code
session.place_order(**linear, side="Sell", orderType="Market", qty="0.02", positionIdx=1, reduceOnly=True)
session.place_order(**linear, side="Buy", orderType="Market", qty="0.01", positionIdx=2, reduceOnly=True)
session.switch_position_mode(category="linear", symbol="BTCUSDT", mode=0)
seen["flat"] = positions(linear)

before = coin("BTC")
session.place_order(**inverse, side="Buy", orderType="Market", qty="1000")
seen["inverse"] = positions(inverse)
session.place_order(**inverse, side="Sell", orderType="Market", qty="1000", reduceOnly=True)
seen["closedPnl"] = rows(session.get_closed_pnl(**inverse))[0]["closedPnl"]
seen["coin"] = [before, coin("BTC")]

bought = session.place_order(**spot, side="Buy", orderType="Market", qty="1000", marketUnit="quoteCoin")["result"]
seen["spot"] = bought["orderId"]
seen["fills"] = rows(session.get_executions(**spot, orderId=bought["orderId"]))

options = rows(session.get_tickers(category="option", baseCoin="BTC"))
listed = rows(session.get_instruments_info(category="option", baseCoin="BTC"))
quoted = next(one["symbol"] for one in options if float(one["bid1Price"]) > 0)
seen["options"] = [sorted(one["symbol"] for one in options), sorted(one["symbol"] for one in listed)]
seen["optionBook"] = session.get_orderbook(category="option", symbol=quoted, limit=25)["result"]
seen["dcp"] = session.set_dcp(product="DERIVATIVES", timeWindow=40)["retCode"]
print(json.dumps(seen))
