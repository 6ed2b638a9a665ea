"""A program in a pseudo-terminal, driven key by key: when its answer is complete, and how many bytes it took."""

import fcntl
import os
import select
import signal
import struct
import termios
import time

from .screen import Screen, fewest

# The answer to a key is complete when nothing more has come for so long, and the screen is as it must be.
QUIET = 0.04
DEADLINE = 60.0


def now():
    return time.clock_gettime(time.CLOCK_MONOTONIC)


class Stuck(Exception):
    """The screen did not become what was waited for."""


class Terminal:
    """Starts `command` in a terminal of `size` (columns, rows). Leave it with `end`."""

    def __init__(self, command, env, size=(80, 24), cwd=None):
        self.screen = Screen(*size)
        self.unread = b""
        self.bytes = 0
        clock, told = os.pipe()
        master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.pid = os.fork()
        if self.pid == 0:
            try:
                os.setsid()
                fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
                for fd in (0, 1, 2):
                    os.dup2(slave, fd)
                os.close(master)
                if cwd:
                    os.chdir(cwd)
                # The clock is the machine's: what Python needs until here does not count.
                os.write(told, struct.pack("d", now()))
                os.execvpe(command[0], command, env)
            finally:
                os._exit(127)
        os.close(slave)
        os.close(told)
        self.master = master
        self.started = struct.unpack("d", os.read(clock, 8))[0]
        os.close(clock)
        self.last = self.started

    def read(self, timeout):
        """Takes what comes within `timeout`; whether anything did."""
        ready, _, _ = select.select([self.master], [], [], timeout)
        if not ready:
            return False
        try:
            data = os.read(self.master, 1 << 16)
        except OSError:
            data = b""
        if not data:
            raise Stuck("the program has ended:\n" + self.screen.text())
        self.last = now()
        self.unread += data
        self.bytes += len(data)
        return True

    def settle(self, until=None, quiet=QUIET, deadline=DEADLINE, silent_ok=False, at_rest=False):
        """Waits until the screen is quiet and, where given, `until(text)` holds; the instant of the last byte. With
        `at_rest` also until the program has stopped working, for answers that look like what was there before."""
        begun, got = now(), False
        busy, worked = begun, self.cpu_and_wakeups()[0] if at_rest else 0
        while True:
            if self.read(quiet):
                got = True
                continue
            self.screen.feed(self.unread)
            self.unread = b""
            if at_rest:
                before, worked = worked, self.cpu_and_wakeups()[0]
                if worked - before > quiet / 20:
                    busy = now() - quiet
                    continue
            if (got or silent_ok) and (until is None or until(self.screen.text())):
                return max(self.last, busy) if at_rest else self.last
            if now() - begun > deadline:
                raise Stuck(f"not within {deadline} s:\n{self.screen.text()}")

    def key(self, keys, until=None, quiet=QUIET, deadline=DEADLINE, at_rest=False):
        """Sends keys; seconds until the answer was complete, its bytes, and the fewest it could have had."""
        before, bytes_before = self.screen.copy(), self.bytes
        at = (self.screen.x, self.screen.y)
        sent = now()
        os.write(self.master, keys.encode())
        settled = self.settle(until, quiet, deadline, at_rest=at_rest)
        return Answer(settled - sent, self.bytes - bytes_before, before, self.screen.copy(), at)

    def status(self, name):
        with open(f"/proc/{self.pid}/status") as status:
            for line in status:
                if line.startswith(name + ":"):
                    return int(line.split()[1])
        return None

    def cpu_and_wakeups(self):
        """Processor time in seconds, and how often a thread of it was woken."""
        cpu = wakeups = 0
        for task in os.listdir(f"/proc/{self.pid}/task"):
            try:
                with open(f"/proc/{self.pid}/task/{task}/schedstat") as stat:
                    cpu += int(stat.read().split()[0]) / 1e9
                with open(f"/proc/{self.pid}/task/{task}/status") as status:
                    wakeups += sum(int(line.split()[1]) for line in status if line.startswith("voluntary_ctxt"))
            except FileNotFoundError:
                continue
        return cpu, wakeups

    def end(self, keys="q"):
        """Leaves the program; peak memory in KiB."""
        peak = None
        try:
            peak = self.status("VmHWM")
            os.write(self.master, keys.encode())
            begun = now()
            while now() - begun < 3:
                self.read(0.05)
                if os.waitpid(self.pid, os.WNOHANG)[0]:
                    self.pid = None
                    break
        except (Stuck, OSError):
            pass
        if self.pid is not None:
            try:
                os.kill(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
            except OSError:
                pass
        os.close(self.master)
        return peak


class Answer:
    """What came of a key."""

    def __init__(self, seconds, written, before, after, cursor):
        self.seconds, self.bytes = seconds, written
        self.before, self.after, self.cursor = before, after, cursor

    def fewest(self):
        return fewest(self.before, self.after, self.cursor)
