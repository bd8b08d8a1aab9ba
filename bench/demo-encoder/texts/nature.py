"""Animals, colours and the weather."""
from corpus import data
from corpus.core import NUMBERS, a, cap, plural

from .group import Group
from .tables import CITIES, TIMES, WEATHER

AUXILIARIES = {"eat": "eats", "live": "lives"}


def animals():
    for name, row in data.ANIMALS.items():
        yield from animal(name, *row)


def animal(n, verb, sound, food, home, colour, legs, baby, size, what):
    an, many = a(n), plural(n)
    An, Many = cap(an), cap(many)

    def group(kind, questions, statements):
        return Group(n, kind, "animal", questions, statements)

    yield group("eats", [f"What does {an} eat?", f"What do {many} eat?", f"What is the food of {an}?", f"What can I feed {an}?",
                         f"What do {many} like to eat?", f"Which food does {an} need?"],
                [f"{An} eats {food}.", f"{Many} eat {food}.", f"{Many} live on {food}.", f"{cap(food)}: that is what {many} eat.",
                 f"The {n} looks for {food}.", f"{An} feeds on {food}."])
    yield group("lives", [f"Where does {an} live?", f"Where do {many} live?", f"Where can I find {an}?", f"What is the home of {an}?",
                          f"In which place do {many} live?"],
                [f"{An} lives {home}.", f"{Many} live {home}.", f"You can find {many} {home}.", f"The home of the {n} is {home}.",
                 f"{cap(home)} you may meet {an}."])
    if colour != "many colours":
        yield Group(n, "colour of animal", None, [f"What colour is {an}?", f"Which colour do {many} have?", f"What is the colour of {an}?",
                                                  f"What do {many} look like?"],
                    [f"{An} is often {colour}.", f"{Many} are {colour}.", f"The {n} is {colour}.", f"The colour of {an} is {colour}."])
    yield group("baby", [f"What is a baby {n} called?", f"What do you call a baby {n}?", f"What is the young of {an} called?"],
                [f"A baby {n} is called {a(baby)}.", f"The young of {an} is {a(baby)}.", f"{cap(a(baby))} is a young {n}."])
    count = NUMBERS[int(legs)] if legs != "0" else "no"
    yield group("legs", [f"How many legs does {an} have?", f"How many legs do {many} have?", f"On how many legs does {an} walk?"],
                [f"{An} has {count} legs.", f"{Many} have {count} legs.", f"The {n} has {count} legs."])
    if sound != "nothing":
        yield group("sound", [f"What sound does {an} make?", f"What does {an} say?", f"Which noise do {many} make?", f"How does {an} sound?"],
                    [f"{An} {verb}: {sound}!", f"The {n} {verb}.", f"{cap(sound)}, says the {n}.", f"You hear that the {n} {verb}."])
    yield group("is", [f"What is {an}?", f"Tell me about {many}.", f"Describe {an}.", f"What kind of animal is {an}?"],
                [f"{An} is {what}.", f"The {n} is {what}.", f"{cap(what)} is called {an}.", f"{Many}: {what}."])


def colours():
    for thing, colour in data.THING_COLOURS:
        are = "are" if thing.endswith("clouds") else "is"
        yield Group(thing, "colour", "colour",
                    [f"What colour {are} {thing}?", f"Which colour {are} {thing}?", f"What is the colour of {thing}?",
                     f"Do you know the color of {thing}?"],
                    [f"{cap(thing)} {are} {colour}.", f"The colour of {thing} is {colour}.", f"{cap(thing)} has the colour {colour}.",
                     f"{cap(colour)} is the colour of {thing}."])
    mixes = [("blue", "yellow", "green"), ("red", "yellow", "orange"), ("red", "blue", "purple"), ("black", "white", "grey"), ("red", "white", "pink")]
    for x, y, z in mixes:
        yield Group(z, "mix", "colour", [f"What colour do {x} and {y} make?", f"What do you get when you mix {x} and {y}?", f"How do I mix {z}?"],
                    [f"{cap(x)} and {y} make {z}.", f"If you mix {y} with {x}, you get {z}.", f"{cap(z)} is a mix of {x} and {y}."])


def weather(r, count):
    """The weather of many places and times, so that both have to be read."""
    for _ in range(count):
        name, (words, statements, advice) = r.choice(list(WEATHER.items()))
        city, time = r.choice(CITIES), r.choice(TIMES)
        place = r.choice([f"in {city}", f"in {city}", "here", "in the mountains", "by the sea", "in the village"])
        word = r.choice(words)
        yield Group(f"{place} {time}", f"weather {name}", "weather",
                    [f"Will there be {word} {place} {time}?", f"Is there {word} {place} {time}?", f"What is the weather {place} {time}, {word}?"],
                    [s.format(place=place, time=time) for s in statements]
                    + [cap(s.format(place=place, time=time)) for s in advice])
