"""Food, greetings, places, sums, stories, words and little scenes."""
from corpus import data, facts, smalltalk, stories
from corpus.core import NUMBERS, a, cap, plural

from .group import Group
from .tables import BEASTS, DOES, EATERS, FOODS, MEALS, PEOPLE_DO, WHERE, WHO

LABELS_OF_WORDS = {"food": "bread cheese milk butter honey soup cake apple pear banana lemon potato carrot onion egg tea coffee fruit vegetable breakfast".split(),
                   "place": "island mountain hill valley desert forest village town city lake river".split(),
                   "weather": "rain snow wind fog storm thunder lightning rainbow".split(), "colour": ["colour"]}
DOUBTFUL = ("bird animal number story nest poem farm garden meadow jungle sea sky cloud sun ice water winter summer autumn spring holiday street "
            "bridge castle tower market fairy giant dragon mathematics mushroom").split()
THIRD = {"I", "you", "we", "they", "the children", "our guests"}


def places():
    for country, city in data.CAPITALS.items():
        yield Group(country, "capital", "place",
                    [f"What is the capital of {country}?", f"Which city is the capital of {country}?", f"Name the capital city of {country}.",
                     f"What is {country}'s capital?", f"Capital of {country}?"],
                    [f"The capital of {country} is {city}.", f"{city} is the capital of {country}.", f"{cap(country)} has the capital {city}.",
                     f"{city} is the most important city of {country}."])
        yield Group(city, "country", "place", [f"Where is {city}?", f"In which country is {city}?", f"To which country does {city} belong?"],
                    [f"{city} is in {country}.", f"{city} is a city in {country}.", f"The city {city} lies in {country}.", f"If you want to see {city}, travel to {country}."])


def food(r, count):
    for name, (what, made, taste) in FOODS.items():
        are = "are" if name.endswith("s") else "is"
        do = "do" if are == "are" else "does"
        yield Group(name, "what food", "food", [f"What {are} {name}?", f"Tell me about {name}.", f"What kind of food {are} {name}?"],
                    [f"{cap(name)} {are} {what}.", f"{cap(name)}: {what}.", f"{cap(what)}: {name}."])
        yield Group(name, "made", "food", [f"How {are} {name} made?", f"How do people eat {name}?", f"How do I cook {name}?"],
                    [f"{cap(name)} {are} {made}.", f"People know {name} that {are} {made}.", f"{cap(name)}, {made}, make a good meal."])
        yield Group(name, "taste", "food", [f"How {do} {name} taste?", f"What {do} {name} taste like?", f"Which taste {do} {name} have?"],
                    [f"{cap(name)} {'taste' if are == 'are' else 'tastes'} {taste}.", f"The taste of {name} is {taste}.", f"{cap(taste)} is the taste of {name}."])
    for _ in range(count):
        who, name, meal = r.choice(EATERS), r.choice(list(FOODS)), r.choice(MEALS)
        s = "" if who in THIRD else "s"
        drinks = name in ("tea", "coffee", "juice", "milk")
        eat, have = ("drink" if drinks else "eat") + s, "has" if s else "have"
        yield Group(f"{who} {meal}", f"meal of {name}", "food",
                    [f"What do{'es' if s else ''} {who} {eat.rstrip('s') if s else eat} {meal}?", f"Who has {name} {meal}?"],
                    [f"{cap(who)} {eat} {name} {meal}.", f"{cap(who)} {have} {name} {meal}.", f"{cap(who)} like{s} {name} {meal}.",
                     f"{cap(name)} {meal}: {who} {have} that."])


def greetings():
    tables = [("hello", smalltalk.HELLO, smalltalk.HELLO_A), ("how", smalltalk.HOW, smalltalk.HOW_A), ("thanks", smalltalk.THANKS, smalltalk.THANKS_A),
              ("bye", smalltalk.BYE, smalltalk.BYE_A)]
    for kind, asked, answers in tables:
        yield Group(kind, "greeting", "greeting", asked, answers)
    names = "Anna Tom Mia Ben Lena Max Ruby Otto Nora Paul".split()
    for name in names:
        yield Group(name, "greeting name", "greeting", [f"My name is {name}.", f"Hello, I am {name}.", f"Hi, call me {name}!"],
                    [f"Nice to meet you, {name}!", f"Hello, {name}! How can I help you?", f"Welcome, {name}!"])
    abouts = [("who", smalltalk.WHO, smalltalk.WHO_A), ("can", smalltalk.CAN, smalltalk.CAN_A), ("nightjar", smalltalk.NIGHTJAR, smalltalk.NIGHTJAR_A),
              ("java", smalltalk.JAVA, smalltalk.JAVA_A), ("limits", smalltalk.CANNOT, smalltalk.CANNOT_A)]
    for kind, asked, answers in abouts:
        yield Group(kind, "about the model", "other" if kind in ("nightjar", "java") else None, asked, answers)


def sums(r, count):
    for _ in range(count):
        op, x, y = r.choice("++-*"), r.randint(1, 12), r.randint(1, 12)
        if op == "-" and y > x:
            x, y = y, x
        z = {"+": x + y, "-": x - y, "*": x * y}[op]
        word = {"+": "plus", "-": "minus", "*": "times"}[op]
        wx, wy = NUMBERS[x], NUMBERS[y]
        wz = NUMBERS[z] if z <= 20 else str(z)
        yield Group(f"{x}{y}", f"sum {op}", "sum",
                    [f"What is {x} {op} {y}?", f"{x} {op} {y}", f"How much is {x} {word} {y}?", f"Calculate {x} {op} {y}.", f"What is {wx} {word} {wy}?",
                     f"{x}{op}{y}=", f"Can you compute {wx} {word} {wy}?"],
                    [f"{x} {op} {y} = {z}.", f"{x} {word} {y} is {z}.", f"{cap(wx)} {word} {wy} is {wz}.", f"The result of {x} {op} {y} is {z}."])


def tales(r, count):
    for _ in range(count):
        hero = r.choice(stories.HEROES).split(":")[0]
        adj, (_, place), thing = r.choice(stories.ADJ), r.choice(stories.PLACES), r.choice(stories.OBJECTS)
        who = a(f"{adj} {hero}")
        yield Group(hero, f"story {place}", "story",
                    [f"Tell me a story about {who} and {a(thing)}.", f"Write a tale about {who} with {a(thing)}.", f"I want to hear a story of {who} {place}.",
                     f"A story about {who}, please."],
                    [f"Once upon a time, {who} lived {place} with {a(thing)}.", f"Once upon a time there was {who} who found {a(thing)} {place}.",
                     f"Long ago, {who} lived {place} and had {a(thing)}.", f"There once was {who} {place} who had {a(thing)}."])


def label_of(word, what):
    for label, known in LABELS_OF_WORDS.items():
        if word in known:
            return label
    return None if "animal" in what or word in DOUBTFUL else "other"


def words():
    for word, what in data.DEFS:
        bare = word.split(" ", 1)[1] if word.startswith(("a ", "an ", "the ")) else word
        yield Group(bare, "definition", label_of(bare, what), [f"What is {word}?", f"Explain what {word} is.", f"What does {bare} mean?", f"Define {word}."],
                    [f"{cap(word)} is {what}.", f"{cap(what)} is called {word}.", f"{cap(bare)}: {what}."])
    for x, y in data.OPPOSITES:
        yield Group(x, "opposite", None, [f"What is the opposite of {x}?", f"Opposite of {x}?", f"Which word is the opposite of {x}?"],
                    [f"The opposite of {x} is {y}.", f"{cap(y)} is the opposite of {x}.", f"{cap(x)} and {y} are opposites."])
    for question, answer in data.WHY:
        bare = question.split(" ", 1)[1]
        yield Group(bare, "why", None, [f"Why {question}?", f"What is the reason: why {question}?", f"Explain why {question}."], [answer, f"The reason: {answer}"])
    for question, answer in facts.MISC:
        yield Group(question, "misc", None, [question, question.lower(), question.rstrip("?")], [answer, answer.rstrip(".")])


def scenes(r, count):
    """Paraphrases by other words for the same things."""
    for _ in range(count):
        i = r.randrange(len(WHO))
        beast = i < BEASTS
        who, where = WHO[i], r.choice(WHERE)
        does = r.choice(DOES if beast else DOES + PEOPLE_DO + PEOPLE_DO)
        texts = []
        for _ in range(6):
            w, d, p = r.choice(who), r.choice(does), r.choice(where)
            if w == who[1] and w.startswith(("the musicians", "the friends")) or w in ("the musicians", "some musicians", "two friends"):
                d = d.replace("is ", "are ", 1) if d.startswith("is ") else d.replace("has ", "have ", 1) if d.startswith("has ") else d
            texts.append(cap(f"{w} {d} {p}." if r.random() < 0.8 else f"{p}, {w} {d}."))
        yield Group(f"{who[0]} {where[0]}", f"scene {does[0]}", "animal" if beast else "other",
                    [f"What is {who[1]} doing {p}?" for p in where] + [f"Who {does[0]} {where[0]}?"], texts)
