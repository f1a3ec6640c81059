#!/usr/bin/env python3
"""Holds a replayer's report against CONFORMANCE.md: every journey passes, but for the rows of the ledger.

    conformance.py REPORT CONFORMANCE.md SET.txt…

A row of the ledger takes off the journeys whose first difference of that dimension matches its place, and must take
off exactly as many as it says. Counts of passes per set may only rise.
"""
import json
import pathlib
import re
import sys

DIMENSIONS = ("navigation", "fields", "errors", "links", "summary", "data", "content")


def tables(text):
    """Rows of every table, by the heading above it."""
    rows, heading = {}, None
    for line in text.splitlines():
        if line.startswith("## "):
            heading = line[3:].strip()
        elif line.startswith("|") and not re.match(r"^\|[\s:|-]+\|$", line):
            cells = [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
            rows.setdefault(heading, []).append(cells)
    return rows


def main(report, conformance, *sets):
    results = json.loads(pathlib.Path(report).read_text())["results"]
    results = {result["name"]: result for result in results}
    rows = tables(pathlib.Path(conformance).read_text())
    ledger = [dict(zip(rows["Differences"][0], row)) for row in rows.get("Differences", [])[1:]]
    ratchet = {row[0]: (int(row[1]), int(row[2])) for row in rows["Journeys"][1:]}
    for row in ledger:
        row["found"] = []
    passed, failed = 0, 0

    for path in sets:
        names = [line.strip() for line in pathlib.Path(path).read_text().splitlines() if line.strip()]
        set_name, good = pathlib.Path(path).stem, 0
        for name in names:
            result = results.get(name)
            if result is None or result.get("skipped"):
                print(f"not played: {name}")
                continue
            bad = []
            for dimension in DIMENSIONS:
                entry = result["dimensions"].get(dimension, {})
                if entry.get("state") != "fail":
                    continue
                first = str(entry.get("first"))
                row = next((row for row in ledger if row["dimension"] == dimension
                            and re.search(row["place"].strip("`"), first)), None)
                if row is None:
                    bad.append(f"    {dimension}: {first[:400]}")
                else:
                    row["found"].append(name)
            if bad:
                print(f"not passed: {name}")
                print("\n".join(bad))
            else:
                passed += 1
                good += 1
        # What does not pass is a failure where it would lower the count.
        want, total = ratchet.get(set_name, (len(names), len(names)))
        print(f"{set_name}: {good} of {len(names)} journeys pass {', '.join(DIMENSIONS)}")
        if good < want or total != len(names):
            failed += 1
            print(f"FAIL {set_name}: CONFORMANCE.md says {want} of {total}, which may only rise")

    for row in ledger:
        if len(row["found"]) != int(row["count"]):
            failed += 1
            print(f"FAIL ledger: {row['dimension']} {row['place']}: {len(row['found'])} journeys, "
                  f"the row says {row['count']}")
            print("\n".join(f"    {name}" for name in row["found"][:5]))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
