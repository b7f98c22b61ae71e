#!/usr/bin/env python3
"""Times the screens of a program on a filled workspace through a pseudo-terminal.

What the program writes is kept with its times and looked at afterwards. An answer to a key is all that is written
until the terminal is quiet for QUIET seconds; the quiet time itself does not count. Prints rows of a Markdown table.
"""

import argparse
import fcntl
import os
import pty
import random
import select
import signal
import struct
import tempfile
import termios
import time

COLUMNS, ROWS = 120, 40
QUIET = 0.003

# What opens each screen from a new start, and what is then typed again and again.
SCREENS = [
    ("home: row down, up", b"", [b"j", b"k"]),
    ("catalog: open", b"", [b"2", b"1"]),
    ("catalog: row down", b"2", [b"j"]),
    ("catalog: row down, up", b"2", [b"j", b"k"]),
    ("catalog: page down, up", b"2", [b"\x1b[6~", b"\x1b[5~"]),
    ("catalog: filter", b"2/", list(b"payment\x7f\x7f\x7f\x7f\x7f\x7f\x7f")),
    ("template: next tab", b"2\r", [b"\t"]),
    ("fleet: open", b"", [b"3", b"1"]),
    ("fleet: row down", b"3", [b"j"]),
    ("fleet: row down, up", b"3", [b"j", b"k"]),
    ("fleet: page down, up", b"3", [b"\x1b[6~", b"\x1b[5~"]),
    ("fleet: last, first", b"3", [b"G", b"g"]),
    ("fleet: filter", b"3/", list(b"checkout\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f")),
    ("fleet: view", b"3", [b"f"]),
    ("fleet: sort", b"3", [b"s"]),
    ("target: open, back", b"3", [b"\r", b"\x03"]),
    ("inbox: open", b"", [b"4", b"1"]),
    ("inbox: filter", b"4/", list(b"oslo\x7f\x7f\x7f\x7f")),
    ("history: open", b"", [b"6", b"1"]),
    ("history: row down, up", b"6", [b"j", b"k"]),
    ("history: filter", b"6/", list(b"ann\x7f\x7f\x7f")),
    ("palette: open, close", b"", [b":", b"\x03"]),
    ("palette: filter", b":", list(b"order\x7f\x7f\x7f\x7f\x7f")),
    ("help: open, close", b"", [b"?", b"?"]),
]


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, len(values) * share // 100)]


class Terminal:
    """A child in a pseudo-terminal."""

    def __init__(self, command, environment):
        self.start = time.perf_counter()
        self.pid, self.file = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            os.execve(command[0], command, environment)
        self.poll = select.poll()
        self.poll.register(self.file, select.POLLIN | select.POLLHUP)

    def read(self, seconds):
        """What came within so many seconds, or None."""
        if not self.poll.poll(max(0, seconds * 1000)):
            return None
        try:
            return os.read(self.file, 1 << 16) or None
        except OSError:
            raise SystemExit("the program has ended") from None

    def answer(self, limit=5.0, quiet=QUIET):
        """Reads until it is quiet: the time of the last byte, bytes and bursts; no time where nothing came."""
        last, count, bursts = None, 0, 0
        while True:
            data = self.read(limit if last is None else quiet)
            if data is None:
                return last, count, bursts
            now = time.perf_counter()
            if last is None or now - last > 0.001:
                bursts += 1
            last, count = now, count + len(data)

    def send(self, keys):
        sent = time.perf_counter()
        while keys:
            keys = keys[os.write(self.file, keys):]
        return sent

    def status(self, word):
        with open(f"/proc/{self.pid}/status") as file:
            return next(int(line.split()[1]) for line in file if line.startswith(word + ":"))

    def wakeups(self):
        """Switches of all threads, wanted and forced."""
        total = 0
        for thread in os.listdir(f"/proc/{self.pid}/task"):
            with open(f"/proc/{self.pid}/task/{thread}/status") as file:
                total += sum(int(line.split()[1]) for line in file if "ctxt_switches" in line)
        return total

    def close(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.file)


def milliseconds(values):
    return " | ".join(f"{percentile(values, share) * 1000:.2f}" for share in (10, 50, 99))


def measure_start(make, rounds):
    times, memory = [], []
    for _ in range(rounds):
        terminal = make()
        last, _, _ = terminal.answer(quiet=0.6)
        times.append(last - terminal.start)
        memory.append(terminal.status("VmRSS") / 1024)
        terminal.close()
    print(f"| start to first full frame, ms | {milliseconds(times)} | |")
    print(f"| memory then, MiB | {min(memory):.1f} | {percentile(memory, 50):.1f} | {max(memory):.1f} | |")


def measure_idle(make, seconds):
    terminal = make()
    terminal.answer(quiet=2.0)
    before = terminal.wakeups()
    data = terminal.read(seconds)
    print(f"| idle for {seconds:.0f} s: bytes, wake-ups | {len(data or b'')} | {terminal.wakeups() - before} | - | |")
    terminal.close()


def measure_screen(make, name, opening, keys, rounds):
    terminal = make()
    terminal.answer(quiet=0.5)
    for key in opening:
        terminal.send(bytes([key]))
        terminal.answer(limit=1.0, quiet=0.3)
    chance = random.Random(7)
    times, sizes, silent = [], [], 0
    for number in range(rounds):
        key = keys[number % len(keys)]
        sent = terminal.send(bytes([key]) if isinstance(key, int) else key)
        last, count, _ = terminal.answer(limit=0.5)
        if last is None:
            silent += 1
        else:
            times.append(last - sent)
            sizes.append(count)
        time.sleep(0.02 + chance.uniform(0, 0.02))
        terminal.answer(limit=0.001)
    memory = terminal.status("VmRSS") / 1024
    terminal.close()
    if not times:
        print(f"| {name} | - | - | - | nothing was drawn |")
        return
    note = f"{percentile(sizes, 50)} bytes, {memory:.0f} MiB" + (f", {silent} without change" if silent else "")
    print(f"| {name} | {milliseconds(times)} | {note} |", flush=True)


def measure_flood(make, name, opening, key, count):
    terminal = make()
    terminal.answer(quiet=0.5)
    for other in opening:
        terminal.send(bytes([other]))
        terminal.answer(limit=1.0, quiet=0.3)
    sent = terminal.send(key * count)
    last, size, bursts = terminal.answer(quiet=0.1)
    print(f"| {name}: {count} keys at once | - | {(last - sent) * 1000:.0f} | - | {bursts} frames, {size} bytes |")
    terminal.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("workspace")
    parser.add_argument("--rounds", type=int, default=200, help="keys a screen")
    parser.add_argument("--starts", type=int, default=20)
    parser.add_argument("--only", default="", help="screens whose line starts so")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        environment = {
            "PATH": os.environ.get("PATH", ""), "HOME": home, "TERM": "xterm-256color", "LANG": "C.UTF-8",
            "USER": "bench", "BARYON_WORKSPACE": os.path.abspath(options.workspace),
        }

        def make():
            return Terminal([os.path.abspath(options.program)], environment)

        print(f"| {COLUMNS} x {ROWS} | p10 | p50 | p99 | |\n|---|---|---|---|---|")
        if not options.only:
            measure_start(make, options.starts)
            measure_idle(make, 5.0)
        for name, opening, keys in SCREENS:
            if name.startswith(options.only):
                measure_screen(make, name, opening, keys, options.rounds)
        if not options.only:
            measure_flood(make, "catalog", b"2", b"\x1b[B", 1000)
            measure_flood(make, "fleet", b"3", b"\x1b[B", 1000)


if __name__ == "__main__":
    main()
