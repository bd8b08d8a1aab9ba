"""Words that the tables of the demo chat model do not have. All written for this project."""
from corpus import data

CITIES = sorted(set(data.CAPITALS.values()))
TIMES = "today|tonight|tomorrow|this morning|this evening|this week|on Monday|on Friday|on Sunday|in spring|in winter|in autumn|in summer".split("|")

# name: words, statements, advice
WEATHER = {
    "rain": (["rain", "wet weather", "a shower"],
             ["It rains {place} {time}.", "Rain falls {place} {time}.", "It is raining hard {place} {time}.", "It is wet {place} {time}."],
             ["take an umbrella {place} {time}, it will rain."]),
    "snow": (["snow", "a snowstorm", "snowfall"],
             ["It snows {place} {time}.", "Snow falls {place} {time}.", "White flakes come down {place} {time}.", "The roofs are white with snow {place} {time}."],
             ["put on warm boots {place} {time}, there is snow."]),
    "sun": (["sun", "sunshine", "a clear sky"],
            ["The sun shines {place} {time}.", "It is sunny {place} {time}.", "The sky is clear {place} {time}.", "There are no clouds {place} {time}."],
            ["wear a sun hat {place} {time}, the sun is strong."]),
    "wind": (["wind", "a strong wind", "a breeze"],
             ["The wind blows {place} {time}.", "It is windy {place} {time}.", "A strong wind blows {place} {time}."],
             ["hold on to your hat {place} {time}, it is windy."]),
    "storm": (["a storm", "thunder", "lightning"],
              ["A storm comes {place} {time}.", "There is thunder and lightning {place} {time}.", "It thunders {place} {time}."],
              ["stay in the house {place} {time}, a storm is near."]),
    "fog": (["fog", "mist"],
            ["There is fog {place} {time}.", "It is foggy {place} {time}.", "Grey mist lies on the streets {place} {time}."],
            ["drive slowly {place} {time}, the fog is thick."]),
    "heat": (["hot weather", "great heat"],
             ["It is very hot {place} {time}.", "The air is hot and dry {place} {time}.", "The heat is great {place} {time}."],
             ["drink much water {place} {time}, it is hot."]),
    "frost": (["frost", "ice", "cold weather"],
              ["It is very cold {place} {time}.", "It freezes {place} {time}.", "There is ice on the lakes {place} {time}.", "The cold is bitter {place} {time}."],
              ["wear a warm coat {place} {time}, it is cold."]),
}

# food: (what it is, how it is made or eaten, taste)
FOODS = {k: v.split("|") for k, v in (x.split("=") for x in """bread=a food baked from flour and water|baked in the oven|fresh
cake=a sweet food for feasts|baked with sugar and eggs|sweet
soup=a warm meal of water and vegetables|cooked in a big pot|salty
cheese=a food made from milk|made from milk|salty
butter=a soft yellow food made from milk|made from cream|mild
honey=a sweet food that bees make|eaten with bread|sweet
rice=small white grains that are boiled|boiled in water|mild
pasta=a food of flour and water from Italy|boiled and eaten with sauce|good
pizza=a flat bread with tomatoes and cheese|baked in a hot oven|salty
salad=a cold meal of leaves and vegetables|mixed with oil and salt|fresh
chocolate=a sweet brown food made from cocoa|made from cocoa and sugar|sweet
ice cream=a cold and sweet food for hot days|made from frozen milk|sweet
milk=a white drink that cows give|drunk from a cup|mild
tea=a warm drink made from leaves|made with hot water|bitter
coffee=a dark warm drink made from beans|made from ground beans|bitter
juice=a drink pressed from fruit|pressed from fruit|sweet
apples=round fruits that grow on trees|eaten fresh or in a cake|sweet
pears=sweet fruits that grow on trees|eaten fresh|sweet
bananas=long yellow fruits|peeled and eaten|sweet
lemons=sour yellow fruits|pressed for their juice|sour
cherries=small red fruits with a stone|picked in summer|sweet
strawberries=red berries from the garden|eaten with cream|sweet
carrots=orange vegetables that grow under the ground|cooked or eaten raw|sweet
potatoes=vegetables that grow under the ground|boiled or fried|mild
onions=round vegetables that make you cry|cut and fried|sharp
tomatoes=red fruits that are eaten like vegetables|cut for a salad|fresh
beans=seeds that are cooked as a meal|cooked for a long time|mild
eggs=a food that hens lay|boiled for six minutes|mild
fish=a meal from the sea or the river|fried in a pan|salty
pancakes=thin cakes of milk, flour and eggs|fried in a pan|sweet
nuts=hard seeds with a shell|cracked open and eaten|mild
porridge=a warm meal of oats and milk|cooked for breakfast|mild""".split("\n"))}

EATERS = "I|you|we|they|she|he|Anna|Tom|my mother|the children|the baker|the farmer|a hungry boy|our guests".split("|")
MEALS = "for breakfast|for lunch|for dinner|in the evening|in the kitchen|at the market|every day".split("|")

# Who does what where: words of one line mean the same.
WHO = [x.split("|") for x in """a cat|the cat|a small cat
a dog|the dog|a big dog
a horse|the horse|a brown horse
a bird|the bird|a little bird
a man|the man|a gentleman
a woman|the woman|a lady
a child|the child|a kid
a boy|the boy|a young boy
a girl|the girl|a young girl
a teacher|the teacher|a school teacher
a doctor|the doctor|a physician
an old king|the king|the old ruler
the musicians|some musicians|a band
two friends|the friends|a pair of friends""".split("\n")]
BEASTS = 4                       # so many of the first lines are animals
DOES = [x.split("|") for x in """sleeps|is sleeping|takes a nap|rests
runs|is running|races along|hurries
sits|is sitting|has taken a seat
sings|is singing|sings a song
waits|is waiting|stands and waits
plays|is playing|has fun
looks around|is looking around|watches everything
jumps|is jumping|leaps up
is sad|feels unhappy|is crying
is happy|feels glad|is full of joy""".split("\n")]
PEOPLE_DO = [x.split("|") for x in """reads a book|is reading|reads a novel
writes a letter|is writing a letter|puts a letter on paper
buys a car|is buying a car|gets a new car
works at a computer|is using a computer|types on a computer
plays the guitar|makes music on a guitar|is playing a guitar
rides a bicycle|is cycling|goes by bike
pays the bill|is paying money|gives the money
talks on the phone|makes a phone call|is phoning""".split("\n")]
WHERE = [x.split("|") for x in """on the sofa|on the couch
in the garden|between the flowers of the garden
in the street|on the road
at home|in the house
in the park|under the trees of the park
at school|in the classroom
near the river|on the bank of the river
on the mat|on the carpet
at the station|beside the train""".split("\n")]
