"""Copies all pages of the project into one folder, because mkdocs reads one folder.

  docs/website/pages.py FOLDER

The pages keep their paths. Files that a page links are copied too. A link to a folder becomes a link to its README.md, or
its text if the folder has none.
"""
import os
import pathlib
import re
import shutil
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
MADE = {"target", "node_modules", ".venv", ".git", "__pycache__"}
FENCE_OR_CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.S | re.M)
LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)")


def pages():
    for folder, folders, files in os.walk(ROOT):
        folders[:] = sorted(set(folders) - MADE)
        yield from (pathlib.Path(folder) / name for name in sorted(files) if name.endswith(".md"))


def rewritten(page, text, linked):
    """The text with its links changed. Code stays as it is."""

    def link(match):
        image, words, target = match.groups()
        path, _, anchor = target.partition("#")
        if "://" in target or not path:
            return match.group()
        place = (page.parent / path).resolve()
        if place.is_dir():
            if not (place / "README.md").exists():
                return words
            return f"[{words}]({path.rstrip('/')}/README.md{'#' + anchor if anchor else ''})"
        linked.add(place)
        return match.group()

    code = []

    def hide(match):
        code.append(match.group())
        return f"\x00{len(code) - 1}\x00"

    hidden = FENCE_OR_CODE.sub(hide, text)
    return re.sub(r"\x00(\d+)\x00", lambda m: code[int(m.group(1))], LINK.sub(link, hidden))


def main():
    target = pathlib.Path(sys.argv[1]).resolve()
    linked = set()
    for page in pages():
        copy = target / page.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(rewritten(page, page.read_text(encoding="utf-8"), linked), encoding="utf-8")
    for file in linked:
        if file.suffix != ".md" and file.is_file():
            copy = target / file.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copy)


main()
