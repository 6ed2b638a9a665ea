"""A mail server with TLS that breaks off where a test wants it to. Called with a folder and the place; prints its port."""

import pathlib
import socket
import ssl
import sys

folder, breaks = pathlib.Path(sys.argv[1]), sys.argv[2]
context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
context.load_cert_chain(folder / "server.pem", folder / "server.key")
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
while True:
    plain, _ = listener.accept()
    stream = context.wrap_socket(plain, server_side=True)
    lines = stream.makefile("rb")
    stream.sendall(b"220 test\r\n")
    in_data = False
    for line in lines:
        if in_data:
            if line != b".\r\n":
                continue
            if breaks == "AfterData":
                break
            if breaks == "Silent":
                continue
            in_data = False
            stream.sendall(b"554 5.7.1 Spam\r\n" if breaks == "Refusing" else b"250 OK\r\n")
        elif line.startswith(b"DATA"):
            if breaks == "BeforeData":
                break
            in_data = True
            stream.sendall(b"354 go on\r\n")
        elif line.startswith(b"AUTH"):
            # Some repeat what they were told.
            stream.sendall(b"535 5.7.8 " + line.split()[-1] + b" is wrong\r\n")
        elif line.startswith(b"EHLO"):
            stream.sendall(b"250-test\r\n250 AUTH PLAIN\r\n")
        elif line.startswith(b"QUIT"):
            break
        else:
            stream.sendall(b"250 OK\r\n")
    lines.close()
    stream.close()
