"""Names the release that is running, by its version and by what it is made of.

Pages carry the name in their ETag. A deployment whose version nobody raised must not be answered
from a browser's copy of the old page, so code, templates and static files count as well.
"""

import tomllib
from hashlib import sha256
from pathlib import Path

FOLDERS = ("evidence", "stackbuilder", "templates", "static")
# What shapes a page. The catalogue's JSON does not: it reaches pages through evidence versions.
SUFFIXES = {".py", ".html", ".css", ".js", ".svg"}


def release_name(base: Path) -> str:
    """Return a name such as `0.1.0+9f86d081`, the same wherever the same files run."""
    project = tomllib.loads((base / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    digest = sha256()
    for path in sorted(path for folder in FOLDERS for path in (base / folder).rglob("*")):
        if path.suffix in SUFFIXES and path.is_file():
            digest.update(f"{path.relative_to(base).as_posix()}\n".encode())
            digest.update(sha256(path.read_bytes()).digest())
    return f"{project['version']}+{digest.hexdigest()[:8]}"
