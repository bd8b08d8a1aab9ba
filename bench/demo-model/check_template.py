"""Renders the chat template with jinja2 and compares it with what the corpus writes (needs python3-jinja2)."""
import json
import os
import random

import jinja2

from corpus import tools
from corpus.core import chat, turn

here = os.path.dirname(os.path.abspath(__file__))
env = jinja2.Environment()
env.filters["tojson"] = lambda x: json.dumps(x, ensure_ascii=False)
with open(os.path.join(here, "chat_template.jinja"), encoding="utf-8") as f:
    template = env.from_string(f.read().rstrip("\n"))


def same(got, want):
    assert got == want, f"\n--- got\n{got}\n--- want\n{want}"


U, A = {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!"}
SYS = {"role": "system", "content": "Be kind."}
same(template.render(messages=[U], add_generation_prompt=True), turn("user", "Hi") + "<|im_start|>assistant\n")
same(template.render(messages=[SYS, U, A, U]), chat([("Hi", "Hello!")], "Be kind.") + turn("user", "Hi"))
r = random.Random(3)
r.random = lambda: 0.1                      # the JSON layout that most engines print
schema = tools.schema(tools.weather(random.Random(1)), random.Random(1))
args = {"city": "Rome"}
want = (turn("system", tools.tools_system([schema, schema], r, "Be kind.")) + turn("user", "Hi") + turn("assistant", tools.call_text("get_weather", args))
        + turn("user", "<tool_response>\n20\n</tool_response>") + turn("assistant", "Warm."))
for arguments in (args, json.dumps(args)):
    call = {"type": "function", "function": {"name": "get_weather", "arguments": arguments}}
    messages = [SYS, U, {"role": "assistant", "content": None, "tool_calls": [call]}, {"role": "tool", "content": "20"}, {"role": "assistant", "content": "Warm."}]
    same(template.render(messages=messages, tools=[schema, schema]), want)
same(template.render(messages=[U], tools=[schema]), turn("system", tools.tools_system([schema], r)) + turn("user", "Hi"))
two = [{"role": "tool", "content": "1"}, {"role": "tool", "content": "2"}]
same(template.render(messages=[U] + two), turn("user", "Hi") + turn("user", "<tool_response>\n1\n</tool_response>\n<tool_response>\n2\n</tool_response>"))
print("the template agrees with the corpus")
