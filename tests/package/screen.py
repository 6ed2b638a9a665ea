"""The screen of the installed program in a Debian below a folder, for tests/package/run: it is drawn, and `q` leaves it."""

import os
import pty
import select
import sys
import time

child, terminal = pty.fork()
if child == 0:
    os.chroot(sys.argv[1])
    os.chdir("/")
    environment = {"HOME": "/root", "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
    os.execve("/usr/bin/indsigt", ["indsigt", "demo", "--language", "da"], environment)

drawn, asked, until = b"", False, time.monotonic() + 60
while time.monotonic() < until:
    if not select.select([terminal], [], [], 1)[0]:
        continue
    try:
        drawn += os.read(terminal, 65536)
    except OSError:
        break
    if not asked and "Optagelser".encode() in drawn:
        asked = True
        os.write(terminal, b"q")
_, status = os.waitpid(child, 0)
print("left with", os.waitstatus_to_exitcode(status) if asked else "nothing drawn")
