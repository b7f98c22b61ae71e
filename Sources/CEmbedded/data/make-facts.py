#!/usr/bin/env python3
"""Writes facts.txt, the CloudFormation resource facts that the program embeds.

Reads the resource-provider schemas inside an installed cfn-lint (MIT-0):
    python3 -m venv v && v/bin/pip install --no-deps cfn-lint && v/bin/python make-facts.py > facts.txt

The format is lines sorted by their first field, so that a line is found by binary search and nothing is parsed but it:
    !regions  names, in the order that region numbers mean (the first is the base)
    TYPE      fields below; TYPE@N is a variant with other property lists
    lambda:R  deprecated=, create= (no new ones from that day), update= (no updates from that day), successor=
Fields are separated by tabs, lists by commas: c create-only, k conditionally create-only, r read-only, w write-only,
i primary identifier, u arrays whose order means nothing, t tag property, s replacement strategy (d: delete first),
S stateful (1; empty: only an empty one can be deleted), - regions without it, v region:variant.
"""
import importlib.util
import json
import pathlib
import sys

LISTS = {"c": "createOnlyProperties", "k": "conditionalCreateOnlyProperties", "r": "readOnlyProperties",
         "w": "writeOnlyProperties", "i": "primaryIdentifier"}
BASE = "us_east_1"


def path(pointer):
    """`/properties/A/properties/B/items/C` and `/properties/A/B/*/C` are both `A/B/*/C`."""
    steps = pointer.split("/")[1:]
    kept = [s for n, s in enumerate(steps) if s != "properties" or n == len(steps) - 1 and n > 0]
    return "/".join("*" if s == "items" else s for s in kept)


def fields(schema):
    """The property lists of one type, as text."""
    found = {k: sorted({path(p) for p in schema.get(name, [])}) for k, name in LISTS.items()}
    found["u"] = sorted(name for name, rule in schema.get("properties", {}).items() if isinstance(rule, dict)
                        and rule.get("type") == "array" and rule.get("insertionOrder") is False)
    parts = [f"{k}={','.join(v)}" for k, v in found.items() if v]
    tag = schema.get("tagging", {}).get("tagProperty", "").replace("/properties/", "")
    if tag:
        parts.append(f"t={tag}")
    if schema.get("replacementStrategy") == "delete_then_create":
        parts.append("s=d")
    return "\t".join(parts)


def regions(data):
    files = [f for f in sorted((data / "schemas/providers").glob("*_*.py")) if not f.name.startswith("__")]
    for file in sorted(files, key=lambda f: (f.stem != BASE, f.stem)):
        spec = importlib.util.spec_from_file_location(file.stem, file)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        yield file.stem.replace("_", "-"), module.types


def type_lines(data, stateful):
    names, table, cache = [], {}, {}
    for number, (region, types) in enumerate(regions(data)):
        names.append(region)
        for name, digest in types.items():
            if digest not in cache:
                cache[digest] = fields(json.loads((data / f"schemas/resources/{digest}.json").read_text()))
            table.setdefault(name, {})[number] = cache[digest]
    yield "!regions\t" + ",".join(names)
    for name, by_region in table.items():
        variants = list(dict.fromkeys(by_region[n] for n in sorted(by_region)))
        head = [name, variants[0]]
        if name in stateful:
            head.append("S=" + ("empty" if stateful[name].get("DeleteRequiresEmptyResource") else "1"))
        absent = [str(n) for n in range(len(names)) if n not in by_region]
        if absent:
            head.append("-=" + ",".join(absent))
        other = [f"{n}:{variants.index(text)}" for n, text in sorted(by_region.items()) if text != variants[0]]
        if other:
            head.append("v=" + ",".join(other))
        yield "\t".join(part for part in head if part)
        for number, text in enumerate(variants[1:], 1):
            yield f"{name}@{number}\t{text}"


def runtime_lines(table):
    for name, row in table.items():
        yield "\t".join([f"lambda:{name}", f"deprecated={row['deprecated']}", f"create={row['create-block']}",
                         f"update={row['update-block']}"] + ([f"successor={row['successor']}"] if row["successor"] else []))


def main():
    data = pathlib.Path(importlib.util.find_spec("cfnlint").origin).parent / "data"
    extra = data / "AdditionalSpecs"
    stateful = json.loads((extra / "StatefulResources.json").read_text())["ResourceTypes"]
    runtimes = json.loads((extra / "LmbdRuntimeLifecycle.json").read_text())
    lines = list(type_lines(data, stateful)) + list(runtime_lines(runtimes))
    lines.sort(key=lambda line: line.split("\t")[0].encode())
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
