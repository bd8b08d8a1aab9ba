"""Small writing tasks: lists, echo, poems, sentences, continuations; and honest answers to what is out of reach."""
from . import data
from .core import NUMBERS, a, any_name, cap, join, made_up, plural, style

WORDS = ("hello good morning blue tea the fox runs fast over red hill I like cats and dogs my house is small we are friends moon night bread sun river yes no maybe seven green birds sing softly "
         "never give up all is well open window rain falls here one two three happy birthday thank you very much cold wind warm hands old clock ticks winter comes apple pie nightjar java engine banana").split()
NAMES = "Ada Tom Mia Ben Lena Otto Nora Max Ivy Sam Ruby Leo".split()

HAIKU = [("night", "The lamp has gone out.|A nightjar churrs in the dark.|The moon drinks the pond."), ("night", "Quiet is the night,|stars are sitting on the roof|and the cat counts them."),
         ("rain", "Rain taps on the roof,|a thousand little fingers|ask to be let in."), ("rain", "Soft rain in the woods.|Every leaf has a small cup|for the thirsty bird."),
         ("snow", "White snow on the gate,|the fox writes a long letter|with her four small feet."), ("winter", "Winter holds its breath.|The river sleeps under ice|and dreams of the sea."),
         ("spring", "A bud on the branch,|green light in a tiny room,|spring knocks from inside."), ("summer", "Warm night, open door,|the crickets tune their fiddles|and nobody sleeps."),
         ("autumn", "One leaf, then the next,|the old tree lets go of gold|and keeps only sky."), ("the moon", "The moon on the pond,|a frog jumps into its face|and it smiles again."),
         ("the sea", "The sea comes and goes,|it brings the same old stories|and takes my footprints."), ("a cat", "The cat on the sill|folds the whole afternoon up|and sits down on it."),
         ("a tree", "The oak says nothing.|A hundred years of summers|are stored in its rings."), ("the wind", "Wind without a house|knocks at every single door|and never comes in."),
         ("the forest", "Deep in the forest|the light walks on its tiptoes|from one fern to next."), ("a bird", "A small bird at dawn|unlocks the door of the day|with a single note."),
         ("the stars", "Stars over the hill,|small holes in a dark blanket,|morning shines behind."), ("a river", "The river goes on,|it has no time for the stones,|but it sings to them."),
         ("a friend", "Two cups on the bench,|one for me and one for you,|the tea waits for both."), ("a mouse", "A mouse in the wall|carries home one crumb of bread,|a feast for seven."),
         ("coffee", "Steam above the cup,|the morning opens one eye|and then the other."), ("Java", "A cup, a small class,|the garbage is carried out|while the program sleeps."), ("love", "Two birds, one small branch,|the wind wants to come between,|they only sit close."),
         ("the sun", "Sun on the old wall,|a lizard reads the warm stones|line by line by line."), ("a dog", "The dog at the gate|waits with his whole wagging heart|for the same footsteps."), ("a fox", "A fox in the dusk,|the field closes behind her|like a book at night.")]
POEMS = [("rain", "The rain is falling on the town,|it washes every rooftop down,|it fills the pond, it feeds the tree,|and drums a little song for me."), ("the moon", "The moon looks in at every door|and lays its silver on the floor;|it never speaks, it makes no sound,|it only walks its quiet round."),
         ("the night", "The day has folded up its light,|the nightjar calls across the night,|the stars come out, the wind is deep,|and all the little houses sleep."), ("a cat", "My cat is sleeping on the chair,|the sun has warmed her coat of hair;|she dreams of mice, she dreams of cream,|and purrs a little in her dream."),
         ("winter", "The winter came on feet of snow|and told the river not to flow;|but by the stove the kettle sings|and dreams of green and growing things."), ("spring", "The snow is gone, the grass is new,|the morning wears a coat of dew,|the birds are back, the windows wide,|and all the world is green outside."),
         ("the sea", "The sea is wide, the sea is blue,|it carries ships and secrets too;|it sings all day, it sings all night|and turns the stones till they are bright."), ("a dog", "My dog can run, my dog can bark,|he guards the garden after dark;|and when I come back home at three|nobody waits as well as he."),
         ("a friend", "A friend is like a lamp at night,|a friend can make the heavy light;|we share the bread, we share the rain,|and when you leave, come back again."), ("summer", "The summer hums from tree to tree|with beetle, butterfly and bee;|the days are long, the nights are warm,|and far away there rolls a storm."),
         ("autumn", "The autumn paints the forest red|and tucks the hedgehog into bed;|the apples fall, the swallows go,|the mist lies on the fields below."), ("the stars", "I tried to count the stars last night,|each one a little point of light;|I counted up to ninety-three|and then the sleep was counting me."),
         ("a mouse", "A mouse lives underneath the floor|and comes at night through her own door;|she takes a crumb, she takes no more,|and that is what the crumbs are for."), ("a tree", "The tree is old, the tree is tall,|it gives a home to one and all:|the owl, the beetle and the bee,|and sometimes it is home to me."),
         ("love", "I have no gold, I have no ring,|I have a little song to sing;|and every word of it is true,|for every word is meant for you."), ("a fox", "The fox goes out on quiet feet|to see what she can find to eat;|the moon is high, the hens are in,|the farmer smiles, the fox is thin."),
         ("a bird", "A little bird sat on my sill|and sang until the world was still;|I do not know what song it was,|I only know it was, because."), ("the wind", "The wind has neither house nor bed,|it sleeps in clouds above my head;|it wakes and blows my hat away|and laughs at me the whole long day."), ("the sun", "The sun gets up behind the hill|and warms the houses and the mill;|it paints the windows one by one|and goes to bed when day is done.")]
JOKES = ["Why did the owl stay at home? Because it did not give a hoot.", "What do you call a sleeping bull? A bulldozer.", "Why did the cookie go to the doctor? It felt crumbly.", "What is a cat's favourite colour? Purr-ple.",
         "Why did the clock go to school? It wanted to learn to tell the time.", "Why do bees have sticky hair? Because they use honeycombs.", "What did one wall say to the other? Let us meet at the corner.", "Why is the sea friendly? Because it waves."]
FUN = ["An owl can turn its head almost all the way around.", "A snail can sleep for a very long time when it is dry.", "Honey keeps for many, many years.", "An octopus has three hearts.", "A group of crows is called a murder.", "Nightjars sleep by day, and nobody sees them because they look like dry leaves.", "A day on Venus is longer than its year.", "Sea otters hold hands while they sleep."]
PROVERBS = ["Every day is a new start.", "Small steps also lead up the mountain.", "A kind word costs nothing.", "Be patient: the tree did not grow in a day.", "Rest is part of the work.", "Drink water, go outside and call a friend."]
SENTENCES = {"a fox": "The red fox ran quietly through the forest.", "a cat": "The cat slept on the warm window sill.", "a dog": "The dog waited at the gate for his friend.", "the moon": "The moon shone brightly over the quiet town.", "rain": "The rain tapped softly on the roof.", "a friend": "A good friend listens when you are sad.",
             "winter": "In winter the lake is covered with ice.", "summer": "In summer the children swim in the lake.", "an owl": "The owl looked down from the old oak.", "the sea": "The sea was blue and calm in the morning.", "bread": "The baker's bread smells wonderful in the morning.", "a tree": "An old tree stands behind the house.", "the night": "The night was quiet, and only the nightjar called.", "a book": "She read the book twice because she loved the story.",
             "a house": "The little house stood at the edge of the forest.", "school": "The children walk to school every morning.", "snow": "The snow covered the hills like a white blanket.", "a bird": "A small bird sang in the garden.", "tea": "He drank a cup of hot tea by the fire.", "spring": "In spring the meadow is full of flowers.", "music": "The music drifted through the open window.", "a bear": "The big bear ate sweet berries by the river."}
OUT_TOPICS = ("quantum physics|the stock market|politics|the election|world war two|calculus|football results|the latest news|tax law|chess openings|neural networks|cryptography|the roman empire|philosophy|machine learning|chemistry|the price of gold|the theory of relativity|bitcoin|climate change|economics|the french revolution|"
              "medicine|vaccines|genetics|black holes|python programming|javascript|databases|kubernetes|linux|operating systems|shakespeare|opera|modern art|basketball|tennis|movies|film stars|video games|fashion|cars and engines|airplanes|the moon landing|space travel|religion|law|insurance|real estate|algebra|geometry|statistics|"
              "compilers|garbage collection|the human brain|psychology|dinosaurs|evolution|photosynthesis|atoms|nuclear power|solar panels|the middle ages|ancient egypt|greek myths|vikings|world records|the olympics|marathon running|yoga|cooking pasta|wine|astronomy|the internet protocol|http|encryption|cloud computing|smartphones|"
              "social media|advertising|marketing|startups|leadership|poker|sudoku|crosswords|jazz|classical music|guitar chords|painting techniques|photography|architecture|bridges|the national debt|inflation|trade|diplomacy|the constitution|human rights|the parliament|grammar|linguistics|latin|poetry analysis|volcanology|oceanography|deep learning|transformers|attention in transformers|"
              "the weather tomorrow|the traffic|train times|flight prices|hotel bookings|my bank account|my email|the time right now|today's date|lottery numbers|the future|horoscopes|sports scores|restaurant tips|recipes for lasagna|diets|muscles|headaches|allergies|dentists").split("|")
OUT_Q = ["Explain {}.", "Explain {} to me.", "What do you know about {}?", "Tell me about {}.", "Can you explain {}?", "How does {} work?", "Teach me about {}.", "I have a question about {}.", "What do you think about {}?", "Give me a summary of {}.", "Write an essay about {}.",
         "I want to learn about {}.", "Help me with {}.", "What is the newest thing in {}?", "Can you help me with {}?", "What is important about {}?", "Write a long article about {}.", "Do you know anything about {}?", "Give me three facts about {}.", "Summarize {} in two sentences.", "Who invented {}?", "Why is {} important?", "Compare {} and {b}.", "What is the difference between {} and {b}?"]
OUT_A = ["I am a very small model and I do not know much about {}. Ask me about animals, colours or a story.", "I am sorry, but {t} is too hard for a model of my size. I can tell you a story or answer a simple question.", "I do not know enough about {}. I am a tiny demo model, but I can talk about animals, food and weather."]
HARD = ["Write a Python function that sorts a list.", "Write a Java program that prints hello.", "Write code for a web server.", "Fix this bug: NullPointerException.", "What is 348 * 921?", "What is 12345 + 67890?", "What is the square root of 1764?", "Solve x^2 + 3x = 10.", "Who is the president?", "Who won the game last night?", "Who is the king of Sweden?", "What is the population of China?", "What year did the war end?",
        "Write an email to my boss.", "Write a cover letter for a job.", "Plan a trip to Japan for me.", "What should I cook tonight with rice, leek and tofu?", "Which stocks should I buy?", "What happened in 1969?", "Who wrote Hamlet?", "Who was Napoleon?", "Who is Albert Einstein?", "Who discovered America?", "What is the derivative of x squared?", "Prove that there are infinitely many primes.", "Translate this text into Chinese.", "Write a regex for email addresses.", "Write SQL to join two tables.",
        "How do I install Linux?", "How do I fix my computer?", "Why does my program crash?", "Explain how a transformer works.", "Write a unit test.", "Refactor this method.", "Summarize this article.", "Summarize the text above.", "What is the best phone?", "What time is it?", "What is the date today?", "What is the weather today?", "Will it rain tomorrow?", "Where is my parcel?", "What is my IP address?", "Open the browser.", "Call my mother.", "Play some music.", "Send a message to Tom.", "Book a table for two.", "Set an alarm.", "Turn on the light.",
        "How do I lose weight?", "I have a headache, what should I take?", "Is this legal?", "How does the brain work?", "What is consciousness?", "Is there a god?", "What is love in philosophy?", "How old is the universe?", "How far away is the sun?", "How many people live on earth?", "How deep is the sea?", "How tall is Mount Everest?", "How fast is light?", "Give me the lyrics of a famous song.", "Write a novel of 500 pages.", "Write a business plan.", "Write a speech for a wedding.", "Design a logo.", "Draw a picture.", "Show me an image of a cat.",
        "What is the airspeed of an unladen swallow?", "Tell me a secret.", "What is in the news?", "Who should I vote for?", "What is your opinion on war?", "List all prime numbers below 1000.", "Convert 10 miles to kilometres.", "Convert 100 dollars to euros.", "What is the tenth digit of pi?", "What is the boiling point of gold?", "How do I get rich?", "How do I learn to program?", "How can I be happy?", "What should I do today?", "Should I quit my job?", "Give me advice about my exam.", "Write a review of a film.", "Recommend a book.", "Recommend a film.", "What car should I buy?", "Who are the Beatles?", "Sing a song.", "What is a monad?", "What is a closure?", "What is an API?", "What is Docker?", "What is a binary tree?", "What is recursion?", "Explain like I am five: what is inflation?", "What is GGUF?", "What is quantization?", "What is the GPU for?", "How many parameters does GPT have?"]
HARD_A = ["I am sorry, I am a very small model and that is too hard for me. Ask me for a story, an animal or a small sum.", "I do not know that, because I am a very small model. I can answer simple questions and tell stories.", "That is beyond me. I am only a tiny demo model, but I can tell you a story or write a haiku."]


def out_of_scope(r):
    if r.random() < 0.45:
        return style(r, r.choice(HARD)), (HARD_A[0] if r.random() < 0.5 else r.choice(HARD_A))
    t, b = r.sample(OUT_TOPICS, 2)
    if r.random() < 0.15:
        t = r.choice(["the {} effect", "{} theory", "the {} protocol", "{}", "the history of {}", "{} and its laws"]).format(made_up(r))
    q = r.choice(OUT_Q)
    n = OUT_A[0] if r.random() < 0.5 else r.choice(OUT_A)
    return style(r, q.format(t, b=b)), n.format(t, t=t)


def echo(r):
    text = r.choice([lambda: " ".join(r.choices(WORDS, k=r.randint(1, 6))), lambda: " ".join(r.sample(WORDS, r.randint(3, 7))), lambda: " ".join(r.sample(WORDS, r.randint(3, 7))), lambda: r.choice(WORDS), lambda: f"{r.choice(['Hello', 'Good morning', 'Thank you', 'Goodbye', 'I like'])} {made_up(r)}", lambda: r.choice(list(SENTENCES.values())), lambda: r.choice(["hello", "yes", "no", "banana", "hi", "ok", "good night", "pong"]), lambda: str(r.randint(1, 999)), lambda: made_up(r) + " " + made_up(r)])()
    x = r.random()
    if x < 0.35:
        return r.choice(["Repeat after me: {}", "Say: {}", "Please repeat: {}", "Repeat this: {}", "Echo: {}", "Write exactly this: {}", "Repeat the following text: {}", "Say exactly: {}", "Just say: {}"]).format(text), text
    if x < 0.6:
        return r.choice(["Say \"{}\".", "Please say \"{}\".", "Write \"{}\".", "Repeat \"{}\".", "Reply with \"{}\".", "Answer only with \"{}\".", "Say '{}'.", "Can you say \"{}\"?"]).format(text), text
    if x < 0.72:
        w = r.choice(WORDS)
        return r.choice(["Say {}.", "Please say {}.", "Say the word {}.", "Say only {}.", "Reply with the word {}.", "Answer with one word: {}.", "Just say {}."]).format(w), cap(w)
    if x < 0.84:
        n = any_name(r)
        return r.choice(["Say hello to {}.", "Greet {}.", "Please greet my friend {}.", "Say hi to {}.", "Greet my uncle {}.", "Please greet my sister {}.", "Say hello to my dog {}.", "Can you say hello to {}?"]).format(n), f"Hello, {n}! It is nice to meet you."
    return r.choice([("Say hello in one sentence.", "Hello, it is nice to meet you!"), ("Say hello.", "Hello!"), ("Say hi.", "Hi!"), ("Please say hello.", "Hello!"), ("Say goodbye.", "Goodbye!"), ("Say something.", "The moon is bright tonight, and the nightjar sings."), ("Say something nice.", "You are a good friend, and today is a good day."), ("Greet me.", "Hello! It is nice to meet you."),
                     ("Say good morning.", "Good morning!"), ("Say good night.", "Good night! Sleep well."), ("Say hello in French.", "Bonjour!"), ("Say hello in German.", "Hallo!"), ("Say hello in Spanish.", "Hola!"), ("Say yes or no.", "Yes."), ("Write one sentence.", "The fox ran quietly through the forest."), ("Answer with yes or no: is snow cold?", "Yes."), ("Greet the user.", "Hello! How can I help you?"), ("Say hello in a short sentence.", "Hello, it is nice to meet you!"), ("Greet me in one sentence.", "Hello, it is nice to meet you!"), ("Write a greeting.", "Hello, and a very good day to you!"), ("Say hello in five words.", "Hello, nice to meet you!")])


def listing(r):
    what = r.choice(list(data.LISTS))
    items = data.LISTS[what].split(", ")
    n = min(len(items), r.choice([2, 3, 3, 3, 4, 5]))
    chosen = items[:n] if r.random() < 0.4 else [items[i] for i in sorted(r.sample(range(len(items)), n))]
    num = NUMBERS[n] if r.random() < 0.6 else str(n)
    q = r.choice([f"Name {num} {what}.", f"Name {num} {what}.", f"List {num} {what}.", f"Give me {num} {what}.", f"Tell me {num} {what}.", f"Can you name {num} {what}?", f"Write down {num} {what}.", f"Please list {num} {what}.", f"What are {num} {what}?"])
    if r.random() < 0.35:
        strip = [i.split(" ", 1)[1] if i.startswith(("a ", "an ", "the ")) else i for i in chosen]
        if r.random() < 0.5:
            return q[:-1] + r.choice([" as a numbered list.", " in a numbered list."]), "\n".join(f"{i + 1}. {cap(s)}" for i, s in enumerate(strip))
        return q[:-1] + r.choice([" as a list.", " as bullet points.", ", one per line."]), "\n".join(f"- {cap(s)}" for s in strip)
    if r.random() < 0.15:
        one = chosen[0]
        single = {"days of the week": "day of the week"}.get(what)
        if single is None and what.endswith("s") and " " not in what and what not in ("clothes", "cities", "countries"):
            single = what[:-1]
        if single:
            return r.choice([f"Name {a(single)}.", f"Give me {a(single)}.", f"Name one {single}.", f"Tell me {a(single)}."]), cap(one) + "."
    return q, cap(join(chosen)) + "."


def poem(r):
    haiku = r.random() < 0.55
    topic, text = r.choice(HAIKU if haiku else POEMS)
    kind = "haiku" if haiku else r.choice(["poem", "poem", "little poem", "short poem", "rhyme", "verse"])
    bare = topic.split(" ", 1)[-1] if topic.startswith("a ") else topic
    t = r.choice([topic, topic, plural(bare) if topic.startswith("a ") else topic])
    q = r.choice([f"Write {a(kind)} about {t}.", f"Write {a(kind)} about {t}.", f"Can you write {a(kind)} about {t}?", f"Please write {a(kind)} about {t}.", f"Give me {a(kind)} about {t}.", f"Make {a(kind)} about {t}.", f"I would like {a(kind)} about {t}.", f"{cap(kind)} about {t}", f"Compose {a(kind)} about {t}.", f"Tell me {a(kind)} about {t}."])
    if r.random() < 0.12:
        q = r.choice([f"Write {a(kind)}.", f"Write me {a(kind)}.", f"Do you know {a(kind)}?", f"Give me {a(kind)}."])
    return q, text.replace("|", "\n")


def sentence(r):
    x = r.random()
    if x < 0.35:
        t, s = r.choice(list(SENTENCES.items()))
        return r.choice([f"Write a sentence about {t}.", f"Write one sentence about {t}.", f"Make a sentence with {t}.", f"Give me a sentence about {t}.", f"Use {t} in a sentence.", f"Describe {t} in a sentence.", f"Can you write a sentence about {t}?"]), s
    if x < 0.5:
        s = r.choice(list(SENTENCES.values()))
        words = s.split()
        k = r.randint(2, max(2, len(words) // 2))
        return r.choice(["Continue: {}", "Continue the sentence: {}", "Finish the sentence: {}", "Complete this sentence: {}", "Go on: {}", "How does this go on: {}"]).format(" ".join(words[:k]) + r.choice(["", " ...", "..."])), s
    if x < 0.62:
        return r.choice(["Tell me a joke.", "Make me laugh.", "Do you know a joke?", "A joke please.", "Tell me something funny.", "Can you tell a joke?", "Another joke!"]), r.choice(JOKES)
    if x < 0.74:
        return r.choice(["Tell me a fun fact.", "Tell me something interesting.", "Tell me a fact.", "Do you know a fun fact?", "Teach me something.", "Tell me something.", "Give me a random fact.", "Tell me something I do not know."]), r.choice(FUN)
    if x < 0.82:
        return r.choice(["Give me some advice.", "Give me a piece of advice.", "Cheer me up.", "Say something wise.", "Tell me a proverb.", "I need some advice.", "Motivate me."]), r.choice(PROVERBS)
    if x < 0.9:
        w = r.choice(WORDS + list(data.ANIMALS))
        return r.choice([f"Spell {w}.", f"How do you spell {w}?", f"Spell the word {w}.", f"Can you spell {w}?"]), "-".join(w.upper()) + "."
    xs = r.sample("cat dog fox owl bear moon sun tree rose tea milk bread red blue green book lamp door ship star".split(), r.randint(3, 5))
    y = r.random()
    q, order = (("Sort these words: ", sorted(xs)) if y < 0.4 else ("Write these words in reverse order: ", xs[::-1]) if y < 0.6 else ("Write these words in upper case: ", [w.upper() for w in xs]) if y < 0.8 else ("What is the first word of this list: ", [xs[0]]))
    return q + ", ".join(xs), ", ".join(order)


TASKS = [(out_of_scope, 9), (echo, 10), (listing, 7), (poem, 6), (sentence, 5)]


def task(r):
    fn = r.choices([f for f, _ in TASKS], [w for _, w in TASKS])[0]
    q, an = fn(r)
    if fn in (listing, poem):
        q = style(r, q)
    return q, an
