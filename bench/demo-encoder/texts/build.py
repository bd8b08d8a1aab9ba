"""All groups, and which of their texts are kept away from training."""
import random
import zlib

from . import nature, people

SEED = 11

# theme: weight in training
THEMES = {"animals": 22, "colours": 5, "weather": 10, "places": 9, "food": 12, "greetings": 6, "sums": 8, "tales": 7, "words": 13, "scenes": 14}


def groups():
    """{theme: [Group]}, the same in every run."""
    r = random.Random(SEED)
    return {"animals": list(nature.animals()), "colours": list(nature.colours()), "weather": list(nature.weather(r, 1500)),
            "places": list(people.places()), "food": list(people.food(r, 1200)), "greetings": list(people.greetings()),
            "sums": list(people.sums(r, 1200)), "tales": list(people.tales(r, 1500)), "words": list(people.words()),
            "scenes": list(people.scenes(r, 2000))}


def is_held_out(text):
    """One text of twelve; by its letters, so that it is held out wherever it turns up."""
    return zlib.crc32(text.lower().encode()) % 12 == 0


def sloppy(r, text):
    """As somebody in a hurry would type it, now and then."""
    x = r.random()
    if x < 0.15:
        text = text.lower()
    if r.random() < 0.2:
        text = text.rstrip(".?!") or text
    return text
