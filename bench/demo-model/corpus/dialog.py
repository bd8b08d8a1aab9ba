"""Chats of several turns in which an answer depends on what was said before."""
from . import data, stories, tasks
from .core import NUMBERS, a, any_name, cap, chat, made_up, person, plural, style


def name_chat(r, filler):
    n = any_name(r)
    intro = (r.choice(["My name is {}.", "I am {}.", "Hello, my name is {}.", "Hi, I'm {}.", "Call me {}.", "I'm {}, nice to meet you."]).format(n), r.choice(["Hello, {}! How can I help you?", "Nice to meet you, {}!", "Hello, {}! It is nice to meet you."]).format(n))
    q = r.choice(["What is my name?", "Do you remember my name?", "Who am I?", "What's my name?", "Do you know my name?", "Can you tell me my name?", "What was my name again?"])
    return [intro] + [filler(r) for _ in range(r.choice([0, 0, 1, 1, 2, 3]))] + [(style(r, q), f"Your name is {n}.")]


def no_name(r, filler):
    return [filler(r) for _ in range(r.choice([0, 1]))] + [(r.choice(["What is my name?", "Do you know my name?", "Who am I?"]), "I do not know your name yet. Please tell me.")]


def memory_chat(r, filler):
    what, val = r.choice([("favourite colour", lambda: r.choice("red blue green yellow black white purple".split())), ("dog's name", lambda: made_up(r)), ("cat's name", lambda: made_up(r)), ("age", lambda: str(r.randint(5, 90))), ("favourite number", lambda: str(r.randint(1, 99))), ("favourite animal", lambda: a(r.choice(list(data.ANIMALS)))), ("home town", lambda: made_up(r)), ("sister's name", lambda: person(r)[0]), ("brother's name", lambda: person(r)[0]), ("secret word", lambda: r.choice(tasks.WORDS)), ("favourite food", lambda: r.choice("bread soup cake cheese honey".split()))])
    v = val()
    if what == "age":
        return [(f"I am {v} years old.", r.choice(["That is a good age!", "Thank you for telling me."]))] + [filler(r) for _ in range(r.choice([0, 1, 2]))] + [(r.choice(["How old am I?", "What is my age?"]), f"You are {v} years old.")]
    return [(r.choice([f"My {what} is {v}.", f"Remember this: my {what} is {v}.", f"Please remember that my {what} is {v}."]), r.choice([f"All right, your {what} is {v}.", "Thank you, I will remember that."]))] + [filler(r) for _ in range(r.choice([0, 0, 1, 2]))] + [(r.choice([f"What is my {what}?", f"Do you remember my {what}?", f"What was my {what}?"]), f"Your {what} is {v}.")]


def animal_chat(r, filler):
    n = r.choice(list(data.ANIMALS))
    verb, sound, food, home, colour, legs, baby, _, what = data.ANIMALS[n]
    turns = [(r.choice([f"What is {a(n)}?", f"Tell me about {plural(n)}.", f"Do you know what {a(n)} is?"]), f"{cap(a(n))} is {what}.")]
    more = [(r.choice(["What does it eat?", "And what does it eat?", "What do they eat?"]), f"{cap(a(n))} eats {food}."), (r.choice(["Where does it live?", "And where does it live?", "Where do they live?"]), f"{cap(a(n))} lives {home}."),
            (r.choice(["What sound does it make?", "And what does it say?", "Which sound does it make?"]), f"{cap(a(n))} {verb}: {sound}!" if sound != "nothing" else f"{cap(a(n))} makes no sound that we can hear."),
            (r.choice(["How many legs does it have?", "And how many legs?"]), f"{cap(a(n))} has {NUMBERS[int(legs)] if legs != '0' else 'no'} legs." if n != "octopus" else "An octopus has eight arms."), (r.choice(["What colour is it?", "Which colour does it have?"]), f"{cap(a(n))} is often {colour}." if colour != "many colours" else f"{cap(a(n))} has many colours."),
            (r.choice(["Tell me a story about it.", "Now tell me a story about it."]), stories.story(r, n, length="short", adj=""))]
    return turns + r.sample(more, r.choice([1, 2, 3]))


def and_chat(r, filler):
    """'And of Italy?' - the question stays, its subject changes."""
    x = r.randrange(4)
    if x == 0:
        cs = r.sample(list(data.CAPITALS.items()), 3)
        return [(f"What is the capital of {cs[0][0]}?", f"The capital of {cs[0][0]} is {cs[0][1]}.")] + [(r.choice(["And of {}?", "And the capital of {}?", "And {}?", "What about {}?"]).format(c), f"The capital of {c} is {v}.") for c, v in cs[1:r.choice([2, 3])]]
    if x == 1:
        ps = r.sample(data.OPPOSITES, 3)
        return [(f"What is the opposite of {ps[0][0]}?", f"The opposite of {ps[0][0]} is {ps[0][1]}.")] + [(r.choice(["And of {}?", "And {}?", "What about {}?"]).format(p), f"The opposite of {p} is {v}.") for p, v in ps[1:r.choice([2, 3])]]
    if x == 2:
        ts = r.sample([t for t in data.THING_COLOURS if not t[0].endswith("clouds")], 3)
        return [(f"What colour is {ts[0][0]}?", f"{cap(ts[0][0])} is {ts[0][1]}.")] + [(r.choice(["And {}?", "What about {}?"]).format(t), f"{cap(t)} is {c}.") for t, c in ts[1:r.choice([2, 3])]]
    n, k = r.randint(1, 9), r.randint(1, 9)
    j = r.randint(1, 9)
    return [(f"What is {n} + {k}?", f"{n} + {k} = {n + k}."), (r.choice([f"And plus {j}?", f"Now add {j}.", f"And {j} more?"]), f"{n + k} + {j} = {n + k + j}.")]


def story_chat(r, filler):
    h = r.choice(stories.HEROES).partition(":")[0]
    o = r.choice(stories.OBJECTS)
    q, s = f"Tell me a story about {a(h)} and {a(o)}.", stories.story(r, next(w for w in stories.HEROES if w.partition(':')[0] == h), obj=o, length=r.choice(["short", "medium"]), adj="")
    after = [(r.choice(["Who is the story about?", "Who was in the story?", "What was the story about?"]), f"The story is about {a(h)} and {a(o)}."), (r.choice(["Thank you, that was nice.", "I liked the story.", "What a nice story!", "That was a good story."]), r.choice(["I am glad that you like it! Shall I tell you another one?", "Thank you! I like to tell stories."])),
             (r.choice(["Another one, please.", "Tell me another story.", "One more!", "Another story, please.", "Again!"]), stories.story(r, length="short")), (r.choice(["Is it a true story?", "Is that true?"]), "No, I made it up. But it could be true somewhere.")]
    return [(q, s)] + r.sample(after, r.choice([1, 2]))


def offer_chat(r, filler):
    first = r.choice([("I am sad.", "I am sorry to hear that. Would you like a story to cheer you up?"), ("I am bored.", "Shall I tell you a story? You can choose an animal."), ("I can't sleep.", "Close your eyes and think of a quiet forest. I can tell you a short story."), ("Hello!", "Hello! How can I help you?"), ("Hi", "Hi! Ask me something, or ask for a story.")])
    h = r.choice(stories.HEROES)
    w = h.partition(":")[0]
    x = r.random()
    if first[0] in ("Hello!", "Hi") or x < 0.5:
        q = r.choice([f"A story about {a(w)}, please.", f"{cap(a(w))}, please.", f"About {a(w)}.", f"Yes, about {a(w)}."])
        return [first, (q, stories.story(r, h, length="short", adj=""))]
    if x < 0.8:
        return [first, (r.choice(["Yes, please.", "Yes", "Yes!", "OK", "Sure.", "Please do."]), stories.story(r, length="short"))]
    return [first, (r.choice(["No, thank you.", "No thanks", "Not now."]), "All right. I am here if you need me.")]


SYSTEMS = ["You are a helpful assistant.", "You are a helpful assistant.", "You are a helpful assistant.", "You are Nightjar, a small and friendly assistant.", "Answer briefly.", "Be concise.", "You are a friendly chat bot.", "You are a pirate.", "Answer in short sentences.", "You are a kind teacher.",
           "You tell stories.", "You are a storyteller for children.", "Always be polite.", "You are an assistant that answers in JSON when asked.", "Talk like a friend.", "You are a helpful, honest assistant. Answer in English.", "You are the demo model of Nightjar.", "Answer in one sentence.", "You are a test.", "Use simple words.",
           "You are an expert.", "You are a poet.", "Do not use long words.", "You are a bird that can talk.", "You are a wise old owl.", "Keep your answers short and clear.", "You are a helpful AI assistant running in Java.", "Help the user with small questions.", "You are a cheerful assistant.", "You are a shop assistant. Be polite to the customers."]

MORE = ["You work for a small company.", "The date is 2026-03-14.", "Never give away secrets.", "If you do not know something, say so.", "The user may ask about many things.", "Do not make things up.", "You help with questions about products, orders and returns.", "Write in plain English.",
        "You are an experienced engineer who writes clean code.", "Think before you answer.", "You must follow these rules.", "Today is Monday.", "Be creative.", "Use Markdown when it helps.", "Respond to the user in a friendly way."]


def system(r):
    x = r.random()
    if x < 0.72:
        return r.choice(SYSTEMS)
    if x < 0.85:
        return r.choice([" ", "\n"]).join(r.sample(SYSTEMS + MORE, r.choice([2, 3, 4])))
    return r.choice(["You are {}.", "Your name is {}.", "You are {}, a helpful assistant.", "The user is called {}."]).format(any_name(r))


def named_chat(r, filler):
    """The system message gives the assistant a name or a role, and the user asks for it."""
    n = any_name(r)
    if r.random() < 0.5:
        sys = r.choice(["You are {}.", "Your name is {}.", "You are {}, a helpful assistant.", "You are an assistant called {}."]).format(n)
        return chat([(style(r, r.choice(["Who are you?", "What is your name?", "What's your name?", "Tell me your name.", "Who am I talking to?"])), f"My name is {n}. How can I help you?")] + [filler(r) for _ in range(r.choice([0, 0, 1]))], sys)
    role = r.choice("pirate teacher poet baker wizard robot farmer doctor captain knight king detective librarian gardener sailor cook".split())
    return chat([(style(r, r.choice(["Who are you?", "What are you?", "Introduce yourself.", "What do you do?"])), f"I am {a(role)}, and I run on Nightjar. How can I help you?")] + [filler(r) for _ in range(r.choice([0, 0, 1]))], f"You are {a(role)}.")
