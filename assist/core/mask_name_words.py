"""Words that stand where a name could, and are none.

The law: data only, in small letters. A word stands here because people write it after "my name is",
"this is" or under a greeting; one that is a name as well stands in `BOTH`.
"""

from typing import Final

__all__ = ["BOTH", "ENDINGS", "FUNCTION", "NAMES_ALL_THE_SAME", "PLACES", "THINGS", "TITLES"]

FUNCTION: Final = frozenset(
    """
    a about after again all already also always am an and any anyone are as asked at available away
    back be because been before being below but by can cannot case changed clear clearly close
    correct correctly could did different do does done down due during either else even ever
    everybody everyone exactly far fine first for from further gone good had has have he hello her
    here hey hi his how however i if i'm in incorrect incorrectly into is it its it's just known
    last late least less like lost many me misspelled misspelt missing mistyped more most much my
    need never new next no nobody none nor not nothing now of off ok okay old on once one only or
    order other our out over own please quite rather really right same shall she should shown since
    so some somebody someone something sorry spelled spelt still such sure taken than thanks that
    the their them then there these they this those though three through to today together told
    tomorrow tonight too two under unknown until up us used very via was we were what when where
    whether which while who why with within without wrong wrongly yes yesterday yet you your yours
    und aber nicht falsch auf bei im ist mit noch von vom wie der die das ein eine hier schon
    """.split()  # noqa: SIM905  a list of words reads better as words
)
"""What is no name wherever it stands, and what no name goes on with."""

PLACES: Final = frozenset(
    """
    january february march april may june july august september october november december monday
    tuesday wednesday thursday friday saturday sunday christmas easter american argentinian asian
    australian austrian belgian brazilian british canadian catholic chinese christian danish dutch
    english european finnish french german greek hindu indian indonesian iranian irish israeli
    italian japanese jewish kenyan korean mexican muslim nigerian norwegian pakistani polish
    portuguese russian scottish spanish swedish swiss syrian thai turkish ukrainian vietnamese
    welsh deutsch
    """.split()  # noqa: SIM905  as above
)
"""Days, months and where people are from: a name only where somebody says that it is theirs."""

THINGS: Final = PLACES | frozenset(
    """
    absolute abuse accounts admin afraid afternoon agent alone amazon angry annoyed anonymous app
    autumn bad barely billing bot broke broken bug bullshit business busy cancelled chat cheating
    company complaint confirmed confused crap crazy curious customer customers damaged dead
    delivery department desk desperate disabled disgusted done easy email enough error evening
    extortion extra false fraud free fresh frustrated fun furious garbage glad great guest guys
    happy hard help helpdesk home horror hungry ill important impossible info insane interested
    invoice issue item joke junk later leave livid looking mad mail management manager maybe
    message mine morning mum nearly nice night nonsense not office online operator outrage outside
    parcel part perfect phone poor premium pregnant problem product proof rage ready refund regular
    reply rubbish sad sales scam security sent service shame shipment shipping shop sick silly
    simple solved sort sorted spam spring staff standard store stranded student stuck stupid
    summer support system team technical terrible theft thief thx tired trash true unhappy unsure
    update upset urgent useless user vegan verified vip visitor wait weird well winter worried
    worse noone bye cheers care best regards love kind ciao yay wow absolutely actually agreed
    alright anyway awesome bravo brilliant buddy certainly congrats cool deal dear definitely
    excellent fantastic folks friend friends gesendet goodbye hopefully indeed lovely madam mate
    noted package packages pal received sent sir splendid super superb totally understood welcome
    whatever wonderful prima tschüss
    """.split()  # noqa: SIM905  as above
)
"""What people are, get or call a thing, where no name was announced."""

ENDINGS: Final = ("able", "ible", "ous", "ful", "less", "ing", "ness", "ment", "tion")
NAMES_ALL_THE_SAME: Final = frozenset(
    """
    ahmed alfred aled fareed fred gottfried hameed hamed jared javed jed jing khaled ling
    majed manfred mildred ming mohamed mohammed muhammed naveed ned obed ping qing rashed rasheed
    saeed sayed siegfried sterling syed ted waleed wilfred winfried winifred irving xing ying
    """.split()  # noqa: SIM905  as above
)
"""What ends as other words do."""

TITLES: Final = frozenset(
    """
    capt col dipl dr fr hr ing lt mag med miss mr mrs ms mx phil prof rev sgt sr st
    """.split()  # noqa: SIM905  as above
)
"""What a name goes on behind, with a full stop or without; "jr", with which names end, is none."""

BOTH: Final = THINGS | frozenset(
    """
        account amber art baker banks bell bill black bond booth brook brown bush carter chance
        chase church clay cliff cook cooper crystal daisy dale dawn day dean dick drew earl
        faith farmer field finder fisher ford forest fox frank gene gift glen good grace grant gray
        green grey hall harmony harry hazel heather hill holly hope house hunter iris ivy jack jade
        jasmine jean jewel joy june justice king knight lake lane lee lily long lord love marina
        mark marks mason may melody mercy miles miller mister mrs miss moon nick olive page park
        parker pat patience pearl penny pierce piper pool porter price prince prudence queen ray
        reed rich rob robin rock rose rowan ruby rusty sandy shepherd short silver skip small smart
        snow star steel stone sue summers sunny temple terry trinity van victory violet von
        wade walker ward warden waters weaver west white will willow winters wise wolf wood woods
        woody worth young com net org test unknown website web client lead contact person name
        herr frau den der des del las los san santa
        ah du er es go ha he hm ho ja ma mm oh pa pm tv uk um us ya yo zu
        """.split()  # noqa: SIM905  as above
)
"""Names that are words as well, and what platforms call somebody whose name they do not know."""
