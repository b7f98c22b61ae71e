#!/usr/bin/env python3
"""Writes shapes.txt, which properties CloudFormation resource types take, that the program embeds.

Reads the resource-provider schemas inside an installed cfn-lint (MIT-0), with cfn-lint's corrections:
    python3 -m venv v && v/bin/pip install cfn-lint && v/bin/python make-shapes.py > shapes.txt

Only what is certain is in it: a property is one if any region has it, it is required if every region requires it, and
whatever depends on a choice (oneOf, anyOf, if) is left out.

The format is lines sorted by their first field, so that a line is found by binary search and nothing is parsed but it:
    TYPE    the properties of a resource type
    #N      the properties of an object below one
After the first field comes a tab, then properties with commas between: NAME, then `!` where it is required, then
`:N` where its value is an object of shape N, or `*N` where it is a list of such objects. A line that ends in a comma
and `...` takes other properties too.
"""
import json
import sys

from cfnlint.helpers import REGIONS
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

BASE = "us-east-1"
DEPTH = 12
# Whole screens and broadcasts as properties: a seventh of all lines, for types that hardly stand in a catalog.
SHALLOW = ("AWS::MediaLive::", "AWS::QuickSight::")


def target(root, schema):
    """What a schema's references lead to."""
    for _ in range(20):
        if not isinstance(schema, dict) or "$ref" not in schema:
            break
        found = root
        for step in schema["$ref"].split("/")[1:]:
            found = found.get(step.replace("~1", "/").replace("~0", "~"), {}) if isinstance(found, dict) else {}
        schema = found
    return schema if isinstance(schema, dict) else {}


def shape(root, schema, above=()):
    """The properties of an object: {"closed": ..., "properties": {name: (required, kind, shape)}}; None for no claim."""
    schema = target(root, schema)
    properties = schema.get("properties")
    if not isinstance(properties, dict) or not properties or id(schema) in above or len(above) > DEPTH:
        return None
    above = above + (id(schema),)
    closed = schema.get("additionalProperties") is False and "patternProperties" not in schema
    required = set(schema.get("required", []))
    found = {}
    for name, own in properties.items():
        own = target(root, own)
        if own.get("type") == "array":
            inner, kind = shape(root, own.get("items", {}), above), "*"
        else:
            inner, kind = shape(root, own, above), ":"
        found[name] = (name in required, kind, inner)
    return {"closed": closed, "properties": found}


def merged(left, right):
    """What is certain of both."""
    if left is None or right is None:
        return None
    names = left["properties"] | right["properties"]
    found = {}
    for name in names:
        one, two = left["properties"].get(name), right["properties"].get(name)
        if one is None or two is None:
            required, kind, inner = one or two
            found[name] = (False, kind, inner)
        else:
            inner = merged(one[2], two[2]) if one[1] == two[1] else None
            found[name] = (one[0] and two[0], one[1], inner)
    return {"closed": left["closed"] and right["closed"], "properties": found}


class Pool:
    """Equal shapes are one line."""

    def __init__(self):
        self.numbers = {}

    def text(self, node):
        parts = []
        for name, (required, kind, inner) in sorted(node["properties"].items()):
            assert name and not set(name) & set(",!:*\t\n"), name
            says = inner is not None and (
                inner["closed"] or any(p[0] or p[2] for p in inner["properties"].values()))
            parts.append(name + ("!" if required else "") + (f"{kind}{self.number(inner)}" if says else ""))
        return ",".join(parts + ([] if node["closed"] else ["..."]))

    def number(self, node):
        text = self.text(node)
        return self.numbers.setdefault(text, len(self.numbers))


def main():
    types = {}
    regions = [BASE] + sorted(region for region in REGIONS if region != BASE)
    seen = set()
    for region in regions:
        for name in PROVIDER_SCHEMA_MANAGER.get_resource_types(region):
            schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema(region, name).schema
            key = (name, json.dumps(schema, sort_keys=True))
            if key in seen:
                continue
            seen.add(key)
            found = shape(schema, schema)
            if found and name.startswith(SHALLOW):
                found["properties"] = {k: (p[0], p[1], None) for k, p in found["properties"].items()}
            types[name] = merged(types[name], found) if name in types else found
    pool = Pool()
    lines = [f"{name}\t{pool.text(found)}" for name, found in types.items() if found]
    lines += [f"#{number}\t{text}" for text, number in pool.numbers.items()]
    lines.sort(key=lambda line: line.split("\t")[0].encode())
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
