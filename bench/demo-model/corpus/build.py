"""Mixes the themes into documents and writes them to one file, separated by a zero byte.

    python3 -m corpus.build OUT MEGABYTES [SEED]
"""
import random
import sys

from . import dialog, extra, facts, smalltalk, stories, tasks, tools
from .core import END, chat


def plain(r):
    """One question with its short answer."""
    x = r.random()
    if x < 0.17:
        return smalltalk.smalltalk(r)
    if x < 0.57:
        return facts.fact(r)
    if x < 0.69:
        return extra.extra(r)
    return tasks.task(r)


def no_tool(r):
    """A turn for chats with tools that surely needs none of them."""
    x = r.random()
    if x < 0.35:
        return smalltalk.smalltalk(r)
    if x < 0.85:
        f = r.choice([facts.opposite, facts.colour, facts.why, facts.definition, facts.animal, facts.order, facts.rhyme])
        return f(r)
    return r.choice([tasks.poem, tasks.listing, tasks.echo])(r)


def any_turn(r):
    x = r.random()
    if x < 0.14:
        return stories.story_turn(r)
    if x < 0.22:
        return tools.json_turn(r)
    if x < 0.23:
        return stories.start_turn(r)
    return plain(r)


CONTEXT = [(dialog.name_chat, 5), (dialog.no_name, 1), (dialog.memory_chat, 5), (dialog.animal_chat, 4), (dialog.and_chat, 5), (dialog.story_chat, 3), (dialog.offer_chat, 3)]


def turns_of(r):
    x = r.random()
    if x < 0.62:
        return [any_turn(r)]
    if x < 0.80:
        t = r.choices([f for f, _ in CONTEXT], [w for _, w in CONTEXT])[0](r, plain)
        return ([any_turn(r)] if r.random() < 0.2 else []) + t
    t = [any_turn(r) for _ in range(r.choice([2, 2, 3, 4, 5]))]
    if r.random() < 0.3:
        t.insert(0, smalltalk.smalltalk(r))
    return t


def document(r):
    x = r.random()
    if x < 0.07:
        return stories.bare_story(r)
    if x < 0.15:
        return tools.tool_chat(r, no_tool, dialog.SYSTEMS)
    if x < 0.17:
        return extra.fact_text(r)
    if x < 0.19:
        return dialog.named_chat(r, plain)
    return chat(turns_of(r), dialog.system(r) if r.random() < 0.45 else None)


def long_document(r, chars=6500):
    """A whole 2,048 tokens: one very long chat, or many stories."""
    if r.random() < 0.8:
        t = []
        while sum(len(q) + len(an) + 50 for q, an in t) < chars:
            t += turns_of(r)
        return chat(t, dialog.system(r) if r.random() < 0.45 else None)
    out = []
    while sum(map(len, out)) < chars:
        out.append(stories.bare_story(r))
    return END.join(out)


def main():
    path, limit = sys.argv[1], float(sys.argv[2]) * 1e6
    r = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    size = 0
    with open(path, "w", encoding="utf-8") as f:
        while size < limit:
            text = long_document(r) if r.random() < 0.008 else document(r)
            f.write(text + "\0")
            size += len(text)


if __name__ == "__main__":
    main()
