"""A plain client on aiohttp that does what Bybit's documentation asks of a reader of public streams, on one connection.

It redials whatever ends its stream, asks again for what was refused or not answered, and keeps its order books. What
it does not do: trade, ask by REST, or spread its topics over several connections.

Roles: market-data
Needs: aiohttp
"""

import asyncio
import json
import os
import random
import signal
import sys
import zlib

import aiohttp

URL = os.environ["FIREDRILL_EXCHANGE_PUBLIC_WS_URL"]
SYMBOLS = os.environ["FIREDRILL_SYMBOLS"].split(",")
TOPICS = [
    f"{kind}.{symbol}"
    for symbol in SYMBOLS
    for kind in ("orderbook.50", "orderbook.1", "publicTrade", "tickers", "allLiquidation")
]

OPEN_WITHIN_S, CLOSE_WITHIN_S = 9, 1
PING_EVERY_S, LIFE_WITHIN_S = 15, 10
STALE_AFTER_S = 50
ANSWER_WITHIN_S = SNAPSHOT_WITHIN_S = 5
STABLE_AFTER_S = 30
LOOK_EVERY_S = 1
TELL_EVERY_S = 5
# "Access too frequent": Bybit asks to stay away for ten minutes.
PAUSE_AFTER_STATUS_S = {403: 600, 429: 10}
# Silence that is right, by kind: at least so many seconds, and so many times what is usual. Liquidations may never come.
QUIET = {"orderbook.1": (8, 3), "orderbook.50": (10, 3), "tickers": (10, 3), "publicTrade": (30, 15)}
FEW = 5
CHECKSUM_LEVELS = 25


def now():
    return asyncio.get_running_loop().time()


def telemetry(event, **data):
    print(json.dumps({"firedrill": event, **data}), flush=True)


def log(text):
    print(text, file=sys.stderr, flush=True)


class Lost(Exception):
    """The connection is of no more use."""


class Backoff:
    def __init__(self, first_s, most_s):
        self.first_s, self.most_s, self.tries = first_s, most_s, 0

    def next(self):
        wait_s = min(self.first_s * 2**self.tries, self.most_s)
        self.tries = min(self.tries + 1, 20)
        return wait_s * random.uniform(0.5, 1)


class Book:
    """A snapshot replaces everything; a delta counts only when it is the very next one. After a gap there is no book."""

    def __init__(self, topic):
        self.topic, self.u, self.seq, self.synced = topic, 0, 0, False
        self.sides = {"b": {}, "a": {}}
        self.told_at = -TELL_EVERY_S

    def take(self, kind, data):
        """Whether it is still, or again, the exchange's book as far as it can know."""
        if kind == "snapshot":
            self.sides = {"b": {}, "a": {}}
            self.synced = True
        elif self.synced and data["u"] <= self.u:
            return True
        elif not self.synced or data["u"] > self.u + 1:
            self.synced = False
            return False
        for side, levels in self.sides.items():
            for price, size in data[side]:
                if float(size) == 0:
                    levels.pop(price, None)
                else:
                    levels[price] = size
        self.u, self.seq = data["u"], data["seq"]
        return True

    def tell(self):
        self.told_at = now()
        if not self.synced:
            telemetry("book", topic=self.topic, seq=self.seq, synced=False)
            return
        bids = sorted(self.sides["b"].items(), key=lambda level: -float(level[0]))[:CHECKSUM_LEVELS]
        asks = sorted(self.sides["a"].items(), key=lambda level: float(level[0]))[:CHECKSUM_LEVELS]
        pairs = [side[at] for at in range(CHECKSUM_LEVELS) for side in (bids, asks) if at < len(side)]
        checksum = zlib.crc32(":".join(f"{price}:{size}" for price, size in pairs).encode())
        best = {name: side[0][0] for name, side in (("bid", bids), ("ask", asks)) if side}
        telemetry("book", topic=self.topic, seq=self.seq, synced=True, checksum=checksum, **best)


class Topic:
    """One subscription on the present connection."""

    def __init__(self, name):
        self.name = name
        self.kind = name.rsplit(".", 1)[0]
        self.granted = False
        self.backoff = Backoff(ANSWER_WITHIN_S, 60)
        self.ask_at = 0.0
        self.heard_at = self.first_at = None
        self.messages = 0
        self.book = Book(name) if self.kind.startswith("orderbook") else None
        self.snapshot_by = None
        self.snapshots = Backoff(SNAPSHOT_WITHIN_S, 60)

    def heard(self):
        self.granted = True
        self.heard_at = now()
        self.first_at = self.first_at or self.heard_at
        self.messages += 1

    def too_silent(self):
        if self.kind not in QUIET or self.messages < FEW:
            return False
        least_s, times = QUIET[self.kind]
        usual_s = (self.heard_at - self.first_at) / self.messages
        return now() - self.heard_at > max(least_s, times * usual_s)


class Session:
    """What is said on one connection, from its opening to its end."""

    def __init__(self, socket):
        self.socket = socket
        self.topics = {name: Topic(name) for name in TOPICS}
        self.heard_at = self.data_at = self.pinged_at = now()

    async def send(self, op, **more):
        await self.socket.send_str(json.dumps({"op": op, **more}))

    async def ask(self, topic, again=False):
        topic.granted = False
        topic.ask_at = now() + topic.backoff.next()
        if again:
            await self.send("unsubscribe", args=[topic.name])
            topic.heard_at = topic.first_at = None
            topic.messages = 0
        await self.send("subscribe", req_id=topic.name, args=[topic.name])

    async def read(self):
        for topic in self.topics.values():
            await self.ask(topic)
        async for message in self.socket:
            if message.type != aiohttp.WSMsgType.TEXT:
                continue
            self.heard_at = now()
            try:
                await self.take(json.loads(message.data))
            except (ValueError, TypeError, KeyError, AttributeError) as error:
                log(f"a message that cannot be read: {error!r}: {message.data[:80]}")
        raise Lost(f"closed with {self.socket.close_code}")

    async def take(self, message):
        if "topic" in message:
            await self.data(message)
        elif message.get("op") == "subscribe" and message.get("req_id") in self.topics:
            topic = self.topics[message["req_id"]]
            topic.granted = message["success"] or "already subscribed" in message["ret_msg"]
            if not topic.granted:
                log(f"{topic.name} refused: {message['ret_msg']}")

    async def data(self, message):
        topic = self.topics[message["topic"]]
        book = topic.book
        if book is not None:
            was_synced = book.synced
            fits = book.take(message["type"], message["data"])
            if fits:
                topic.snapshot_by, topic.snapshots = None, Backoff(SNAPSHOT_WITHIN_S, 60)
            elif topic.snapshot_by is None:
                topic.snapshot_by = now() + (0 if was_synced else topic.snapshots.next())
            if was_synced != book.synced or now() - book.told_at >= TELL_EVERY_S:
                book.tell()
        topic.heard()
        self.data_at = now()

    async def watch(self):
        looked_at = now()
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            late_s, looked_at = now() - looked_at, now()
            # A program that was held up is not deaf: first it reads what has come meanwhile.
            if late_s < 2 * LOOK_EVERY_S:
                await self.look()

    async def look(self):
        if self.heard_at < self.pinged_at and now() - self.pinged_at > LIFE_WITHIN_S:
            raise Lost("it does not answer pings")
        if now() - self.data_at > STALE_AFTER_S:
            raise Lost("no data")
        if now() - self.pinged_at >= PING_EVERY_S:
            self.pinged_at = now()
            await self.send("ping")
        for topic in self.topics.values():
            if topic.snapshot_by is not None and now() >= topic.snapshot_by:
                topic.snapshot_by = now() + topic.snapshots.next()
                await self.ask(topic, again=True)
            elif topic.too_silent():
                await self.ask(topic, again=True)
            elif not topic.granted and now() >= topic.ask_at:
                await self.ask(topic)

    def ended(self):
        for topic in self.topics.values():
            if topic.book is not None and topic.book.synced:
                topic.book.synced = False
                topic.book.tell()


async def live(http):
    """One connection's life. Gives how long it was up; how long to stay away is in the exception of a refused dial."""
    timeout = aiohttp.ClientWSTimeout(ws_close=CLOSE_WITHIN_S)
    async with asyncio.timeout(OPEN_WITHIN_S):
        socket = await http.ws_connect(URL, max_msg_size=0, timeout=timeout)
    session = Session(socket)
    opened_at = now()
    telemetry("state", endpoint="exchange-public", state="CONNECTED")
    tasks = [asyncio.create_task(part) for part in (session.read(), session.watch())]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        session.ended()
        for task in tasks:
            task.cancel()
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        telemetry("state", endpoint="exchange-public", state="DISCONNECTED")
        await socket.close()
    log("lost: " + "; ".join(repr(outcome) for outcome in outcomes if isinstance(outcome, Exception)))
    return now() - opened_at


async def main():
    backoff = Backoff(0.5, 30)
    async with aiohttp.ClientSession() as http:
        while True:
            pause_s = 0
            try:
                if await live(http) >= STABLE_AFTER_S:
                    backoff.tries = 0
            except (aiohttp.ClientError, OSError, asyncio.TimeoutError) as error:
                log(f"not connected: {error!r}")
                pause_s = PAUSE_AFTER_STATUS_S.get(getattr(error, "status", None), 0)
            await asyncio.sleep(max(backoff.next(), pause_s))


async def until_stopped():
    running = asyncio.create_task(main())
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, running.cancel)
    try:
        await running
    except asyncio.CancelledError:
        log("stopped")


asyncio.run(until_stopped())
