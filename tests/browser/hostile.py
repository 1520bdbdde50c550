"""The hostile texts that every page of ours is shown: none may run or become an element.

The law: a text here is something that somebody could write into a chat; what a page does with it is
each page's own test.
"""

HIT = "window.hurt=1"
TAGS = (
    "<script>{}</script>",
    "<img src=x onerror={}>",
    '<img src=x onerror="{}">',
    "<svg onload={}>",
    "<svg/onload={}>",
    "<svg><script>{}</script></svg>",
    "<body onload={}>",
    "<iframe srcdoc='<script>{}</script>'>",
    "<iframe src=javascript:{}>",
    "<a href=javascript:{}>x</a>",
    "<details open ontoggle={}>x</details>",
    "<video><source onerror={}></video>",
    "<input autofocus onfocus={}>",
    "<select autofocus onfocus={}>",
    "<marquee onstart={}>x</marquee>",
    "<object data=javascript:{}>",
    "<embed src=javascript:{}>",
    "<math><mtext><script>{}</script></mtext></math>",
    "<template><script>{}</script></template>",
    "<style>@import 'javascript:{}'</style>",
    "<link rel=stylesheet href=javascript:{}>",
    "<base href=javascript:{}//>",
    "<form action=javascript:{}><button>x</button></form>",
    "<button formaction=javascript:{}>x</button>",
    "<meta http-equiv=refresh content='0;url=javascript:{}'>",
)
WRAPPINGS = (
    "{}",
    '">{}',
    "'>{}",
    "</p></article>{}",
    "</textarea>{}",
    "</title>{}",
    "<!--{}-->",
    "${{{}}}",
    "--><!--{}",
    "]]>{}",
)
ODD = (
    "constructor",
    "__proto__",
    "toString",
    "hasOwnProperty",
    "${window.hurt=1}",
    "{{window.hurt=1}}",
    "javascript:window.hurt=1",
    "\u202e<b>rtl</b>",
    "\u0000null",
    "&lt;script&gt;",
    "&#60;script&#62;",
    "a" * 3000,
    "😀" * 50,
    "{name} {level} {count}",
    "<lit-part></lit-part>",
    "<!--?lit$1$-->",
    "lit$123$",
    "'",
    '"',
    "`",
)
PAYLOADS = [
    *(wrapping.format(tag.format(HIT)) for tag in TAGS for wrapping in WRAPPINGS[:5]),
    *(wrapping.format(TAGS[1].format(HIT)) for wrapping in WRAPPINGS[5:]),
    *ODD,
]


def cut(text: str) -> str:
    """Return enough of a text to know it by."""
    return text[:60]
