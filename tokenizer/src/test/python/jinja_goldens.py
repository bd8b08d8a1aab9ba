"""Writes what jinja2 makes of our own cases, and digests of what it makes of published templates.

    python3 jinja_goldens.py SHARED_FOLDER

Texts of published templates are not ours to copy, so only lengths and SHA-256 are kept. Python: 3.11, jinja2: 3.1.2.
"""
import glob
import hashlib
import json
import os
import re
import sys

import jinja_cases
from jinja_reference import render, with_parsed_arguments

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "../resources/dev/nightjar/tokenizer/jinja")
ADDRESS = re.compile(r" at 0x[0-9a-f]+")


def own_cases():
    rows = []
    for source in jinja_cases.cases():
        try:
            text = render(source, jinja_cases.VARIABLES)
        except Exception:
            rows.append({"template": source, "fails": True})
            continue
        if not ADDRESS.search(text):
            rows.append({"template": source, "text": text})
    return {"variables": jinja_cases.VARIABLES, "cases": rows}


def hf_templates(folder):
    """Name and source of every template in the configurations."""
    found = []
    for path in sorted(glob.glob(folder + "/*")):
        name = os.path.basename(path)
        with open(path, encoding="utf-8") as f:
            text = f.read()
        if name.endswith(".jinja"):
            found.append((name, text))
            continue
        template = json.loads(text).get("chat_template")
        if isinstance(template, str):
            found.append((name, template))
        elif template:
            found += [(name + "#" + t["name"], t["template"]) for t in template]
    return found


def published(shared):
    base = shared + "/data/templates"
    contexts = {}
    for path in sorted(glob.glob(base + "/minja-contexts/*.json")):
        with open(path, encoding="utf-8") as f:
            contexts[os.path.basename(path)[:-5]] = with_parsed_arguments(json.load(f))
    sources = []
    for path in sorted(glob.glob(base + "/jinja/*")):
        with open(path, encoding="utf-8") as f:
            sources.append((os.path.basename(path), f.read()))
    rows = []
    for name, source in sources + hf_templates(base + "/hf-configs"):
        for context, variables in contexts.items():
            try:
                text = render(source, variables)
            except Exception as failure:
                rows.append([name, context, "fails", type(failure).__name__, "-"])
                continue
            data = text.encode()
            rows.append([name, context, "text", str(len(data)), hashlib.sha256(data).hexdigest()])
    return rows


def main(shared):
    with open(os.path.join(OUT, "own-cases.json"), "w", encoding="utf-8") as f:
        own = own_cases()
        f.write('{"variables": ' + json.dumps(own["variables"]) + ',\n"cases": [\n')
        f.write(",\n".join(json.dumps(row) for row in own["cases"]) + "\n]}\n")
    with open(os.path.join(OUT, "published-templates.tsv"), "w", encoding="utf-8") as f:
        for row in published(shared):
            f.write("\t".join(row) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
