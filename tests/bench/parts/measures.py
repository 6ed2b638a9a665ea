"""The measures: one function each. A function gets the world and a size and gives its figures."""

import csv
import json
import os
import re
import shutil
import subprocess
import time

from . import data, process
from .figures import Figure
from .process import Failed, median, once, side_by_side
from .terminal import Stuck, Terminal

ID = re.compile(r"[RNV]-20\d\d-\d{4,}")
SIZES = ((80, 24), (120, 40))
# A search that takes longer is given up.
SEARCH = 40


def has(program):
    return shutil.which(program) is not None


# -- the screen


def today_is_there(text):
    """The last thing that is drawn of Today are its rows; the keys are at the bottom from the beginning."""
    return "quit" in text and bool(ID.search(text))


def start(world, command, size, until, ends="q"):
    """Opens a program; seconds until its screen was complete, bytes, peak memory."""
    terminal = Terminal(command, world.env, size, cwd=world.work)
    try:
        complete = terminal.settle(until)
        return complete - terminal.started, terminal.bytes, terminal.end(ends)
    except BaseException:
        terminal.end(ends)
        raise


def first_screen(world, size):
    """exec → Today complete, against a list that reads nothing."""
    ours = world.indsigt(world.working_copy(size))
    figures = []
    for tty in SIZES:
        seen = []

        def open_ours():
            seen.append(start(world, ours, tty, today_is_there))
            return seen[-1][0]

        def open_bare():
            return start(world, [world.peer("bare_list")], tty, lambda text: "q quit" in text)[0]

        mine, bare = side_by_side(max(world.runs, 15), open_ours, open_bare, enough=60)
        name = f"first screen {tty[0]}×{tty[1]}"
        figure = Figure(name, size, ratio_limit=1.5, growth_limit=1.3).took(mine, "bare list", bare)
        figure.tty_bytes = median([one[1] for one in seen])
        figure.peak_kib = max(one[2] or 0 for one in seen)
        figures.append(figure)
    return figures


def first_screen_of_others(world, size):
    """The same for `less` over the register and neomutt over mails."""
    figures = []
    others = []
    if has("less"):
        rows = world.csv(size)
        others.append(("less", ["less", "-S", rows], lambda text: bool(ID.search(text))))
    if has("neomutt"):
        mbox = world.mbox(min(size, 5000))
        command = ["neomutt", "-n", "-F", "/dev/null", "-R", "-f", mbox]
        others.append(("neomutt", command, lambda text: "q:Quit" in text and "Indsigt" in text))
    ours = world.indsigt(world.working_copy(size))
    for name, command, until in others:
        mine, theirs = side_by_side(
            10,
            lambda: start(world, ours, SIZES[0], today_is_there)[0],
            lambda: start(world, command, SIZES[0], until, "qn")[0],
            enough=30)
        figures.append(Figure(f"first screen, {name} beside", size).took(mine, name, theirs))
    return figures


def memory_of_screen(world, size):
    """Peak memory after opening, looking through three tabs and one case."""
    terminal = Terminal(world.indsigt(world.working_copy(size)), world.env, SIZES[0])
    try:
        terminal.settle(today_is_there)
        for key in ("2", "\x1b[6~", "3", "4", "1", "\r", "\x1b"):
            terminal.key(key, quiet=0.3)
    finally:
        peak = terminal.end()
    figure = Figure("memory of the screen", size, unit="KiB", limit=24 * 1024, growth_limit=2)
    return [figure.took([peak])]


def on_requests(text):
    shown = ID.findall(text)
    return bool(shown) and all(one.startswith("R") for one in shown)


def on_today(text):
    return bool(re.search(r"^\S.* \(\d+\)", text, re.M)) and bool(ID.search(text))


# What is pressed, and how the screen of ours is known to be complete: (name, before, keys, until, after).
# Only the keys of the third part are counted; `None` stands for whatever is quiet.
KEYS = (
    ("move", "", [("j", None)] * 8 + [("k", None)] * 8, "g"),
    ("tab", "", [("2", on_requests), ("1", on_today)], ""),
    ("open detail", "", [("\r", None), ("\x1b", "uncounted")], ""),
    ("mark", "", [(" ", None)] * 6, "g"),
    ("page down", "2", [("\x1b[6~", None)] * 4 + [("\x1b[5~", "uncounted")] * 4, "1"),
)


def press(terminal, keys, ours):
    """One round of keys; the answers that count."""
    answers = []
    for key, until in keys:
        check = until if ours and callable(until) else None
        answer = terminal.key(key, check)
        if until != "uncounted":
            answers.append(answer)
    return answers


def keys(world, size):
    """Key → screen settled, and the bytes it took, against the bare list and against the fewest possible."""
    figures = []
    for name, before, round_of_keys, after in KEYS:
        ours = Terminal(world.indsigt(world.working_copy(size)), world.env, SIZES[0])
        bare = Terminal([world.peer("bare_list")], world.env, SIZES[0])
        mine, theirs = [], []
        try:
            ours.settle(today_is_there)
            bare.settle()
            # What the program still does after its first screen is no answer to a key.
            ours.settle(quiet=0.5, silent_ok=True)
            for terminal in (ours, bare):
                if before:
                    terminal.key(before, quiet=0.3)
            counted = sum(1 for _, until in round_of_keys if until != "uncounted")
            for _ in range(-(-world.keys // counted)):
                mine += press(ours, round_of_keys, True)
                theirs += press(bare, round_of_keys, False)
        finally:
            peak = ours.end()
            bare.end()
        figure = Figure(f"key: {name}", size, ratio_limit=1.5, growth_limit=1.5, at_p99=True, peak_kib=peak)
        figure.took([a.seconds for a in mine], "bare list", [a.seconds for a in theirs])
        written = [a.bytes for a in mine]
        figure.tty_bytes = median(written)
        sent = Figure(f"bytes: {name}", size, unit="bytes", ratio_limit=1.25)
        sent.took(written, "the fewest", [a.fewest() for a in mine])
        sent.more["bare list"] = [median([a.bytes for a in theirs]), median([a.fewest() for a in theirs])]
        sent.more["seconds at 9,600 baud"] = median(written) / 960
        # All of them, as a key may now and then cost more.
        sent.more["sum over sum"] = sum(written) / max(1, sum(a.fewest() for a in mine))
        figures += [figure, sent]
    return figures


def idle(world, size):
    """An open screen that nobody touches: processor time, wake-ups, bytes."""
    terminal = Terminal(world.indsigt(world.working_copy(size)), world.env, SIZES[0])
    seconds = 5 if world.runs < 10 else 10
    try:
        terminal.settle(today_is_there)
        terminal.settle(quiet=1.5, silent_ok=True)
        cpu, wakeups = terminal.cpu_and_wakeups()
        written = terminal.bytes
        begun = time.monotonic()
        while time.monotonic() - begun < seconds:
            terminal.read(seconds - (time.monotonic() - begun))
        took = time.monotonic() - begun
        cpu_after, wakeups_after = terminal.cpu_and_wakeups()
        written = terminal.bytes - written
    finally:
        terminal.end()
    return [
        Figure("idle: processor", size, unit="ms/s", limit=1).took([(cpu_after - cpu) * 1e3 / took]),
        Figure("idle: wake-ups", size, unit="/s", limit=2).took([(wakeups_after - wakeups) / took]),
        Figure("idle: bytes", size, unit="bytes", limit=0).took([written]),
    ]


# -- search


def needles(world, size):
    """What is looked for: (kind, text, ids that may be shown; none where there are none)."""
    with open(world.csv(size), newline="") as file:
        rows = [(row["id"], row["person"], row["email"]) for row in csv.DictReader(file)]
    requests = [row for row in rows if row[0].startswith("R")]
    middle = [requests[len(requests) * n // 10] for n in (4, 5, 6)]

    def those(text, column):
        return {row[0] for row in rows if text.casefold() in row[column].casefold()}

    found = [("an address", row[2].split("@")[0] + "@", 2) for row in middle]
    found += [("a name", row[1], 1) for row in middle]
    found = [(kind, text, those(text, column)) for kind, text, column in found]
    return [*found, ("none", "zzqqx", set()), ("a common word", "Anne", those("Anne", 1))]


def search(world, size):
    """Key → first page while a search is typed, against `grep` over the register as CSV."""
    terminal = Terminal(world.indsigt(world.working_copy(size)), world.env, SIZES[0])
    rows = world.csv(size)
    figures = {}
    try:
        terminal.settle(today_is_there)
        terminal.settle(quiet=0.5, silent_ok=True)
        terminal.key("2", on_requests)
        for kind, text, allowed in needles(world, size):
            # The tab has requests only.
            allowed = {one for one in allowed if one.startswith("R")}

            def found(screen):
                shown = set(ID.findall(screen))
                right = shown <= allowed and bool(shown) == bool(allowed)
                return right and f"/{text}" in screen and re.search(r"\bfound|\bfinds|\bNothing", screen) is not None

            mine, theirs, typed = figures.setdefault(kind, ([], [], []))
            for _ in range(3 if world.runs < 10 else 5):
                theirs.append(once(["grep", "-c", text, rows], world.env, fine=(0, 1)))
                terminal.key("/", lambda screen: True)
                # All at once: what the last key costs when nothing is under way.
                mine.append(terminal.key(text, found, deadline=SEARCH, at_rest=not allowed).seconds)
                terminal.key("\x1b", on_requests)
                if mine[-1] > 5:
                    break
            # Key by key, faster than an answer over a long archive may come: the last key cancels the others.
            terminal.key("/", lambda screen: True)
            for letter in text[:-1]:
                os.write(terminal.master, letter.encode())
                terminal.read(0)
                time.sleep(0.05)
            typed.append(terminal.key(text[-1], found, deadline=SEARCH, at_rest=not allowed).seconds)
            terminal.key("\x1b", on_requests)
    except Stuck as stuck:
        figures.setdefault(kind, ([], [], []))
        failed = f"“{text}”: {str(stuck).splitlines()[0]}"
    else:
        failed = None
    finally:
        terminal.end("\x1bq")
    told = []
    for name, (mine, theirs, typed) in figures.items():
        figure = Figure(f"search: {name}", size, ratio_limit=0.1, limit=0.05)
        if mine:
            figure.took(mine, "grep", theirs)
            figure.more["typed key by key"] = max(typed) if typed else None
        told.append(figure)
    if failed:
        told[-1].failed = failed
    return told


# -- what is due


def due(world, size):
    """`due` as a whole process, against sqlite3's shell asking the same of an indexed table."""
    store = world.working_copy(size)
    db = world.sqlite(size)
    ask = ("SELECT id, urgency, act_by, due, person, title, tasks_done, tasks, next_step FROM cases "
           "WHERE closed_on IS NULL AND act_by <= '2026-11-30' ORDER BY act_by")
    figures = []
    for name, words, mode in (("due", [], "-box"), ("due --json", ["--json"], "-json"), ("due --brief", ["--brief"], "-list")):
        ours = world.indsigt(store, "due", *words)
        sql = ask + (" LIMIT 3" if name == "due --brief" else "")
        theirs = ["sqlite3", mode, db, sql]
        figure = Figure(name, size, ratio_limit=1, growth_limit=1.3)
        runs = side_by_side(world.runs, lambda: once(ours, world.env), lambda: once(theirs, world.env), enough=40)
        figure.took(runs[0], "sqlite3", runs[1])
        figure.peak_kib = process.peak_kib(ours, world.env)
        figure.peer_peak_kib = process.peak_kib(theirs, world.env)
        figure.fsyncs = process.fsyncs(ours, world.env)
        figures.append(figure)
    return figures


def due_of_taskwarrior(world, size):
    """`due` against taskwarrior over the same open rows."""
    if not has("task"):
        return skipped("due, taskwarrior beside", size, "taskwarrior is not installed")
    if size > 100_000:
        return skipped("due, taskwarrior beside", size, "too long")
    folder = world.tasks(size)
    theirs = ["task", f"rc.data.location={folder}", "due.before:2026-12-01", "list"]
    ours = world.indsigt(world.working_copy(size), "due")
    mine, task = side_by_side(5, lambda: once(ours, world.env), lambda: once(theirs, world.env), enough=40)
    return [Figure("due, taskwarrior beside", size).took(mine, "taskwarrior", task)]


def due_instructions(world, size):
    """Instructions of `due`: repeatable where times are not."""
    if not has("valgrind"):
        return skipped("due: instructions", size, "valgrind is not installed")
    count = process.instructions(world.indsigt(world.working_copy(size), "due", "--brief"), world.env)
    return [Figure("due --brief: instructions", size, unit="instructions", growth_limit=1.3).took([count])]


# -- one durable change


def change(world, size, name, ours, back, sql, sql_back):
    """One change as a whole process against sqlite3's shell with `synchronous=FULL`, in both of its journals."""
    figures = []
    for journal in ("delete", "wal"):
        db = world.path(f"change-{journal}.sqlite")
        data.remove(db)
        shutil.copy(world.sqlite(size), db)
        setup = f"PRAGMA journal_mode={journal}; CREATE TABLE notes(id, at, text);"
        once(["sqlite3", db, setup], world.env)

        def us():
            took = once(ours, world.env)
            if back:
                once(back, world.env)
            return took

        def them():
            took = once(["sqlite3", db, f"PRAGMA synchronous=FULL; {sql}"], world.env)
            if sql_back:
                once(["sqlite3", db, f"PRAGMA synchronous=FULL; {sql_back}"], world.env)
            return took

        mine, theirs = side_by_side(world.runs, us, them, enough=40)
        # The journal of a rollback is sqlite's ordinary one: the budget is held against it.
        figure = Figure(name if journal == "delete" else f"{name}, WAL beside", size,
                        ratio_limit=1.5 if journal == "delete" else None, growth_limit=1.3)
        figure.took(mine, f"sqlite3 ({journal})", theirs)
        figure.fsyncs = process.fsyncs(ours, world.env)
        if back:
            once(back, world.env)
        figure.peer_fsyncs = process.fsyncs(["sqlite3", db, f"PRAGMA synchronous=FULL; {sql}"], world.env)
        figure.peak_kib = process.peak_kib(ours, world.env)
        if back:
            once(back, world.env)
        figures.append(figure)
        data.remove(db)
    return figures


def resolve(world, size):
    """`resolve` of one opt-out."""
    store = world.working_copy(size)
    one = world.first_open(size, "optouts")
    return change(
        world, size, "resolve", world.indsigt(store, "resolve", one), world.indsigt(store, "undo"),
        f"UPDATE cases SET status='closed', closed_on='{data.TODAY}' WHERE id='{one}'",
        f"UPDATE cases SET status='open', closed_on=NULL WHERE id='{one}'")


def note(world, size):
    """`note` on one request."""
    store = world.working_copy(size)
    one = world.first_open(size, "requests")
    return change(
        world, size, "note", world.indsigt(store, "note", one, "Ringet op; hun sender kvitteringen i morgen."),
        world.indsigt(store, "undo"),
        f"INSERT INTO notes VALUES('{one}', '{data.TODAY}', 'Ringet op; hun sender kvitteringen i morgen.')", None)


def done_of_taskwarrior(world, size):
    """`resolve` against `task done`."""
    if not has("task"):
        return skipped("resolve, taskwarrior beside", size, "taskwarrior is not installed")
    if size > 100_000:
        return skipped("resolve, taskwarrior beside", size, "too long")
    folder = world.tasks(size)
    store, one = world.working_copy(size), world.first_open(size, "optouts")
    number = iter(range(1, 1000))

    def us():
        took = once(world.indsigt(store, "resolve", one), world.env)
        once(world.indsigt(store, "undo"), world.env)
        return took

    def them():
        return once(["task", f"rc.data.location={folder}", "rc.gc=off", str(next(number)), "done"], world.env, fine=(0, 1))

    mine, task = side_by_side(5, us, them, enough=40)
    data.remove(folder)
    return [Figure("resolve, taskwarrior beside", size).took(mine, "taskwarrior", task)]


# -- taking in

READ_WITH_PYTHON = """
import email, email.policy, mailbox, sys
letters = 0
for mail in mailbox.mbox(sys.argv[1], factory=lambda file: email.message_from_binary_file(file, policy=email.policy.default), create=False):
    mail['subject'], mail['from'], mail['date'], mail['message-id']
    body = mail.get_body(('plain', 'html'))
    letters += len(body.get_content()) if body else 0
print(letters)
"""


def import_mail(world, size):
    """`import mail` into a store of that size, against Python's mailbox and email over the same file."""
    count = 2_000 if world.runs < 10 else 20_000
    mbox = world.mbox(count)

    def us(box=mbox):
        world.fresh("import.redb", size)
        return once(world.indsigt(world.path("import.redb"), "import", "mail", box), world.env)

    def them():
        return once(["python3", "-c", READ_WITH_PYTHON, mbox], world.env)

    rounds = 1 if size > 100_000 else 3
    mine, theirs = side_by_side(min(rounds, 2), us, them, enough=60)
    figure = Figure("import mail", size, ratio_limit=1 / 3, limit=count / 5000)
    figure.took(mine, "Python", theirs)
    figure.more["mails"] = count
    figure.more["mails/s"] = count / figure.median
    figure.more["bytes of mails"] = os.path.getsize(mbox)
    world.fresh("import.redb", size)
    figure.fsyncs = process.fsyncs(world.indsigt(world.path("import.redb"), "import", "mail", mbox), world.env)
    peaks = []
    for box in (world.mbox(count // 4), mbox):
        world.fresh("import.redb", size)
        peaks.append(process.peak_kib(world.indsigt(world.path("import.redb"), "import", "mail", box), world.env))
    figure.peak_kib = peaks[1]
    figure.more["peak with a quarter of the mails, KiB"] = peaks[0]
    data.remove(world.path("import.redb"))
    return [figure]


def import_opt_outs(world, size):
    """`import optouts` of a long list into an empty store, and again, against a plain pass over the file."""
    if size != world.smallest:
        return []
    count = 20_000 if world.runs < 10 else 400_000
    rows = world.opt_outs(count)
    store = world.fresh("optouts.redb")
    ours = world.indsigt(store, "import", "optouts", rows)
    figures = []
    plain = [once([world.peer("csv_pass"), rows], world.env) for _ in range(5)]
    for name in ("import optouts", "import optouts, again"):
        figure = Figure(name, count, ratio_limit=2)
        try:
            figure.took([once(ours, world.env, limit=420)], "csv pass", plain)
            figure.more["rows/s"] = count / figure.median
        except Failed as failed:
            figure.failed = str(failed)
            figures.append(figure)
            break
        figures.append(figure)
    else:
        figures[-1].peak_kib = process.peak_kib(ours, world.env)
        figures[-1].fsyncs = process.fsyncs(ours, world.env)
    data.remove(store)
    return figures


def check_subscribers(world, size):
    """`check-subscribers` with a long list against a plain pass over the file."""
    rows = world.subscribers(20_000 if world.runs < 10 else 400_000)
    ours = world.indsigt(world.archive(size), "--read-only", "check-subscribers", rows)
    plain = [world.peer("csv_pass"), rows]
    mine, theirs = side_by_side(
        5, lambda: once(ours, world.env, fine=(0, 1, 10)), lambda: once(plain, world.env), enough=30)
    figure = Figure("check-subscribers", size, ratio_limit=2).took(mine, "csv pass", theirs)
    figure.peak_kib = process.peak_kib(ours, world.env)
    return [figure]


# -- giving out


def export_csv(world, size):
    """The register as CSV against sqlite3's shell writing the same rows."""
    return export(world, size, "csv", world.sqlite(size), "cases")


def export_json(world, size):
    """The register as JSON against sqlite3's shell writing the same fields."""
    return export(world, size, "json", world.sqlite_documents(size), "docs")


def export(world, size, form, db, table):
    ours = world.indsigt(world.archive(size), "--read-only", "export", "all", "--format", form)
    theirs = ["sqlite3", "-header", f"-{form}", db, f"SELECT * FROM {table}"]
    mine, sqlite = side_by_side(
        3 if size > 10_000 else 10, lambda: once(ours, world.env), lambda: once(theirs, world.env), enough=60)
    figure = Figure(f"export {form}", size, ratio_limit=1.5).took(mine, "sqlite3", sqlite)
    figure.peak_kib = process.peak_kib(ours, world.env)
    figure.peer_peak_kib = process.peak_kib(theirs, world.env)
    return [figure]


def backup(world, size):
    """`backup` against copying the same bytes and waiting for the disk."""
    out, copied = world.path("backup.redb"), world.path("backup.copy")
    ours = world.indsigt(world.archive(size), "--read-only", "backup", out, "--force")
    once(ours, world.env)
    theirs = ["dd", f"if={out}", f"of={copied}", "bs=1M", "conv=fsync", "status=none"]

    def them():
        data.remove(copied)
        return once(theirs, world.env)

    mine, disk = side_by_side(1 if size > 100_000 else 5, lambda: once(ours, world.env), them, enough=60)
    figure = Figure("backup", size, ratio_limit=2).took(mine, "copy + fsync", disk)
    figure.more["bytes"] = os.path.getsize(out)
    figure.peak_kib = process.peak_kib(ours, world.env)
    figure.fsyncs = process.fsyncs(ours, world.env) if size <= 100_000 else None
    data.remove(out)
    data.remove(copied)
    return [figure]


# -- sizes


def put_in(item):
    """Bytes of what a person or a mail put into a record: texts, names, addresses, and ten for each date."""
    total = 0
    for name in ("message", "subject", "title", "message_id"):
        total += len((item.get(name) or "").encode())
    person = item.get("person") or {}
    total += len((person.get("name") or "").encode()) + sum(len(one.encode()) for one in person.get("emails", []))
    total += sum(10 for name in ("received_on", "closed_on") if item.get(name))
    closing = item.get("closing") or {}
    total += sum(len((closing.get(name) or "").encode()) for name in ("override", "note"))
    return total


def file_size(world, size):
    """Bytes of the file for each byte put in, as made (compacted), and after `purge`."""
    if size > 100_000:
        return skipped("file, bytes per byte put in", size, "as at 100,000")
    cases = whole = 0
    for item in data.documents(world.json(size)):
        cases += 1
        whole += put_in(item)
    store = world.fresh("purge.redb", size)
    before = os.path.getsize(store)
    figure = Figure("file, bytes per byte put in", size, unit="").took([before / whole])
    figure.more.update({"bytes per case": before / cases, "put in per case": whole / cases})
    took = once(world.indsigt(store, "purge", "--yes"), world.env)
    after = os.path.getsize(store)
    purge = Figure("purge", size).took([took])
    purge.more.update({"bytes before": before, "bytes after": after, "after, per case": after / cases})
    data.remove(store)
    return [figure, purge]


def file_of_letters(world, size):
    """The same of closed requests alone, each of a mail of six hundred bytes, after `purge`."""
    if size != world.smallest:
        return []
    count = 2_000
    store = world.fresh("letters.redb")
    once(world.indsigt(store, "import", "mail", "--all", world.letters(count)), world.env)
    listed = world.indsigt(store, "list", "requests", "--open", "--limit", str(count), "--json")
    told = subprocess.run(listed, env=world.env, check=True, capture_output=True)
    ids = [item["id"] for item in json.loads(told.stdout)["items"]]
    for first in range(0, len(ids), 200):
        words = ["--outcome", "answered", "--override", "svaret"]
        once(world.indsigt(store, "resolve", *ids[first:first + 200], *words), world.env)
    # One whose time is over, so that there is something to erase, as there mostly is.
    old = {**world.env, "INDSIGT_TODAY": "2019-01-05"}
    facts = ["--kind", "other", "--name", "Gammel Sag", "--email", "gammel@example.dk", "--received", "2019-01-05"]
    once(world.indsigt(store, "add", "request", *facts), old)
    once(world.indsigt(store, "resolve", "R-2019-0001", "--override", "svaret"), old)
    before = os.path.getsize(store)
    once(world.indsigt(store, "purge", "--yes"), world.env)
    after = os.path.getsize(store)
    exported = subprocess.run(
        world.indsigt(store, "export", "all", "--format", "json"), env=world.env, check=True, capture_output=True)
    items = json.loads(exported.stdout)["items"]
    whole = sum(put_in(item) for item in items)
    figure = Figure("file of closed requests of 600 bytes", len(items), unit="", limit=2).took([after / whole])
    figure.more.update(
        {"bytes before purge": before, "bytes per case": after / len(items), "put in per case": whole / len(items)})
    data.remove(store)
    return [figure]


def binary_size(world, size):
    """The program itself."""
    if size != world.smallest:
        return []
    return [Figure("binary", size, unit="bytes", limit=8_000_000).took([os.path.getsize(world.program)])]


def skipped(name, size, why):
    return [Figure(name, size, failed="skipped: " + why)]


# Name for --only, function, what the issue that set the budgets says of it.
MEASURES = (
    ("start", first_screen, "≤ 1.5 × a bare ratatui list, 80×24 and 120×40; 1,000,000 ≤ 1.3 × 1,000"),
    ("others", first_screen_of_others, ""),
    ("due", due, "≤ sqlite3's shell doing the same indexed query; 1,000,000 ≤ 1.3 × 1,000"),
    ("taskwarrior", due_of_taskwarrior, ""),
    ("keys", keys, "p99 ≤ 1.5 × the bare list, same at 1,000,000; bytes ≤ 1.25 × the fewest"),
    ("idle", idle, "< 1 ms/s, ≤ 2 wake-ups/s, 0 bytes"),
    ("search", search, "≤ 50 ms median, ≤ 1/10 of grep over the same rows as CSV"),
    ("resolve", resolve, "≤ 1.5 × sqlite3's shell with synchronous=FULL"),
    ("note", note, "≤ 1.5 × sqlite3's shell with synchronous=FULL"),
    ("done", done_of_taskwarrior, ""),
    ("mail", import_mail, "≥ 5,000 mails/s, ≥ 3 × Python's mailbox and email, memory flat"),
    ("optouts", import_opt_outs, "≤ 2 × a plain pass of the csv crate"),
    ("subscribers", check_subscribers, "≤ 2 × a plain pass of the csv crate"),
    ("csv", export_csv, "≤ 1.5 × sqlite3's shell writing the same rows, memory flat"),
    ("json", export_json, "≤ 1.5 × sqlite3's shell writing the same rows, memory flat"),
    ("memory", memory_of_screen, "≤ 2 × at 1,000, below 24 MB"),
    ("file", file_size, "≤ 2 × the bytes put in"),
    ("letters", file_of_letters, "≤ 2 × the bytes put in"),
    ("binary", binary_size, "below 8 MB"),
    ("backup", backup, "≥ half the disk's own copy speed"),
)
CALLGRIND = ("callgrind", due_instructions, "1,000,000 ≤ 1.3 × 1,000")
