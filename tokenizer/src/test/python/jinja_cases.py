"""Small templates of our own that try one thing each, for the comparison with jinja2."""

VARIABLES = {
    "t": True, "f": False, "n": None, "i": 7, "neg": -3, "big": 123456789012345678901234567890, "x": 2.5, "tiny": 1e-7, "huge": 1e22,
    "s": "Hello World", "e": "", "u": "Grüße, 世界! 🎉 ok", "q": "it's \"quoted\"\n\tand\\done", "sp": "  padded\t\n ", "html": "<a href='x'>&\"</a>",
    "lines": "one\ntwo\n\nthree\r\nfour", "words": "the quick  brown fox",
    "l": [3, 1, 2], "ls": ["b", "A", "c"], "mixed": [1, "two", 3.0, None, True, [1], {"k": "v"}], "el": [], "nested": [[1, 2], [3, [4, 5]]],
    "d": {"b": 1, "a": 2, "items": "shadow", "C": 3}, "ed": {}, "deep": {"x": {"y": [{"z": "found"}]}},
    "users": [{"name": "Ann", "age": 31, "city": "Rome"}, {"name": "bob", "age": 7, "city": "rome"}, {"name": "Cid", "age": 19, "city": "Bern", "on": True}],
    "messages": [{"role": "system", "content": "Be kind."}, {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!"}],
}

EXPRESSIONS = """
1 + 2 * 3
(1 + 2) * 3
2 ** 3 ** 2
-2 ** 2
- 3 + 5
+i
--i
7 // 2
-7 // 2
7 % 3
-7 % 3
7 % -3
7.5 // 2
-7.5 % 2
7.5 % -2
1 / 2
6 / 3
10 / 4 * 2
2 ** -1
2 ** 0.5
2 ** 100
big * big
big + 1
big // 7
big % 1000
big / 3
1e3
1.5e-3
1_000
0x1f
0o17
0b101
1_0.5_0
tiny
huge
1e16
1e15
123456.789
0.1 + 0.2
100.0
1e100
-0.0
x * 2
t + t
t * 3
1 == 1.0
1 == true
0 == false
"1" == 1
none == none
n is none
[1, 2] == [1, 2]
[1, 2] == (1, 2)
{"a": 1} == {"a": 1.0}
{"a": 1, "b": 2} == {"b": 2, "a": 1}
1 < 2 < 3
1 < 3 < 2
3 > 2 >= 2
1 != 2
"a" < "b"
"Z" < "a"
[1, 2] < [1, 3]
(1, 2) <= (1, 2)
1 < 2.5
t < 2
"a" in "abc"
"" in ""
"x" not in s
1 in l
9 not in l
"b" in d
1 in d
"a" in ls
not t
not t or t
t and s
f or e or "last"
n or 0
1 and 0
not e
i > 5 and i < 10
"yes" if t else "no"
"yes" if f else "no"
"yes" if f
("yes" if f) is undefined
1 if t else 2 if t else 3
1 if f else 2 if f else 3
"a" ~ 1 ~ 2.5 ~ n ~ t
1 ~ 2 + 3
"a" ~ "b" | upper
("a" ~ "b") | upper
"x" + "y" * 3
3 * "ab"
"ab" * 0
"ab" * -1
[1] * 3
[1] + [2, 3]
(1, 2) + (3,)
(1,)
()
(1, 2)
[]
{}
[1, "a", none, true, 2.5]
{"a": 1, "b": [1, 2], 3: "c"}
{1: "a", true: "b"}
{"a": {"b": {"c": 1}}}.a.b.c
s
u
q
[q]
[sp, html, u]
["it's", 'say "x"', 'both \\' and "']
["\\x00\\x1f\\u200b\\xa0é\\U0001f389"]
mixed
d
nested
"a\\nb\\tc\\\\d\\'e\\"f"
'\\x41\\u00e9\\101\\q'
"one" "two" 'three'
s[0]
s[-1]
s[100]
s[1:4]
s[:3]
s[3:]
s[::-1]
s[::2]
s[-3:]
s[:-3]
s[8:2:-2]
s[100:]
s[-100:3]
u[7:9]
u[-4]
u[::-1]
u | length
l[0]
l[-1]
l[1:]
l[::-1]
l[5:]
l[none:2]
l[t]
(1, 2, 3)[1:]
range(10)[2:5]
range(10)[::-2] | list
range(5)
range(1, 5)
range(1, 10, 3)
range(5)[2]
range(5) | list
range(5, 0, -2) | list
range(0) | list
range(5) | length
range(3) == range(0, 3)
d.a
d["a"]
d.missing
d["missing"]
d.items
d.items()
d.items() | list
d["items"]
d.keys()
d.values()
d.keys() | list
d.get("a")
d.get("zz")
d.get("zz", 5)
d.get("zz") is none
deep.x.y[0].z
deep.x.y.0.z
deep["x"]["y"][0]["z"]
deep.q.z is defined
missing
missing is defined
missing is undefined
missing.attr is defined
missing == other_missing
missing == none
missing or "fallback"
missing | default("d")
e | default("d")
e | default("d", true)
n | default("d")
n | default("d", boolean=true)
missing | default
missing | d("short")
missing | length
missing | list
missing ~ "x"
missing + "x"
missing | upper
missing | string
missing[0]
missing()
missing | first
missing | join(",")
missing | int
"x" in missing
not missing
missing | tojson
[missing]
n.x
n.x.y
1.5.x
i.bit
s.missing
s.upper()
s.lower()
s.title()
"they're bill's friends-and FOES".title()
s.capitalize()
s.swapcase()
s.split()
s.split("o")
s.split("o", 1)
s.split(maxsplit=1)
s.rsplit("o", 1)
words.split()
words.split(" ")
words.rsplit(none, 1)
sp.split()
",a,,b,".split(",")
"aXXbXXc".split("XX")
sp.strip()
sp.lstrip()
sp.rstrip()
"xxhixx".strip("x")
"xyhixy".lstrip("yx")
"hello".rstrip("lo")
"hello".strip("")
s.startswith("Hello")
s.startswith(("x", "He"))
s.startswith("World", 6)
s.endswith("ld")
s.endswith(("x", "d"))
s.replace("o", "0")
s.replace("o", "0", 1)
"aaa".replace("", "-")
"aaa".replace("", "-", 2)
"aaaa".replace("aa", "b")
s.find("o")
s.find("o", 5)
s.rfind("o")
s.find("zz")
u.find("世")
s.index("W")
s.index("zz")
s.count("o")
"aaa".count("aa")
"aaa".count("")
"-".join(ls)
"-".join("abc")
"".join([])
"-".join([1])
lines.splitlines()
lines.splitlines(true)
"a,b,c".partition(",")
"a,b,c".rpartition(",")
"abc".partition("x")
"abc".isdigit()
"123".isdigit()
"abc1".isalnum()
"abc".isalpha()
" ".isspace()
"abc".islower()
"ABC".isupper()
"".isdigit()
"a".center(5)
"ab".center(5, "*")
"abc".center(6)
"a".ljust(4) ~ "|"
"a".rjust(4, "0")
"-5".zfill(4)
"prefix-x".removeprefix("prefix-")
"x.txt".removesuffix(".txt")
"a\\tb".expandtabs(4)
"{} and {}".format(1, "two")
"{1} {0} {name}".format("a", "b", name="n")
"{:>5}|{:<5}|{:^5}|".format("a", "b", "c")
"{:05d} {:x} {:,} {:+d}".format(42, 255, 1234567, 5)
"{:.2f} {:e} {:g} {:%}".format(3.14159, 12345.678, 0.0001, 0.25)
"{0[0]} {1[a]} {2.a}".format([1], {"a": 2}, {"a": 3})
"{!r} {!s}".format("a", "b")
"{{}}".format()
"{:*^9}".format("mid")
"{} {}".format(1)
"%s is %d years" % ("Ann", 31)
"%s" % "x"
"%s" % [1, 2]
"%r" % "x"
"%5d|%-5d|%05d|%+d" % (1, 2, 3, 4)
"%.2f %e %g" % (3.14159, 12345.678, 0.0001)
"%x %X %o %c %%" % (255, 255, 8, "z")
"%(a)s-%(b)d" % {"a": "x", "b": 2}
"%s %s" % ("a",)
"%s" % ("a", "b")
"%d" % "x"
"%10.3s|" % "abcdef"
"%s" % none
"%d" % 3.9
s | upper
s | lower
s | title
"foo-bar (baz) it's" | title
s | capitalize
s | trim
sp | trim
"xxhixx" | trim("x")
s | replace("l", "L")
s | replace("l", "L", 1)
i | replace(7, 8)
s | length
l | count
n | length
i | length
l | first
l | last
el | first
el | last
s | first
s | last
l | sum
users | sum(attribute="age")
l | sum(start=10)
el | sum
l | min
l | max
ls | min
ls | max
users | max(attribute="age")
el | max
l | sort
l | sort(reverse=true)
ls | sort
ls | sort(case_sensitive=true)
users | sort(attribute="age") | map(attribute="name") | list
users | sort(attribute="city,age") | map(attribute="name") | join(",")
mixed | sort
d | sort
d | dictsort
d | dictsort(true)
d | dictsort(false, "value")
d | dictsort(reverse=true)
l | reverse | list
s | reverse
l | join
l | join(", ")
users | join(", ", attribute="name")
mixed | join("|")
ls | map("upper") | list
ls | map("lower") | join
users | map(attribute="name") | list
users | map(attribute="on") | list
users | map(attribute="on", default=false) | list
users | map("attr", "name") | list
l | map("string") | list
[1, 2, 3, 4] | select("even") | list
[1, 2, 3, 4] | reject("even") | list
[0, 1, "", "a", none] | select | list
[0, 1, "", "a", none] | reject | list
[1, 2, 3] | select("greaterthan", 1) | list
[1, 2, 3] | select(">=", 2) | list
users | selectattr("on") | map(attribute="name") | list
users | selectattr("age", "gt", 10) | map(attribute="name") | list
users | rejectattr("city", "equalto", "Rome") | map(attribute="name") | list
users | selectattr("on", "defined") | list | length
users | selectattr("name", "in", ["Ann", "Cid"]) | map(attribute="age") | sum
[1, 1, 2, "a", "A"] | unique | list
["b", "B", "a"] | unique(case_sensitive=true) | list
users | unique(attribute="city") | map(attribute="name") | list
users | groupby("city")
users | groupby("city", case_sensitive=true) | map("first") | list
users | groupby("on", default=false) | map("last") | map("length") | list
[1, 2, 3, 4, 5] | batch(2) | list
[1, 2, 3, 4, 5] | batch(2, "x") | list
[1, 2, 3, 4, 5] | slice(2) | list
[1, 2, 3, 4, 5] | slice(3, "x") | list
d | items | list
d | list
s | list
ed | items | list
"3" | int
"3.7" | int
"abc" | int
"abc" | int(5)
"ff" | int(0, 16)
"0x1f" | int(base=16)
" 42 " | int
"1_000" | int
3.99 | int
-3.99 | int
true | int
n | int(9)
"1e3" | int
"2.5" | float
"x" | float
"x" | float(1.5)
"1e5" | float
"inf" | float
i | float
" 1.5 " | float
"-.5" | float
"5." | float
2.5 | round
3.5 | round
2.567 | round(2)
2.5 | round(method="ceil")
2.5 | round(0, "floor")
1234.5 | round(-2)
7 | round
15 | round(-1)
2.675 | round(2)
-3 | abs
-2.5 | abs
"x" | abs
i | string
n | string
l | string
html | escape
html | e
html | safe
html | e | e
html | forceescape
("<b>" | safe) + "<i>"
"<i>" ~ ("<b>" | safe)
html | striptags
"<p>a  <!-- c --> b</p>" | striptags
"hello world foo" | wordcount
u | wordcount
"a b/c?d=é" | urlencode
{"a": 1, "b c": "d&e"} | urlencode
"x" | center(5)
"%s-%s" | format("a", "b")
"%(k)s" | format(k="v")
lines | indent
lines | indent(2, true)
lines | indent("> ", blank=true)
"one" | indent
"" | indent
"foo bar baz qux" | truncate(9)
"foo bar baz qux" | truncate(9, true)
"foo bar baz qux" | truncate(11)
"foo bar baz qux" | truncate(11, false, "...", 0)
"foo bar baz qux" | truncate(9, end="!")
d | tojson
mixed | tojson
u | tojson
u | tojson(ensure_ascii=true)
q | tojson
html | tojson
d | tojson(indent=2)
nested | tojson(indent=1)
el | tojson(indent=2)
ed | tojson
d | tojson(sort_keys=true)
d | tojson(separators=(",", ":"))
d | tojson(indent=2, separators=(",", " = "))
{1: 2, none: 3, true: 4, 1.5: 6} | tojson
(1, 2) | tojson
[1.0, 1e22, 1e-7, 0.1] | tojson
big | tojson
"\\x7f\\x01\\u2028" | tojson
range(3) | tojson
d.items() | tojson
"name" | attr("upper")
users[0] | attr("name") is defined
3 is odd
4 is even
9 is divisibleby 3
9 is divisibleby(2)
s is string
i is string
i is number
x is number
t is number
i is integer
t is integer
x is float
t is boolean
t is true
f is false
i is true
d is mapping
l is mapping
l is iterable
s is iterable
i is iterable
l is sequence
d is sequence
s is sequence
range(3) is sequence
(l | map("string")) is sequence
(l | map("string")) is iterable
d.items() is sequence
missing is iterable
missing is sequence
n is defined
range is callable
s is callable
"abc" is lower
"ABC" is upper
"aBc" is lower
1 is eq 1
1 is ne 2
1 is lt 2
2 is ge 2
2 is greaterthan 1
"a" is in ["a"]
"a" is in("abc")
1 is sameas 1
t is sameas true
1 is sameas true
"upper" is filter
"nope" is filter
"odd" is test
s is not string
s is not none and i is not none
not s is string
i is not odd
1 + 1 is odd
i is odd and i is number
s.append
l.append
l.append(4)
d.update({"a": 1})
d.pop("a")
l.__class__
s.__class__.__mro__
"".__class__
l.pop is callable
[1, 2, 3].pop()
[1, 2, 3].index(2)
[1, 2, 1].count(1)
l.copy()
d.copy()
dict(a=1, b=2)
dict({"a": 1}, c=3)
dict([("a", 1)])
namespace(a=1).a
namespace({"a": 1}).a
namespace().zz is defined
cycler("a", "b").next()
joiner(",")() ~ joiner()()
strftime_now("%Y-%m-%d")
strftime_now("%d %b %Y, %H:%M:%S %p %A %a %B %j %y %I %-d %-m %% %e")
raise_exception("own message")
unknown_function()
s()
l | unknown_filter
l is unknown_test
1 / 0
1 // 0
1 % 0
"a" - 1
"a" + 1
1 + "a"
[1] + (2,)
n + 1
-s
1 < "a"
n < 1
d < d
l[0:1:0]
l["a"]
s["a"]
{[1]: 2}
range()
range(1, 2, 0)
range(100001) | length
range(100000) | length
s.upper(1)
s | upper(1)
l | batch
users | groupby
1 in 5
1 in "abc"
s.nope()
(1 for x in l)
l | map("nope") | list
l | select("nope") | list
[1, 2][true]
"a" if
{"a" 1}
[1, 2
1 +
a b
1 is
| upper
x.
@
"open
""".strip("\n").split("\n")

TEMPLATES = [
    "plain", "", "\n", "a\n", "a\n\n", "a\r\nb\rc", "{{ 1 }}\n", "{{ 1 }}\n\n", "  {{ 1 }}  \n b", "{{- 1 -}}", "a {{- 1 -}} b", "a \n {{- 1 }} \n b", "a \n {{ 1 -}} \n b",
    "{# c #}", "a{# c #}b", "a\n{# c #}\nb", "a\n  {# c #}  \nb", "a\n  {#- c -#}  \nb", "a {#+ c +#}\nb", "{#-#}x", "{# multi\nline #}x",
    "{% if t %}a{% endif %}", "{% if t %}\na\n{% endif %}\nb", "  {% if t %}\n  a\n  {% endif %}\n  b", "x {% if t %} a {% endif %} y", "{% if t -%}\n a \n{%- endif %} b", "  {%+ if t %}a{% endif %}",
    "{% if t +%}\na{% endif +%}\nb", "\t{% if t %}\n\ta\n\t{%- endif %}\n", "a\n   {{ 1 }}\n   {% set z = 1 %}\nb", "a{% set z = 1 %}   \nb", "{% if f %}a{% elif t %}b{% else %}c{% endif %}", "{% if f %}a{% elif f %}b{% else %}c{% endif %}",
    "{% if missing %}a{% else %}b{% endif %}", "{% if missing.x %}a{% endif %}", "{% raw %}{{ x }} {% if %}{% endraw %}", "a\n  {% raw %}\n  {{ x }}\n  {% endraw %}\nb", "a {%- raw -%}  {{ x }}  {%- endraw -%}  b", "{% raw %}open",
    "{% for x in l %}{{ x }},{% endfor %}", "{% for x in l %}\n{{ x }}\n{% endfor %}\n.", "{% for x in el %}{{ x }}{% else %}none{% endfor %}", "{% for x in l %}{{ x }}{% else %}none{% endfor %}",
    "{% for x in l if x > 1 %}{{ x }}{{ loop.index }}/{{ loop.length }} {% endfor %}", "{% for x in l if x > 9 %}{{ x }}{% else %}none{% endfor %}", "{% for k, v in d.items() %}{{ k }}={{ v }};{% endfor %}", "{% for k in d %}{{ k }}{% endfor %}",
    "{% for k, v in d | dictsort %}{{ k }}{{ v }}{% endfor %}", "{% for a, (b, c) in [(1, (2, 3))] %}{{ a }}{{ b }}{{ c }}{% endfor %}", "{% for a, b in [(1, 2, 3)] %}{% endfor %}", "{% for c in 'héllo' %}{{ c }}.{% endfor %}", "{% for x in i %}{% endfor %}", "{% for x in missing %}{% else %}e{% endfor %}", "{% for x in n %}{% endfor %}",
    "{% for x in l %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }}{{ loop.depth }}{{ loop.depth0 }} {% endfor %}",
    "{% for x in l %}{{ loop.previtem }}<{{ x }}>{{ loop.nextitem }} {% endfor %}", "{% for x in l %}{{ loop.previtem is defined }}{{ loop.nextitem is defined }} {% endfor %}", "{% for x in l %}{{ loop.cycle('a', 'b') }}{% endfor %}", "{% for x in [1, 1, 2] %}{{ loop.changed(x) }} {% endfor %}",
    "{% for x in l | map('string') %}{{ loop.length }}{{ loop.last }}{{ x }} {% endfor %}", "{% for x in l %}{{ loop }}{% endfor %}", "{% for x in l %}{% for y in [1, 2] %}{{ loop.index }}{% endfor %}{{ loop.index }} {% endfor %}", "{{ loop is defined }}",
    "{% for x in nested recursive %}{% if x is iterable %}[{{ loop(x) }}]{% else %}{{ loop.depth }}:{{ x }} {% endif %}{% endfor %}", "{% for x in l %}{{ loop(l) }}{% endfor %}", "{% for x in l %}{% if x == 1 %}{% break %}{% endif %}{{ x }}{% endfor %}", "{% for x in l %}{% if x == 1 %}{% continue %}{% endif %}{{ x }}{% endfor %}",
    "{% for x in l %}{% for y in l %}{% if y == 2 %}{% break %}{% endif %}{{ y }}{% endfor %};{% endfor %}", "{% break %}", "{% for x in l %}{% break %}{% else %}e{% endfor %}", "{% for x in [] %}{% else %}{{ loop is defined }}{% endfor %}", "{% for loop in l %}{% endfor %}",
    "{% set a = 1 %}{{ a }}", "{% set a, b = 1, 2 %}{{ a }}{{ b }}", "{% set a = 1, %}{{ a }}", "{% set a, b = [1] %}", "{% set a = 1 %}{% for x in l %}{% set a = x %}{{ a }}{% endfor %}{{ a }}", "{% set a = 1 %}{% if t %}{% set a = 2 %}{% endif %}{{ a }}", "{% for x in l %}{% set z = x %}{% endfor %}{{ z is defined }}",
    "{% set ns = namespace(c=0) %}{% for x in l %}{% set ns.c = ns.c + x %}{% endfor %}{{ ns.c }}", "{% set ns = namespace() %}{% set ns.a = 1 %}{{ ns.a }}{{ ns.b is defined }}", "{% set d.a = 1 %}", "{% set zz.a = 1 %}", "{% set a %}x{{ i }}y{% endset %}{{ a }}|{{ a | length }}", "{% set a | upper %}x{{ s }}{% endset %}{{ a }}", "{% set a | replace('l', 'L') | trim %} {{ s }} {% endset %}[{{ a }}]",
    "{% set ns = namespace(a='') %}{% set ns.a %}block{% endset %}{{ ns.a }}", "{% set x = 1 %}{% for y in [1, 2] %}{{ x }}{% set x = x + 1 %}{{ x }} {% endfor %}{{ x }}", "{% set true = 1 %}", "{% set 'a' = 1 %}", "{% set a.b.c = 1 %}", "{% set a = %}",
    "{% macro m(a, b=2) %}{{ a }}-{{ b }}{% endmacro %}{{ m(1) }} {{ m(1, 3) }} {{ m(b=4, a=5) }} {{ m() }}", "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, 2) }}", "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, c=2) }}", "{% macro m() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, k=3) }}", "{% macro m(a) %}{{ a }}{{ varargs }}{% endmacro %}{{ m(1, 2, 3) }}",
    "{% macro m(a, b=a) %}{{ a }}{{ b }}{% endmacro %}{{ m(1) }}", "{% macro m(a, b) %}{{ b is defined }}{{ b }}{% endmacro %}{{ m(1) }}", "{% macro f(n) %}{% if n > 0 %}{{ n }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(5) }}", "{% macro m() %}{{ i }}{% set i = 9 %}{{ i }}{% endmacro %}{{ m() }}{{ i }}", "{% macro m() %}{{ late }}{% endmacro %}{% set late = 1 %}{{ m() }}", "{{ m is defined }}{% macro m() %}{% endmacro %}{{ m is defined }}",
    "{% macro m() -%}\n  x\n{%- endmacro %}[{{ m() }}]", "{% macro m() %}{{ caller() }}!{% endmacro %}{% call m() %}body{{ i }}{% endcall %}", "{% macro m() %}{{ caller(1, 2) }}{% endmacro %}{% call(a, b) m() %}{{ a }}+{{ b }}{% endcall %}", "{% macro m() %}{{ caller is defined }}{% endmacro %}{{ m() }}", "{% macro m(x) %}{{ x }}{% endmacro %}{% call m(1) %}unused{% endcall %}", "{% macro m() %}{{ caller() }}{% endmacro %}{{ m() }}",
    "{% macro m(a, b) %}{{ a }}{{ b }}{% endmacro %}{{ m(*[1, 2]) }}{{ m(**{'a': 3, 'b': 4}) }}{{ m(1, **{'b': 5}) }}", "{% macro m() %}x{% endmacro %}{{ m }}", "{% macro m(a, b=1) %}{% endmacro %}{{ m.name }}{{ m.arguments }}", "{% macro m() %}{% for x in l %}{{ x }}{% endfor %}{% endmacro %}{{ m() | length }}{{ m() is string }}", "{% for x in l %}{% macro m() %}{{ x }}{% endmacro %}{{ m() }}{% endfor %}", "{% macro m(a=1, b) %}{% endmacro %}", "{% call s %}{% endcall %}", "{% macro m(a='x', b=none, c=[1]) %}{{ a }}{{ b }}{{ c }}{% endmacro %}{{ m(c=2) }}",
    "{% with %}{% set a = 1 %}{{ a }}{% endwith %}{{ a is defined }}", "{% with a = 1, b = 2 %}{{ a }}{{ b }}{% endwith %}", "{% with a = 1, b = a %}{{ b }}{% endwith %}", "{% filter upper %}a{{ s }}{% endfilter %}", "{% filter replace('a', 'b') | upper %}banana{% endfilter %}", "{% filter trim %}  x {% endfilter %}|", "{% print 1 + 1 %}", "{% generation %}said {{ i }}{% endgeneration %}", "{% generation %}{% set a = 1 %}{% endgeneration %}{{ a is defined }}",
    "{% include 'x' %}", "{% extends 'x' %}", "{% import 'x' as y %}", "{% unknown %}", "{% endif %}", "{% if t %}", "{% if t %}{% endfor %}", "{% for x in l %}", "{{ 1 ", "{% if t", "{# open", "{{ }}", "{% %}", "{% if %}{% endif %}", "{% for in l %}{% endfor %}", "{{ 1 }", "}} %} #}", "{ { 1 } }", "{{ '}}' }}", "{{ '{%' }}", "{{ {'a': {'b': 1}}['a']['b'] }}", "{{ {'a': {}} }}", "{% set a = {'x': {'y': 1}} %}{{ a.x.y }}", "{{ ')' }}{{ (1) }}", "{{ (1] }}", "{{ 1 ; 2 }}", "{{ l | join(',') -}} \n x", "{{ 1, 2 }}", "{{ l[1, 2] }}",
    "{{ bos }}{% for m in messages %}<|{{ m.role }}|>\n{{ m['content'] | trim }}<|end|>\n{% endfor %}{% if add_generation_prompt %}<|assistant|>\n{% endif %}", "{% for m in messages %}{% if loop.first and m.role == 'system' %}S:{{ m.content }}{% elif m.role == 'user' %}U:{{ m.content }}{% else %}A:{{ m.content }}{% endif %}{% endfor %}", "{% set sys = messages[0].content if messages[0].role == 'system' else '' %}{{ sys }}{% set rest = messages[1:] if sys else messages %}{{ rest | length }}", "{% if messages[0]['role'] != 'user' %}{{ raise_exception('Expected a user: ' ~ messages[0].role) }}{% endif %}",
    "{% set l2 = [1, 2, 3] %}{% for x in l2 %}{{ x }}{% if x == 1 %}{{ l2.pop() }}{% endif %}{% endfor %}", "{% set g = l | map('string') %}{{ g | list }}{{ g | list }}", "{% set c = cycler('a', 'b') %}{{ c.next() }}{{ c.next() }}{{ c.next() }}{{ c.current }}{{ c.reset() }}{{ c.current }}", "{% set j = joiner('|') %}{% for x in l %}{{ j() }}{{ x }}{% endfor %}", "{% set a = b = 1 %}", "{{ (messages | first).role }}{{ (messages | last)['content'] }}", "{{ messages | selectattr('role', 'equalto', 'user') | map(attribute='content') | join }}", "{{ messages | map(attribute='role') | unique | list }}", "{% for x in range(3) %}{{ x }}{{ ',' if not loop.last }}{% endfor %}",
    "{{ 'a\nb' }}", "{{ \"x\n  y\" }}", "{%- for x in l %}\n  {{- x }}\n{%- endfor %}\nend", "{% if 'a' in d and d.a is number %}ok{% endif %}", "{{ d.items() | map('first') | list }}", "{% for x in l -%} {{ x }} {%- endfor %}", "{% if not x is defined or x is none %}a{% else %}b{% endif %}", "{{ x if x is defined else 'no' }}{{ zz if zz is defined else 'no' }}", "{% set content = '' %}{% for m in messages %}{% set content = content + m.content %}{% endfor %}[{{ content }}]",
]


def cases():
    return [("{{ " + e + " }}") for e in EXPRESSIONS] + TEMPLATES
