#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""engines.py lava FILE | plan FILE | test FILE: is it what the engine takes? Says each thing that isn't; exit 1 then.

What LAVA's test definition and tmt's specification (plans, tests) ask for, as far as the files here use it. The shell in it must
parse.  'lava-steps FILE' prints the steps, to be run.
"""
import subprocess
import sys

import yaml

complaints = []


def expect(holds, text):
    if not holds:
        complaints.append(text)


def is_texts(value):
    return isinstance(value, list) and value and all(isinstance(item, str) for item in value)


def parses(shell):
    return subprocess.run(["bash", "-n"], input=shell, text=True, check=False).returncode == 0


def keys(name, mapping, required, optional=()):
    expect(isinstance(mapping, dict), f"{name} is no mapping")
    if not isinstance(mapping, dict):
        return {}
    for key in required:
        expect(key in mapping, f"{name} lacks {key}")
    for key in mapping:
        expect(key in required or key in optional, f"{name}: {key} is unknown")
    return mapping


def lava(doc):
    keys("the definition", doc, ("metadata", "run"), ("params", "install"))
    meta = keys("metadata", doc.get("metadata"), ("format", "name", "description"),
                ("os", "scope", "environment", "devices", "maintainer"))
    expect(meta.get("format") == "Lava-Test Test Definition 1.0", "metadata: another format")
    for key in ("os", "scope", "environment"):
        expect(key not in meta or is_texts(meta[key]), f"metadata: {key} is no list of texts")
    for name, value in (doc.get("params") or {}).items():
        expect(isinstance(value, str), f"params: {name} is no text")
    install = keys("install", doc.get("install", {}), (), ("deps", "repos", "steps", "git-repos"))
    expect("deps" not in install or is_texts(install["deps"]), "install: deps is no list of texts")
    steps = keys("run", doc.get("run"), ("steps",)).get("steps")
    expect(is_texts(steps), "run: steps is no list of texts")
    expect(is_texts(steps) and parses("\n".join(steps)), "run: steps are no shell")


def plan(doc):
    keys("the plan", doc, ("execute", "summary"), ("discover", "provision", "prepare", "report", "finish", "environment"))
    for step, hows in (("discover", ("fmf", "shell")), ("provision", ("local", "virtual", "container", "connect")),
                       ("prepare", ("install", "shell")), ("execute", ("tmt",))):
        expect(step not in doc or doc[step].get("how") in hows, f"{step}: how is none of {hows}")


def test(doc):
    keys("the test", doc, ("summary", "test"), ("path", "framework", "result", "duration", "require", "tag", "environment"))
    expect(doc.get("framework", "shell") in ("shell", "beakerlib"), "framework is unknown")
    expect(doc.get("result", "respect") in ("respect", "custom", "xfail", "pass", "info", "warn", "error", "fail"),
           "result is unknown")
    expect(str(doc.get("duration", "5m"))[-1] in "smhd", "duration has no unit")
    expect(str(doc.get("path", "/")).startswith("/"), "path is not from the tree's root")
    expect(parses(doc["test"]), "test is no shell")


def main():
    kind, path = sys.argv[1:]
    with open(path, encoding="utf-8") as file:
        doc = yaml.safe_load(file)
    if kind == "lava-steps":
        print("\n".join(doc["run"]["steps"]))
        return 0
    {"lava": lava, "plan": plan, "test": test}[kind](doc)
    for complaint in complaints:
        print(f"{path}: {complaint}")
    return 1 if complaints else 0


sys.exit(main())
