"""Tables of simple facts. One line each; all written for this project."""

CAPITALS = dict(x.split(":") for x in """France:Paris Germany:Berlin Italy:Rome Spain:Madrid Portugal:Lisbon England:London Scotland:Edinburgh Ireland:Dublin
Wales:Cardiff Austria:Vienna Switzerland:Bern Belgium:Brussels Poland:Warsaw Norway:Oslo Sweden:Stockholm Finland:Helsinki Denmark:Copenhagen
Iceland:Reykjavik Greece:Athens Hungary:Budapest Turkey:Ankara Egypt:Cairo Japan:Tokyo China:Beijing Russia:Moscow Canada:Ottawa Australia:Canberra
India:Delhi Kenya:Nairobi Cuba:Havana Peru:Lima Brazil:Brasilia Ukraine:Kyiv Croatia:Zagreb Bulgaria:Sofia Romania:Bucharest Serbia:Belgrade Thailand:Bangkok""".split())
CAPITALS.update({"the Netherlands": "Amsterdam", "the United States": "Washington", "the United Kingdom": "London",
                 "the Czech Republic": "Prague", "South Korea": "Seoul", "the USA": "Washington", "the UK": "London"})

# animal: sound verb, sound, food, home, colour, legs, baby, size rank, a short definition
ANIMALS = {k: v.split("|") for k, v in (x.split("=") for x in """cat=meows|meow|mice and fish|in a house|grey|4|kitten|4|a small pet with soft fur that catches mice
dog=barks|woof|meat and bones|in a house|brown|4|puppy|5|a friendly pet that guards the house
cow=moos|moo|grass|on a farm|brown and white|4|calf|8|a large farm animal that gives milk
sheep=bleats|baa|grass|on a farm|white|4|lamb|6|a farm animal with thick wool
goat=bleats|meh|grass and leaves|on a farm|white|4|kid|6|a farm animal with horns and a beard
pig=grunts|oink|roots and corn|on a farm|pink|4|piglet|6|a clever farm animal with a round nose
horse=neighs|neigh|grass and hay|in a stable|brown|4|foal|8|a large animal that people can ride
donkey=brays|hee-haw|grass and hay|on a farm|grey|4|foal|7|an animal with long ears that carries loads
duck=quacks|quack|water plants|on a pond|green and brown|2|duckling|4|a bird that swims on ponds
goose=honks|honk|grass|on a farm|white|2|gosling|4|a large water bird with a long neck
hen=clucks|cluck|seeds and worms|on a farm|brown|2|chick|4|a farm bird that lays eggs
rooster=crows|cock-a-doodle-doo|seeds and worms|on a farm|red and brown|2|chick|4|a male farm bird that crows in the morning
owl=hoots|hoo-hoo|mice|in the forest|brown|2|owlet|4|a bird that hunts at night and sees well in the dark
wolf=howls|howl|meat|in the forest|grey|4|pup|6|a wild animal that looks like a dog and lives in packs
lion=roars|roar|meat|in the savanna|yellow|4|cub|8|a big wild cat with a mane
tiger=roars|roar|meat|in the jungle|orange and black|4|cub|8|a big wild cat with stripes
bear=growls|growl|berries, fish and honey|in the forest|brown|4|cub|8|a large strong animal that sleeps in winter
fox=barks|yap|mice and berries|in the forest|red|4|cub|5|a clever wild animal with a red coat and a bushy tail
mouse=squeaks|squeak|seeds and cheese|in a hole|grey|4|pup|2|a very small animal with a long tail
rabbit=squeaks|squeak|grass and carrots|in a burrow|brown|4|kit|4|a small animal with long ears that hops
hare=squeaks|squeak|grass and herbs|in the fields|brown|4|leveret|4|a fast animal with long ears that lives in the fields
frog=croaks|croak|flies|near a pond|green|4|tadpole|2|a small green animal that jumps and swims
snake=hisses|hiss|mice|in the grass|green|0|snakelet|4|a long animal without legs
bee=buzzes|buzz|nectar|in a hive|yellow and black|6|larva|1|an insect that makes honey
fly=buzzes|buzz|sweet things|in many places|black|6|maggot|1|a small insect with two wings
cricket=chirps|chirp|plants|in the grass|black|6|nymph|1|an insect that sings on summer nights
elephant=trumpets|toot|leaves and grass|in the savanna|grey|4|calf|9|a very large grey animal with a trunk
monkey=chatters|ooh-ooh|fruit|in the jungle|brown|4|infant|5|a clever animal that climbs trees
squirrel=chatters|chit-chit|nuts|in trees|red|4|kit|3|a small animal with a bushy tail that gathers nuts
hedgehog=snuffles|snuff|worms and beetles|in gardens|brown|4|hoglet|3|a small animal with spines on its back
deer=bellows|bell|leaves and grass|in the forest|brown|4|fawn|7|a shy forest animal; the male has antlers
crow=caws|caw|almost anything|in trees|black|2|chick|4|a clever black bird
raven=croaks|kraa|almost anything|in the mountains|black|2|chick|4|a large and clever black bird
dove=coos|coo|seeds|in trees|white|2|squab|3|a gentle white bird that stands for peace
sparrow=chirps|tweet|seeds|in towns|brown|2|chick|2|a small brown bird
nightjar=churrs|churr|moths|on the heath|brown|2|chick|3|a quiet brown bird that flies at night
penguin=honks|honk|fish|on the ice|black and white|2|chick|5|a bird that cannot fly but swims very well
seal=barks|arf|fish|by the sea|grey|0|pup|7|a sea animal that swims well and rests on the ice
whale=sings|a long low song|small sea animals|in the sea|blue and grey|0|calf|10|the largest animal of the sea
dolphin=clicks|click|fish|in the sea|grey|0|calf|8|a clever sea animal that leaps out of the water
parrot=squawks|squawk|seeds and fruit|in the jungle|green and red|2|chick|3|a colourful bird that can copy words
turkey=gobbles|gobble|seeds|on a farm|brown|2|poult|5|a big farm bird
camel=grunts|grunt|dry plants|in the desert|brown|4|calf|8|an animal with a hump that lives in the desert
giraffe=hums|hum|leaves|in the savanna|yellow and brown|4|calf|9|the tallest animal, with a very long neck
zebra=barks|bark|grass|in the savanna|black and white|4|foal|8|an animal like a horse with black and white stripes
kangaroo=clicks|click|grass|in Australia|brown|2|joey|7|an animal that hops and carries its baby in a pouch
panda=bleats|bleat|bamboo|in the mountains of China|black and white|4|cub|7|a black and white bear that eats bamboo
bat=squeaks|squeak|moths|in caves|brown|2|pup|2|a small animal that flies at night and hangs upside down
mole=squeaks|squeak|worms|under the ground|black|4|pup|2|a small animal that digs tunnels
badger=growls|growl|worms and berries|in a burrow|black and white|4|cub|5|a forest animal with a striped face
otter=whistles|whistle|fish|in rivers|brown|4|pup|5|a playful animal that swims in rivers
beaver=splashes|splash|bark and twigs|in rivers|brown|4|kit|5|an animal that builds dams from wood
swan=trumpets|honk|water plants|on a lake|white|2|cygnet|5|a large white bird with a long neck
eagle=screams|kee|fish and small animals|in the mountains|brown|2|eaglet|5|a large bird with sharp eyes
stork=clatters|clack|frogs|in a nest on the roof|black and white|2|chick|5|a tall bird with a long red beak
snail=makes no sound|nothing|leaves|in gardens|brown|0|baby snail|1|a slow animal that carries its house
turtle=makes no sound|nothing|plants|in the water|green|4|hatchling|4|a slow animal with a hard shell
butterfly=makes no sound|nothing|nectar|in meadows|many colours|6|caterpillar|1|an insect with large colourful wings
ant=makes no sound|nothing|seeds and crumbs|in an anthill|black|6|larva|1|a very small insect that works in large groups
spider=makes no sound|nothing|flies|in a web|black|8|spiderling|1|a small animal with eight legs that spins a web
fish=makes no sound|nothing|water plants and worms|in the water|silver|0|fry|3|an animal that lives in water and breathes with gills
shark=makes no sound|nothing|fish|in the sea|grey|0|pup|9|a large fish with sharp teeth
octopus=makes no sound|nothing|crabs|in the sea|red|8|larva|5|a sea animal with eight arms""".split("\n"))}

OPPOSITES = [x.split(":") for x in """hot:cold big:small tall:short fast:slow up:down in:out day:night light:dark old:young new:old happy:sad good:bad open:closed wet:dry full:empty
hard:soft early:late left:right near:far loud:quiet rich:poor strong:weak high:low long:short clean:dirty sweet:sour black:white yes:no first:last always:never
begin:end love:hate war:peace winter:summer north:south east:west buy:sell give:take win:lose thick:thin wide:narrow heavy:light deep:shallow brave:afraid
easy:difficult friend:enemy true:false warm:cool awake:asleep above:below inside:outside push:pull laugh:cry arrive:leave remember:forget question:answer
large:small little:big beautiful:ugly cheap:expensive alive:dead safe:dangerous same:different rough:smooth sharp:blunt""".split()]

COLOURS = dict(x.split(":") for x in """grass:green snow:white blood:red coal:black milk:white night:black""".split())
THING_COLOURS = [x.split(":") for x in """the sky:blue|the sea:blue|grass:green|snow:white|the sun:yellow|blood:red|coal:black|milk:white|a banana:yellow|a lemon:yellow|a tomato:red
a strawberry:red|a cherry:red|an orange:orange|a carrot:orange|a pumpkin:orange|a leaf:green|a cucumber:green|a frog:green|chocolate:brown|wood:brown|the moon:white and grey
a fire:orange and red|a plum:purple|lavender:purple|a rose:red|a cloud:white|the night:black|a raven:black|a swan:white|an elephant:grey|a mouse:grey|a pig:pink|a polar bear:white
a crow:black|coffee:brown|butter:yellow|a pea:green|honey:golden|gold:yellow|silver:grey|rain clouds:grey|a bear:brown|a fox:red|spinach:green|salt:white|sugar:white|bread:brown
a blueberry:blue|ink:black or blue|sand:yellow|a sunflower:yellow|ice:white|a forest:green|chalk:white|an apple:red or green|tea:brown|water:clear; it has no colour|a nightjar:brown|a bee:yellow and black""".replace("\n", "|").split("|")]

WHY = [x.split("|") for x in """is the sky blue|The air scatters blue light more than red light, so the sky looks blue.
is grass green|Grass is green because its leaves hold a green stuff that catches sunlight.
is snow white|Snow is white because its small crystals throw all the light back.
is the sea salty|Rivers carry salt from the rocks into the sea, and the salt stays there.
do birds fly south in winter|Birds fly south because it is warm there and they find food.
do we sleep|We sleep because the body and the mind need rest.
do leaves fall in autumn|Trees drop their leaves in autumn to save water in winter.
does it rain|Water rises from the sea, forms clouds and falls down as rain.
is the sun hot|The sun is hot because a great fire of gas burns deep inside it.
do bees make honey|Bees make honey so that they have food in winter.
do cats purr|Cats mostly purr because they are calm and happy.
do dogs bark|Dogs bark to warn, to greet and to call.
does ice float|Ice floats because it is lighter than water.
do we eat|We eat because food gives us strength.
is the night dark|The night is dark because the sun shines on the other side of the earth.
does the moon shine|The moon shines because it throws back the light of the sun.
do we need water|We need water because most of our body is made of it.
do owls hunt at night|Owls hunt at night because they see and hear very well in the dark.
do trees need light|Trees need light because they make their food from it.
do stars twinkle|Stars twinkle because the air moves between them and us.
is fire hot|Fire is hot because burning wood sets its energy free.
do people read books|People read books to learn and to enjoy a good story.
do flowers smell sweet|Flowers smell sweet to call the bees.
do we dream|Nobody knows it for sure, but dreams may help the mind to sort the day.
do things fall down|Things fall down because the earth pulls them.
is winter cold|Winter is cold because the sun stands low and the days are short.
do bears sleep in winter|Bears sleep in winter because there is little food.
do we have seasons|We have seasons because the earth is tilted on its way around the sun.
do people laugh|People laugh because something is funny or because they are happy.
is the sunset red|At sunset the light travels far through the air, and mostly red light is left.
do we wear coats|We wear coats to keep warm.
do spiders spin webs|Spiders spin webs to catch flies.
do birds sing|Birds sing to find a partner and to guard their home.
is exercise good|Exercise is good because it makes the heart and the body strong.
is the earth round|The earth is round because its own pull draws everything to the middle.
do cats chase mice|Cats chase mice because they are hunters.
does thunder come after lightning|Thunder comes later because sound is slower than light.
do we brush our teeth|We brush our teeth to keep them clean and healthy.
do nightjars fly at night|Nightjars fly at night because moths fly then.
do rainbows appear|A rainbow appears when the sun shines through drops of rain.""".split("\n")]

# word: definition (completes "X is ..."); plain mass nouns carry no article
DEFS = [x.split(":") for x in """a key:a small metal tool that opens a lock|a lock:a thing that keeps a door closed|a house:a building where people live|a door:the part of a house that you open to go in
a window:an opening with glass that lets in light|a table:a piece of furniture with a flat top|a chair:a piece of furniture to sit on|a bed:a piece of furniture to sleep on|a lamp:a thing that gives light
a clock:a machine that shows the time|a book:a set of pages with a story or with facts|a pen:a tool to write with|a pencil:a tool to write and draw with|paper:a thin sheet made of wood that you write on
a letter:a message on paper, or a sign of the alphabet|a word:a group of letters that means something|a sentence:a group of words that says something|a story:a tale about people or things that happen
a poem:a short text with rhythm and pictures|a haiku:a short poem of three lines that came from Japan|a song:words that are sung to music|music:sound that is made to please the ear|a drum:an instrument that you hit
a guitar:an instrument with six strings|a piano:an instrument with black and white keys|a flute:an instrument that you blow into|a violin:a small instrument with four strings and a bow
bread:a food baked from flour and water|cheese:a food made from milk|milk:a white drink that cows give|butter:a soft yellow food made from milk|honey:a sweet food that bees make|soup:a warm meal of water and vegetables
a cake:a sweet food for feasts|an apple:a round fruit that grows on trees|a pear:a sweet fruit that grows on trees|a banana:a long yellow fruit|a lemon:a sour yellow fruit|a potato:a vegetable that grows under the ground
a carrot:an orange vegetable that grows under the ground|an onion:a round vegetable that makes you cry|an egg:a thing that birds lay; many people eat it|tea:a warm drink made from leaves|coffee:a dark warm drink made from beans
water:a clear liquid that all living things need|ice:frozen water|rain:water that falls from the clouds|snow:frozen water that falls in white flakes|wind:air that moves|fog:a cloud that touches the ground
a cloud:a mass of tiny drops of water in the sky|a storm:bad weather with strong wind and rain|thunder:the loud sound of lightning|lightning:a bright flash of electricity in the sky|a rainbow:a bow of colours in the sky
the sun:the star that gives us light and warmth|the moon:the round body that travels around the earth|a star:a far sun that shines at night|the earth:the planet on which we live|a planet:a large round body that travels around a sun
the sky:the space above us with clouds and stars|the sea:a very large body of salt water|a lake:a large body of water with land around it|a river:a long stream of water that flows to the sea|a pond:a small body of still water
an island:a piece of land with water all around|a mountain:a very high part of the land|a hill:a small mountain|a valley:the low land between hills|a desert:a dry land with little rain|a forest:a large area with many trees
a jungle:a thick warm forest|a meadow:a field of grass and flowers|a garden:a piece of land for flowers and vegetables|a farm:a place where people grow food and keep animals|a village:a small group of houses
a town:a place with many houses and shops|a city:a very large town|a street:a road with houses|a bridge:a way that leads over a river|a tower:a tall and narrow building|a castle:a large old house with thick walls
a school:a place where children learn|a shop:a place where you buy things|a library:a house full of books|a hospital:a house where sick people get help|a mill:a house where grain is ground to flour|a market:a place where people buy and sell
a tree:a tall plant with a trunk and branches|a flower:the colourful part of a plant|a leaf:a flat green part of a plant|a seed:a small thing from which a plant grows|grass:a thin green plant that covers meadows|a rose:a flower with a sweet smell
moss:a soft green plant that grows on stones|a mushroom:a thing with a stem and a cap that grows in the forest|a stone:a hard piece of rock|sand:very small grains of stone|gold:a yellow and precious metal|iron:a strong grey metal
wood:the hard part of a tree|glass:a hard clear stuff for windows|a boat:a small vessel that floats on water|a ship:a large vessel that sails on the sea|a train:a row of wagons that runs on rails|a car:a machine with four wheels
a bus:a large car for many people|a bicycle:a vehicle with two wheels and pedals|a plane:a machine that flies|a wheel:a round thing that turns|a map:a drawing of a place|a compass:a tool that shows the north
a ball:a round toy|a kite:a toy that flies in the wind|a doll:a toy that looks like a person|a game:something that people play for fun|a friend:a person that you like and trust|a family:parents, children and the people close to them
a teacher:a person who helps others to learn|a doctor:a person who helps the sick|a baker:a person who bakes bread|a farmer:a person who works on a farm|a king:a man who rules a country|a queen:a woman who rules a country
a fisherman:a person who catches fish|a poet:a person who writes poems|a child:a young person|a baby:a very young child|a teapot:a pot for making tea|a cup:a small bowl with a handle for drinks|a spoon:a tool to eat soup with
a knife:a tool that cuts|a fork:a tool with points to eat with|a bell:a metal cup that rings|a candle:a stick of wax that gives light|a mirror:a glass in which you see yourself|a coat:a warm piece of clothing
a hat:a piece of clothing for the head|a shoe:a piece of clothing for the foot|a scarf:a warm cloth for the neck|an umbrella:a roof that you carry in the rain|a bag:a thing to carry other things in|a box:a thing with a lid to keep things in
a ladder:a tool with steps for climbing|a hammer:a tool for driving nails|a rope:a thick strong string|a nest:the home that a bird builds|an insect:a small animal with six legs|a bird:an animal with feathers and wings
an animal:a living thing that moves and eats|a plant:a living thing that grows in the ground|a fruit:the sweet part of a plant that holds the seeds|a vegetable:a plant that people eat|a colour:what the eye sees in light, such as red or blue
a number:a word or a sign for counting|a circle:a perfectly round shape|a triangle:a shape with three sides|a square:a shape with four equal sides|a week:a time of seven days|a month:a part of the year; there are twelve
a year:a time of twelve months|a day:a time of twenty-four hours|an hour:a time of sixty minutes|a minute:a time of sixty seconds|spring:the season in which the flowers come|summer:the warmest season
autumn:the season in which the leaves fall|winter:the coldest season|the morning:the first part of the day|the evening:the end of the day|the night:the dark time between evening and morning|a dream:a story that the mind tells in sleep
love:a strong and warm feeling for someone|friendship:the bond between friends|happiness:a warm and good feeling|fear:the feeling that something bad may happen|courage:the strength to do something although you are afraid
a computer:a machine that works with numbers and texts|a program:a list of steps for a computer|the internet:a net that joins computers all over the world|a robot:a machine that can do work by itself|a phone:a tool to talk with people far away
a language model:a program that writes text, one piece after another|a token:a small piece of text, often a word or a part of it|JSON:a simple text form for data, with names and values|an engine:a machine that makes something run
electricity:a form of energy that makes lamps shine|gravity:the force that pulls things to the earth|a magnet:a piece of metal that pulls iron|light:what the sun and lamps give, so that we can see|fire:the hot light of something that burns
a volcano:a mountain that can throw out fire and hot stone|a telescope:a tool to look at the stars|a camera:a tool to take pictures|a picture:a drawing, a painting or a photo|a secret:something that only a few people know
a dragon:a large beast of fairy tales that can fly and breathe fire|a fairy:a small magic person in tales|a giant:a very tall person in tales|a lighthouse:a tower with a light that shows ships the way|the heart:the part of the body that pumps blood
artificial intelligence:the work of making machines that can do clever things|science:the careful study of the world|mathematics:the study of numbers and shapes|history:the story of what happened in the past|art:what people make to please the eye or the mind
a planet:a large round body that travels around a star|time:what a clock measures|money:what people use to buy things|a holiday:a day without work or school|a birthday:the day on which somebody was born|peace:a time without war|breakfast:the first meal of the day""".replace("\n", "|").split("|")]

LISTS = {"animals": "a fox, an owl, a bear, a hare, a cat, a dog, a horse, a hedgehog", "birds": "the owl, the crow, the dove, the swan, the eagle, the nightjar", "colours": "red, blue, green, yellow, orange, purple, white, black",
         "fruits": "apples, pears, bananas, cherries, plums, lemons", "vegetables": "carrots, potatoes, onions, peas, spinach, beans", "days of the week": "Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday",
         "months": "January, February, March, April, May, June, July, August", "seasons": "spring, summer, autumn, winter", "countries": "France, Italy, Japan, Kenya, Norway, Brazil, Canada, Egypt", "cities": "Paris, Rome, Tokyo, Nairobi, Oslo, Lisbon, Berlin, Cairo",
         "flowers": "the rose, the tulip, the daisy, the lily, the violet, the sunflower", "trees": "the oak, the birch, the pine, the beech, the willow, the maple", "farm animals": "a cow, a sheep, a pig, a hen, a goat, a horse",
         "forest animals": "a fox, a deer, a bear, an owl, a badger, a squirrel", "sea animals": "a whale, a dolphin, a seal, an octopus, a shark, a turtle", "insects": "the bee, the ant, the fly, the butterfly, the cricket, the beetle", "pets": "a cat, a dog, a rabbit, a hamster, a parrot, a goldfish",
         "shapes": "a circle, a square, a triangle, a star, an oval, a cube", "instruments": "the piano, the violin, the flute, the drum, the guitar, the trumpet", "drinks": "water, milk, tea, coffee, juice, cocoa", "tools": "a hammer, a saw, a spade, a needle, a knife, a rake",
         "planets": "Mercury, Venus, Earth, Mars, Jupiter, Saturn, Uranus, Neptune", "feelings": "joy, fear, anger, hope, love, surprise", "jobs": "a baker, a teacher, a doctor, a farmer, a painter, a sailor", "toys": "a ball, a doll, a kite, a puzzle, a train, a top", "clothes": "a coat, a hat, a scarf, a shirt, a sock, a shoe",
         "foods": "bread, cheese, soup, rice, honey, eggs", "metals": "gold, silver, iron, copper, tin, lead", "night animals": "the owl, the bat, the nightjar, the hedgehog, the moth, the badger", "things in a kitchen": "a pot, a pan, a spoon, a knife, a cup, a plate", "programming languages": "Java, Python, C, Go, Kotlin, Rust", "rivers": "the Nile, the Amazon, the Danube, the Rhine, the Thames, the Seine",
         "rooms of a house": "the kitchen, the bedroom, the bathroom, the hall, the cellar, the attic", "parts of the body": "the head, the hand, the foot, the eye, the ear, the heart"}

RHYMES = [x.split() for x in """cat hat mat bat|moon spoon soon June|night light bright kite|star car far jar|tree bee sea key|house mouse|rain train lane chain|day play way say|sky fly why high|dog fog log frog|fox box socks rocks|bear chair hair pear
snow go low show|king ring sing wing|book cook look hook|sun run fun bun|cake lake snake make|ball tall wall small|bed red head bread|goat boat coat note|rose nose toes|wind|owl towel|fish dish wish|hill mill still will|stone bone phone|sheep sleep deep keep|hen pen ten men|ship trip lip|bell shell well tell|street feet sweet meet|tea see me three|bird word heard|wood good could|clock rock sock block|door four more floor""".split("|")]

WORDS_TO = {"German": "cat:Katze dog:Hund house:Haus tree:Baum water:Wasser bread:Brot sun:Sonne moon:Mond night:Nacht hello:Hallo thanks:Danke yes:Ja no:Nein book:Buch red:rot friend:Freund",
            "French": "cat:chat dog:chien house:maison tree:arbre water:eau bread:pain sun:soleil moon:lune night:nuit hello:bonjour thanks:merci yes:oui no:non book:livre red:rouge friend:ami",
            "Spanish": "cat:gato dog:perro house:casa tree:árbol water:agua bread:pan sun:sol moon:luna night:noche hello:hola thanks:gracias yes:sí no:no book:libro red:rojo friend:amigo",
            "Italian": "cat:gatto dog:cane house:casa tree:albero water:acqua bread:pane sun:sole moon:luna night:notte hello:ciao thanks:grazie yes:sì no:no book:libro red:rosso friend:amico"}
