"""A client whose handler takes 40 ms of CPU per message, and that measures on its own clock how long each one took.

It uses a plain socket, so that what is measured is this loop and no library. Each message is a line and is answered by
one when it is handled. FIREDRILL_MESSAGES says after how many it ends; then it prints how long each took, in
milliseconds, as one JSON line.
"""

import json
import os
import socket
import time

CPU_S = 0.040

address = os.environ["FIREDRILL_MESSAGES_FROM"]
wanted = int(os.environ["FIREDRILL_MESSAGES"])


def handle(_message):
    """Burns CPU until this thread has used 40 ms of it; waiting for a core is not using it."""
    until = time.thread_time() + CPU_S
    number = 1
    while time.thread_time() < until:
        for _ in range(200):
            number = (number * 1_103_515_245 + 12_345) % 2_147_483_648


host, port = address.rsplit(":", 1)
with socket.create_connection((host, int(port))) as stream, stream.makefile("rb") as messages:
    stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    print("up", flush=True)
    took_ms = []
    while len(took_ms) < wanted:
        message = messages.readline()
        if not message:
            raise SystemExit(f"error: the server went away after {len(took_ms)} of {wanted} messages")
        started = time.monotonic()
        handle(message)
        took_ms.append((time.monotonic() - started) * 1000)
        stream.sendall(b"done\n")
print(json.dumps({"tookMs": [round(ms, 3) for ms in took_ms]}), flush=True)
