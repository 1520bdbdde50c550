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
