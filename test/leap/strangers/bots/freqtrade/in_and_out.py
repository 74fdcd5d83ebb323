"""The smallest strategy that trades often: in at each candle, out again after a minute and a half."""

import atexit
import json
from collections import Counter
from datetime import timedelta

from freqtrade.strategy import IStrategy

HELD = timedelta(seconds=90)

seen: Counter[str] = Counter()
atexit.register(lambda: print(json.dumps({"summary": seen}), flush=True))


class InAndOut(IStrategy):
    INTERFACE_VERSION = 3
    timeframe = "1m"
    process_only_new_candles = False
    startup_candle_count = 5
    minimal_roi = {"0": 10}
    stoploss = -0.5
    order_types = {"entry": "market", "exit": "market", "stoploss": "market", "stoploss_on_exchange": False}

    def bot_start(self, **_):
        self.newest = {}
        print("up", flush=True)

    def bot_loop_start(self, **_):
        seen["loops"] += 1

    def populate_indicators(self, dataframe, metadata):
        newest = dataframe["date"].iloc[-1]
        if self.newest.get(metadata["pair"]) != newest:
            self.newest[metadata["pair"]] = newest
            seen["candles"] += 1
        return dataframe

    def populate_entry_trend(self, dataframe, metadata):
        dataframe["enter_long"] = 1
        return dataframe

    def populate_exit_trend(self, dataframe, metadata):
        return dataframe

    def custom_exit(self, pair, trade, current_time, current_rate, current_profit, **_):
        return "held long enough" if current_time - trade.open_date_utc >= HELD else None

    def confirm_trade_entry(self, *_, **__):
        seen["orders"] += 1
        return True

    def confirm_trade_exit(self, *_, **__):
        seen["orders"] += 1
        return True

    def order_filled(self, *_, **__):
        seen["fills"] += 1
