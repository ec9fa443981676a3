"""``serve``: the catalogue on an address of this machine."""

import argparse
import os

from scidex.commands.console import Commands, Failure, say
from scidex.commands.target import make_ready, opened
from scidex.core import serving
from scidex.core.settings import Settings


def add_to(commands: Commands) -> None:
    """Declare the command and its options."""
    serve = commands.add_parser("serve", help="start the catalogue")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    serve.add_argument(
        "--port", type=_port, default=8000, help="port; 0 takes a free one (default: %(default)s)"
    )
    serve.add_argument("--no-demo", action="store_true", help="leave an empty database empty")
    serve.add_argument(
        "--workers", type=_count, default=1, metavar="N", help="processes (default: %(default)s)"
    )
    serve.add_argument(
        "--root-path",
        default="",
        metavar="PATH",
        help="path that another server puts before every address, such as /scidex",
    )
    serve.add_argument(
        "--forwarded-allow-ips",
        default="127.0.0.1",
        metavar="IPS",
        help="addresses of other servers whose X-Forwarded-For and -Proto are believed (default: %(default)s)",
    )
    serve.set_defaults(run=_serve)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:  # noqa: PLR2004 - the largest port
        message = f"{text!r} is not a port; it takes a number from 0 to 65535"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        message = f"{text!r} is not a number of processes; it takes 1 or more"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def _serve(options: argparse.Namespace) -> int:
    if options.root_path:
        os.environ["SCIDEX_ROOT_PATH"] = options.root_path  # for the application, also in worker processes
    # Matrices here are small: a second thread for each only waits, and worker processes share the processors.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    under = Settings.from_environment().root_path
    try:
        listener = serving.listen(options.host, options.port)
    except OSError as error:
        reason = str(error.strerror or error).partition(" (")[0]
        message = (
            f"Cannot listen on {options.host}, port {options.port}: {reason}. "
            "Choose another with --port or --host, or stop what listens there."
        )
        raise Failure(message) from error
    address, protocols = serving.address_of(listener), serving.protocols_of(listener)
    os.environ.setdefault("SCIDEX_PUBLIC_URL", address)  # for what is exported, also in worker processes
    with listener, opened(keep=True) as target:
        make_ready(target, with_demo=not options.no_demo)
        served = serving.serve(
            listener,
            options.workers,
            lambda: say(f"SciDEX is at {address}{under} ({protocols}Ctrl-C ends it)"),
            trusted=options.forwarded_allow_ips,
        )
    return 0 if served else 1
