"""The words that times are told in.

The law: expressions over folded text in lower case, and what the words stand for; nothing here
decides. Every repeat is bounded, so no text makes them slow.
"""

import re

__all__ = [
    "AMOUNTS", "BLOCKED", "CLOCK", "DAYS", "DURATION", "FOREIGN", "JOINED", "MINUTES", "MONTHS",
    "PARTS", "UTC_AFTER", "WEEKDAYS",
]  # fmt: skip

AMOUNTS = {
    "a": 1.0, "an": 1.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0,
    "six": 6.0, "seven": 7.0, "eight": 8.0, "nine": 9.0, "ten": 10.0, "eleven": 11.0,
    "twelve": 12.0, "fifteen": 15.0, "twenty": 20.0, "thirty": 30.0, "couple": 2.0, "few": 3.0,
    "half": 0.5, "quarter": 0.25, "fortnight": 14.0,
}  # fmt: skip
MINUTES = {"min": 1, "hour": 60, "hr": 60, "day": 1440, "week": 10_080, "fortnight": 20_160}
_NUMBER = (
    r"\d{1,3}(?:[.,]5)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|"
    r"twenty|thirty|half|quarter|couple|few"
)
_UNIT = r"min(?:ute)?s?|h(?:ou)?rs?|days?|weeks?|fortnights?|months?"
# "in 20 minutes", "within 3 to 5 working days", "an hour and a half", "half an hour from now".
DURATION = re.compile(
    r"(?:\b(?:in|within|inside|takes?|takes? up to|over)\s+(?:the\s+(?:next|coming)\s+)?|"
    r"(?P<bare>\b))"
    r"(?:(?:about|around|roughly|approximately|max(?:imum)?|at most|less than|under|up to)\s+)?"
    r"(?:an?\s+(?=couple|few|quarter))?"
    rf"(?P<from>{_NUMBER})(?:\s+and a half(?P<more>))?(?:\s+(?:of|an?)){{0,2}}"
    rf"(?:\s?(?:-|to|or|and)\s?(?:an?\s)?(?P<to>{_NUMBER}))?\s?"
    r"(?P<working>(?:working|business|week)\s?(?=day))?"
    rf"(?P<unit>{_UNIT})\b(?:\s+and a half(?P<half>)|\s+or (?P<or>two|three))?"
    r"(?P<now>\s+from (?:now|today))?"
    r"(?!\s*(?:ago|of\b|after|from|once|notice|late|earlier|before|already|since|return))"
)
_HOUR = r"\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_HALF_DAY = r"a\.?m\b\.?|p\.?m\b\.?"
# What may follow a bare number for it to be an hour; "at 2 of our shops" is none.
_AFTER = (
    r"(?=\s*(?:$|[.,;:!?)(\"-]|(?:today|tomorrow|tmrw|tonight|this|on|in|at|i|we|you|he|she|they|"
    r"it|and|or|but|so|with|to|either|latest|sharp|o'clock|if|when|then|for|as|from|utc|gmt|cet|"
    r"cest|est|edt|pst|pdt|cst|bst|your|local|next|by|mon|tues?|wed|thu|fri|sat|sun|monday|"
    r"tuesday|wednesday|thursday|friday|saturday|sunday|my|the latest|whatever|once)\b))"
)
CLOCK = re.compile(
    r"\b(?:between|from) (?:\d{1,2})(?:[:.]\d\d)?\s?(?:am|pm)? (?:and|to|until|till) "
    rf"(?P<h1>\d{{1,2}})(?:[:.](?P<m1>\d\d))?\s?(?P<p1>{_HALF_DAY})?{_AFTER}|"
    r"(?<![\d/.-])\b\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm)?\s?(?:-|to)\s?"
    rf"(?P<h2>\d{{1,2}})(?:[:.](?P<m2>\d\d))?\s?(?P<p2>am\b|pm\b)|"
    rf"\b(?P<past>half(?: past)?|(?:a )?quarter (?:past|to)) (?P<h3>{_HOUR})\b|"
    rf"\b(?P<h4>{_HOUR}) o'? ?clock\b(?: ?(?P<p4>in the (?:morning|afternoon|evening)))?|"
    r"\b(?:by|before|at|around|about|than|approximately|for) (?:about |around |approx )?"
    rf"(?P<h5>{_HOUR})(?:(?:[:.](?P<m5>\d\d)(?![.:]?\d)|h\b)?\s?(?P<p5>{_HALF_DAY})|"
    rf"[:.](?P<m6>\d\d)(?![.:]?\d)(?!\s?(?:%|eur|usd))|h\b|\s?ish\b|{_AFTER}(?!\s*[-.:]\d))|"
    rf"(?<![\d.:/-])\b(?P<h7>\d{{1,2}})(?:[:.](?P<m7>\d\d))?\s?(?P<p7>{_HALF_DAY})|"
    r"(?<![\d.:/-])\b(?P<h8>\d{1,2}):(?P<m8>\d\d)(?![:.]?\d)"
)
UTC_AFTER = re.compile(r"\s?(?:utc|gmt)\b")
FOREIGN = re.compile(r"\b(?:cet|cest|est|edt|pst|pdt|cst|cdt|mst|bst|ist|aest|your time)\b")
PARTS = (
    (re.compile(r"\bfirst thing\b"), (10, 0), "am"),
    (
        re.compile(
            r"\b(?:end|close) of (?:the |my |our )?(?:business|working )?\s?(?:day|play|shift)?\b|"
            r"\b(?:eod|cob|eob)\b"
        ),
        (18, 0),
        "",
    ),
    (re.compile(r"\b(?:noon|midday)\b"), (12, 0), ""),
    (re.compile(r"\b(?:lunch|lunchtime)\b"), (13, 0), ""),
    (re.compile(r"\bmidnight\b"), (24, 0), ""),
    (re.compile(r"\bmorning\b"), (12, 0), "am"),
    (re.compile(r"\bafternoon\b"), (18, 0), "pm"),
    (re.compile(r"\bevening\b"), (21, 0), "pm"),
    (re.compile(r"\b(?:tonight|night)\b"), (23, 59), "pm"),
)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAY = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?<=\bon )(?:mon|tues?|wed|thur?s?|fri|sat|sun)|"
    r"(?<=\bby )(?:mon|tues?|wed|thur?s?|fri|sat|sun)|"
    r"(?<=\b(?:next|this) )(?:mon|tues?|wed|thur?s?|fri|sat|sun)"
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_TH = r"(?:st|nd|rd|th)"
DAYS = re.compile(
    r"\b(?P<iso>\d{4}-\d\d-\d\d)\b|"
    rf"\b(?P<d1>\d{{1,2}}){_TH}?(?: of)? (?P<mo1>{_MONTH})\b(?:,? (?P<y1>\d{{4}})\b)?|"
    rf"\b(?P<mo2>{_MONTH}(?<!may)|(?:(?<=on )|(?<=by )|(?<=before ))may) "
    rf"(?P<d2>\d{{1,2}})\b{_TH}?(?![:.]\d)(?:,? (?P<y2>\d{{4}})\b)?|"
    rf"\b(?P<mo3>{_MONTH}) (?P<d3>\d{{1,2}}){_TH}\b(?:,? (?P<y3>\d{{4}})\b)?|"
    rf"(?:(?<=the )|(?<=day ))(?P<nth>\d{{1,2}}){_TH}\b{_AFTER}|"
    r"(?:(?<=on )|(?<=by )|(?<=before ))(?P<s1>\d{1,2})/(?P<s2>\d{1,2})"
    r"(?:/(?P<sy>\d{4}|\d\d))?\b(?!/|%)|"
    r"(?:(?<=on )|(?<=by )|(?<=before ))(?P<p1>\d{1,2})\.(?P<p2>\d{1,2})\.(?P<py>\d{4})?|"
    r"\b(?P<after_tomorrow>(?:the )?day after tomorrow)\b|"
    r"\b(?P<tomorrow>tomorrow|tmrw|tmw|tomorow|tommorow|tommorrow)\b(?!'s)|"
    r"\b(?P<today>today|tonight|this (?:morning|afternoon|evening)|"
    r"same day)\b(?!'s)|"
    rf"\b(?:a week on (?P<week_on>{_WEEKDAY})|next week,? (?:on )?(?P<nw1>{_WEEKDAY})|"
    rf"(?P<nw2>{_WEEKDAY}) (?:of )?next week|(?P<week>{_WEEKDAY}) week)\b|"
    rf"\b(?:(?P<which>next|this|coming) )?(?P<weekday>{_WEEKDAY})\b(?!'s|s\b| \d{{1,2}}{_TH})|"
    r"\b(?:the )?(?P<next_working>next (?:working|business) day)\b|"
    r"\b(?P<weekend>weekend)\b(?!'s)|"
    r"\b(?P<next_week>next week)\b(?!'s)|\b(?P<this_week>(?:this|the|of the) week)\b(?! of)|"
    r"\b(?P<next_month>next month)\b(?!'s)|"
    r"\b(?P<this_month>(?:this|end of (?:the |this )?) ?month|within the month|month'?s? end)\b|"
    r"\b(?P<this_year>end of (?:the |this )?year|year'?s? end)\b"
)
# What stands before a day that is none by which something will be done.
BLOCKED = re.compile(
    r"\b(?:last|past|previous|since|after|every|each|until|till?|not before|not until|as of|from|"
    r"(?:away|off|closed|out|out of (?:the )?office|shut|holiday|ill|leave)(?: again)? on|earlier|"
    r"not|wasn't|starting|during|begins?) (?:the |about |around |on )?$"
)
JOINED = re.compile(r"\s?(?:or|-|to|or on|and)\s?(?:the )?")
