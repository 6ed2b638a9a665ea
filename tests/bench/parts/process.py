"""Whole processes: how long they take side by side, how much memory and how many fsyncs they need."""

import os
import shutil
import signal
import statistics
import subprocess
import tempfile
import time

from .terminal import now

# A run that takes longer is given up, and told as such.
LIMIT = 600.0


class Failed(Exception):
    """A program that should have succeeded did not."""


class Took(float):
    """Seconds that a run took, with the processor time it used."""

    cpu = 0.0


def median(values):
    return statistics.median(values)


def p99(values):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, -(-len(ordered) * 99 // 100) - 1)]


def once(command, env, stdin=None, stdout=os.devnull, limit=LIMIT, fine=(0,)):
    """Runs a command to its end; seconds from before it is started until it has been waited for."""
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, stdin or os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, stdout, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
        (os.POSIX_SPAWN_OPEN, 2, os.path.join(env["HOME"], "stderr"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
    ]
    program = shutil.which(command[0], path=env["PATH"]) or command[0]
    begun = now()
    pid = os.posix_spawn(program, command, env, file_actions=actions)
    # An alarm, not a loop that looks: nothing may run beside what is measured.
    was = signal.signal(signal.SIGALRM, lambda *_: os.kill(pid, signal.SIGKILL))
    signal.setitimer(signal.ITIMER_REAL, limit)
    _, status, used = os.wait4(pid, 0)
    took = Took(now() - begun)
    took.cpu = used.ru_utime + used.ru_stime
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, was)
    code = os.waitstatus_to_exitcode(status)
    if code not in fine:
        with open(os.path.join(env["HOME"], "stderr"), errors="replace") as told:
            said = told.read()[-300:]
        why = f"given up after {limit:.0f} s" if code == -signal.SIGKILL and took > limit else f"exit {code}: {said}"
        raise Failed(f"{' '.join(command)[:200]}: {why}")
    return took


def side_by_side(runs, *works, enough=None):
    """Calls each of `works` in turn, `runs` times after one round to warm up; the seconds each call gave. Works that
    take long are called less often: a round is the last when `enough` seconds are over."""
    took = [[] for _ in works]
    begun = now()
    if runs > 2:
        for work in works:
            work()
    for _ in range(runs):
        for values, work in zip(took, works):
            values.append(work())
        if enough and now() - begun > enough:
            break
    return took


def peak_kib(command, env, stdout=os.devnull):
    """Peak memory in KiB, in a run of its own. `wait4` alone would tell the size of this script where the program is
    smaller, as the kernel counts what was there before `exec`; so `time` is asked, which is small, where it is there."""
    if not os.path.exists("/usr/bin/time"):
        with open(stdout, "w") as out:
            process = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.DEVNULL)
            return os.wait4(process.pid, 0)[2].ru_maxrss
    with tempfile.NamedTemporaryFile("r") as told:
        once(["/usr/bin/time", "-f", "%M", "-o", told.name, *command], env, stdout=stdout)
        return int(told.read().split()[-1])


def fsyncs(command, env):
    """How often a command asks for something to be on the disk, by system call; `None` without strace."""
    if not shutil.which("strace"):
        return None
    with tempfile.NamedTemporaryFile("r") as told:
        calls = "fsync,fdatasync,msync,sync_file_range,syncfs,sync"
        once(["strace", "-f", "-qq", "-o", told.name, "-e", f"trace={calls}", *command], env)
        counts = {}
        for line in told:
            for call in calls.split(","):
                if f" {call}(" in line:
                    counts[call] = counts.get(call, 0) + 1
        return counts


def instructions(command, env):
    """Instructions of a run under callgrind: the same in every run, whatever else the machine does."""
    with tempfile.TemporaryDirectory() as folder:
        tool = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/out"]
        once([*tool, *command], env)
        with open(f"{folder}/out") as out:
            for line in out:
                if line.startswith(("summary:", "totals:")):
                    return int(line.split()[1])
    return None


def wait_for_calm(limit=0.5, patience=0.0):
    """The load of the machine; waits up to `patience` seconds for it to fall below `limit` per core."""
    cores = os.cpu_count() or 1
    begun = now()
    while os.getloadavg()[0] / cores > limit and now() - begun < patience:
        time.sleep(1)
    return os.getloadavg()[0] / cores
