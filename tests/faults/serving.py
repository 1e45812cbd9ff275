"""The production server, started anew as often as asked by a process that has it loaded already.

Run as `python -m tests.faults.serving`; DATABASE_URL and the like come from the environment. Each line on its
input is a port; the answer is the process group of a server on that port, to be ended in whatever way.
"""

from __future__ import annotations

import os
import signal
import sys

from config import settings
from dacommission import create_app
from dacommission.serving import Server


def main() -> None:
    app = create_app(settings(os.environ))
    app.jinja_env.get_template("base.html")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.setsid()
            os.close(0)
            Server(app, host="127.0.0.1", port=int(line)).run()
        print(child, flush=True)


if __name__ == "__main__":
    main()
