"""What the machine says, screens say in every language they speak: the catalog's texts, the reasons of weights, of refusals and of notes.

The compiler sees to the pages' own words; these come from elsewhere, as texts and codes.
"""

import pathlib
import re
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[2]
KIOSK = ROOT / "controller" / "web" / "ui" / "src" / "kiosk"
SESSION = ROOT / "controller" / "session"
KEY = re.compile(r"""^\s+(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|(\w+)):""", re.M)


def keys(file):
    """Those of the one table that the file holds."""
    return {next(group for group in match.groups() if group is not None).replace("\\'", "'") for match in KEY.finditer(file.read_text())}


def catalog_texts():
    for file in sorted((ROOT / "plugins" / "catalog").rglob("*.toml")):
        data = tomllib.loads(file.read_text())
        yield file.name, data["name"].removeprefix(data.get("exercise_name", "") + ", ")
        if "exercise_name" not in data:  # a workout
            yield from ((file.name, sign) for sign in data.get("signs", []))
            continue
        set_up = data["set_up"]
        for text in (data["exercise_name"], data["summary"], set_up["pulley"], set_up["attachment"], set_up["stance"], *set_up["steps"], *set_up["cues"]):
            if text:
                yield file.name, text


def codes(pattern, files):
    return {code for file in files for code in re.findall(pattern, file.read_text())}


def missing():
    """Where something is missing, and what."""
    reasons = codes(r'\{"([A-Z_]{4,})"', [SESSION / "reason_text.cpp"])
    reasons |= codes(r'"([A-Z]+_[A-Z_]+)"', (ROOT / "plugins" / "progressions").rglob("*.cpp"))
    notes = codes(r'\{"([A-Z_]{4,})"', SESSION.glob("*.cpp")) - reasons
    for file in KIOSK.glob("reasons_*.ts"):
        yield from ((file.name, code) for code in sorted(reasons - keys(file)))
    for language in sorted(file.stem for file in (KIOSK / "locale").glob("*.ts") if file.stem != "en"):  # the machine's own sentences are English
        known = keys(KIOSK / f"catalog_{language}.ts")
        yield from ((f"catalog_{language}.ts", f"{text!r} of {file}") for file, text in catalog_texts() if text not in known)
        yield from ((f"notes_{language}.ts", code) for code in sorted(notes - keys(KIOSK / f"notes_{language}.ts")))


found = [f"{where} lacks {what}" for where, what in missing()]
print("\n".join(found) or "every text and code has its words")
sys.exit(1 if found else 0)
