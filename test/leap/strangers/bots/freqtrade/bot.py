"""freqtrade, unmodified, trading live on linear futures: writes its configuration and starts its own command.

Only the addresses have to be computed: ccxt, which it trades by, has one table for them, and `ccxt_config` reaches it.
freqtrade takes SIGTERM itself; the strategy then prints what it counted. Its log is on stderr.
"""

import json
import os
import pathlib
import sys
import tempfile

from freqtrade.main import main

REST = os.environ["FIREDRILL_EXCHANGE_REST_URL"]
PUBLIC = os.environ["FIREDRILL_EXCHANGE_PUBLIC_WS_URL"]
PRIVATE = os.environ["FIREDRILL_EXCHANGE_PRIVATE_WS_URL"]

URLS = {
    "api": {
        **{surface: REST for surface in ("spot", "futures", "v2", "public", "private")},
        "ws": {
            "public": {category: PUBLIC.removesuffix("linear") + category for category in ("spot", "linear", "inverse")},
            "private": {"contract": PRIVATE, "usdc": PRIVATE, "spot": {"unified": PRIVATE, "nonUnified": PRIVATE}},
        },
    }
}
PRICING = {"price_side": "other", "use_order_book": True, "order_book_top": 1}
CONFIGURATION = {
    "bot_name": "stranger",
    "dry_run": False,
    "trading_mode": "futures",
    "margin_mode": "isolated",
    "stake_currency": "USDT",
    "stake_amount": 1000,
    "max_open_trades": 2,
    "entry_pricing": PRICING,
    "exit_pricing": PRICING,
    "exchange": {
        "name": "bybit",
        "key": os.environ["FIREDRILL_API_KEY"],
        "secret": os.environ["FIREDRILL_API_SECRET"],
        "ccxt_config": {"urls": URLS},
        "pair_whitelist": ["BTC/USDT:USDT", "ETH/USDT:USDT"],
    },
    "pairlists": [{"method": "StaticPairList"}],
    "internals": {"process_throttle_secs": 5},
    "initial_state": "running",
}

with tempfile.TemporaryDirectory(prefix="firedrill-freqtrade-") as folder:
    config = pathlib.Path(folder, "config.json")
    config.write_text(json.dumps(CONFIGURATION), encoding="utf8")
    strategies = str(pathlib.Path(__file__).parent)
    database = f"sqlite:///{folder}/trades.sqlite"
    arguments = ["--config", str(config), "--strategy", "InAndOut", "--strategy-path", strategies]
    try:
        main(["trade", *arguments, "--userdir", folder, "--db-url", database])
    finally:
        sys.stdout.flush()
