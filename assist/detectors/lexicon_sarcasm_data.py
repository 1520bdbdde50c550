"""The lists behind the sarcasm flag: praise, what spoils it, and what is hardly ever meant.

The law: data only, no text is read here. All of it is our own, written by kinds (relish of a wait,
thanks for a harm, praise beside a failure, patience that has run out), not taken from any set.
Words are lower case with straight apostrophes.
"""

PRAISE = (
    "great", "wonderful", "lovely", "fantastic", "brilliant", "perfect", "amazing", "awesome",
    "nice", "excellent", "superb", "fabulous", "impressive", "bravo", "congratulations",
    "congrats", "outstanding", "marvellous", "helpful", "love", "terrific", "marvelous", "super",
    "splendid", "phenomenal", "spectacular", "stellar", "glorious", "delightful", "charming",
    "magic", "genius", "classy", "stunning", "incredible", "yay", "hooray", "thrilled", "thrilling",
    "delighted", "impressed", "romantic", "thoughtful", "considerate", "generous", "kudos",
    "magnificent", "hilarious", "beautiful", "gorgeous", "smooth", "efficient", "clever", "fun",
    "good", "glad", "cool", "gifted", "flattered", "professional", "reassuring", "fab", "ace",
)  # fmt: skip
PRAISE_PHRASES = (
    "great job", "good job", "nice job", "great work", "nice work", "good work", "way to go",
    "well done", "nice one", "love how", "love that", "love it when", "great service",
    "great system", "brilliant system", "great update", "amazing service", "excellent service",
    "top notch", "top job", "top work", "great stuff", "good stuff", "great start", "great news",
    "good going", "smooth move", "hats off", "bang up", "stellar work", "stellar job",
    "fantastic job", "fantastic work", "excellent work", "excellent job", "brilliant work",
    "brilliant job", "amazing job", "amazing work", "wonderful job", "superb work", "superb job",
)  # fmt: skip
OPENERS = ("oh", "wow", "well", "yeah", "just", "how", "so", "ah", "ok", "okay", "and", "really",
           "what", "a", "very", "truly", "absolutely", "simply", "mmm", "ooh", "aw", "right",
           "such", "real", "utterly")  # fmt: skip
WRY_OPENERS = ("oh", "wow", "yeah", "just")

# Said beside praise, these are what went wrong.
FAILURES = (
    "still", "again", "broke", "broken", "cracked", "crashed", "crashes", "failed", "fails",
    "lost", "lose", "losing", "cancelled", "canceled", "delayed", "ignored", "ignore", "stuck",
    "late", "wrong", "disconnected", "charged", "refused", "declined", "breaks", "hung",
    "missing", "cancelling", "ruined", "ruining", "wasted", "another", "nobody",
    "outage", "queue", "queuing", "queueing", "crash", "crashing", "freezes", "froze", "frozen",
    "leaking", "leaks", "leaked", "smashed", "shattered", "soaked", "vanished", "disappeared",
    "useless", "pointless", "expired", "deleted", "wiped", "blocked", "overcharged",
    "buffering", "lukewarm", "soggy", "stale", "burnt", "rotten", "mouldy", "moldy",
    "voicemail", "transferred", "rescheduled", "postponed", "unavailable", "offline",
    "error", "errors", "unanswered", "bounced", "stranded",
)  # fmt: skip
# In the same clause as one of these, a failure is one that was put right.
# These spoil by themselves; "again", "still" and "another" only beside an exclamation.
MILD = ("again", "still", "another", "wrong", "lost", "late", "found")
# "Down" and "dead" are failures only after one of these.
IS = ("is", "was", "been", "went", "goes", "still", "gone", "are", "were")
DENIED = ("nothing", "not", "never", "no", "isn't", "wasn't", "without", "neither", "if", "weren't",
          "hasn't", "haven't", "didn't")  # fmt: skip
WAITED = ("waiting", "waited", "wait", "queue", "queuing", "queueing", "delay", "delayed", "delays",
          "hold", "since", "late", "ringing", "holding",
          "pending", "processing")  # fmt: skip

UNABLE = ("can't", "cannot", "couldn't", "won't", "doesn't", "didn't", "isn't", "hasn't", "haven't",
          "never", "cant", "wont", "doesnt", "didnt", "isnt", "hasnt",
          "havent", "nobody")  # fmt: skip

PUT_RIGHT = (
    "fixed", "sorted", "solved", "resolved", "found", "replaced", "refunded", "repaired",
    "refund", "stop", "stopped", "recovered", "restored", "spotted", "corrected", "saved",
    "unlocked", "unblocked", "reversed",
)  # fmt: skip

UNITS = (
    "minute", "minutes", "min", "mins", "hour", "hours", "hrs", "day", "days", "week", "weeks",
    "month", "months", "year", "years",
)  # fmt: skip
COUNTS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve",
          "several", "many", "few", "couple", "more", "half", "an", "thirty", "forty", "twenty",
          "fifty", "sixty", "hundred", "whole", "entire", "another")  # fmt: skip
# Before a stretch of time, these make it quick, or make it a deadline, not a wait.
PROMPT = ("in", "within", "under", "than", "by", "only", "just", "took", "every", "less",
          "for", "over", "last", "first", "next", "after", "free", "open", "save", "saves",
          "saved", "to")  # fmt: skip

THANKLESS = (
    "nothing", "ruining", "wasting", "losing", "ignoring", "breaking", "messing", "leaving",
    "cancelling", "canceling", "delaying", "overcharging", "hanging", "lying", "misleading",
    "refusing", "failing", "forgetting", "delay", "delays", "mess", "headache",
    "stress", "runaround", "wait", "screwing", "scamming", "charging", "nada", "zero",
    "disconnecting", "dumping", "stranding", "smashing", "crushing", "destroying", "deleting",
    "sod", "bugger", "naff", "billing", "doubling", "spoiling",
    "insulting", "double-charging", "ghosting", "stealing", "robbing", "missing", "killing",
    "rudeness", "silence", "disappointment", "inconvenience", "aggravation",
)  # fmt: skip
# "Thanks for making me …"; "thanks for making my day" is meant.
THANKLESS_PAIRS = (
    "making me", "making us", "keeping me", "keeping us", "letting me down", "letting us down",
    "leaving me", "sending me the wrong", "sending the wrong", "putting me on hold",
    "telling me nothing", "the heart attack", "hanging up", "turning up late", "showing up late",
    "standing me up", "jack", "bugger all", "sweet nothing",
    "not delivering", "not answering", "not replying", "not showing", "not turning", "not telling",
    "not calling", "not helping", "not reading", "not listening", "not warning", "not responding",
    "not bothering", "not doing", "not sending", "not coming", "not fixing", "not caring",
    "not even", "not picking", "never answering", "never replying", "never calling", "no help",
    "no reply", "no answer", "no service", "no sleep", "no reason",
)  # fmt: skip
THANKS_FILLERS = (
    "the", "a", "an", "this", "that", "all", "my", "another", "absolutely", "totally", "such",
    "completely", "more", "yet", "again", "long", "huge", "big", "literally", "precisely",
    "exactly", "double", "your", "three", "two",
)  # fmt: skip

# Hardly ever meant as said, whatever stands beside them.
STOCK_SARCASM = (
    "yeah right", "surprise surprise", "what a surprise", "big surprise", "slow clap",
    "how convenient", "good luck with that", "color me surprised",
    "colour me surprised", "color me shocked", "colour me shocked", "shocked i tell you",
    "gee thanks", "gee whiz", "well that's just great", "well thats just great", "isn't that nice",
    "isn't that lovely", "isn't that special", "isn't that convenient", "oh the irony",
    "oh joy", "oh goody", "oh goodie", "be still my heart", "be still my beating heart",
    "tell me another one", "pull the other one", "what could possibly go wrong",
    "what could go wrong", "what a shocker", "what a shock", "shocker", "aren't i lucky",
    "aren't we lucky", "how lucky am i", "how lucky are we", "i must be so lucky",
    "give yourselves a round", "give yourself a round", "round of applause",
    "five stars for the", "10 out of 10 for effort", "as if by magic",
    "silly me for", "how silly of me", "foolish of me to", "stupid me for", "silly of me to",
    "mother teresa", "rocket science", "thanks a lot for nothing", "big help", "fat lot of good",
    "a fat lot", "what a joke", "well aren't you", "how very kind of you to ignore",
    "how kind of you to ignore", "no wonder you win", "money well spent not", "great not",
    "happy days not",
)  # fmt: skip

# Meant as said where all is well; where something has gone wrong, or time has gone by, seldom.
WRY = (
    "just what i needed", "exactly what i needed", "just what i wanted", "exactly what i wanted",
    "just what we needed", "exactly what we needed", "just what i always wanted",
    "what i've always wanted", "lucky me", "lucky us", "spoil me", "spoil us",
    "spoiling us", "spoiling me", "making my day", "money well spent", "so worth it",
    "worth every penny", "worth every cent", "what a treat", "what a bargain", "what a deal",
    "my favourite part", "my favorite part",
    "don't strain", "don't mind me", "dont mind me", "don't worry about me",
    "not like i", "its not like", "not as if", "because why not", "why not right",
    "who doesn't love", "who doesnt love", "hope you're proud", "hope you are proud",
    "keep up the good", "keep up the great", "very helpful", "so helpful", "super helpful",
    "really helpful", "most helpful", "how helpful", "that's helpful", "thats helpful",
    "real helpful", "how thoughtful", "how generous", "how considerate", "how kind", "how nice",
    "how lovely", "how charming", "how delightful", "how reassuring", "how professional",
    "how efficient", "how clever", "how impressive", "how wonderful", "how exciting", "how fun",
    "nice of you to", "kind of you to", "good of you to", "generous of you to",
    "considerate of you to",
    "thoughtful of you to", "sweet of you to", "clever of you to", "i'm flattered",
    "colour me impressed", "color me impressed", "i'm thrilled",
    "so glad i", "glad i paid",
    "do i win", "do i get a prize", "is there a prize", "do i get a medal", "where's my medal",
    "should i bring cake", "shall i bring cake", "nice to know", "glad to know",
    "glad to see", "comforting to know",
    "lovely to know", "great to know", "great to see", "my compliments", "compliments to",
    "kudos for", "congrats on", "congratulations on", "well done on",
    "well done for", "chapeau", "big thanks to",
    "pat on the back", "customer of the year", "service at its finest", "service at its best",
    "at its finest", "efficiency at its", "state of the art", "world class", "world-class",
    "first class", "first-class", "premium service", "top notch", "quality service",
    "cutting edge", "next level", "masterclass", "master class", "work of art", "poetry",
    "living the dream", "best day ever", "best birthday", "best christmas",
    "having a blast", "having the time of my", "time of my life",
    "can hardly contain", "can't contain my", "i'm so excited",
    "technology eh", "progress eh", "welcome to the future", "ah the famous",
    "the famous",
)  # fmt: skip

# What nobody likes to do, after "love", "enjoy" and their like.
RELISH = ("love", "loving", "loved", "enjoy", "enjoying", "enjoyed", "adore", "adoring", "relish",
          "fun", "treat", "pleasure", "thrill", "joy", "lovely", "nice", "great", "wonderful",
          "delightful", "favourite", "favorite", "nothing")  # fmt: skip
ORDEALS = (
    "waiting", "queuing", "queueing", "chasing", "repeating", "re-explaining", "re-entering",
    "begging", "paying twice", "paying for nothing", "being on hold", "on hold", "being told",
    "being ignored", "being charged", "being lied", "being passed", "being transferred",
    "being hung", "being left", "being asked for the same", "being asked the same",
    "getting charged", "getting ignored", "getting the runaround", "getting passed",
    "getting cut", "getting transferred", "getting hung", "sitting on hold", "sitting around",
    "listening to your", "listening to the same", "listening to hold", "talking to a robot",
    "talking to a bot", "talking to a machine", "talking to a wall", "chatting to a robot",
    "chatting to a bot", "chatting with a bot", "talking to robots", "speaking to a robot",
    "explaining myself", "explaining everything", "explaining it all", "explaining the same",
    "filling in the same", "starting over", "starting again", "staring at a", "wasting my",
    "refreshing", "your hold music", "the hold music", "hold music", "to be asked for the same",
    "to be asked the same", "to be ignored", "to be told", "to be charged", "to be passed",
    "to be hung", "to be left", "to be kept waiting", "to be lied",
)  # fmt: skip
# These are ordeals only where something has gone wrong, or time has gone by.
MAYBE_ORDEALS = (
    "having to", "paying extra", "paying for a service", "paying full", "sitting in",
    "sitting here", "spending", "standing in", "listening to", "losing", "missing", "ringing",
    "calling back", "watching a", "when you", "when they", "when the", "when my", "it when",
    "how you", "how your", "how they", "how the", "that you", "that your", "that the", "that it",
    "that i", "that my", "how i", "how my", "how it", "how this", "getting told",
)  # fmt: skip
# After a word of praise, the two together are an exclamation.
PRAISED = (
    "system", "update", "service", "uptime", "app", "timing", "communication", "start", "idea",
    "plan", "effort", "support", "experience", "teamwork", "training", "policy", "design",
    "website", "process", "company", "logic", "planning", "work", "job", "stuff", "improvement",
    "upgrade", "quality", "packaging", "care", "value", "delivery", "organisation", "chap", "team",
)  # fmt: skip
IF_YOU_LIKE = ("if you like", "if you enjoy", "if you love", "if you fancy", "if you're into",
               "if your idea of", "if the goal", "if the aim", "if you're a fan")  # fmt: skip

WRY_SIGNS = ("🙄", "🙃", "👏", "😒", "🤡")
REFUSALS = (
    "unfortunately", "can't", "cannot", "unable", "won't", "isn't", "not", "regret", "however",
)  # fmt: skip
