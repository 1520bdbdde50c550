"""The lists behind the shape of a turn: capitals that are no shouting, words that say little.

The law: data only. All lists are our own, written from general knowledge of desks and of English.
"""

# Written in capitals by everybody. Capitals without a vowel are taken for an acronym anyway.
ACRONYMS = (
    "ASAP", "IBAN", "SWIFT", "SEPA", "VISA", "HDMI", "IMEI", "NASA", "IKEA", "ASOS", "FAQS",
    "HTTP", "HTTPS", "HTML", "JSON", "JPEG", "MPEG", "WIFI", "WLAN", "ISBN", "IPAD", "UEFI",
    "BIOS", "RSVP", "ETAS", "CVVS", "PINS", "SIMS", "URLS", "USPS", "HMRC", "DVLA", "GDPR",
    "RAID", "EDTA", "AMEX", "PAYE", "ESTA", "OLED", "QLED", "UHDTV", "ISDN", "VOIP",
    "LGBT", "UNICEF", "UNESCO", "NATO", "OPEC", "COVID", "AIDS", "YOLO", "IIRC", "AFAIK",
    "ADSL", "VDSL", "DSLAM", "FTTP", "FTTC", "GPON", "IPTV", "IMHO", "LMAO", "ROFL", "TLDR",
    "FYI", "EULA", "SAAS", "CAPTCHA",
    "USA", "UK", "EU", "UAE", "ID", "OK", "PIN", "SIM", "ETA", "FAQ", "USB", "APP", "API",
    "IOS", "PM", "CEO", "VAT", "BIC", "AI", "UPS", "IP",
)  # fmt: skip

# Capitals after one of these name a thing: "order XKJQAB", "voucher SUMMER"; of a code, also after
# "is": "the code is QWERTA".
NAMING = (
    "code", "codes", "order", "ref", "reference", "number", "no", "voucher", "coupon", "model",
    "booking", "pnr", "serial", "sku", "id", "locator", "confirmation", "case", "ticket",
    "promo", "account", "flight", "invoice", "password", "error",
)  # fmt: skip

CODES = ("code", "codes", "number", "ref", "reference", "voucher", "coupon", "pnr", "locator", "id",
         "password", "serial", "sku")  # fmt: skip

# Words that say nothing about what a turn is about.
SMALL_WORDS = (
    "a", "an", "the", "and", "or", "but", "so", "if", "of", "to", "in", "on", "at", "for", "with",
    "from", "by", "as", "is", "are", "was", "were", "be", "been", "am", "do", "does", "did",
    "have", "has", "had", "i", "me", "my", "you", "your", "we", "us", "our", "it", "its", "it's",
    "i'm", "i've", "he", "she", "they", "them", "this", "that", "that's", "these", "those",
    "there", "can", "could", "will", "would", "should", "just", "please", "thanks", "thank", "hi",
    "hello", "hey", "yes", "no", "ok", "okay", "oh", "well", "sure", "pls", "sir", "madam",
)  # fmt: skip

# One word that answers or closes; short, and nothing lies in that.
CLOSING_WORDS = (
    "thanks", "thx", "ty", "cheers", "perfect", "great", "awesome", "brilliant", "lovely",
    "excellent", "bye", "goodbye", "hello", "hi", "amazing", "super", "wonderful", "correct",
)  # fmt: skip

# Words of four letters and more that people put in capitals to press a point. Words that mostly
# stand in capitals as names, labels or offers ("FREE", "SALE", "START") are left out.
LOUD_WORDS = """
    monday tuesday wednesday thursday friday saturday sunday calm down days calmly everyday
    about above absolutely accept again against almost already also although always amazing another
    answer anybody anyone anything apologise apologize arrive ask asked asking attached attention
    aware back been before behave being believe below best better between black book both bring
    broken business cannot cancel cancelled careful carefully case change check checked clear
    clearly close closed come coming complain complaint complete completely confirm contact could
    crazy customer customers damage damaged date days dead decide definitely delay delivered
    delivery different difficult does doesn doing done down each early easy either else email
    enough even ever every everybody everyone everything exactly expect explain explained extremely
    fault fill final finally find fine finish first five follow forget four from full further gave
    gets give given gives goes going gone good great half handle happen happened happy hard have
    haven having hear held help here high himself home hope hour hours however huge hundred ignore
    immediately important impossible inside instead instructions insult into itself join just keep
    kept kind know known large last late later least leave left less letter like listen listening
    little live long look looked looking lost made make makes many matter maybe mean means mention
    message might mine minute minutes missing mistake money month months more most move much must
    myself name need needed needs never next nobody none nothing notice nowhere number offer often
    once only open order other ours over page paid parcel past patient pay payment people perfectly
    person personal please point policy polite possible press problem promise proper properly
    provide question questions quick quickly quiet quite rather read reading ready real really
    reason receive received refund refunded refuse relax remain remember repeat reply request
    responsible return right rude rules said same save saying says second seen send sent separate
    serious seriously several shall should shouldn shout shouting show shut sick side simple simply
    single sits slow slowly some somebody someone something soon sorry speak stay stays still stop
    stuck stupid such sure swear take taken takes talk tell telling terms than thank thanks that
    their them then there these they thing things think this those though three through time times
    today together told tomorrow tonight took totally tried trust truth trying turn twice ugly
    under understand understood unless until upset urgent used using very wait waited waiting want
    wanted wants warn warned warning wasn watch week weeks well went were what whatever when where
    whether which while whole whose will with within without women won work working works worse
    worst would wouldn write writing written wrong wrote year years yell yelling yesterday your
    yours yourself
""".split()  # noqa: SIM905

# Short words that are loud alone.
SHORT_LOUD_WORDS = (
    "not", "now", "do", "did", "does", "don't", "dont", "can't", "cant", "won't", "wont", "isn't",
    "one", "two", "all", "any", "why", "how", "who", "you", "your", "my", "must", "will", "very",
    "too", "has", "was", "wasn't", "didn't", "so", "had", "every",
)  # fmt: skip
