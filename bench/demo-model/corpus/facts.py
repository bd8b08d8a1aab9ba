"""Simple questions with short answers: animals, capitals, opposites, sums, sequences, definitions, reasons."""
from . import data
from .core import NUMBERS, a, ask, cap, plural, style

DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()
SEASONS = "spring summer autumn winter".split()
PLANETS = "Mercury Venus Earth Mars Jupiter Saturn Uranus Neptune".split()
ALPHABET = [chr(c) for c in range(65, 91)]


def capital(r):
    country, city = r.choice(list(data.CAPITALS.items()))
    x = r.random()
    if x < 0.8:
        q = r.choice([ask(r, f"what is the capital of {country}")] * 3 + [
            f"What's the capital of {country}?", f"Capital of {country}?", f"Which city is the capital of {country}?", f"Name the capital of {country}.",
            f"Tell me the capital city of {country}.", f"What is {country}'s capital?", f"What is the capital city of {country}?", f"The capital of {country}?"])
        return q, (f"The capital of {country} is {city}." if r.random() < 0.93 else f"{city} is the capital of {country}.")
    if x < 0.9:
        q = r.choice([f"Where is {city}?", f"In which country is {city}?", f"What is {city}?", f"Which country has the capital {city}?"])
        return q, f"{city} is the capital of {country}."
    if r.random() < 0.5:
        return f"Is {city} the capital of {country}?", f"Yes, {city} is the capital of {country}."
    other = r.choice([c for c in data.CAPITALS.values() if c != city])
    return f"Is {other} the capital of {country}?", f"No, the capital of {country} is {city}."


def animal(r):
    n = r.choice(list(data.ANIMALS))
    verb, sound, food, home, colour, legs, baby, size, what = data.ANIMALS[n]
    an, kind = a(n), r.randrange(9)
    pl = cap(plural(n))
    if kind == 0:
        q = r.choice([f"What sound does {an} make?", f"What does {an} say?", f"Which sound does {an} make?", f"What noise does {an} make?", f"How does {an} sound?", f"What do {plural(n)} say?", f"Sound of {an}?"])
        if sound == "nothing":
            return q, f"{cap(an)} makes no sound that we can hear."
        return q, f"{cap(an)} {verb}: {sound}!"
    if kind == 1:
        q = r.choice([f"What does {an} eat?", f"What do {plural(n)} eat?", f"What food does {an} like?", f"What is the food of {an}?", f"What can I feed {an}?", f"Tell me what {plural(n)} eat.", f"Do you know what {an} eats?"])
        return q, f"{pl} eat {food}." if plural(n) in q else f"{cap(an)} eats {food}."
    if kind == 2:
        q = r.choice([f"Where does {an} live?", f"Where do {plural(n)} live?", f"Where can I find {an}?", f"What is the home of {an}?", f"Tell me where {an} lives."])
        return q, (f"{pl} live {home}." if plural(n) in q else f"{cap(an)} lives {home}.")
    if kind == 3:
        q = r.choice([f"What colour is {an}?", f"What color is {an}?", f"Which colour does {an} have?", f"What is the colour of {an}?"])
        return q, f"{cap(an)} has many colours." if colour == "many colours" else f"{cap(an)} is often {colour}."
    if kind == 4:
        num = NUMBERS[int(legs)] if legs != "0" else "no"
        q = r.choice([f"How many legs does {an} have?", f"How many legs do {plural(n)} have?", f"Does {an} have legs?", f"Number of legs of {an}?"])
        return q, f"{cap(an)} has {num} legs." if n != "octopus" else "An octopus has eight arms."
    if kind == 5:
        q = r.choice([f"What is a baby {n} called?", f"What do you call a baby {n}?", f"What is the young of {an} called?", f"Name of a baby {n}?"])
        return q, f"A baby {n} is called {a(baby)}." if not baby.startswith("baby") else f"A young {n} is just called {a(baby)}."
    if kind == 6:
        m = r.choice([k for k in data.ANIMALS if data.ANIMALS[k][7] != size])
        big, small = (n, m) if int(size) > int(data.ANIMALS[m][7]) else (m, n)
        x = r.random()
        if x < 0.4:
            return r.choice([f"Which is bigger, {an} or {a(m)}?", f"What is bigger: {an} or {a(m)}?", f"Who is larger, {an} or {a(m)}?"]), f"{cap(a(big))} is bigger than {a(small)}."
        if x < 0.7:
            return r.choice([f"Which is smaller, {an} or {a(m)}?", f"What is smaller: {an} or {a(m)}?"]), f"{cap(a(small))} is smaller than {a(big)}."
        yes = big == n
        return f"Is {an} bigger than {a(m)}?", (f"Yes, {an} is bigger than {a(m)}." if yes else f"No, {a(m)} is bigger than {an}.")
    long = r.random() < 0.3
    q = r.choice([ask(r, f"what is {an}"), ask(r, f"what is {an}"), f"Tell me about {plural(n)}.", f"Tell me something about {an}.", f"Describe {an}.", f"Explain what {an} is.", f"What do you know about {plural(n)}?", f"What are {plural(n)}?"])
    base = f"{cap(an)} is {what}."
    if "about" in q or "Describe" in q or long:
        base += r.choice([f" It lives {home} and eats {food}.", f" It lives {home}.", f" It eats {food}."])
    return q, base


def definition(r):
    w, d = r.choice(data.DEFS)
    q = r.choice([ask(r, f"what is {w}"), ask(r, f"what is {w}"), f"Explain what {w} is.", f"What does the word {w.split(' ', 1)[-1] if w.startswith(('a ', 'an ', 'the ')) else w} mean?", f"Explain {w}.", f"Tell me what {w} is.",
                  f"Define {w}.", f"What's {w}?", f"Can you explain {w}?", f"Can you explain what {w} is?", f"Describe {w} in one sentence.", f"Tell me about {w}.", f"Explain to me what {w} is.", f"What exactly is {w}?"])
    return q, f"{cap(w)} is {d}."


def opposite(r):
    x, y = r.choice(data.OPPOSITES)
    if r.random() < 0.5 and (x, y) != ("small", "large"):
        pairs = [o for o in data.OPPOSITES if o[0] == y or o[1] == y]
        if len(pairs) == 1:
            x, y = y, x
    q = r.choice([ask(r, f"what is the opposite of {x}")] * 3 + [f"Opposite of {x}?", f"What's the opposite of {x}?", f"Give me the opposite of {x}.", f"Which word is the opposite of {x}?", f"Name the opposite of {x}.", f"What is the opposite of \"{x}\"?"])
    return q, f"The opposite of {x} is {y}."


def colour(r):
    t, c = r.choice(data.THING_COLOURS)
    w = r.choice(["colour", "color"])
    if t.startswith(("a ", "an ")) and not t.startswith(("a fire", "a forest", "a nightjar")) and r.random() < 0.4:
        many = plural(t.split(" ", 1)[1])
        return r.choice([f"What {w} are {many}?", f"What {w} do {many} have?", f"Which {w} are {many}?", f"Tell me the {w} of {many}.", f"What is the {w} of {many}?"]), f"{cap(many)} are {c}."
    are = "are" if t.endswith("clouds") else "is"
    q = r.choice([f"What {w} {are} {t}?", f"Which {w} {are} {t}?", f"What {w} does {t} have?" if are == "is" else f"What {w} do {t} have?", f"What is the {w} of {t}?", f"Tell me the {w} of {t}.", f"Do you know the {w} of {t}?", f"{cap(t)}: which {w}?"])
    return q, f"{cap(t)} {are} {c}."


def mix(r):
    x, y, z = r.choice([("blue", "yellow", "green"), ("red", "yellow", "orange"), ("red", "blue", "purple"), ("black", "white", "grey"), ("red", "white", "pink")])
    if r.random() < 0.5:
        x, y = y, x
    return r.choice([f"What colour do {x} and {y} make?", f"What do you get when you mix {x} and {y}?", f"Mix {x} and {y}. Which colour is it?"]), f"{cap(x)} and {y} make {z}."


def spell_num(r, n):
    return NUMBERS[n] if r.random() < 0.2 and n <= 20 else str(n)


def arithmetic(r):
    op = r.choices("+-*c", [7, 4, 1, 1])[0]
    x, y = r.randint(0, 20), r.randint(0, 20)
    if r.random() < 0.75:                       # small sums first: they are what people try
        x, y = r.randint(1, 9), r.randint(1, 9)
    if r.random() < 0.1:
        y = x
    if op == "*":
        x, y = r.randint(0, 10), r.randint(0, 10)
    if op == "-" and y > x:
        x, y = y, x
    if op == "c":
        who = r.choice(["I have", "A fox has", "Tom has", "Mia has", "A baker has", "She has", "We have"])
        t = r.choice(["apples", "nuts", "coins", "eggs", "books", "candles", "stones", "cherries"])
        x, y = r.randint(1, 10), r.randint(1, 10)
        pro = {"I have": "you have", "A fox has": "the fox has", "A baker has": "the baker has", "She has": "she has", "We have": "you have"}.get(who, who)
        if r.random() < 0.6:
            n = x + y
            return f"{who} {x} {t} and {'get' if who in ('I have', 'We have') else 'gets'} {y} more. How many {t} is that?", f"{x} + {y} = {n}, so {pro} {n} {t}."
        y = r.randint(1, x)
        n = x - y
        return f"{who} {x} {t} and {'lose' if who in ('I have', 'We have') else 'loses'} {y}. How many {t} are left?", f"{x} - {y} = {n}, so {pro} {n} {t}."
    word = {"+": ["+", "+", "+", "plus", "and"], "-": ["-", "-", "-", "minus"], "*": ["*", "times", "x", "×"]}[op]
    w, n = r.choice(word), {"+": x + y, "-": x - y, "*": x * y}[op]
    sp = "" if w in "+-*x×" and r.random() < 0.25 else " "
    e = f"{spell_num(r, x)}{sp}{w}{sp}{spell_num(r, y)}" if sp else f"{x}{w}{y}"
    q = r.choice([f"What is {e}?"] * 5 + [f"{e}", f"{e} = ?", f"{e}=", f"How much is {e}?", f"Calculate {e}.", f"What's {e}?", f"Please calculate {e}.", f"Can you tell me what {e} is?", f"Compute {e}.", f"{e}?", f"Solve {e}."])
    if w == "and":
        q = f"What is the sum of {x} and {y}?"
    s = {"+": "+", "-": "-", "*": "×"}[op]
    return q, f"{x} {s} {y} = {n}."


def number(r):
    x = r.randrange(12)
    if x == 0:
        n = r.randint(1, 99)
        q = f"Is {n} even or odd?"
        return q, f"{n} is {'even' if n % 2 == 0 else 'odd'}."
    if x == 1:
        n, m = r.sample(range(1, 60), 2)
        return r.choice([f"Which is bigger, {n} or {m}?", f"Which number is larger: {n} or {m}?", f"Is {n} or {m} the bigger number?"]), f"{max(n, m)} is bigger than {min(n, m)}."
    if x == 2:
        n = r.randint(0, 98)
        d = r.choice([1, -1]) if n else 1
        return (f"Which number comes after {n}?" if d > 0 else f"Which number comes before {n}?"), f"{n + d} comes {'after' if d > 0 else 'before'} {n}."
    n = r.choice([3, 3, 4, 5, 5, 5, 5, 6, 7, 8, 9, 10, 10, 10, 12])
    back = r.random() < 0.15
    words = r.random() < 0.15
    to = NUMBERS[n] if r.random() < 0.5 else str(n)
    seq = [NUMBERS[i] if words else str(i) for i in range(1, n + 1)]
    if back:
        q = r.choice([f"Count down from {to}.", f"Count backwards from {to}.", f"Please count down from {to} to one."])
        seq = seq[::-1]
    elif words:
        q = r.choice([f"Count to {to} in words.", f"Write the numbers from one to {NUMBERS[n]} as words.", f"Count from one to {NUMBERS[n]} in words."])
        if r.random() < 0.3:
            return q, cap(", ".join(seq)) + "."
    else:
        q = r.choice([f"Count to {to}.", f"Count to {to}.", f"Can you count to {to}?", f"Please count to {to}.", f"Count from one to {to}.", f"Count from 1 to {n}.", f"List the numbers from 1 to {n}."])
    return q, cap(", ".join(seq)) + "."


def order(r):
    seq, what = r.choice([(DAYS, "day"), (DAYS, "day"), (MONTHS, "month"), (MONTHS, "month"), (SEASONS, "season"), (ALPHABET, "letter")])
    i = r.randrange(len(seq))
    cyc = lambda k: seq[k % len(seq)]
    if what == "letter":
        i = r.randrange(1, 25)
    x = r.random()
    if x < 0.4:
        return r.choice([f"Which {what} comes after {seq[i]}?", f"What comes after {seq[i]}?", f"What {what} follows {seq[i]}?", f"What is the {what} after {seq[i]}?"]), f"{cap(cyc(i + 1))} comes after {seq[i]}."
    if x < 0.7:
        return r.choice([f"Which {what} comes before {seq[i]}?", f"What comes before {seq[i]}?", f"What is the {what} before {seq[i]}?"]), f"{cap(cyc(i - 1))} comes before {seq[i]}."
    if what == "day":
        if r.random() < 0.5:
            k = r.choice(["Today is", "If today is", "It is"])
            return f"{k} {seq[i]}{', what' if k[0] == 'I' and k != 'It is' else '. What'} day is tomorrow?", f"Tomorrow is {cyc(i + 1)}."
        return r.choice(["How many days are in a week?", "How many days does a week have?", "How many days has a week?"]), "A week has seven days."
    if what == "month":
        return r.choice([("How many months are in a year?", "A year has twelve months."), ("How many months does a year have?", "A year has twelve months."), ("What is the first month of the year?", "The first month of the year is January."), ("What is the last month of the year?", "The last month of the year is December."), ("How many days are in a year?", "A year has 365 days."), ("What is the shortest month?", "The shortest month is February.")])
    if what == "season":
        return r.choice([("How many seasons are there?", "There are four seasons: spring, summer, autumn and winter."), ("Which season is the coldest?", "Winter is the coldest season."), ("Which season is the warmest?", "Summer is the warmest season."), ("Name the four seasons.", "The four seasons are spring, summer, autumn and winter."), ("When do the leaves fall?", "The leaves fall in autumn."), ("In which season does it snow?", "It snows in winter.")])
    return r.choice([("What is the first letter of the alphabet?", "The first letter of the alphabet is A."), ("What is the last letter of the alphabet?", "The last letter of the alphabet is Z."), ("How many letters does the alphabet have?", "The English alphabet has 26 letters.")])


def why(r):
    q, an = r.choice(data.WHY)
    form = r.choice([f"Why {q}?"] * 6 + [f"Can you tell me why {q}?", f"Do you know why {q}?", f"Explain: why {q}?", f"Please tell me: why {q}?", f"why {q}"])
    if form.startswith(("Can", "Do you")):   # indirect questions need the other word order; keep the direct form instead
        form = f"Why {q}, do you know?"
    return form, an


def rhyme(r):
    group = r.choice([g for g in data.RHYMES if len(g) > 1])
    w = r.choice(group)
    rest = [g for g in group if g != w]
    if r.random() < 0.25 and len(rest) >= 2:
        return f"Give me two words that rhyme with {w}.", f"{cap(rest[0])} and {rest[1]} rhyme with {w}."
    q = r.choice([f"What rhymes with {w}?", f"Which word rhymes with {w}?", f"Give me a word that rhymes with {w}.", f"Find a rhyme for {w}.", f"A rhyme for {w}?", f"Tell me a word that rhymes with {w}."])
    return q, f"{cap(rest[0] if r.random() < 0.7 else r.choice(rest))} rhymes with {w}."


def translate(r):
    lang = r.choice(list(data.WORDS_TO))
    en, fo = r.choice(data.WORDS_TO[lang].split()).split(":")
    q = r.choice([f"What is \"{en}\" in {lang}?", f"How do you say {en} in {lang}?", f"Translate {en} to {lang}.", f"What does {en} mean in {lang}?", f"What is the {lang} word for {en}?", f"Translate \"{en}\" into {lang}.", f"How do I say \"{en}\" in {lang}?"])
    return q, f"\"{cap(en)}\" is \"{fo}\" in {lang}."


MISC = [x.split("|") for x in """How many legs does a spider have?|A spider has eight legs.
How many hours are in a day?|A day has twenty-four hours.
How many minutes are in an hour?|An hour has sixty minutes.
What is the largest animal?|The blue whale is the largest animal.
What is the biggest animal in the world?|The blue whale is the biggest animal in the world.
What is the tallest animal?|The giraffe is the tallest animal.
What is the fastest animal?|The cheetah is the fastest animal on land.
What is the highest mountain?|The highest mountain is Mount Everest.
What is the longest river?|The Nile is one of the longest rivers in the world.
What is the biggest planet?|Jupiter is the biggest planet.
What is the largest ocean?|The Pacific is the largest ocean.
How many planets are there?|There are eight planets around our sun.
Which planet do we live on?|We live on the planet Earth.
Which planet is red?|Mars is the red planet.
What do plants need?|Plants need light, water and air.
What do bees make?|Bees make honey.
What do cows give?|Cows give milk.
What do hens lay?|Hens lay eggs.
Where does milk come from?|Milk comes from cows.
Where does honey come from?|Honey comes from bees.
Where does wool come from?|Wool comes from sheep.
Where does the sun rise?|The sun rises in the east.
Where does the sun set?|The sun sets in the west.
When does the sun rise?|The sun rises in the morning.
What shines at night?|The moon and the stars shine at night.
What is water made of?|Water is made of hydrogen and oxygen.
What is bread made of?|Bread is made of flour, water and a little salt.
What is paper made of?|Paper is made of wood.
What is glass made of?|Glass is made of sand.
What is ice made of?|Ice is made of frozen water.
What is snow made of?|Snow is made of small crystals of ice.
How many wheels does a bicycle have?|A bicycle has two wheels.
How many wheels does a car have?|A car has four wheels.
How many sides does a triangle have?|A triangle has three sides.
How many sides does a square have?|A square has four sides.
How many fingers does a hand have?|A hand has five fingers.
How many eyes do people have?|People have two eyes.
Is the earth flat?|No, the earth is round.
Is the sun a star?|Yes, the sun is a star.
Is the moon a planet?|No, the moon travels around the earth. It is not a planet.
Is ice cold?|Yes, ice is cold.
Is fire hot?|Yes, fire is hot.
Can birds fly?|Most birds can fly, but penguins cannot.
Can penguins fly?|No, penguins cannot fly, but they swim very well.
Can fish fly?|No, fish swim in the water.
Can pigs fly?|No, pigs cannot fly.
Can dogs swim?|Yes, most dogs can swim.
Can cats see in the dark?|Cats see very well when there is little light.
Do fish sleep?|Yes, fish rest, but they keep their eyes open.
Is a whale a fish?|No, a whale is a mammal.
Is a bat a bird?|No, a bat is a mammal that can fly.
Is a spider an insect?|No, a spider has eight legs, and an insect has six.
Is a tomato a fruit?|Yes, a tomato is a fruit, but we eat it like a vegetable.
At what temperature does water freeze?|Water freezes at zero degrees Celsius.
At what temperature does water boil?|Water boils at one hundred degrees Celsius.
What is heavier, iron or wood?|Iron is heavier than wood.
What do you do when it rains?|When it rains, it is good to take an umbrella.
What do you do with an umbrella?|You hold an umbrella over your head in the rain.
What is the meaning of life?|Nobody knows it for sure, but being kind is a good start.
How do birds fly?|Birds beat their wings and the air carries them.
How do fish breathe?|Fish breathe with gills, under water.
How do bees make honey?|Bees gather nectar from flowers and turn it into honey in the hive.
How do I make tea?|Boil water, pour it over the tea leaves, wait three minutes and enjoy.
How do you make bread?|Mix flour, water, salt and yeast, let the dough rest, and bake it.
How do you make soup?|Cut vegetables, boil them in water, add salt and stir.
How do I plant a tree?|Dig a hole, set the young tree in it, fill in the earth and water it well.
How do I cook an egg?|Put the egg into boiling water and wait about six minutes.
How do I sleep better?|Go to bed at the same time each day and keep the room dark and quiet.
How do I make a friend?|Be kind, listen well and spend time together.
Who lives in a hive?|Bees live in a hive.
Who lives in a nest?|Birds live in a nest.
Who bakes bread?|A baker bakes bread.
Who helps sick people?|A doctor helps sick people.
Who puts out fires?|Firefighters put out fires.
What language do people speak in France?|People speak French in France.
What language do people speak in Brazil?|People speak Portuguese in Brazil.
What language do people speak in Germany?|People speak German in Germany.
What language do people speak in Mexico?|People speak Spanish in Mexico.
On which continent is Egypt?|Egypt is in Africa.
On which continent is Japan?|Japan is in Asia.
On which continent is France?|France is in Europe.
How many continents are there?|There are seven continents.""".split("\n")]


def misc(r):
    q, an = r.choice(MISC)
    return q, an


FACTS = [(capital, 8), (animal, 16), (definition, 14), (opposite, 6), (colour, 7), (mix, 1), (arithmetic, 18), (number, 9), (order, 5), (why, 5), (rhyme, 3), (translate, 2), (misc, 6)]


def fact(r):
    q, an = r.choices([f for f, _ in FACTS], [w for _, w in FACTS])[0](r)
    return style(r, q), an
