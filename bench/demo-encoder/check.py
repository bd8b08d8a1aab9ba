"""Measures the exported encoders on texts that they were not trained on.

    python3 check.py DIRECTORY_OF_THE_FOLDERS
"""
import json
import os
import random
import struct
import sys

import torch

from batches import Pool, collate, same
from model import Embedder, Scorer
from texts import build
from wordpiece import Encoder

# Written by hand; no template makes them.
LABELLED = [x.split("|") for x in """animal|My neighbour's dog barks at every cat.
animal|Our two rabbits sleep in the garden.
animal|The elephant is a very big animal with a trunk.
animal|Owls hunt mice at night.
food|We had soup and bread for lunch.
food|I want a piece of chocolate cake.
food|She drinks coffee with milk.
food|The tomatoes for the salad are fresh.
weather|It will rain tomorrow, take an umbrella.
weather|The wind was strong and the sky was grey.
weather|Snow fell all night.
weather|Such a hot and sunny day!
greeting|Hello, how are you doing?
greeting|Good morning to all of you!
greeting|Thanks a lot, see you tomorrow!
greeting|Goodbye and good night.
sum|What is seven plus five?
sum|12 - 4 = 8
sum|How much is 3 times 9?
sum|Add 5 and 6.
place|Paris is the capital of France.
place|Which country is Vienna in?
place|I travel from Madrid to Lisbon.
place|Is Oslo a city in Norway?
colour|The banana is yellow.
colour|Which colour do you get from blue and yellow?
colour|Is the sky blue or grey?
story|Once upon a time a small dragon lived in a cave.
story|Tell me a story about a brave knight.
story|Long ago there was a king who had a magic ring.
other|A hammer is a tool for nails.
other|The teacher writes a letter at school.
other|My computer runs a program.
other|A doctor helps the sick.""".split("\n")]

NEARER = [x.split("|") for x in """A cat sleeps on the sofa.|A kitten naps on the couch.|The capital of France is Paris.
It is raining in Berlin.|Take an umbrella in Berlin, it is wet.|A fox eats mice and berries.
What do owls eat?|An owl hunts mice.|What colour is the sky?
Hello, how are you?|Hi there!|It snows in the mountains.
What is 2 + 3?|Two plus three is five.|Where do bears live?
A man plays the guitar.|A gentleman makes music on a guitar.|A woman bakes bread.
Tell me a story about a dragon.|Once upon a time there was a dragon.|How do I cook an egg?
She drinks tea in the evening.|In the evening she has a cup of tea.|The train waits at the station.
Bees make honey.|Where does honey come from?|A storm comes tonight.
Paris is a city in France.|In which country is Paris?|Lemons taste sour.""".split("\n")]

RANKED = [x.split("|") for x in """What does a fox eat?|Foxes eat mice and berries.|Foxes live in the forest.|A cow eats grass.|The capital of Peru is Lima.
Where does the owl live?|Owls live in the forest.|Owls eat mice.|Whales live in the sea.|Bread is made of flour.
What is the capital of Italy?|Rome is the capital of Italy.|Paris is the capital of France.|Italy is a country with good food.|It rains in Rome.
What colour is a lemon?|Lemons are yellow.|Lemons taste sour.|A tomato is red.|A cat sleeps.
How much is 3 + 4?|3 + 4 = 7.|3 + 5 = 8.|Four apples are on the table.|Hello!
Why is the sky blue?|The air scatters blue light, so the sky looks blue.|The sea is blue.|Snow is white.|A bird sings.
Who bakes bread?|A baker bakes bread.|A farmer grows corn.|Bread tastes good.|A doctor helps sick people.
What does a cat say?|Meow, says the cat.|Woof, says the dog.|A cat eats fish.|A cat has four legs.
How does honey taste?|Honey tastes sweet.|Bees make honey.|Lemons taste sour.|The sun is hot.
What is a hammer?|A hammer is a tool for driving nails.|A key opens a lock.|A lamp gives light.|The baker sleeps.""".split("\n")]


def load(folder, net, prefix):
    with open(os.path.join(folder, "model.safetensors"), "rb") as file:
        size, = struct.unpack("<Q", file.read(8))
        header, data = json.loads(file.read(size)), file.read()
    state = {}
    for name, t in header.items():
        if name != "__metadata__":
            state[prefix + name] = torch.frombuffer(bytearray(data[slice(*t["data_offsets"])]), dtype=torch.float16).view(t["shape"]).float()
    net.load_state_dict(state)
    return net.eval()


def open_model(base, name):
    folder = os.path.join(base, "nightjar-demo-" + name)
    config = json.load(open(os.path.join(folder, "config.json")))
    vocab = json.load(open(os.path.join(folder, "tokenizer.json")))["model"]["vocab"]
    labels = [config["id2label"][str(i)] for i in range(len(config.get("id2label", {})))]
    net = Scorer(len(vocab), len(labels)) if labels else Embedder(len(vocab))
    return load(folder, net, "" if labels else "bert."), Encoder(list(vocab)), labels


def percent(hits):
    return f"{100 * sum(hits) / len(hits):.1f} % of {len(hits)}"


def embed(base, pool, r):
    net, encode, _ = open_model(base, "embed")
    vectors = lambda texts: net(*collate([encode(t) for t in texts]))
    nearer = []
    for a, b, c in NEARER:
        x, y, z = vectors([a, b, c])
        nearer.append(float(x @ y) > float(x @ z))
        print(f"  {float(x @ y):.2f} {float(x @ z):.2f}  {a} / {b} / {c}")
    print("embed, by hand, paraphrase or answer nearer:", percent(nearer))
    first, triplets = [], []
    for _ in range(400):
        theme, g = pool.group()
        held = [t for t in g.texts if build.is_held_out(t)]
        if not held:
            continue
        text = r.choice(held)
        rest = [t for t in g.texts if t != text]
        others = []
        while len(others) < 30:
            t, other = (theme, pool.near(theme, g)) if len(others) < 10 else pool.group()
            if not same(other, g):
                others.append(r.choice(other.texts))
        v = vectors([text, r.choice(rest)] + others)
        scores = v[1:] @ v[0]
        first.append(bool(scores[0] >= scores.max()))
        triplets += (scores[0] > scores[11:]).tolist()
    print("embed, held out, best of 31 (10 of them near misses):", percent(first))
    print("embed, held out, nearer than another text:", percent(triplets))


def rerank(base, pool, r):
    net, encode, _ = open_model(base, "rerank")
    score = lambda query, texts: net(*collate([(encode(query), encode(t)) for t in texts]))[:, 0]
    hits = []
    for query, *texts in RANKED:
        s = score(query, texts)
        hits.append(int(s.argmax()) == 0)
        print("  " + " ".join(f"{x:.2f}" for x in torch.sigmoid(s).tolist()), query)
    print("rerank, by hand, right text first of 4:", percent(hits))
    hits = []
    while len(hits) < 300:
        theme, g = pool.group()
        held = [t for t in g.questions if build.is_held_out(t)]
        if not held or not g.statements:
            continue
        others = []
        while len(others) < 9:
            t, other = (theme, pool.near(theme, g)) if len(others) < 5 else pool.group()
            if other.statements and not same(other, g):
                others.append(r.choice(other.statements))
        s = score(r.choice(held), [r.choice(g.statements)] + others)
        hits.append(bool(s[0] >= s.max()))
    print("rerank, held out, right text first of 10 (5 of them near misses):", percent(hits))


def classify(base, pool, r):
    net, encode, labels = open_model(base, "classify")
    told = lambda texts: [labels[i] for i in net(*collate([encode(t) for t in texts])).argmax(1).tolist()]
    hits = []
    for (label, text), found in zip(LABELLED, told([t for _, t in LABELLED])):
        hits.append(label == found)
        if label != found:
            print(f"  {label} taken for {found}: {text}")
    print("classify, by hand:", percent(hits))
    held = [(g.label, t) for groups in pool.themes.values() for g in groups if g.label for t in g.texts if build.is_held_out(t)]
    held = r.sample(held, 1500)
    found = [f for i in range(0, 1500, 100) for f in told([t for _, t in held[i:i + 100]])]
    print("classify, held out:", percent([label == f for (label, _), f in zip(held, found)]))


if __name__ == "__main__":
    torch.set_num_threads(1)
    with torch.no_grad():
        for part in (embed, rerank, classify):
            if os.path.exists(os.path.join(sys.argv[1], "nightjar-demo-" + part.__name__)):
                part(sys.argv[1], Pool(None, 1), random.Random(2))
