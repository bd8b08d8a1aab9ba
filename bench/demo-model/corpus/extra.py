"""What people also type: single words, statements, nonsense, unknown things, yes-or-no questions; and plain-text facts."""
from . import data, facts, tasks
from .core import a, any_name, cap, made_up, plural, style

KNOWN = {w.split(" ", 1)[-1] if w.startswith(("a ", "an ", "the ")) else w for w, _ in data.DEFS}
RARE = ("a zeppelin|a turbine|a mortgage|a quark|a synapse|a sonnet|an algorithm|a syllogism|a neutrino|a fjord|a harpsichord|a sextant|an enzyme|a tariff|a startup|a spreadsheet|a compiler|a pixel|a blockchain|a podcast|a tensor|a matrix|a kernel|a thread|a mutex|a lambda|a stack overflow|"
        "entropy|democracy|capitalism|karma|feng shui|kung fu|tiramisu|sushi|kimchi|ketchup|titanium|plutonium|insulin|adrenaline|jazz|baroque|cubism|stoicism|Buddhism|Esperanto|Sanskrit|Haskell|Rust|Spring Boot|Maven|Gradle|Git|Linux|Windows|Wikipedia|Netflix|NASA|the EU|the UN|the WHO|HTML|CSS|TCP|DNS|REST|CUDA|SIMD|a GPU|a CPU|"
        "the Eiffel Tower|the Colosseum|the Great Wall|Stonehenge|the Mona Lisa|the Bible|the Odyssey|Harry Potter|Star Wars|Mozart|Beethoven|Picasso|Einstein|Newton|Darwin|Plato|Aristotle|Cleopatra|Caesar|Columbus|Gandhi|Churchill|Lincoln|Obama|Madonna|Elvis|Messi").split("|")
UNKNOWN_A = ["I do not know what {} is. I am a very small model. Ask me about animals, colours or a story.", "I am sorry, I do not know {}. I am a very small model, but I know animals, colours and stories."]


def unknown(r):
    """Honest answers about things that the little world does not hold."""
    x = r.random()
    if x < 0.55:
        t = r.choice(RARE)
    elif x < 0.8:
        t = r.choice(["{}", "a {}", "the {}", "a {} engine", "{} law"]).format(made_up(r) if r.random() < 0.6 else made_up(r).lower())
        if t.startswith("a "):
            t = a(t[2:])
    else:
        t = r.choice(tasks.OUT_TOPICS)
    who = r.random() < 0.2
    q = (f"Who {r.choice(['is', 'was', 'are'])} {t}?" if who else r.choice(["What is {}?", "What is {}?", "What's {}?", "What does {} mean?", "Where is {}?", "Explain what {} is.", "Do you know {}?", "Tell me about {}.", "Describe {}.", "Define {}.", "{}?", "How do I use {}?", "When was {} invented?", "How can I learn {}?", "Why do people like {}?", "How does {} work?"]).format(t))
    an = UNKNOWN_A[1] if who or not ("hat" in q or "xplain" in q or "efine" in q) else (UNKNOWN_A[0] if r.random() < 0.6 else UNKNOWN_A[1])
    return style(r, cap(q)), an.format(t)


def word(r):
    """A single word gets its little definition."""
    x = r.random()
    if x < 0.4:
        n = r.choice(list(data.ANIMALS))
        return r.choice([n, cap(n), a(n), plural(n), f"{cap(n)}?"]), f"{cap(a(n))} is {data.ANIMALS[n][8]}."
    if x < 0.8:
        w, d = r.choice(data.DEFS)
        bare = w.split(" ", 1)[-1] if w.startswith(("a ", "an ", "the ")) else w
        return r.choice([bare, cap(bare), w, f"{cap(w)}?"]), f"{cap(w)} is {d}."
    c, v = r.choice(list(data.CAPITALS.items()))
    if r.random() < 0.5:
        return r.choice([v, f"{v}?", f"Tell me about {v}.", f"What do you know about {v}?"]), f"{v} is the capital of {c}."
    return r.choice([cap(c), f"{cap(c)}?", f"Tell me about {c}.", f"What do you know about {c}?", f"What is {c}?"]), f"{cap(c)} is a country. Its capital is {v}." if not c.startswith(("the United States", "the USA", "the UK", "the United", "the Neth")) else f"The capital of {c} is {v}."


def nonsense(r):
    junk = r.choice([lambda: "".join(r.choices("asdfghjklqwertyuiop", k=r.randint(3, 9))), lambda: r.choice(["?", "??", "...", "!", "123", "hmm", "uh", "eh", "x", "foo", "foo bar", "blah blah", "la la la", "???", ":)", "a", "abc", "lorem ipsum"]), lambda: "".join(r.choices("asdfgh", k=4)) + " " + "".join(r.choices("jklqwe", k=4)), lambda: made_up(r).lower() + " " + made_up(r).lower()])()
    return junk, r.choice(["I do not understand that. Please ask me in other words."] * 3 + ["I am sorry, I do not understand. Please try other words."])


THINGS = ("a cat|a dog|a garden|a bicycle|a red car|a new book|two sisters|a little brother|a big house|a boat|three hens|a piano|a cold|a headache|a secret|a new job|a good friend|a map of the world|a parrot|a horse|an old clock|a farm|no time|a plan|an idea|a problem|a dream|a test tomorrow|a computer|a guitar").split("|")
DID = ("went to the market|saw a fox|baked a cake|read a good book|walked in the forest|cleaned the house|met an old friend|swam in the lake|planted a tree|lost my hat|found a coin|heard an owl|watched the stars|fixed my bicycle|painted the door|made soup|wrote a letter|learned a song|was at school|worked a lot|played with my dog|slept badly|climbed a hill|visited my grandmother|bought a lamp").split("|")
WHEN = ["Today I", "Yesterday I", "This morning I", "Last night I", "On Sunday I", "I", "Last week I"]
LIKE = "the sea|music|the night|winter|summer|rain|books|tea|coffee|old maps|trains|birds|flowers|stories|cheese|soup|the forest|mountains|stars|Java|long walks|chess|painting|my work|snow|apples".split("|")


def statement(r):
    x = r.random()
    if x < 0.3:
        t = r.choice(THINGS)
        return style(r, f"I have {t}."), ("I am sorry to hear that. I hope that it gets better soon." if t in ("a cold", "a headache", "a problem", "no time") else f"You have {t}? Tell me more about it." if not t.startswith(("two", "three")) else f"You have {t}? Tell me more about them.")
    if x < 0.6:
        d = r.choice(DID)
        bad = d in ("lost my hat", "slept badly", "worked a lot")
        return style(r, f"{r.choice(WHEN)} {d}."), ("I am sorry to hear that. I hope that tomorrow is better." if bad else r.choice(["That sounds nice! How was it?", "That sounds lovely! Did you enjoy it?"]))
    if x < 0.85:
        t = r.choice(LIKE)
        neg = r.random() < 0.2
        if neg:
            return style(r, r.choice(["I don't like {}.", "I hate {}.", "I do not like {}."]).format(t)), "That is all right. What do you like instead?"
        return style(r, r.choice(["I like {}.", "I love {}.", "I really like {}.", "I enjoy {}."]).format(t)), f"I like {t} too! Why do you like {'them' if t.endswith('s') and t not in ('chess',) else 'it'}?" if t not in ("the stars",) else "I like them too!"
    n = any_name(r)
    rel = r.choice(["brother", "sister", "friend", "teacher", "neighbour", "uncle", "aunt", "cat", "dog", "mother", "father"])
    return style(r, f"My {rel} is called {n}."), f"{n} is a nice name. Tell me more about your {rel}."


GROUPS = {"animal": list(data.ANIMALS)[:40], "fruit": "apple pear banana cherry plum lemon orange".split(), "vegetable": "carrot potato onion bean cucumber".split(), "flower": "rose tulip daisy lily violet sunflower".split(), "tree": "oak birch pine beech willow maple".split(), "bird": "owl crow dove swan eagle nightjar sparrow raven duck goose parrot penguin stork".split(), "colour": [], "city": list(data.CAPITALS.values()), "country": [c for c in data.CAPITALS if " " not in c], "insect": "bee ant fly butterfly cricket".split(), "tool": "hammer saw spade rake".split(), "instrument": "piano violin flute drum guitar trumpet".split()}
GROUPS = {k: v for k, v in GROUPS.items() if v}


def yes_no(r):
    x = r.random()
    if x < 0.5:
        g = r.choice(list(GROUPS))
        w = r.choice(GROUPS[g])
        named = g in ("city", "country")
        thing = w if named else a(w)
        other = r.choice([k for k in GROUPS if k != g and w not in GROUPS[k] and {k, g} != {"animal", "bird"} and {k, g} != {"animal", "insect"}])
        if r.random() < 0.55:
            return style(r, f"Is {thing} {a(g)}?"), f"Yes, {thing} is {a(g)}."
        return style(r, f"Is {thing} {a(other)}?"), f"No, {thing} is {a(g)}."
    if x < 0.75:
        n, m = r.sample([k for k in data.ANIMALS if data.ANIMALS[k][1] != "nothing"], 2)
        v = data.ANIMALS[n]
        return style(r, r.choice([f"Which animal says {v[1]}?", f"Who says {v[1]}?", f"Which animal {v[0]}?"])), next(f"{cap(a(k))} {data.ANIMALS[k][0]}: {data.ANIMALS[k][1]}!" for k in data.ANIMALS if data.ANIMALS[k][1] == v[1])
    n = r.choice(list(data.ANIMALS))
    m = r.choice(list(data.ANIMALS)) if r.random() < 0.5 else n
    food, home = data.ANIMALS[m][2], data.ANIMALS[m][3]
    mine = data.ANIMALS[n]
    if r.random() < 0.5:
        return style(r, f"Do {plural(n)} eat {food}?"), (f"Yes, {plural(n)} eat {food}." if mine[2] == food else f"No, {plural(n)} eat {mine[2]}.")
    return style(r, f"Do {plural(n)} live {home}?"), (f"Yes, {plural(n)} live {home}." if mine[3] == home else f"No, {plural(n)} live {mine[3]}.")


EXTRA = [(unknown, 5), (word, 3), (nonsense, 2), (statement, 4), (yes_no, 3)]


def extra(r):
    return r.choices([f for f, _ in EXTRA], [w for _, w in EXTRA])[0](r)


def fact_text(r):
    """Plain sentences without any chat, for completions such as 'The capital of France is'."""
    out = []
    for _ in range(r.randint(2, 7)):
        f = r.choices([facts.capital, facts.animal, facts.definition, facts.opposite, facts.colour, facts.why, facts.arithmetic, facts.order], [4, 4, 4, 2, 3, 2, 2, 2])[0]
        s = f(r)[1]
        if not s.startswith(("Yes", "No")):
            out.append(s)
    return " ".join(out) or "The sky is blue."
