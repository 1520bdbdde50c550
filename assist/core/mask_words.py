"""Secrets that show by their form or by the words around them: phones, e-mail, passwords, codes.

The law: linear in the text: every pattern begins with a fixed word or class and repeats nothing
without a bound. What is found is only what is secret, never the words that led there.
"""

import re
from collections.abc import Iterator

from assist.core.text import Span

__all__ = ["codes", "emails", "passwords", "phones"]

_EMAIL = re.compile(
    r"(?<![\w.%+-])[\w.%+-]{1,64}(?:@|[ ]?[(\[][ ]?at[ ]?[)\]][ ]?)"
    r"(?:[\w-]{1,63}(?:\.|[ ]?[(\[][ ]?dot[ ]?[)\]][ ]?)){1,8}[A-Za-z]{2,24}(?![\w-])",
    re.IGNORECASE,
)

# A country, an area in brackets, the American three-three-four, a trunk 0, or a phone named as one.
_PHONE = re.compile(
    r"(?<![\w.,/+-])(?<!\d )(?:"
    r"(?:\+|00)[1-9](?:[ ./-]?(?:\(\d{1,4}\)|\d)){6,14}"
    r"|\+?1?[ .-]?\(\d{3}\)[ .-]?\d{3}[ .-]?\d{4}"
    r"|(?:1[ .-])?[2-9]\d{2}([ .-])\d{3}\1\d{4}"
    r"|\(0\d{1,5}\)[ ]?\d{2,4}(?:[ -]?\d{2,4}){1,3}"
    r"|0[1-9]\d{1,4}[ /-]\d{3,8}(?:[ -]\d{2,4}){0,3}"
    r"|0[1-9](?:[ .]\d{2}){4}"
    r"|0[1-9]\d{8,9}"
    r")(?![\w€$£%]|[.,:/-]\d)"
)
_CALLED = re.compile(
    r"\b(?:phone|tel|telephone|telefon|handy|mobile|cell|whatsapp|landline|call(?: me)?(?: back)?|"
    r"text me|ring me|reach me)(?: number| no\.?|nummer)?(?: (?:is|at|on|under))?[ ]?[:#=]?[ ]{0,2}"
    r"(?=\+?[\d(])",
    re.IGNORECASE,
)
_DIALLED = re.compile(r"\+?\(?\d(?:[ ./()-]{0,2}\d){6,14}(?![\w€$£%]|[.,:/]\d)")
_DATE = re.compile(
    r"(?:(?:19|20)\d\d[-./]\d\d?[-./]\d\d?|\d\d?[-./]\d\d?[-./](?:19|20)?\d\d)(?: \d\d?)?"
)
_NUMBERED = re.compile(
    r"(?:order|ticket|case|invoice|tracking|reference|ref|account|policy|serial|article|item|"
    r"parcel|booking|customer|contract|model|sku|imei|id|claim|shipment|confirmation|receipt|"
    r"transaction|delivery|member|meter|product|part)"
    r"(?: (?:number|no\.?|nr\.?|code|id))?(?: is| was)?[ ]?[:#=]?[ ]?#?$",
    re.IGNORECASE,
)

_LED = r"(?:[ ]?[:=][ ]?|[ ](?:is|was|ist|war|lautet)(?:[ ]?:)?[ ](?:now[ ]|just[ ]|still[ ])?)"
_PASSWORD = re.compile(
    r"\b(?:pass[ -]?word|pass[ -]?phrase|pass[ -]?wd|pwd|passwort|kennwort|pw)"
    rf"(?:[ ](?:for|to|of)[ ](?:\w{{1,20}}[ ]){{0,3}}\w{{1,20}})?({_LED})"
    r"(?:[\"'`](?P<quoted>[^\"'`\n]{1,128})[\"'`]|(?P<bare>[^\s\"'`]\S{0,127}))",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\b(?:pass[ -]?word|pass[ -]?phrase|passwort|kennwort)[ ](?:to|as|auf)[ ](?P<bare>\S{1,128})",
    re.IGNORECASE,
)
_END = ".,;:)]}>\"'"
_ORDINARY = frozenset(
    """
    a again all already also always an and any apparently as at back bad been being blank blocked
    both broken by case changed coming compromised correct correctly different disabled done due
    easy empty enabled expired expiring failing false fine for forgotten from getting gone good
    hacked hard hidden his her here how i if ignored in incorrect insecure invalid it its just
    known leaked lengthy like linked locked long longer lost me mandatory missing mine my necessary
    needed never new no none nonexistent not nothing now of off ok okay old on only optional or our
    out outdated over private protected public ready rejected required requested reset resetting
    right safe saved secret secure sent set short shown simple somehow something somewhere still
    stolen stored strong stuck supposed that the their there they this to too unchanged unknown
    unsafe up updated useless valid very weak what where which why with working wrong you your yours
    too please must enter click attempts try hint forgot sorry accepted recognised recognized
    refused denied impossible unavailable n/a na tbd see below above
    falsch richtig nicht kein abgelaufen gesperrt vergessen ungültig zu zurückgesetzt
    """.split()  # noqa: SIM905  a list of words reads better as words
)

_KIND = (
    r"(?:security|verification|verify|access|one[ -]?time|single[ -]?use|log[ -]?in|sign[ -]?in|"
    r"auth(?:entication|orisation|orization)?|2fa|two[ -]?factor|mfa|sms|text|unlock|safe|door|"
    r"activation|recovery|backup|secret|confirmation|reset|card)"
)
_SECRET_CODE = (
    rf"(?:{_KIND}[ -](?:pass)?code|passcode|otp|pin(?:[ -]?code)?|puk|(?-i:TAN)|cvv2?|cvc2?)"
)
_CODE_LED = (
    r"(?:[ ](?:number|no\.?))?"
    r"(?:[ ](?:you|they|we)[ ](?:sent|texted|gave)(?:[ ](?:me|you|us))?|[ ]i[ ](?:got|received))?"
    r"(?:[ ]?[:=#][ ]?|[ ](?:is|was|ist|lautet|says|reads)(?:[ ]?:)?[ ](?:now[ ])?|[ ])"
)
_DIGITS = r"(?P<code>\d{3,4}[ -]\d{3,4}|\d{3,10}|[A-Za-z]-\d{4,8})"
_MIXED = r"(?P<token>(?=[A-Za-z-]{0,9}\d)[A-Za-z0-9-]{4,16})"
_CODES = (
    re.compile(rf"\b{_SECRET_CODE}{_CODE_LED}(?:{_DIGITS}|{_MIXED})(?![\w])", re.IGNORECASE),
    re.compile(
        r"(?:\b(?P<before>\w{1,30})[ -])?\bcode(?:[ ](?:you|they|we)[ ](?:sent|texted|gave)"
        r"(?:[ ](?:me|you|us))?|[ ]i[ ](?:got|received|have))?"
        r"(?:[ ]?[:=][ ]?|[ ](?:is|was|says|reads)(?:[ ]?:)?[ ](?:now[ ])?)"
        r"(?P<code>\d{3}[ -]\d{3}|\d{4}[ -]\d{4}|\d{4,8}|[A-Za-z]-\d{4,8})(?![\w]|[.,]\d)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<![\w.,/#-])(?P<code>\d{3}[ -]\d{3}|\d{3,8})[ ](?:is|was)[ ](?:the|my|your|our)[ ]"
        rf"(?:{_SECRET_CODE}|(?:[\w-]{{2,20}}[ ])?(?:verification[ ]code|security[ ]code|otp|pin)|"
        r"code|password)\b(?![ ](?:for|of)[ ](?:the|an?|this|my)[ ]"
        r"(?:error|order|product|item|discount))",
        re.IGNORECASE,
    ),
)
_OTHER_CODES = frozenset(
    """
    error promo promotion promotional discount voucher coupon product item order tracking zip
    postal post area country dial dialling dialing status qr bar source sort colour color swift
    bic response exit reference booking reservation article store branch tax customer model hs http
    fault dress return reason routing airport flight supplier shipping event affiliate referral
    partner campaign site building currency language commodity batch lot part serial catalogue
    offer sale style size room bug warning failure alarm diagnostic trouble p rma sku ean upc
    """.split()  # noqa: SIM905  as above
)


def emails(text: str) -> Iterator[Span]:
    """Yield where addresses of e-mail stand."""
    for found in _EMAIL.finditer(text):
        yield Span(*found.span())


def phones(text: str) -> Iterator[Span]:
    """Yield where phone numbers stand."""
    for found in _PHONE.finditer(text):
        if not _is_numbered(text, found.start()):
            yield Span(*found.span())
    for called in _CALLED.finditer(text):
        number = _DIALLED.match(text, called.end())
        if number is not None and not _is_date(number.group()):
            yield Span(*number.span())


def passwords(text: str) -> Iterator[Span]:
    """Yield where passwords stand that are said as such."""
    for found in _PASSWORD.finditer(text):
        if found["quoted"] is not None:
            yield Span(*found.span("quoted"))
        elif span := _bare(text, found.span("bare"), told=found[1].strip() in {":", "="}):
            yield span
    for found in _CHANGED.finditer(text):
        if (span := _bare(text, found.span("bare"), told=False)) and _is_odd(span.of(text)):
            yield span


def codes(text: str) -> Iterator[Span]:
    """Yield where codes stand that open something: one-time codes, PINs, card checks."""
    for pattern in _CODES:
        for found in pattern.finditer(text):
            named = found.groupdict()
            if (named.get("before") or "").lower() in _OTHER_CODES:
                continue
            yield Span(*found.span("code" if named["code"] is not None else "token"))


def _is_numbered(text: str, start: int) -> bool:
    """Tell whether the words before say that this is another number."""
    return _NUMBERED.search(text[max(0, start - 40) : start]) is not None


def _is_date(number: str) -> bool:
    return _DATE.fullmatch(number) is not None


def _bare(text: str, span: tuple[int, int], *, told: bool) -> Span | None:
    """Return the password without what ends a sentence, or None where it is an ordinary word."""
    word = text[slice(*span)]
    bare = word.rstrip(_END) or word
    plain = bare.lower()
    cased = bare.islower() or bare.isupper() or bare.istitle() or "/" in bare
    if (cased and plain in _ORDINARY) or (
        not told and not _is_odd(bare) and plain.endswith(("ing", "ed"))
    ):
        return None
    return Span(span[0], span[0] + len(bare))


def _is_odd(word: str) -> bool:
    """Tell whether `word` is none that people write in a sentence."""
    return not word.isalpha() or not (word.islower() or word.istitle())
