"""The story grammar: a hero, a friend, an object and a place go through one of a dozen plots."""
from .core import FEMALE, MALE, a, cap, made_up

# hero words; (m)ale, (f)emale or either
HEROES = ("fox cat dog bear hare mouse owl hedgehog wolf frog duck goose horse donkey cow sheep goat pig rabbit squirrel badger otter beaver mole deer crow raven sparrow nightjar penguin seal whale dolphin "
          "parrot camel giraffe zebra elephant lion tiger monkey turtle snail bee ant spider butterfly beetle bat hen rooster lizard crab octopus fish eagle stork swan snake moth cricket kitten puppy lamb "
          "dragon robot ghost giant fairy elf wizard witch snowman pirate knight prince:m princess:f king:m queen:f baker miller farmer teacher doctor painter sailor fisherman:m shepherd tailor gardener clockmaker poet "
          "boy:m girl:f child grandmother:f grandfather:m student astronaut detective cook postman:m musician programmer thief captain dancer unicorn monster mermaid:f dinosaur cloud star tree river lighthouse train car computer").split()
ADJ = "little young old small clever shy brave curious hungry lazy kind tired quiet happy lonely grey red brown white tiny big funny patient careful cheerful gentle proud sleepy".split()
OBJECTS = ("key lamp lantern book letter map bell drum flute violin kite ball boat umbrella hat scarf coat shoe button ring coin box basket bag teapot cup spoon pot ladder rope wheel clock watch mirror candle feather "
           "stone shell acorn nut apple pear cake pie cookie carrot pumpkin mushroom flower rose seed leaf egg nest blanket pillow picture doll train toy needle hammer broom bucket compass telescope crown sword "
           "treasure star moonstone lost sock red balloon golden egg magic bean silver spoon old piano blue bicycle wooden horse paper boat glass marble music box tin soldier snow globe").split()
OBJECTS = OBJECTS[:OBJECTS.index("lost")] + ["sock", "red balloon", "golden egg", "magic bean", "silver spoon", "old piano", "blue bicycle", "wooden horse", "paper boat", "glass marble", "music box", "tin soldier", "snow globe", "computer", "garden", "bridge"]
OBJECTS = [o for o in OBJECTS if o not in ("garden", "bridge")]
PLACES = [x.split("|") for x in """forest|in the forest
town|in a little town
village|in a quiet village
mountain|on a high mountain
lake|by a blue lake
river|by a slow river
sea|by the sea
farm|on an old farm
garden|in a green garden
castle|in an old castle
mill|near the old mill
island|on a small island
meadow|in a wide meadow
desert|in a hot desert
cave|in a dark cave
city|in a big city
library|in a quiet library
lighthouse|near a lighthouse
moon|on the moon
market|near the market
bridge|under an old bridge
school|near a school
station|at the railway station
bakery|in a warm bakery
jungle|in a green jungle
hill|on a green hill
pond|by a small pond
house|in a small house
ship|on a big ship
snow|in the deep snow""".split("\n")]
OPEN = ["Once upon a time there was {hero} who lived {place}.", "Once upon a time, {hero} lived {place}.", "There once was {hero} who lived {place}.", "{Hero} lived {place}.", "Long ago, {hero} lived {place}.",
        "{Place}, there lived {hero}.", "Not so long ago, {hero} lived {place}."]
NAMED = ["{His} name was {n}.", "{His} name was {n}, and everyone liked {him}.", "{He} was called {n}.", "Everyone called {him} {n}."]
TRAIT = ["Every morning {he} drank a cup of tea and looked at the sky.", "{He} liked warm evenings and good stories.", "{He} had a small house with a blue door.", "{He} loved to sing, but only when nobody was near.", "{He} knew every stone and every tree of the place.",
         "Most of all {he} liked the smell of rain.", "{He} was never in a hurry.", "{He} slept in a soft bed of leaves.", "In the evening {he} counted the stars.", "{He} had many dreams and one good friend."]
WEATHER = ["It was a bright morning in spring.", "It was a cold day in winter.", "The sun was warm and the wind was still.", "A grey fog lay over the land.", "It had rained all night.", "It was a golden day in autumn.", "The moon was full that night.", "The air smelled of snow.", "The birds were singing."]
LOOK = ["{He} looked under the bed, behind the door and in the old tree, but {he} found nothing.", "{He} looked everywhere, but it was not there.", "{He} searched all day, from the gate to the river.", "{He} asked the wind and the rain, but they did not know."]
SAD = ["{N} was very sad.", "{N} sat down and cried a little.", "{N} did not know what to do.", "{N} felt small and alone."]
MEET = ["Then {n} met {friend}.", "On the way {he} met {friend}.", "Soon {friend} came by.", "Just then, {friend} came along the path."]
ASKF = ['"What is wrong?" asked {thefriend}.', '"Why are you so sad?" asked {thefriend}.', '"Can I help you?" asked {thefriend}.', '"You look worried," said {thefriend}.']
THANK = ['"Thank you," said {n}. "You are a true friend."', '"Thank you!" said {n}, and {his} heart was light again.', "{N} thanked {thefriend} with a big smile.", '"How can I thank you?" asked {n}. "Just be my friend," said {thefriend}.']
END = ["From that day on they were good friends.", "And they were friends for ever.", "That night {n} slept very well.", "And {n} was happy.", "They drank tea together until the stars came out.", "And if you listen at night, you can still hear them laugh.", "Since then {n} is never alone.", "And so the day ended well."]
MORAL = ["So {n} learned that a friend is worth more than gold.", "So {n} learned that it is good to ask for help.", "So {n} learned that small steps lead far.", "So {n} learned that sharing makes everyone rich.", "So {n} learned to be brave."]

# A plot is a list of beats; each beat offers some sentences. {obj} 'a key', {theobj} 'the key'.
PLOTS = {
    "lost": [["One day {he} lost {his} {o}.", "One morning {his} {o} was gone.", "One evening {he} could not find {his} {o}."], SAD, LOOK, MEET, ASKF, ['"I have lost my {o}," said {n}.', '"My {o} is gone," said {n}.'],
             ['"Let us look together," said {thefriend}.', '"Two can see more than one," said {thefriend}.'], ["They looked near the river, and there it was, under a leaf.", "At last they found {theobj} in the grass.", "They found {theobj} behind an old stone.", "{Thefriend} saw {theobj} high in a tree and brought it down."], THANK],
    "found": [["One day {he} found {obj} on the path.", "One morning {obj} lay in front of {his} door.", "On a walk {he} found {obj} under a tree."], ['"Whose {o} is this?" {he} wondered.', "{He} had never seen such a fine {o}.", '"How beautiful!" {he} said.'], ["{He} wanted to keep it, but {he} knew that somebody would miss it.", "{N} asked everyone in the place, but nobody knew it."],
              MEET, ["{Thefriend} was looking for something and was close to tears.", '"I have lost my {o}," said {thefriend}.'], ["{N} gave {theobj} back at once.", '"Here it is," said {n}. "I kept it safe for you."'], ["{Thefriend} laughed with joy.", "{Thefriend} danced around {n}."], ['"Come to my house and have some cake," said {thefriend}.', '"You are honest," said {thefriend}. "Let us be friends."']],
    "storm": [["One night a big storm came.", "One evening the wind began to howl and the rain fell hard."], ["{N} made a fire and held {his} {o} tight.", "{N} sat at the window with {his} {o}.", "{N} was glad to have {his} {o} and a warm place."], ["Then somebody knocked on the door.", "Suddenly {he} heard a soft knock."], ["It was {friend}, wet and cold.", "Outside stood {friend} without a coat."],
              ['"May I come in?" asked {thefriend}.', '"I have no place to sleep," said {thefriend}.'], ['"Of course," said {n}. "Here is a blanket and some hot soup."', '"Come in quickly," said {n}.'], ["They sat by the fire and told stories until the storm was over.", "All night they listened to the rain and laughed."], ["In the morning the sun was back.", "In the morning the sky was clear and blue."], THANK],
    "fear": [["{N} was afraid of the dark.", "There was one thing that {n} feared: the night.", "Every evening {n} was afraid of the dark."], ["{He} kept {his} {o} close to the bed.", "{He} never went out without {his} {o}."], ["One night {he} heard a strange sound.", "One night something went tap, tap, tap."], ["{His} heart beat fast, but {he} took {his} {o} and went to look.", "{He} took a deep breath and opened the door."], ["It was only {friend}.", "There sat {friend} and looked at the moon."],
             ['"Look up," said {thefriend}. "The stars are only out at night."', '"The night is not bad," said {thefriend}. "It is only quiet."'], ["{N} looked up and saw a thousand stars.", "{N} saw the stars, and the fear was gone."], ["Now {he} likes the night best of all.", "Since that night {he} is not afraid any more."]],
    "gift": [["The birthday of {friend} was near.", "It was the birthday of {friend}."], ["{N} wanted to give {thefriend} something beautiful.", "{N} had no money for a gift."], ["{He} thought for a long time.", "{He} walked up and down and thought."], ["Then {he} made {obj} with {his} own hands.", "So {he} worked all night and made {obj}.", "Then {he} took {his} own {o} and put a ribbon on it."], ["The ribbon was red, and the paper was blue.", "It was not perfect, but it was made with love."],
             ['"For me?" asked {thefriend}.', "{Thefriend} opened the box and was silent."], ['"It is the best gift of all," said {thefriend}.', '"Nobody ever gave me {obj}," said {thefriend}. "Thank you!"'], ["Then they ate cake and sang.", "They danced until the moon came up."]],
    "journey": [["One day {n} wanted to see the sea.", "{N} had never seen the sea.", "{N} dreamed of the wide world."], ["{He} put some bread and {his} {o} into a bag and left.", "{He} took {his} {o} and set out early in the morning."], ["The way was long.", "{He} walked over hills and through valleys."], MEET, ['"Where are you going?" asked {thefriend}.', '"May I come with you?" asked {thefriend}.'], ['"To the sea," said {n}. "Come with me!"', "So they went on together."], ["When they were tired, {theobj} reminded {n} of home.", "At night they slept under the stars.", "In a dark valley {theobj} helped them to find the way."],
                ["On the third day they saw the sea, blue and wide.", "At last they stood by the sea and said nothing for a long time."], ["Then they went home and told everyone about it.", '"It is bigger than my dream," said {n}.']],
    "learn": [["{N} wanted to learn to fly a kite.", "{N} wanted to learn to swim.", "{N} wanted to learn to sing.", "{N} wanted to learn to bake bread.", "{N} wanted to learn to read."], ["At first it went badly.", "The first day was hard.", "{He} tried and tried, but it did not work."], ['"I will never learn it," said {n} and threw {his} {o} into the grass.', "{He} hid under a tree with {his} {o} and did not want to try again."], MEET, ['"Try again," said {thefriend}. "I fell a hundred times before I could do it."', '"Nobody can do it on the first day," said {thefriend}.'],
              ["{Thefriend} showed {him} how to do it, step by step.", "So {n} tried it again, slowly and with care."], ["After a week it went well.", "On the seventh day {he} could do it."], ["Everyone clapped, and {n} gave {theobj} to {thefriend} as a thank you.", "{N} was so proud that {he} laughed out loud."]],
    "share": [["One winter there was little food.", "It was a hungry winter."], ["{N} had only {obj} and a piece of bread.", "{N} had a piece of cheese, some nuts and {obj}."], ["Then {friend} came to the door.", MEET[1]], ['"I have not eaten for two days," said {thefriend}.', '"I am so hungry," said {thefriend}.'], ["{N} looked at the bread. It was small, but {he} cut it in two.", '"Sit down," said {n}. "We will share."'], ["They ate slowly and it was enough for both.", "It was the best meal of the winter."], ["In spring {thefriend} came back with a basket full of berries.", "When spring came, {thefriend} brought honey, nuts and flowers."], ['"Now I share with you," said {thefriend}.', "They made a feast, and everybody came."]],
    "race": [["One day {friend} said: \"I am faster than you.\"", "{Friend} always said that nobody was faster."], ['"Let us race to the old bridge," said {n}.', '"Then let us have a race," said {n}.'], ["The prize was {obj}.", "The winner was to get {obj}."], ["{Thefriend} ran like the wind and was soon far ahead.", "{Thefriend} laughed and ran away."], ["But then {thefriend} sat down in the grass and fell asleep.", "But then {thefriend} fell into a ditch and could not get out."], ["{N} did not run past. {He} stopped and helped.", "{N} could have won, but {he} woke {thefriend} up."], ["They crossed the bridge together.", "So both of them came to the bridge at the same time."], ["They shared {theobj} and laughed about the race.", '"We both win," they said.']],
    "sound": [["One night {n} heard music.", "One evening a strange song came from far away."], ["{He} took {his} {o} and followed the sound.", "{He} got up, took {his} {o} and went out."], ["The path went through tall grass and over a little bridge.", "The moon showed {him} the way."], ["At the end of the path sat {friend} and sang.", "There {he} found {friend}, who was singing to the moon."], ['"Why do you sing at night?" asked {n}.', '"Your song is beautiful," said {n}.'], ['"By day nobody listens," said {thefriend}.', '"I sing because I am lonely," said {thefriend}.'], ["So {n} sat down and listened until the morning.", "{N} used {theobj} as a drum, and they made music together."], ["Now they sing together every night.", "Soon all the neighbours came to listen."]],
    "build": [["{N} wanted to build a bridge over the river.", "{N} wanted to build a boat.", "{N} wanted to build a house in a tree."], ["{He} had wood and nails, but only {obj} to work with.", "{His} only tool was {obj}."], ["The work was hard, and the wood fell down again and again.", "After three days there was almost nothing to see."], MEET, ['"What are you building?" asked {thefriend}.', '"That looks heavy," said {thefriend}.'], ["{Thefriend} brought a rope and two strong friends.", "Together they lifted the wood."], ["On Sunday the work was done.", "When the moon came up, it was ready."], ["They put {theobj} on top, so that everyone could see it.", "They sat on it and ate apples."]],
    "wish": [["One night a star fell from the sky.", "One night {he} saw a falling star."], ["{N} closed {his} eyes and made a wish.", '"I wish for {obj}," said {n}.'], ["In the morning {obj} lay in front of the door.", "When {he} woke up, {obj} lay on the table."], ["{He} was happy, but soon {he} was bored, because {he} was alone with it.", "It was wonderful, but there was nobody to show it to."], MEET, ['"What a fine {o}!" said {thefriend}.', '"May I see your {o}?" asked {thefriend}.'], ["They played with {theobj} all day.", "{N} let {thefriend} hold {theobj}."], ["Then {n} knew that a friend had been the real wish.", '"My wish has come true twice," said {n}.']],
    "mistake": [["One day {n} broke the {o} of {friend}.", "By mistake {n} broke the {o} that belonged to {friend}."], ["{He} was afraid to say it.", "{He} wanted to hide it under the bed."], ["All night {he} could not sleep.", "{His} heart was heavy like a stone."], ["In the morning {he} went to {thefriend} and told the truth.", "Then {he} took all {his} courage and told {thefriend} everything."], ['"I am sorry," said {n}. "I broke your {o}."', '"It was me," said {n}. "I am so sorry."'], ['"I am glad that you told me," said {thefriend}.', '"It is only {obj}," said {thefriend}. "You are more important."'], ["They repaired it with a little glue.", "Together they mended it, and it was almost like new."]],
}

# Whole little stories of two or three sentences, for those who ask for a short one.
SHORT = ["One day {he} lost {his} {o}, and {friend} found it in the grass.|They were so glad that they danced until the evening.", "When {his} {o} was gone, {he} looked everywhere.|At last {friend} brought it back, and they became friends.",
         "On a walk {he} found {obj} under a tree.|It belonged to {friend}, so {he} gave it back at once and got a big smile.", "One stormy night {friend} knocked on the door, wet and cold.|{N} gave {thefriend} a blanket and some soup, and they talked until the morning.",
         "{N} was afraid of the dark, until {friend} showed {him} the stars.|Since that night {he} loves the dark.", "{N} made {obj} for the birthday of {friend}.|It was not perfect, but {thefriend} said that it was the best gift of all.",
         "{He} took {his} {o} and walked for three days to see the sea.|When {he} saw it, {he} said nothing for a long time, and then {he} laughed.", "{N} wanted to learn to swim, but {he} was afraid.|{Friend} held {his} hand, and after a week {he} swam like a fish.",
         "One winter {he} had only a piece of bread and {obj}, but {he} shared the bread with {friend}.|In spring {thefriend} came back with a basket full of berries.", "{Friend} said: \"I am faster than you.\"|They ran a race, and when {thefriend} fell, {n} stopped to help.|So they both won.",
         "One night {he} heard music and followed it with {his} {o}.|It was {friend}, who sang to the moon, and from then on they sang together.", "{N} wished for {obj} when a star fell from the sky.|In the morning it was there, but it was only fun when {friend} came to play.",
         "By mistake {he} broke the {o} of {friend}.|{He} told the truth, and together they mended it.", "Every night {he} put {his} {o} on the window sill.|One morning {friend} had painted it blue, and {n} laughed all day.", "{He} built a small boat, and {friend} gave {him} {obj} as a sail.|Together they sailed to the end of the lake and back."]


def hero(r, word=None, adj=None):
    """(word with adjective, bare word, gender)."""
    w = word or r.choice(HEROES)
    w, _, g = w.partition(":")
    return (f"{adj} {w}" if adj else w), w, g or r.choice("mf")


def story(r, hero_word=None, friend_word=None, obj=None, place=None, length="medium", name=None, adj=None, plot=None):
    if adj is None and r.random() < 0.45:
        adj = r.choice(ADJ)
    h, hw, g = hero(r, hero_word, adj)
    fw = friend_word
    while fw is None or fw == hw:
        fw = r.choice(HEROES).partition(":")[0]
    o = obj or r.choice(OBJECTS)
    pl = place or r.choice(PLACES)[1]
    named = bool(name) or r.random() < 0.5
    n = name or (r.choice(FEMALE if g == "f" else MALE) if r.random() < 0.75 else made_up(r))
    if not named:
        n = f"the {hw}"
    he, him, his = ("she", "her", "her") if g == "f" else ("he", "him", "his")
    friend = a(fw) if r.random() < 0.75 or friend_word else a(f"{r.choice(ADJ)} {fw}")
    d = {"hero": a(h), "n": n, "he": he, "him": him, "his": his, "friend": friend, "thefriend": f"the {fw}", "o": o, "obj": a(o), "theobj": f"the {o}", "place": pl}
    d.update({cap(k): cap(v) for k, v in d.items()})
    say = lambda options: r.choice(options).format_map(d)
    beats = PLOTS[plot or r.choice(list(PLOTS))]
    out = [say(OPEN)]
    if named:
        out.append(say(NAMED))
    if length == "short":
        out += [say([t]) for t in r.choice(SHORT).split("|")]
        if r.random() < 0.4:
            out.append(say(END))
        return " ".join(out)
    if r.random() < (0.9 if length == "long" else 0.4):
        out.append(say(TRAIT))
    if length == "long":
        out.append(say(WEATHER))
    for b in beats:
        out.append(say(b))
    if length == "long" and len(beats) < 9:
        out.append(say(MORAL))
    out.append(say(END))
    text, paras = " ".join(out), r.random() < 0.35
    if paras and len(out) > 6:
        k = r.choice([2, 3])
        text = " ".join(out[:k]) + "\n\n" + " ".join(out[k:])
    return text


def bare_story(r):
    return story(r, length=r.choice(["short", "medium", "medium", "long"]))


ASK = ["Tell me a story{w}.", "Tell me a story{w}.", "Write a story{w}.", "Write a short story{w}.", "Tell me a short story{w}.", "Can you tell me a story{w}?", "Please tell me a story{w}.", "I would like to hear a story{w}.", "Give me a story{w}.", "Tell a story{w}.", "Make up a story{w}.",
       "Do you know a story{w}?", "Could you write a story{w}?", "Invent a little tale{w}.", "Tell us a tale{w}.", "A story{w}, please.", "I want a story{w}.", "Write me a fairy tale{w}.", "Tell me a bedtime story{w}.", "Once more, a story{w}.", "Story{w}, please.", "Story{w}!", "A short story{w}.", "Can I have a story{w}?", "Let me hear a story{w}.", "I need a story{w} for my child.", "Can you make up a little story{w}?", "Write something nice{w}.", "Write a few lines{w}.", "Please write a little tale{w}.", "Entertain me with a story{w}.", "My children want a story{w}.", "Could you tell my son a story{w}?", "Would you tell me a story{w}?", "Tell me a funny story{w}.", "Tell me a nice story{w}."]


def story_turn(r):
    """(user, assistant); the story uses what was asked for."""
    kw, about = {}, []
    x = r.random()
    if x < 0.9:
        adj = r.choice(ADJ) if r.random() < 0.25 else None
        h, hw, _ = hero(r, None, adj)
        if r.random() < 0.08:
            hw = made_up(r).lower()
            h = f"{adj} {hw}" if adj else hw
        else:
            hw = next(w for w in HEROES if w.partition(":")[0] == hw)
        kw.update(hero_word=hw, adj=adj or "")
        about.append(a(h))
        if r.random() < 0.1:
            n = r.choice(MALE + FEMALE) if r.random() < 0.6 else made_up(r)
            if ":" not in hw:
                kw["hero_word"] = hw + (":m" if n in MALE else ":f" if n in FEMALE else "")
            kw["name"] = n
            about[-1] += f" called {n}"
    if r.random() < 0.3:
        kw["obj"] = r.choice(OBJECTS)
        about.append(a(kw["obj"]))
    elif r.random() < 0.3:
        kw["friend_word"] = r.choice([h.partition(":")[0] for h in HEROES if h.partition(":")[0] != kw.get("hero_word", "").partition(":")[0]])
        about.append(a(kw["friend_word"]))
    w = " about " + " and ".join(about) if about else ""
    if r.random() < 0.15:
        pw, kw["place"] = r.choice(PLACES)
        w += r.choice([f" {kw['place']}", f" that plays {kw['place']}"]) if about else f" that plays {kw['place']}"
    length = "medium"
    q = r.choice(ASK).format(w=w)
    y = r.random()
    if y < 0.2:
        length = "short"
        q = q[:-1] + r.choice([" in a few sentences", " in three sentences", " in two sentences", ", but keep it short", ", very short"]) + q[-1]
    elif y < 0.27:
        length = "long"
        q = q.replace("a short story", "a story").replace("a story", "a long story", 1) if "a story" in q or "short story" in q else q
    elif "short" in q or r.random() < 0.3:
        length = "short" if r.random() < 0.8 else "medium"
    return q, story(r, length=length, **kw)


def start_turn(r):
    """The user gives the first sentence and the model goes on."""
    s = bare_story(r)
    head, dot, tail = s.partition(". ")
    if not tail:
        return story_turn(r)
    return r.choice(["Continue the story: {}", "Go on with this story: {}", "Continue: {}", "How does the story go on? {}", "Continue this: {}"]).format(head + "."), tail
