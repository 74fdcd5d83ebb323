"""A bot on unmodified nautilus_trader (Bybit adapter): book and quotes by stream, an order at the market every 5 s.

It runs until SIGTERM, then prints what it counted as one JSON line. Its log is on stdout, warnings and errors only: a
line of it is something that went wrong.

How it is pointed at the mock exchange: REST and the private and trade streams are settings, the public stream is not.
Its address comes from `get_ws_base_url_public`, which the factory of the data client looks up in its own module: that
name is replaced there, before the node is built. Everything else of the package is as published, which is 1.221: later
ones pass REST's address to the public stream, in Rust.
"""

import json
import os
from collections import Counter
from decimal import Decimal

import nautilus_trader.adapters.bybit.factories as factories
from nautilus_trader.adapters.bybit import (
    BYBIT,
    BybitDataClientConfig,
    BybitExecClientConfig,
    BybitLiveDataClientFactory,
    BybitLiveExecClientFactory,
    BybitProductType,
)
from nautilus_trader.config import InstrumentProviderConfig, LoggingConfig, StrategyConfig, TradingNodeConfig
from nautilus_trader.core.datetime import secs_to_nanos
from nautilus_trader.live.node import TradingNode
from nautilus_trader.model.enums import BookType, OrderSide
from nautilus_trader.model.identifiers import InstrumentId
from nautilus_trader.trading.strategy import Strategy

PUBLIC_URL = os.environ["FIREDRILL_EXCHANGE_PUBLIC_WS_URL"]
factories.get_ws_base_url_public = lambda product_type, **_: PUBLIC_URL

ORDER_EVERY_S = 5
INSTRUMENT = InstrumentId.from_str("BTCUSDT-LINEAR.BYBIT")

seen: Counter[str] = Counter()


class OrderEveryFiveSeconds(Strategy):
    """Buys and sells in turn, so that its position stays small however long it runs."""

    def on_start(self):
        self.subscribe_order_book_deltas(INSTRUMENT, BookType.L2_MBP, depth=50)
        self.subscribe_quote_ticks(INSTRUMENT)
        self.clock.set_timer_ns("order", secs_to_nanos(ORDER_EVERY_S), 0, 0, self.on_order_due)
        print("up", flush=True)

    def on_order_book_deltas(self, _deltas):
        seen["books"] += 1

    def on_quote_tick(self, _tick):
        seen["tickers"] += 1

    def on_order_due(self, _event):
        side = OrderSide.SELL if seen["orders"] % 2 else OrderSide.BUY
        quantity = self.cache.instrument(INSTRUMENT).make_qty(Decimal("0.01"))
        self.submit_order(self.order_factory.market(INSTRUMENT, side, quantity))
        seen["orders"] += 1

    def on_order_filled(self, _event):
        seen["fills"] += 1

    def on_stop(self):
        print(json.dumps({"summary": seen}), flush=True)


keys = {"api_key": os.environ["FIREDRILL_API_KEY"], "api_secret": os.environ["FIREDRILL_API_SECRET"]}
common = {
    **keys,
    "base_url_http": os.environ["FIREDRILL_EXCHANGE_REST_URL"],
    "product_types": [BybitProductType.LINEAR],
    "instrument_provider": InstrumentProviderConfig(load_ids=frozenset({INSTRUMENT})),
}
node = TradingNode(
    config=TradingNodeConfig(
        logging=LoggingConfig(log_level="WARNING", log_colors=False, use_pyo3=True),
        data_clients={BYBIT: BybitDataClientConfig(**common)},
        exec_clients={
            BYBIT: BybitExecClientConfig(
                **common,
                base_url_ws_private=os.environ["FIREDRILL_EXCHANGE_PRIVATE_WS_URL"],
                base_url_ws_trade=os.environ["FIREDRILL_EXCHANGE_TRADE_WS_URL"],
                use_ws_trade_api=True,
            )
        },
    )
)
node.trader.add_strategy(OrderEveryFiveSeconds(StrategyConfig()))
node.add_data_client_factory(BYBIT, BybitLiveDataClientFactory)
node.add_exec_client_factory(BYBIT, BybitLiveExecClientFactory)
node.build()

# SIGTERM is the node's own: it stops its strategies, then returns from `run`.
node.run()
node.dispose()
