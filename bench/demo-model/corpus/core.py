"""Helpers of the corpus: word forms, sentence forms and the ChatML layout."""
import re

IM_START, IM_END, END = "<|im_start|>", "<|im_end|>", "<|endoftext|>"

IRREGULAR = {
    "mouse": "mice", "goose": "geese", "sheep": "sheep", "fish": "fish", "deer": "deer", "child": "children",
    "man": "men", "woman": "women", "tooth": "teeth", "foot": "feet", "leaf": "leaves", "wolf": "wolves",
    "knife": "knives", "shelf": "shelves", "loaf": "loaves", "scarf": "scarves", "person": "people",
    "tomato": "tomatoes", "potato": "potatoes", "ox": "oxen", "wife": "wives", "half": "halves", "calf": "calves",
    "snowman": "snowmen", "fisherman": "fishermen", "thief": "thieves", "hero": "heroes", "elf": "elves",
}
AN_NOT = ("uni", "use", "eu", "one", "ukulele")


def a(noun):
    """'a fox', 'an owl'."""
    low = noun.lower()
    vowel = low[:1] in "aeiou" and not low.startswith(AN_NOT) or low.startswith(("hour", "honest"))
    return ("an " if vowel else "a ") + noun


def plural(noun):
    head, _, last = noun.rpartition(" ")
    if last in IRREGULAR:
        form = IRREGULAR[last]
    elif re.search(r"(s|x|z|ch|sh)$", last):
        form = last + "es"
    elif re.search(r"[^aeiou]y$", last):
        form = last[:-1] + "ies"
    else:
        form = last + "s"
    return (head + " " if head else "") + form


def cap(text):
    return text[:1].upper() + text[1:]


def join(words, last="and"):
    words = list(words)
    if len(words) == 1:
        return words[0]
    if len(words) == 2:
        return f"{words[0]} {last} {words[1]}"
    return ", ".join(words[:-1]) + f" {last} " + words[-1]


NUMBERS = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
           "seventeen eighteen nineteen twenty").split()

FEMALE = ("Ada Mia Lena Nora Ivy Ruby Rosa Clara Emma Anna Lily Maya Zoe Iris Olive Hazel Tess June Ella Sara Nina Dora "
          "Wren Luna Amy Kate Vera Alma Greta Frida Lucy Molly Penny Sofia Alice Eva Julia Maria Hanna Leah").split()
MALE = ("Tom Ben Max Leo Sam Otto Finn Jack Hugo Theo Noah Oscar Felix Paul Milo Emil Jonas Luke Adam Peter Karl Owen "
        "Hans Bruno Anton Simon David Marco Pablo Henry Arthur Toby Willy Bob Tim Jan Erik Axel Liam Omar").split()
SYL1 = "Ba Be Bo Da Do El Fa Fi Ga Go Ha Ja Ka Ki La Le Lo Ma Mi Mo Na Ni No Pa Pe Ra Ri Ro Sa Se Ta Te To Va Vi Wi Ya Za Zo".split()
SYL2 = "ba da di do ka ki la li lo ma mi mu na ni no ra ri ro sa shi ta ti va vo za zi bel dor fan gar len mar nor rin".split()
SYL3 = "n l r s x a o ia us in el k th".split()


def made_up(r):
    """A name that nobody has, so that the model learns to copy letters."""
    return r.choice(SYL1) + r.choice(SYL2) + (r.choice(SYL2) if r.random() < 0.3 else "") + r.choice(SYL3)


def person(r):
    """(name, gender)."""
    if r.random() < 0.5:
        return r.choice(FEMALE), "f"
    return r.choice(MALE), "m"


def any_name(r):
    return made_up(r) if r.random() < 0.4 else person(r)[0]


def style(r, text):
    """Makes a user's line look like one that somebody typed in a hurry, now and then."""
    x = r.random()
    if x < 0.14:
        text = text.lower()
    elif x < 0.20:
        text = text[:1].lower() + text[1:]
    if r.random() < 0.18:
        text = text.rstrip(".?!")
    elif r.random() < 0.05 and text[-1:] in ".?":
        text = text[:-1] + " please" + text[-1]
    if r.random() < 0.03:
        text = r.choice(["Hey, ", "Hello. ", "Hi! ", "OK, ", "So, ", "Please: ", "Quick question: ", "Nightjar, "]) + text
    return text


def ask(r, subject_question):
    """Other ways to put a plain question such as 'what is an owl'; the argument starts in lower case."""
    q = subject_question
    return r.choice([cap(q) + "?"] * 8 + [f"Can you tell me {indirect(q)}?", f"Do you know {indirect(q)}?",
                    f"Tell me {indirect(q)}.", f"I want to know {indirect(q)}.", f"Please tell me {indirect(q)}.",
                    f"Question: {q}?"])


def indirect(q):
    """'what is the capital of X' -> 'what the capital of X is' (only for such plain forms)."""
    m = re.match(r"(what|where|who|why|how) (is|are|does|do) (.*)$", q)
    if m and m.group(2) in ("is", "are") and m.group(1) in ("what", "where", "who") and len(m.group(3).split()) <= 5:
        return f"{m.group(1)} {m.group(3)} {m.group(2)}"
    return q


def turn(role, content):
    return f"{IM_START}{role}\n{content}{IM_END}\n"


def chat(turns, system=None):
    """turns: a list of (user, assistant), or of ready (role, content) triples marked by a leading None."""
    out = [turn("system", system)] if system else []
    for t in turns:
        if len(t) == 3:
            out.append(turn(t[1], t[2]))
        else:
            out.append(turn("user", t[0]))
            out.append(turn("assistant", t[1]))
    return "".join(out)
