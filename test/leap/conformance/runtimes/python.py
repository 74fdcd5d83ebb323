"""Sleeps, threads, queues, sockets, asyncio and a child: what CPython does with time. One JSON line says what it saw."""
import asyncio
import datetime
import json
import queue
import select
import signal
import socket
import subprocess
import threading
import time

begun = time.time()
start_date = datetime.datetime.fromtimestamp(begun, datetime.timezone.utc).isoformat()
saw = {}


def timed(name, call):
    before = time.monotonic()
    result = call()
    saw[name] = (time.monotonic() - before) * 1000
    return result


order = []


def sleep_and_note(seconds):
    time.sleep(seconds)
    order.append(seconds)


threads = [threading.Thread(target=sleep_and_note, args=(seconds,)) for seconds in (300, 100, 200)]
for thread in threads:
    thread.start()
timed("threads", lambda: [thread.join() for thread in threads])


def empty_queue():
    try:
        queue.Queue().get(timeout=60)
    except queue.Empty:
        return


timed("queue", empty_queue)
timed("event", lambda: threading.Event().wait(60))
lock = threading.Lock()
lock.acquire()
timed("lock", lambda: lock.acquire(timeout=60))
left, right = socket.socketpair()
timed("select", lambda: select.select([left], [], [], 60))
left.settimeout(60)


def receive():
    try:
        left.recv(1)
    except socket.timeout:
        return


timed("recv", receive)


def interrupted_sleep():
    signal.signal(signal.SIGALRM, lambda *_: None)
    signal.alarm(20)
    time.sleep(60)


timed("interrupted", interrupted_sleep)


async def gather():
    loop = asyncio.get_running_loop()

    async def serve(reader, writer):
        while await reader.read(1):
            await asyncio.sleep(0.15)
            writer.write(b"x")

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    answers = []
    for _ in range(20):
        before = loop.time()
        writer.write(b"x")
        await reader.read(1)
        answers.append((loop.time() - before) * 1000)
    writer.close()
    await asyncio.sleep(1)
    server.close()
    return answers


answers = asyncio.run(gather())
timed("subprocess", lambda: subprocess.run(["sleep", "120"], check=True))
timed("shell", lambda: subprocess.run("sleep 30; sleep 30", shell=True, check=True, env={}))
computing = time.monotonic()
used = time.thread_time()
while time.thread_time() - used < 0.04:
    pass
computed = (time.monotonic() - computing) * 1000
print(
    json.dumps(
        {
            "startDate": start_date,
            "order": order,
            "answersMs": answers,
            "saw": saw,
            "computedMs": computed,
            "allMs": (time.time() - begun) * 1000,
        }
    )
)
