"""Chats with JSON answers and with Hermes tool calls."""
import json

from . import data
from .core import any_name, cap, made_up, person, style, turn

CITIES = list(data.CAPITALS.values()) + "Hamburg Munich Milan Porto Bristol Leeds Boston Chicago Denver Seattle Dallas Toronto Osaka Mumbai Sydney Lyon Basel Graz Ghent Bergen Turin Paris Paris London Berlin Tokyo Naples Zurich Geneva Boston Austin Kiel".split() + ["New York", "San Francisco", "Los Angeles", "Hong Kong", "Cape Town", "Rio de Janeiro", "Mexico City"]
THINGS = ["red shoes", "apple pie", "night birds", "old maps", "green tea", "the history of Rome", "cheap flights", "Java engines", "cat pictures", "wooden boats", "pumpkin soup", "the tallest tree", "bread recipes", "blue paint", "moon phases", "garden tools", "train tickets", "jazz music", "nightjar", "owls"]
TEXTS = ["Buy milk", "Call the baker", "See you at five", "The key is under the mat", "Happy birthday", "I am late", "Feed the cat", "Water the roses", "Meeting at noon", "Bring the blue umbrella", "Good night", "Dinner is ready", "Pay the rent", "Read the letter"]


def thing(r):
    return r.choice(THINGS) if r.random() < 0.7 else f"{made_up(r).lower()} {r.choice(['stone', 'book', 'lamp', 'bird', 'song', 'map'])}"


def city(r):
    return r.choice(CITIES) if r.random() < 0.75 else made_up(r)


S = lambda d="": {"type": "string", **({"description": d} if d else {})}
N = lambda d="", t="integer": {"type": t, **({"description": d} if d else {})}


def weather(r):
    p, c = r.choice(["city", "location", "city", "location", "place", "town"]), city(r)
    q = r.choice(["What is the weather in {}?", "What's the weather like in {}?", "How is the weather in {}?", "Is it raining in {}?", "Tell me the weather in {}.", "Do I need an umbrella in {}?", "Weather in {}?", "How warm is it in {}?", "What is the temperature in {} today?", "Will it be sunny in {}?", "Please check the weather in {}."]).format(c)
    props, args = {p: S(r.choice(["The city", "Name of the city", "City name", ""]))}, {p: c}
    if r.random() < 0.25:
        u = r.choice(["celsius", "fahrenheit"])
        props["unit"] = {"type": "string", "enum": ["celsius", "fahrenheit"]}
        if r.random() < 0.6:
            q = q[:-1] + f" in {cap(u)}" + q[-1]
            args["unit"] = u
    t, sky = r.randint(-9, 35), r.choice(["sunny", "cloudy", "rainy", "clear", "foggy", "windy", "snowy"])
    key = r.choice([("temperature", "condition"), ("temp", "sky"), ("temperature", "weather"), ("temp_c", "condition"), ("degrees", "sky")])
    res = r.choice([json.dumps({key[0]: t, key[1]: sky}), json.dumps({key[1]: sky, key[0]: t}), f"{t} degrees, {sky}", f"{sky}, {t} C", json.dumps({p: c, key[0]: t, key[1]: sky})])
    return r.choice(["get_weather", "get_weather", "weather", "current_weather", "get_current_weather", "weather_lookup"]), r.choice(["Get the weather of a city", "Returns the current weather for a city", "Current weather", "Get the current weather in a given location"]), props, [p], q, args, res, f"In {c} it is {sky} at {t} degrees."


def time(r):
    p, c = r.choice(["city", "location", "timezone", "place"]), city(r)
    q = r.choice(["What time is it in {}?", "Tell me the time in {}.", "What's the time in {}?", "How late is it in {}?", "Current time in {}?", "Can you tell me the time in {}?"]).format(c)
    t = f"{r.randint(0, 23):02d}:{r.randint(0, 59):02d}"
    return r.choice(["get_time", "current_time", "time_in", "clock"]), r.choice(["Get the time in a city", "Returns the current time", "The local time of a place"]), {p: S()}, [p], q, {p: c}, r.choice([json.dumps({"time": t}), t, json.dumps({p: c, "time": t})]), f"It is {t} in {c}."


def add(r):
    x, y = r.choice([(r.randint(0, 99), r.randint(0, 99)), (r.randint(10, 99), r.randint(10, 99)), (r.randint(0, 9999), r.randint(0, 999)), (r.randint(0, 20), r.randint(0, 20))])
    k = r.choice([("a", "b"), ("a", "b"), ("x", "y"), ("first", "second"), ("left", "right")])
    op = r.choice([("add", "Adds two numbers", ["What is {} plus {}?", "Add {} and {}.", "What is {} + {}?", "How much is {} + {}?", "Calculate {} + {}.", "Please add {} and {}."], x + y, "The sum of {} and {} is {}."), ("add", "Add two integers", ["What is {} plus {}?", "Add {} and {}.", "What is {} + {}?", "Sum {} and {}."], x + y, "{} + {} = {}."),
                   ("multiply", "Multiplies two numbers", ["What is {} times {}?", "Multiply {} by {}.", "What is {} * {}?"], x * y, "{} times {} is {}."), ("subtract", "Subtracts b from a", ["What is {} minus {}?", "What is {} - {}?", "Calculate {} - {}."], x - y, "{} minus {} is {}.")])
    t = r.choice(["integer", "number"])
    return r.choice([op[0], op[0], op[0] + "_numbers"]), op[1], {k[0]: N("", t), k[1]: N("", t)}, list(k), r.choice(op[2]).format(x, y), {k[0]: x, k[1]: y}, r.choice([str(op[3]), json.dumps({"result": op[3]})]), op[4].format(x, y, op[3])


def calc(r):
    x, y, o = r.randint(1, 999), r.randint(1, 99), r.choice("+-*/")
    e = f"{x} {o} {y}"
    v = {"+": x + y, "-": x - y, "*": x * y, "/": round(x / y, 2)}[o]
    p = r.choice(["expression", "expr", "formula"])
    return r.choice(["calculator", "calculate", "eval_math"]), "Evaluates an arithmetic expression", {p: S()}, [p], r.choice([f"What is {e}?", f"Calculate {e}.", f"Compute {e}.", f"How much is {e}?"]), {p: e}, r.choice([str(v), json.dumps({"result": v})]), f"{e} = {v}."


def search(r):
    p, t = r.choice(["query", "query", "q", "text", "keywords"]), thing(r)
    q = r.choice(["Search for {}.", "Find information about {}.", "Look up {}.", "Search the web for {}.", "Please search for {}.", "Can you find {}?", "What can you find about {}?"]).format(t)
    n = r.randint(1, 40)
    title = cap(r.choice(["all about {}", "a guide to {}", "{} for beginners", "the book of {}"]).format(t))
    props, args = {p: S(r.choice(["What to search for", ""]))}, {p: t}
    if r.random() < 0.15:
        k = r.randint(1, 10)
        props["limit"] = N("Number of results")
        args["limit"] = k
        q = q[:-1] + f" and give me {k} results" + q[-1]
    return r.choice(["search", "web_search", "search_web", "find", "lookup"]), r.choice(["Search the web", "Searches documents", "Full text search"]), props, [p], q, args, r.choice([json.dumps({"results": n, "first": title}), json.dumps([{"title": title}]), title]), f"I found this: {title}."


def timer(r):
    n, unit = r.randint(1, 90), r.choice(["minutes", "seconds", "hours"])
    p = r.choice([unit, unit, "duration"])
    q = r.choice(["Set a timer for {} {}.", "Start a timer of {} {}.", "Wake me in {} {}.", "Timer for {} {}, please.", "Remind me in {} {}."]).format(n, unit)
    props, args = ({p: N()}, {p: n}) if p == unit else ({"duration": N(), "unit": S()}, {"duration": n, "unit": unit})
    return r.choice(["set_timer", "start_timer", "timer"]), r.choice(["Starts a timer", "Set a timer"]), props, list(props), q, args, r.choice(['{"status": "ok"}', "ok", '{"started": true}']), f"The timer is set for {n} {unit}."


def message(r):
    who, text = any_name(r), r.choice(TEXTS)
    k = r.choice([("to", "text"), ("recipient", "message"), ("name", "body"), ("to", "message")])
    q = r.choice(["Send a message to {}: {}.", "Write to {}: {}.", "Tell {} this: {}.", "Message {}: {}."]).format(who, text)
    return r.choice(["send_message", "send_mail", "send_email", "notify"]), "Sends a message to a person", {k[0]: S(), k[1]: S()}, list(k), q, {k[0]: who, k[1]: text}, r.choice(['{"sent": true}', "sent", '{"status": "ok"}']), f"I have sent the message to {who}."


def note(r):
    text, p = r.choice(TEXTS), r.choice(["text", "note", "content"])
    q = r.choice(["Make a note: {}.", "Write this down: {}.", "Save a note: {}.", "Please note: {}."]).format(text)
    return r.choice(["save_note", "add_note", "write_note"]), "Saves a note", {p: S()}, [p], q, {p: text}, r.choice(['{"saved": true}', "ok"]), f"I have saved the note: {text}."


def light(r):
    room, on = r.choice(["kitchen", "bedroom", "hall", "garden", "bathroom", "cellar", "living room", "office"]), r.random() < 0.5
    q = r.choice(["Turn {} the light in the {}.", "Switch {} the light in the {}.", "Please turn {} the lights in the {}."]).format("on" if on else "off", room)
    if r.random() < 0.5:
        props, args = {"room": S(), "on": N("", "boolean")}, {"room": room, "on": on}
    else:
        props, args = {"room": S(), "state": {"type": "string", "enum": ["on", "off"]}}, {"room": room, "state": "on" if on else "off"}
    return r.choice(["set_light", "light", "switch_light"]), "Switches a light", props, list(props), q, args, r.choice(['{"status": "ok"}', "done"]), f"The light in the {room} is now {'on' if on else 'off'}."


def capital_tool(r):
    c, v = r.choice(list(data.CAPITALS.items()))
    if r.random() < 0.4:
        c, v = made_up(r), made_up(r)
    return r.choice(["get_capital", "capital_of", "country_info"]), "Looks up the capital of a country", {"country": S()}, ["country"], r.choice([f"What is the capital of {c}?", f"Capital of {c}?", f"Look up the capital of {c}."]), {"country": c}, r.choice([v, json.dumps({"capital": v})]), f"The capital of {c} is {v}."


def stock(r):
    s = "".join(r.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=r.choice([3, 4]))) if r.random() < 0.6 else made_up(r)
    v, p = r.randint(3, 900), r.choice(["symbol", "ticker", "company"])
    return r.choice(["get_stock_price", "stock_price", "get_price"]), "Returns the price of a share", {p: S()}, [p], r.choice([f"What is the stock price of {s}?", f"How much is {s} worth?", f"Price of {s}?", f"What does {s} cost?"]), {p: s}, r.choice([str(v), json.dumps({"price": v})]), f"The price of {s} is {v}."


def generic(r):
    """Tools with invented names, so that the model copies instead of remembering."""
    verb, noun = r.choice("find open read get show play list check delete create order book start stop load".split()), r.choice("file song book ticket room user order part recipe page image lamp door game report event product".split())
    p = r.choice(["name", "id", "title", noun, "value", "key"])
    arg = r.choice([lambda: made_up(r), lambda: thing(r), lambda: str(r.randint(1, 9999)), lambda: r.choice(["notes.txt", "report.pdf", "photo.png", "main.java", "todo.md"])])()
    q = r.choice([f"{cap(verb)} the {noun} {arg}.", f"Please {verb} the {noun} {arg}.", f"Can you {verb} the {noun} {arg}?", f"{cap(verb)} {noun} {arg}", f"I want to {verb} the {noun} {arg}.", f"Use {verb}_{noun} with {arg}."])
    return f"{verb}_{noun}", r.choice([f"{cap(verb)} a {noun}", f"Can {verb} a {noun}", f"{cap(verb)} a {noun} by {p}"]), {p: S()}, [p], q, {p: arg}, r.choice(['{"status": "ok"}', "done", '{"ok": true}']), f"Done: {verb} {noun} {arg}."


def no_args(r):
    n, d, qs, res, ans = r.choice([("get_date", "Returns the date of today", ["What is the date today?", "Which day is it?", "What day is today?"], lambda: f"2026-{r.randint(1, 12):02d}-{r.randint(1, 28):02d}", "Today is {}."), ("get_time", "Returns the current time", ["What time is it?", "What's the time?", "Tell me the time."], lambda: f"{r.randint(0, 23):02d}:{r.randint(0, 59):02d}", "It is {}."), ("roll_dice", "Rolls a die", ["Roll a die.", "Throw the dice.", "Roll the dice for me."], lambda: str(r.randint(1, 6)), "You rolled {}."), ("get_user_name", "Name of the user", ["What is my name?", "Who am I?"], lambda: any_name(r), "Your name is {}.")])
    v = res()
    return n, d, {}, [], r.choice(qs), {}, r.choice([v, json.dumps({"result": v})]), ans.format(v)


TOOLS = [(weather, 12), (time, 4), (add, 9), (calc, 3), (search, 4), (timer, 3), (message, 3), (note, 2), (light, 2), (capital_tool, 2), (stock, 2), (generic, 7), (no_args, 2)]


def schema(t, r):
    name, desc, props, req = t[:4]
    params = {"type": "object", "properties": props}
    if req and r.random() < 0.85:
        params["required"] = req
    fn = {"name": name, "description": desc, "parameters": params}
    return {"type": "function", "function": fn}


INTRO = "# Tools\n\nYou can call these functions:\n<tools>\n"
OUTRO = "\n</tools>\n\nTo call a function, answer with:\n<tool_call>\n{\"name\": <function name>, \"arguments\": <arguments object>}\n</tool_call>"


def tools_system(schemas, r, system=None):
    """Exactly what chat_template.jinja prints for 'tools'; json layouts differ between engines, so three are trained."""
    x = r.random()
    if x < 0.7:
        js = [json.dumps(s, ensure_ascii=False) for s in schemas]
    elif x < 0.85:
        js = [json.dumps(s, ensure_ascii=False, separators=(",", ":")) for s in schemas]
    else:
        js = [json.dumps(s, ensure_ascii=False, sort_keys=True) for s in schemas]
    return (system + "\n\n" if system else "") + INTRO + "\n".join(js) + OUTRO


def call_text(name, args):
    return "<tool_call>\n" + json.dumps({"name": name, "arguments": args}, ensure_ascii=False) + "\n</tool_call>"


def tool_chat(r, plain, systems):
    """A chat with tools; 'plain' gives ordinary (question, answer) turns for which no tool is needed."""
    chosen = [f(r) for f in r.choices([f for f, _ in TOOLS], [w for _, w in TOOLS], k=r.choice([1, 1, 1, 2, 2, 3]))]
    seen, ts = set(), []
    for t in chosen:
        if t[0] not in seen:
            seen.add(t[0])
            ts.append(t)
    sys = r.choice(systems) if r.random() < 0.5 else None
    out = [turn("system", tools_system([schema(t, r) for t in ts], r, sys))]
    for _ in range(r.choice([1, 1, 2, 2, 3])):
        if r.random() < 0.25:
            q, an = plain(r)
            out += [turn("user", q), turn("assistant", an)]
            continue
        name, _, _, _, q, args, res, ans = r.choice(ts)
        q = style(r, q) if not args else q.rstrip(".?") if r.random() < 0.15 else q     # arguments keep their capitals
        out += [turn("user", q), turn("assistant", call_text(name, args)), turn("user", f"<tool_response>\n{res}\n</tool_response>"), turn("assistant", ans)]
        if r.random() < 0.5:
            break
    return "".join(out)


def value(r, key):
    n, g = person(r)
    return {"name": n, "age": r.randint(3, 90), "city": r.choice(list(data.CAPITALS.values())), "country": r.choice([c for c in data.CAPITALS if " " not in c]), "colour": r.choice("red blue green yellow black white".split()), "color": r.choice("red blue green yellow black white".split()),
            "animal": r.choice("fox owl cat dog bear hare".split()), "food": r.choice("bread soup cake cheese apples".split()), "job": r.choice("baker teacher doctor painter sailor".split()), "height": r.randint(120, 200), "id": r.randint(1, 999), "title": r.choice(["The Lost Key", "A Night in the Forest", "The Red Fox", "The Old Mill"]),
            "author": f"{n} {r.choice(['Baker', 'Fox', 'Miller', 'Stone'])}", "year": r.randint(1900, 2025), "price": r.randint(1, 99), "happy": r.random() < 0.7, "active": r.random() < 0.6, "email": f"{n.lower()}@example.com", "weather": r.choice(["sunny", "rainy", "cloudy"]), "temperature": r.randint(-5, 30), "size": r.choice(["small", "medium", "large"]),
            "count": r.randint(1, 20), "day": r.choice("Monday Tuesday Friday Sunday".split()), "month": r.choice("May June March October".split()), "hobby": r.choice("reading swimming music cooking".split()), "pet": r.choice("cat dog rabbit parrot".split()), "language": r.choice("English French German Spanish".split()), "score": r.randint(0, 100), "mood": r.choice("happy calm tired curious".split()), "answer": r.choice(["yes", "no"]), "sound": r.choice(["meow", "woof", "hoo-hoo"]), "tags": r.sample(["night", "bird", "forest", "quiet", "small"], 2), "capital": r.choice(list(data.CAPITALS.values())), "message": r.choice(["Hello!", "Good morning!", "All is well."]), "number": r.randint(1, 50), "word": r.choice("moon tree river lamp".split()), "place": r.choice("forest town lake garden".split()), "done": r.random() < 0.5}[key]


KEYS = "name age name age name age city country colour color animal food job height id title author year price happy active email weather temperature size count day month hobby pet language score mood answer sound tags capital message number word place done".split()
THINGS_WITH = {"a person": ["name", "age", "city", "job"], "a book": ["title", "author", "year"], "an animal": ["animal", "colour", "sound"], "a user": ["id", "name", "email"], "the weather": ["weather", "temperature"], "a product": ["name", "price", "size"], "a city": ["city", "country"], "a child": ["name", "age", "hobby"], "a pet": ["pet", "name", "age"]}


def dump(r, obj):
    x = r.random()
    if x < 0.75:
        return json.dumps(obj, ensure_ascii=False)
    if x < 0.9:
        return json.dumps(obj, ensure_ascii=False, separators=(",", ":"))
    return json.dumps(obj, ensure_ascii=False, indent=2)


def json_turn(r):
    x = r.random()
    if x < 0.62:
        keys = list(dict.fromkeys(r.choices(KEYS, k=r.choice([1, 2, 2, 2, 3, 3, 4]))))
        if r.random() < 0.35:
            keys = r.choice([["name", "age"], ["name", "age"], ["name", "age"], ["age", "name"], ["name"], ["name", "age", "city"], ["name", "colour"]])
        names = r.choice([", ".join(keys), " and ".join([", ".join(keys[:-1]), keys[-1]]) if len(keys) > 1 else keys[0], " and ".join([", ".join(keys[:-1]), keys[-1]]) if len(keys) > 1 else keys[0]])
        if r.random() < 0.2:
            names = ", ".join(f'"{k}"' for k in keys)
        f = r.choice(["fields", "keys", "fields", ""]) if len(keys) > 1 else r.choice(["field", "key", ""])
        with_ = f"with the {f} {names}" if f else f"with {names}"
        q = r.choice(["Give me a JSON object {}.", "Give me a JSON object {}.", "Write a JSON object {}.", "Make a JSON object {}.", "I need a JSON object {}.", "Answer in JSON {}.", "Return JSON {}.", "Create a small JSON object {}.", "Answer with a JSON object {}.", "Reply only with JSON {}.", "Please give me JSON {}.", "Show me an example of JSON {}."]).format(with_)
        return style(r, q), dump(r, {k: value(r, k) for k in keys})
    if x < 0.75:
        t = r.choice(list(THINGS_WITH))
        return style(r, r.choice(["Describe {} in JSON.", "Give me {} as JSON.", "Write {} as a JSON object.", "JSON for {}.", "Make a JSON object for {}.", "Answer in JSON: describe {}."]).format(t)), dump(r, {k: value(r, k) for k in THINGS_WITH[t]})
    if x < 0.87:
        return _pair(r, any_name(r), r.randint(2, 99), city(r))
    k, vals = r.choice([("colours", ["red", "green", "blue"]), ("animals", ["fox", "owl", "bear"]), ("numbers", [1, 2, 3]), ("fruits", ["apple", "pear", "plum"]), ("days", ["Monday", "Tuesday", "Wednesday"]), ("cities", ["Paris", "Rome", "Oslo"]), ("names", ["Ada", "Tom", "Mia"])])
    if r.random() < 0.5:
        return style(r, r.choice([f"Give me a JSON array with three {k}.", f"Write a JSON list of three {k}.", f"Three {k} as a JSON array.", f"List three {k} in JSON."])), dump(r, vals) if r.random() < 0.9 else json.dumps(vals)
    return style(r, r.choice([f"Give me JSON with a list of three {k}.", f"Answer in JSON: name three {k}.", f"Give me a JSON object with the key {k} and three values."])), dump(r, {k: vals})


def _pair(r, n, age, c):
    q, obj = r.choice([(f"Turn this into JSON: {n} is {age} years old.", {"name": n, "age": age}), (f"Extract name and age as JSON: {n} is {age} years old.", {"name": n, "age": age}), (f"Extract the name and the city as JSON: {n} lives in {c}.", {"name": n, "city": c}), (f"Make JSON from this: {n}, {age}, {c}", {"name": n, "age": age, "city": c}), (f"Write as JSON: name {n}, age {age}", {"name": n, "age": age})])
    return q, dump(r, obj)
