"""What is measured on: stores of any size from the program's own generator, and the same rows for the peers.

Everything is made once and kept in the work folder. The same seed gives the same data.
"""

import csv
import json
import os
import random
import re
import shutil
import sqlite3
import subprocess

from . import process

# The day on which the stores were made and on which everything is measured.
TODAY = "2026-11-23"
SEED = 1
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))


class World:
    """The program under test, a folder to work in, and an empty environment."""

    def __init__(self, program, work, peers, stores=None, runs=30, keys=100):
        self.program, self.work, self.peers, self.stores = program, work, peers, stores
        self.runs, self.keys = runs, keys
        home = os.path.join(work, "home")
        # neomutt asks for the second when it is not there.
        os.makedirs(os.path.join(home, "Mail"), exist_ok=True)
        self.env = {
            "HOME": home, "PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "en_GB.UTF-8",
            "INDSIGT_TODAY": TODAY, "MAILRC": "/dev/null", "TASKRC": os.path.join(home, "taskrc"),
        }

    def path(self, name):
        return os.path.join(self.work, name)

    def indsigt(self, store, *words):
        return [self.program, "--store", store, *words]

    def peer(self, name):
        """A peer that is code of this package."""
        return os.path.join(self.peers, name)

    def once_made(self, name, make):
        """A file of the work folder; `make(path)` makes it where it is not there. What is cut short is not kept."""
        path = self.path(name)
        if not os.path.exists(path):
            print(f"  making {name}", flush=True)
            part = self.path("making-" + name)
            for left in (part, part + ".lock"):
                if os.path.exists(left):
                    os.remove(left)
            make(part)
            os.rename(part, path)
            if os.path.exists(part + ".lock"):
                os.remove(part + ".lock")
        return path

    # -- stores

    def archive(self, size):
        """The store of so many cases; nobody may write to it."""
        ready = self.stores and os.path.join(self.stores, f"a{size}.redb")
        if ready and os.path.exists(ready):
            return self.once_made(f"a{size}.redb", lambda path: copy(ready, path))
        words = ["demo", "--fill"]
        return self.once_made(
            f"a{size}.redb",
            lambda path: process.once(
                [self.program, *words, path, "--cases", str(size), "--seed", str(SEED)], self.env, limit=7200),
        )

    def working_copy(self, size):
        """A copy of that store to write to; the same for all measures, as none changes what another measures."""
        return self.once_made(f"w{size}.redb", lambda path: copy(self.archive(size), path))

    def fresh(self, name, size=None):
        """A store of its own for one run: empty, or a copy."""
        path = self.path(name)
        for left in (path, path + ".lock"):
            if os.path.exists(left):
                os.remove(left)
        if size:
            copy(self.archive(size), path)
        return path

    # -- the same rows for others

    def csv(self, size):
        return self.once_made(
            f"a{size}.csv",
            lambda path: process.once(
                self.indsigt(self.archive(size), "--read-only", "export", "all", "--format", "csv"),
                self.env, stdout=path))

    def json(self, size):
        return self.once_made(
            f"a{size}.json",
            lambda path: process.once(
                self.indsigt(self.archive(size), "--read-only", "export", "all", "--format", "json"),
                self.env, stdout=path))

    def sqlite(self, size):
        """A table of the rows of the register, with the indexes that the questions want."""
        return self.once_made(f"a{size}.sqlite", lambda path: fill_table(path, self.csv(size)))

    def sqlite_documents(self, size):
        """A table with all that `export --format json` writes: a column for each field."""
        return self.once_made(f"d{size}.sqlite", lambda path: fill_documents(path, self.json(size)))

    def tasks(self, size):
        """A taskwarrior folder with the same open rows to do; the closed ones are in its other file."""
        folder = self.path(f"task{size}")
        if not os.path.exists(folder):
            os.makedirs(folder)
            fill_tasks(folder, self.csv(size))
        with open(self.env["TASKRC"], "w") as rc:
            rc.write("confirmation=off\nverbose=nothing\ngc=on\nrecurrence=off\n")
        return folder

    def mbox(self, count):
        return self.once_made(f"m{count}.mbox", lambda path: fill_mbox(path, count))

    def letters(self, count):
        return self.once_made(f"l{count}.mbox", lambda path: fill_letters(path, count))

    def opt_outs(self, count):
        return self.once_made(f"optouts{count}.csv", lambda path: fill_opt_outs(path, count))

    def subscribers(self, count):
        return self.once_made(f"subscribers{count}.csv", lambda path: fill_subscribers(path, count))

    def first_open(self, size, what):
        """The id of the first open one of a type: `requests`, `optouts`."""
        command = self.indsigt(self.archive(size), "--read-only", "list", what, "--open", "--limit", "1", "--json")
        told = subprocess.run(command, env=self.env, check=True, capture_output=True)
        return json.loads(told.stdout)["items"][0]["id"]


def copy(source, target):
    subprocess.run(["cp", "--reflink=auto", source, target], check=True)


def fill_table(path, rows):
    with open(rows, newline="") as file:
        reader = csv.reader(file)
        names = next(reader)
        db = sqlite3.connect(path)
        columns = ", ".join(f'"{name}"' + (" PRIMARY KEY" if name == "id" else "") for name in names)
        db.execute(f"CREATE TABLE cases ({columns})")
        marks = ",".join("?" * len(names))
        db.executemany(f"INSERT INTO cases VALUES ({marks})", ([cell or None for cell in row] for row in reader))
    db.execute("CREATE INDEX open_cases ON cases(act_by) WHERE closed_on IS NULL")
    db.execute("CREATE INDEX emails ON cases(email)")
    db.execute("ANALYZE")
    db.commit()
    db.close()


def documents(path):
    """The items of an exported document, one after the other: the whole would not fit into memory."""
    decoder = json.JSONDecoder()
    with open(path, encoding="utf-8") as file:
        text = file.read(1 << 20)
        at = text.index("[", text.index('"items"')) + 1
        while True:
            while at < len(text) and text[at] in " \n\t,":
                at += 1
            try:
                if at < len(text) and text[at] == "]":
                    return
                item, end = decoder.raw_decode(text, at)
                yield item
                at = end
            except json.JSONDecodeError:
                more = file.read(1 << 20)
                if not more:
                    raise
                text, at = text[at:] + more, 0


def fill_documents(path, source):
    db = sqlite3.connect(path)
    names = None

    def rows():
        for item in documents(source):
            yield [value if isinstance(value, (str, int, type(None))) else json.dumps(value, ensure_ascii=False)
                   for value in (item.get(name) for name in names)]

    names = sorted({key for item in first_of(documents(source), 2000) for key in item})
    db.execute("CREATE TABLE docs (" + ", ".join(f'"{name}"' for name in names) + ")")
    db.executemany(f"INSERT INTO docs VALUES ({','.join('?' * len(names))})", rows())
    db.commit()
    db.close()


def first_of(items, count):
    for _, item in zip(range(count), items):
        yield item


def fill_tasks(folder, rows):
    """taskwarrior's own files, as 2.6 writes them."""
    import calendar
    import time

    def seconds(day):
        return calendar.timegm(time.strptime(day, "%Y-%m-%d"))

    with open(rows, newline="") as file, \
            open(os.path.join(folder, "pending.data"), "w") as pending, \
            open(os.path.join(folder, "completed.data"), "w") as completed:
        for number, row in enumerate(csv.DictReader(file)):
            uuid = f"{number:08x}-0000-4000-8000-000000000000"
            what = f"{row['id']} {row['person']} {row['title']}"
            what = what.replace('"', "'").replace("[", "(").replace("]", ")")
            due = seconds(row["act_by"] or row["received_on"])
            parts = f'description:"{what}" entry:"{seconds(row["received_on"])}" due:"{due}" uuid:"{uuid}"'
            if row["closed_on"]:
                completed.write(f'[{parts} end:"{seconds(row["closed_on"])}" status:"completed"]\n')
            else:
                pending.write(f'[{parts} status:"pending"]\n')


# -- mails and lists


def words():
    """The lists of words that the program's own archive is made of."""
    with open(os.path.join(ROOT, "assets", "archive.toml"), encoding="utf-8") as file:
        text = file.read()
    found = re.findall(r"^(\w+) = \[(.*?)^\]", text, re.M | re.S)
    return {name: re.findall(r'"((?:[^"\\]|\\.)*)"', block) for name, block in found}


ASKS = [
    ("Indsigt i mine oplysninger", "Jeg vil gerne have indsigt i de oplysninger, du har om mig, efter artikel 15."),
    ("Sletning", "Jeg beder dig slette alle mine oplysninger."),
    ("Access request", "Please send me a copy of all personal data you hold about me."),
    ("Erasure", "Please delete all my personal data."),
    ("Afmeld nyhedsbrev", "Afmeld mig venligst fra nyhedsbrevet."),
    ("Spørgsmål om kurset", "Hvornår begynder det næste kursus?"),
    ("Mine optagelser", "Jeg trækker mit samtykke til optagelsen tilbage."),
    ("Nyt fra foreningen", "Her er månedens nyheder fra foreningen."),
]


def fill_letters(path, count):
    """Plain mails of which each asks for something in a text of six hundred bytes."""
    import email.utils

    source = random.Random(SEED)
    lists = words()
    with open(path, "wb") as out:
        for number in range(count):
            name = f"{source.choice(lists['first_names'])} {source.choice(lists['surnames'])}"
            address = f"brev{number}@example.dk"
            subject, ask = source.choice(ASKS)
            body = ask
            while len(body.encode()) < 600:
                body += " " + source.choice(lists["sentences"])
            body = body.encode()[:600].decode(errors="ignore")
            at = 1767225600 + number * 1300 % 28000000
            head = [f"From {address} Thu Jan  1 00:00:00 2026", f"From: {name} <{address}>", f"Subject: {subject}",
                    f"Date: {email.utils.formatdate(at)}", f"Message-ID: <{number}@example.dk>", "MIME-Version: 1.0",
                    'Content-Type: text/plain; charset="utf-8"', "Content-Transfer-Encoding: 8bit", "", body, "", ""]
            out.write("\n".join(head).encode())


def fill_mbox(path, count):
    """Mails of real length: plain text in two encodings, HTML beside it, an attachment in one of ten."""
    import base64
    import email.utils
    import quopri

    source = random.Random(SEED)
    lists = words()
    with open(path, "wb") as out:
        for number in range(count):
            name = f"{source.choice(lists['first_names'])} {source.choice(lists['surnames'])}"
            address = f"mail{number}@example.dk"
            subject, ask = source.choice(ASKS)
            body = "\n".join([ask, *(source.choice(lists["sentences"]) for _ in range(source.randint(3, 9))), "", name])
            at = 1767225600 + number * 1300 % 28000000
            encoded = base64.b64encode(subject.encode()).decode()
            from_name = base64.b64encode(name.encode()).decode()
            head = [
                f"From {address} Thu Jan  1 00:00:00 2026",
                f"Received: from mx{number % 7}.example.dk (mx.example.dk [192.0.2.{number % 250}]) by mail.luma.example "
                f"with ESMTPS id {source.getrandbits(48):x}; {email.utils.formatdate(at)}",
                f"DKIM-Signature: v=1; a=rsa-sha256; d=example.dk; s=x; b={source.getrandbits(1024):x}",
                f"From: =?utf-8?B?{from_name}?= <{address}>",
                "To: kontakt@luma.example",
                f"Subject: =?utf-8?B?{encoded}?=",
                f"Date: {email.utils.formatdate(at)}",
                f"Message-ID: <{source.getrandbits(64):x}.{number}@example.dk>",
                "MIME-Version: 1.0",
            ]
            plain = ['Content-Type: text/plain; charset="utf-8"', "Content-Transfer-Encoding: quoted-printable", "",
                     quopri.encodestring(body.encode()).decode()]
            shape = number % 10
            if shape < 4:
                text = plain
            elif shape < 6:
                text = ['Content-Type: text/plain; charset="utf-8"', "Content-Transfer-Encoding: base64", "",
                        base64.encodebytes(body.encode()).decode()]
            else:
                html = "<html><body>" + "".join(f"<p>{line}</p>" for line in body.split("\n")) + "</body></html>"
                parts = [plain, ['Content-Type: text/html; charset="utf-8"',
                                 "Content-Transfer-Encoding: quoted-printable", "",
                                 quopri.encodestring(html.encode()).decode()]]
                kind = "alternative"
                if shape == 9:
                    kind = "mixed"
                    parts[1] = ['Content-Type: application/pdf; name="kvittering.pdf"',
                                'Content-Disposition: attachment; filename="kvittering.pdf"',
                                "Content-Transfer-Encoding: base64", "",
                                base64.encodebytes(source.randbytes(3000)).decode()]
                text = [f'Content-Type: multipart/{kind}; boundary="b{number}"', ""]
                for part in parts:
                    text += [f"--b{number}", *part]
                text.append(f"--b{number}--")
            mail = "\n".join([*head, *text])
            out.write(re.sub(rb"(?m)^(>*From )(?!mail\d+@example)", rb">\1", mail.encode()) + b"\n\n")


def fill_opt_outs(path, count):
    """As Mailchimp exports those who unsubscribed."""
    source = random.Random(SEED)
    lists = words()
    with open(path, "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["Email Address", "First Name", "Last Name", "OPTIN_TIME", "UNSUB_TIME", "UNSUB_REASON", "TAGS"])
        for number in range(count):
            day = f"20{source.randint(19, 25)}-{source.randint(1, 12):02}-{source.randint(1, 28):02}"
            out.writerow([f"afmeldt{number}@example.dk", source.choice(lists["first_names"]),
                          source.choice(lists["surnames"]), f"{day} 08:00:00", f"{day} 21:30:00", "NORMAL", "kursus"])


def fill_subscribers(path, count):
    """A list of which a few have opted out in the stores."""
    source = random.Random(SEED)
    lists = words()
    with open(path, "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["Email", "First name", "Last name", "Subscribed", "Country"])
        for number in range(count):
            one = source.randrange(1_000_000)
            address = f"kunde{one}@example.dk" if number % 50 == 0 else f"laeser{number}@example.dk"
            out.writerow([address, source.choice(lists["first_names"]), source.choice(lists["surnames"]),
                          "2024-03-01", "DK"])


def remove(path):
    if os.path.isdir(path):
        shutil.rmtree(path)
    elif os.path.exists(path):
        os.remove(path)
