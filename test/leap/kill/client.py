"""A client that waits in one of the ways in which a program can, computes, or leaves a process behind. argv: which."""

import json
import os
import signal
import socket
import sys
import threading
import time


def say(part, pid=0):
    print(json.dumps({"part": part, "pid": pid}), flush=True)


def sleeps():
    while True:
        time.sleep(0.01)


def receives():
    with socket.create_connection(("127.0.0.1", int(os.environ["PORT"]))) as ticks:
        while ticks.recv(4096):
            pass


def waits_for_child():
    child = os.fork()
    if child == 0:
        signal.pause()
    say("descendant", child)
    os.waitpid(child, 0)


def waits_on_condition():
    condition = threading.Condition()
    with condition:
        condition.wait()


def computes():
    while True:
        pass


def leaves_daemon():
    """In a session of its own, with an empty environment, and nobody's child."""
    reads, writes = os.pipe()
    if os.fork() == 0:
        os.setsid()
        daemon = os.fork()
        if daemon == 0:
            os.closerange(0, 100)
            os.execve(sys.executable, [sys.executable, "-c", "import signal; signal.pause()"], {})
        os.write(writes, str(daemon).encode())
        os._exit(0)
    os.wait()
    say("descendant", int(os.read(reads, 20)))
    signal.pause()


say("up")
globals()[sys.argv[1]]() if sys.argv[1] != "pause" else signal.pause()
