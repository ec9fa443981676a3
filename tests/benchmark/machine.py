"""What the figures were measured on."""

import os
import platform
from pathlib import Path
from typing import Any

import psutil
from psycopg import Connection


def machine() -> list[str]:
    """Describe processor, memory, system and Python, a line each."""
    load = ", ".join(f"{average:.1f}" for average in os.getloadavg())
    return [
        f"Processor: {_processor()}, {os.cpu_count()} cores",
        f"Memory: {psutil.virtual_memory().total / 2**30:.0f} GB",
        f"System: {platform.system()} {platform.release()}; load of the last 1, 5, 15 minutes: {load}",
        f"Python: {platform.python_version()}, one server process",
    ]


def database(conn: Connection[Any]) -> list[str]:
    """Describe the server and how large its database is, a line each."""
    ((version,),) = conn.execute("SHOW server_version").fetchall()
    ((whole, host, own),) = conn.execute(_SIZES).fetchall()
    return [
        f"PostgreSQL: {version}; set: {', '.join(_settings(conn))}; everything else as it comes",
        f"Database: {whole}; the host's three tables {host}, the registry's own {own}",
    ]


_SIZES = """
SELECT pg_size_pretty(pg_database_size(current_database())),
       pg_size_pretty(sum(pg_total_relation_size(oid)) FILTER (WHERE relname NOT LIKE 'model_registry_%')),
       pg_size_pretty(sum(pg_total_relation_size(oid)) FILTER (WHERE relname LIKE 'model_registry_%'))
FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""
_SETTINGS = """
SELECT name, current_setting(name) FROM pg_settings
WHERE source = 'command line' AND name = ANY (ARRAY['shared_buffers', 'effective_cache_size', 'max_wal_size'])
ORDER BY name
"""


def _settings(conn: Connection[Any]) -> list[str]:
    return [f"{name} {value}" for name, value in conn.execute(_SETTINGS)]


def _processor() -> str:
    described = Path("/proc/cpuinfo")
    if described.exists():
        for line in described.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
