"""The smallest bot on ccxt pro as its documentation has it, defaults kept.

It watches a few public topics and its own orders, each in a loop that prints what fails and watches again, asks for
tickers and candles by REST, and trades a little.

Roles: market-data, rest-polling, private-stream, trading
Needs: ccxt
"""

import asyncio
import os
import signal

import ccxt.pro

IDS = os.environ["FIREDRILL_SYMBOLS"].split(",")
ASK_EVERY_S, ORDER_EVERY_S = 7, 10
ORDER_VALUE = 25

exchange = ccxt.pro.bybit({"apiKey": os.environ["FIREDRILL_API_KEY"], "secret": os.environ["FIREDRILL_API_SECRET"]})
prices = {}


def point(addresses):
    """ccxt has one table with all addresses: only their origins are changed, their paths are its own."""
    for name, address in addresses.items():
        if isinstance(address, dict):
            point(address)
        elif address.startswith("wss:"):
            addresses[name] = origin_of(stream_for(address)) + "/" + address.split("/", 3)[3]
        else:
            addresses[name] = os.environ["FIREDRILL_EXCHANGE_REST_URL"]


def stream_for(address):
    kind = {"trade": "TRADE", "private": "PRIVATE"}.get(address.rsplit("/", 1)[1], "PUBLIC")
    return os.environ[f"FIREDRILL_EXCHANGE_{kind}_WS_URL"]


def origin_of(url):
    return "/".join(url.split("/")[:3])


async def again_and_again(act, every_s=0):
    while True:
        await asyncio.sleep(every_s)
        try:
            await act()
        except Exception as error:
            print("failed:", repr(error), flush=True)
            # As ccxt's examples do: an error is no reason to spin.
            await asyncio.sleep(1)


async def main():
    point(exchange.urls["api"])
    await exchange.load_markets()
    symbols = [exchange.safe_market(name, None, None, "linear")["symbol"] for name in IDS]
    sides = {}

    async def ticker():
        for symbol, news in (await exchange.watch_tickers(symbols)).items():
            prices[symbol] = news["last"]

    async def ask():
        for symbol in symbols:
            await exchange.fetch_ticker(symbol)
            await exchange.fetch_ohlcv(symbol, "1m", limit=200)

    async def order():
        for symbol in [symbol for symbol in symbols if symbol in prices]:
            sides[symbol] = "sell" if sides.get(symbol) == "buy" else "buy"
            least = exchange.market(symbol)["limits"]["amount"]["min"]
            await exchange.create_order(symbol, "market", sides[symbol], max(ORDER_VALUE / prices[symbol], least))

    loops = [
        again_and_again(lambda: exchange.watch_order_book_for_symbols(symbols)),
        again_and_again(lambda: exchange.watch_trades_for_symbols(symbols)),
        again_and_again(ticker),
        again_and_again(exchange.watch_orders),
        again_and_again(exchange.watch_my_trades),
        again_and_again(ask, ASK_EVERY_S),
        again_and_again(order, ORDER_EVERY_S),
    ]
    await asyncio.gather(*loops)


async def until_stopped():
    running = asyncio.create_task(main())
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, running.cancel)
    try:
        await running
    except asyncio.CancelledError:
        print("stopped", flush=True)
    finally:
        await exchange.close()


asyncio.run(until_stopped())
