"""Loads the GGUF with numpy and answers a list of prompts that are not taken from the corpus.

    python3 check.py [MODEL.gguf] [TEMPERATURE] [PROMPT ...]
"""
import os
import sys

import numpy as np

import bpe
import gguf_numpy
from corpus import tools
from corpus.core import turn

HERE = os.path.dirname(os.path.abspath(__file__))
DEFAULT = os.path.join(HERE, "../../engine/src/main/resources/dev/nightjar/engine/demo/nightjar-demo.gguf")

PROMPTS = ["Hello!", "hi", "Who are you?", "so what exactly are you?", "How are you doing this evening?", "Thank you", "ok thanks a lot, bye!", "Tell me a story about a cat.",
           "Could you tell my daughter a story about a brave penguin and a lantern?", "Write a story about a robot in two sentences.", "tell me a long story about an old sailor", "Story about a zebra called Kimba please",
           "Say hello in one sentence.", "Please greet my uncle Wolfram.", "Repeat after me: seven green owls dance slowly", "What is the capital of France?", "whats the capital city of norway", "Is Rome the capital of Spain?",
           "What colour is the sky?", "what color do lemons have", "Write a haiku about the night.", "I'd love a short poem about the sea", "Count to five.", "Count down from seven.", "What is 2 + 2?", "How much is 7 plus 6?", "12-5",
           "Give me a JSON object with the fields name and age.", "JSON with title, author and price please", "Explain what Java is.", "Explain what an island is", "What does a hedgehog eat?", "Which animal is bigger, a whale or a mouse?", "What's the opposite of wet?",
           "What day comes after Friday?", "Why is the sky blue?", "why do cats purr", "Name three fruits.", "List 4 birds as bullet points", "Tell me a joke!", "How do you say dog in Spanish?", "What rhymes with moon?",
           "Who won the world cup in 1998?", "Write a C++ program that parses XML.", "What do you think about the economy of Mars colonies?", "Is Nightjar fast?", "What can you help me with?", "Tell me something about owls", "I feel a bit sad today.", "asdf qwer"]
SCHEMA = {"type": "function", "function": {"name": "get_weather", "description": "Current weather of a city", "parameters": {"type": "object", "properties": {"city": {"type": "string", "description": "The city"}}, "required": ["city"]}}}
ADD = {"type": "function", "function": {"name": "add", "description": "Adds two integers", "parameters": {"type": "object", "properties": {"a": {"type": "integer"}, "b": {"type": "integer"}}, "required": ["a", "b"]}}}


class Chooser:
    """Stands in for the random source of the corpus: the first JSON layout, please."""
    def random(self):
        return 0.0


TOOLS = turn("system", tools.tools_system([SCHEMA, ADD], Chooser()))
CHATS = [   # name, ready ChatML up to the last user turn
    ("tool: weather in Lisbon", TOOLS + turn("user", "What's the weather in Lisbon right now?")),
    ("tool: 17 plus 25", TOOLS + turn("user", "Please add 17 and 25.")),
    ("tool: its answer", TOOLS + turn("user", "What is the weather in Oslo?") + turn("assistant", tools.call_text("get_weather", {"city": "Oslo"})) + turn("user", "<tool_response>\n{\"temperature\": -3, \"condition\": \"snowy\"}\n</tool_response>")),
    ("tool not needed", TOOLS + turn("user", "What is the opposite of big?")),
    ("memory: name", turn("user", "My name is Ada.") + turn("assistant", "Nice to meet you, Ada!") + turn("user", "What is 3 + 4?") + turn("assistant", "3 + 4 = 7.") + turn("user", "What is my name?")),
    ("memory: capital", turn("user", "What is the capital of Italy?") + turn("assistant", "The capital of Italy is Rome.") + turn("user", "And of Japan?")),
    ("system name", turn("system", "You are Bella, a helpful assistant.") + turn("user", "What is your name?")),
    ("system + hello", turn("system", "You are a helpful assistant.") + turn("user", "Hello!"))]


class Model:
    def __init__(self, path):
        self.net = gguf_numpy.Llama(gguf_numpy.read(path))
        meta = self.net.meta
        self.tok = bpe.Tokenizer({"tokens": meta["tokenizer.ggml.tokens"], "merges": meta["tokenizer.ggml.merges"]})
        self.eos = meta["tokenizer.ggml.eos_token_id"]

    def answer(self, chatml, temperature=0.0, limit=300, rng=np.random.default_rng(1)):
        self.net.reset()
        for t in self.tok.encode(chatml + "<|im_start|>assistant\n"):
            logits = self.net.step(t)
        out = []
        while len(out) < limit:
            if temperature > 0:
                p = np.exp((logits - logits.max()) / temperature)
                t = int(rng.choice(len(p), p=p / p.sum()))
            else:
                t = int(logits.argmax())
            if t == self.eos:
                break
            out.append(t)
            logits = self.net.step(t)
        return self.tok.decode(out)


def main():
    model = Model(sys.argv[1] if len(sys.argv) > 1 else DEFAULT)
    temperature = float(sys.argv[2]) if len(sys.argv) > 2 else 0.0
    chats = [(p, turn("user", p)) for p in sys.argv[3:]] or [(p, turn("user", p)) for p in PROMPTS] + CHATS
    for name, chatml in chats:
        print(f"> {name}\n{model.answer(chatml, temperature)}\n", flush=True)


if __name__ == "__main__":
    main()
