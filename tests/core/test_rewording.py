"""Rewordings, draft by draft: what each becomes, or that it is left alone."""

import pytest

from assist.core.rewording import REWORDINGS
from assist.core.rewrites import applied
from assist.core.text import Span


def became(name: str, draft: str) -> str | None:
    """Return the draft after the rewording `name` of the place in [[brackets]], or None."""
    before, _, rest = draft.partition("[[")
    words, _, after = rest.partition("]]")
    found = Span(len(before), len(before) + len(words)) if rest else Span(0, len(draft))
    text = before + words + after
    edits = REWORDINGS[name](text, found)
    return None if edits is None else applied(text, edits)


TURNED = [
    # until, till: a time
    ("We can't refund until Monday.", "We can refund from Monday."),
    ("we cant refund until monday", "we can refund from monday"),
    ("We can’t bill the new rate until July.", "We can bill the new rate from July."),
    ("We can't dispatch the sofa till Wednesday morning.",
     "We can dispatch the sofa from Wednesday morning."),
    ("i wont be able to do that until tomorrow", "i can do that from tomorrow"),
    ("We can't ship 2 of the 3 items until 12 May.", "We can ship 2 of the 3 items from 12 May."),
    ("We can't migrate the data until the 14th of June.",
     "We can migrate the data from the 14th of June."),
    ("The system can't show the bill until tomorrow at 9:00.",
     "The system can show the bill from tomorrow at 9:00."),
    ("we currently can't book a slot before 14:30 on tuesday",
     "we can book a slot from 14:30 on tuesday"),
    ("You can't check in before 3pm.", "You can check in from 3pm."),
    ("She isn't able to sign it off until Tuesday at the earliest.",
     "She can sign it off from Tuesday at the earliest."),
    ("I can't do that until later today.", "I can do that from later today."),
    ("we cant book the hall until next month", "we can book the hall from next month"),
    ("I won’t be able to call until after 6pm.", "I can call after 6pm."),
    ("We can’t ship until after the holidays.", "We can ship after the holidays."),
    ("We can't refund you until the end of the month.",
     "We can refund you after the end of the month."),
    # until: something happens
    ("We can't refund you until the parcel is back",
     "We can refund you as soon as the parcel is back"),
    ("we cant refund until its back", "we can refund as soon as its back"),
    ("Our kitchen can't start the order until the rider is assigned.",
     "Our kitchen can start the order as soon as the rider is assigned."),
    ("We can't refund the deposit until the flat has been inspected and the keys are back.",
     "We can refund the deposit as soon as the flat has been inspected and the keys are back."),
    ("The flight can't be rebooked until the airline cancels it.",
     "The flight can be rebooked as soon as the airline cancels it."),
    ("We can't top it up until your card’s been replaced.",
     "We can top it up as soon as your card’s been replaced."),
    ("We can't credit your account until the return is scanned at £12.50.",
     "We can credit your account as soon as the return is scanned at £12.50."),
    ("I cannot update www.example.com/help until the editor is back.",
     "I can update www.example.com/help as soon as the editor is back."),
    ("I can't tell you more until I hear from the depot.",
     "I can tell you more as soon as I hear from the depot."),
    ("I can't do a swap until there is stock.", "I can do a swap as soon as there is stock."),
    ("I can't do a swap until stock arrives.", "I can do a swap as soon as stock arrives."),
    ("You can't use the voucher until the order is over €50.",
     "You can use the voucher as soon as the order is over €50."),
    ("We can't process any refunds until this is sorted.",
     "We can process refunds as soon as this is sorted."),
    ("We can't exchange or refund it until you've sent it back.",
     "We can exchange or refund it as soon as you've sent it back."),
    ("We can't refund until it's back, so please post it today.",
     "We can refund as soon as it's back, so please post it today."),
    ("We can't reopen the ticket until the next update.",
     "We can reopen the ticket after the next update."),
    ("We can't start the claim until receipt of the form.",
     "We can start the claim after receipt of the form."),
    # before
    ("The tokens can't be reissued before you log out.",
     "The tokens can be reissued once you log out."),
    ("We can't print the label before payment.", "We can print the label after payment."),
    ("I can't book the car in before speaking to the garage.",
     "I can book the car in after speaking to the garage."),
    ("we wont be able to move your seat before the check-in opens",
     "we can move your seat once the check-in opens"),
    # unless
    ("I won't be able to send the replacement unless you confirm your address.",
     "I can send the replacement once you confirm your address."),
    ("I cannot hand over the account unless both owners agree.",
     "I can hand over the account if both owners agree."),
    ("We can't ship to you, unless you pay the customs fee.",
     "We can ship to you if you pay the customs fee."),
    ("It can't be returned unless it's unopened.", "It can be returned if it's unopened."),
    ("You can't get a refund unless you ask within 14 days and have the receipt.",
     "You can get a refund if you ask within 14 days and have the receipt."),
    ("I can't issue a new card unless you log in", "I can issue a new card once you log in"),
    # without
    ("we’re unable to ship without a house number", "we can ship with a house number"),
    ("You can't log in without your tracking number.",
     "You can log in with your tracking number."),
    ("We can't refund without any proof of purchase.", "We can refund with proof of purchase."),
    ("I’m not able to open your account without seeing a photo ID.",
     "I can open your account after seeing a photo ID."),
    ("I can't help you without the order number.",
     "I can help you once I have the order number."),
    ("we cant help without your account number", "we can help once we have your account number"),
    ("It can't be repaired without a new screen.", "It can be repaired with a new screen."),
    # the many ways of refusing
    ("im unable to check the meter until the engineer has been",
     "i can check the meter as soon as the engineer has been"),
    ("we're not going to be able to start the repair until the part arrives",
     "we can start the repair as soon as the part arrives"),
    ("He's unable to call you back until 3pm.", "He can call you back from 3pm."),
    ("We simply can't reopen the case until you send new evidence.",
     "We can reopen the case as soon as you send new evidence."),
    ("We cannot unfortunately change the date until you log in.",
     "We can change the date as soon as you log in."),
    ("You'll be unable to log in until you've reset your password.",
     "You can log in as soon as you've reset your password."),
    # the condition first
    ("Until the parcel is back, we can't refund you.",
     "As soon as the parcel is back, we can refund you."),
    ("Without your consent we're not able to read the meter.",
     "With your consent we can read the meter."),
    ("Unless you verify your email, I can't reset the password.",
     "Once you verify your email, I can reset the password."),
    ("Before the parcel is scanned I can't start a search.",
     "Once the parcel is scanned I can start a search."),
    # what is said before it
    ("Unfortunately, I cannot change it before the payment clears.",
     "I can change it once the payment clears."),
    ("unfortunately i cant change it until monday", "i can change it from monday"),
    ("Unfortunately, until the deposit arrives we are not able to book the room.",
     "As soon as the deposit arrives we can book the room."),
    ("I'm afraid that we can't post it until your order is paid.",
     "We can post it as soon as your order is paid."),
    ("Sorry, but I can't cancel the subscription until the current month ends.",
     "I can cancel the subscription as soon as the current month ends."),
    ("Hi Sam, unfortunately we are unable to process it until the item has been inspected.",
     "Hi Sam, we can process it as soon as the item has been inspected."),
    ("Please note that we cannot change the delivery slot before noon.",
     "Please note that we can change the delivery slot from noon."),
    ("Thanks for the photos, we can't start the claim until the depot replies.",
     "Thanks for the photos, we can start the claim as soon as the depot replies."),
    ("I understand, but we can't refund you until the parcel is back.",
     "I understand, and we can refund you as soon as the parcel is back."),
    ("The item is reserved for you and we can't ship it until Friday.",
     "The item is reserved for you and we can ship it from Friday."),
    ("Hello! The depot has it. We [[can't move it until]] noon. Talk soon.",
     "Hello! The depot has it. We can move it from noon. Talk soon."),
    # don't
    ("We don't ship until the payment clears.", "We ship once the payment clears."),
    ("we dont refund unless the ticket is unused", "we refund if the ticket is unused"),
    ("We do not accept parcels without a label.", "We accept parcels with a label."),
]  # fmt: skip

LEFT = [
    # nothing positive is as true
    "We can't refund it.",
    "We can't do anything until the courier updates the tracking.",
    "We can't guarantee delivery before Friday.",
    "We can't promise it until Monday.",
    "I can't wait until you see it!",
    "We can't do without your help.",
    "We can't cancel without losing the deposit.",
    "We can't ship it without delay.",
    "That can't be right unless the meter was swapped.",
    "I can't have it ready until Monday.",
    # until means "up to"
    "We can't hold the item until Friday.",
    "We can't extend the offer until Sunday.",
    "We can't offer the rate until Monday.",
    "We don't open until 9am.",
    # another reading
    "I can't find a payment before March.",
    "We can't replace it without the charger.",
    "We can't help you without a second person.",
    "We can't exchange things bought before Monday.",
    "I don't know until the depot answers.",
    # a reason, a turn, another condition, another refusal
    "We can't ship until Monday because the warehouse is closed.",
    "We can't ship until Monday as we are closed.",
    "We can't ship until Monday, but I can reserve it.",
    "We can't ship until Monday if you paid by card.",
    "We can't ship until Monday unless you collect it.",
    "We can't ship until Monday, only exchange it.",
    "We can't refund it until Monday. We can't exchange it either.",
    "We can't ship and can't cancel until Monday.",
    "I can't refund you until you don't have the item.",
    "We can't even look at it until Monday.",
    "We can't process it until the form is signed; the form is online.",
    "We can't process it until any of them sign.",
    # questions and quotations
    "Can't we refund it until Monday?",
    "Why can't you refund it until Monday?",
    'You said "we can\'t refund until Monday".',
    "It says 'we can't refund until Monday' there.",
    # said by others, or hanging on something else
    "The courier said they can't deliver until Monday.",
    "Right now we can't refund it until Monday.",
    "I think that you know and we can't refund it until Monday.",
    "They said until Friday we can't use the lift.",
    "We weren't able to refund until Monday.",
    # conditions that are not clear enough
    "We can't ship it until further notice.",
    "We can't do it until then.",
    "I can't credit it until later.",
    "We can't add the bag until 24 hours before departure.",
    "We can't add the bag until 3 people have confirmed.",
    "We can't leave the parcel without someone signing for it.",
    "We can't leave the parcel without your neighbour signing for it.",
    "We can't cancel unless urgent.",
    "We can't ship until after that.",
    "We can't tell you which seat it is until the gate opens.",
    "We cannot, I'm afraid, refund until Monday.",
    "We can't " + "really " * 60 + "do it until Monday.",
]

JOINED = [
    ("[[Yes, but]] the courier has it today.", "Yes, and the courier has it today."),
    ("[[yes but]] its on the van now", "yes, and its on the van now"),
    ("[[I hear you, however]] the depot opens at 9.", "I hear you, and the depot opens at 9."),
    ("[[I hear you, however]], the depot opens at 9.", "I hear you, and the depot opens at 9."),
    ("[[I understand it’s late, but]] the driver is two streets away.",
     "I understand it’s late, and the driver is two streets away."),
    ("[[I see your point but]], the plan renews in May.",
     "I see your point, and the plan renews in May."),
    ("[[You're right - but]] the price changed on Monday.",
     "You're right, and the price changed on Monday."),
    ("Hi Lee. [[Good point, but]] the offer covers new lines. Shall I add one?",
     "Hi Lee. Good point, and the offer covers new lines. Shall I add one?"),
    ("[[I know it was nothing but trouble, but]] the new one is here now.",
     "I know it was nothing but trouble, and the new one is here now."),
    ("[[I understand, but]] we can't refund you.", None),
    ("[[I understand but]] the policy is the same for everyone.", None),
    ("[[Yes, but]] please wait.", None),
    ("[[Yes, but]] no.", None),
    ("[[Yes, but]]", None),
    ("[[Yes, but]] you ordered it in blue.", None),
    ("[[Yes, but]] is it the blue one?", None),
    ('[[Yes, but]] he wrote "maybe later" there.', None),
    ("[[Of course]] the depot has it.", None),
]  # fmt: skip

MISSING = [
    ("[[You didn't send]] the photo.", "I don't see the photo yet."),
    ("[[you never provided]] your order number", "i don't see your order number yet"),
    ("[[You haven’t paid]] the deposit yet.", "I don't see a payment for the deposit yet."),
    ("[[You didn't tell]] me the colour.", "I don't have the colour yet."),
    ("[[You didn't reply]] to my email.", "I don't see a reply to my email yet."),
    ("Hi Tom, [[you forgot to]] include us a photo of the box!",
     "Hi Tom, I don't see a photo of the box yet!"),
    ("Unfortunately, [[you failed to]] attach the invoice, so it stopped.",
     "Unfortunately, I don't see the invoice yet, so it stopped."),
    ("The desk has it, but [[you didnt read]] the form.", None),
    ("The desk has it, but [[you didnt attach]] the form.",
     "The desk has it, but I don't see the form yet."),
    ("[[You didn't send]] the form on time.", None),
    ("[[You didn't send]] anything.", None),
    ("[[You didn't send]] it.", None),
    ("[[You didn't send]] the form to us.", None),
    ("I see [[you didn't send]] the form.", None),
    ("If [[you didn't send]] the form, tell me.", None),
    ("[[You didn't send]] the form?", None),
    ("[[You didn't send]] the {form}.", None),
    ("[[You should]] know it. You didn't send the form.", None),
]  # fmt: skip

QUIETER = [
    ("[[PLEASE READ]] IT again.", "Please read it again."),
    ("I said [[STOP SHOUTING]]", "I said stop shouting"),
    ("[[DO NOT SEND]] IT before noon", "Do not send it before noon"),
    ("[[I’M WAITING]] here", "I’m waiting here"),
    ("It comes on [[FRIDAY]]", "It comes on Friday"),
    ("Done. [[WE DON’T KNOW]] yet", "Done. We don’t know yet"),
    ("if [[I AM NOT]] there", "if I am not there"),
    ("so IT [[IS CLOSED]]", None),
    ("Send it to [[HERMES]] today.", None),
    ("The code is [[QXLVRP]].", None),
    ("This is [[sooooo]] late", None),
    ("if [[I]] am not there", None),
    ("ok[[!!!]]", "ok."),
    ("really[[?!]]", "really?"),
    ("Where[[???]]", "Where?"),
]

POSSIBLE = [
    ("[[I can't refund]] this order.", "I can't refund this order. What I can do is {next-step}."),
    ("Unfortunately, [[we cannot change]] the name.",
     "We cannot change the name. What I can do is {next-step}."),
    ("i [[cant change]] that", "i cant change that. what i can do is {next-step}"),
    ("[[We can't]] change that", "We can't change that. What I can do is {next-step}"),
    ("[[We can't]] change that!", "We can't change that! What I can do is {next-step}."),
    ("Sadly that colour [[is]] sold out, I can send the blue one.",
     "That colour is sold out, I can send the blue one."),
    ("I'm afraid [[I can't]] do that. I've asked Ana to look.",
     "I can't do that. I've asked Ana to look."),
    ("We [[unfortunately]] don't ship there.",
     "We don't ship there. What I can do is {next-step}."),
    ("It is sold out, [[unfortunately]].", "It is sold out. What I can do is {next-step}."),
    ("Hi Sam, [[unfortunately]] we can't refund it",
     "Hi Sam, we can't refund it. What I can do is {next-step}"),
    ("[[unfortunately]] the size is gone. shall I look for a blue one?",
     "the size is gone. shall I look for a blue one?"),
    ("[[I can't]] do that. Let me ask Ana.", None),
    ("[[I can't]] refund it but can replace it.", "I can replace it. I can't refund it."),
    ("[[I can't]] send it until you pay.", "I can send it as soon as you pay."),
    ("[[I can't]] do that 😊", "I can't do that 😊 What I can do is {next-step}"),
    ("Oh. [[i can't]] do that", "Oh. i can't do that. What I can do is {next-step}"),
    ("[[We can't]] add Dr. Chen.", None),
    ("You said [[you can't]] do that.", None),
    ("[[I can't]] do that...", "I can't do that... What I can do is {next-step}."),
    ("[[Can't]] you wait?", None),
    ('He wrote "[[I can\'t]] do that".', None),
]  # fmt: skip

TABLES = {
    "and-for-but": JOINED,
    "name-what-is-missing": MISSING,
    "quieter": QUIETER,
    "say-what-is-possible": POSSIBLE,
}
CASES = [(name, draft, after) for name, table in TABLES.items() for draft, after in table]


def test_there_are_many_drafts():
    """The tables hold far more than 120 different drafts."""
    drafts = {d for d, _ in TURNED} | set(LEFT) | {draft for _, draft, _ in CASES}
    assert len(drafts) >= 180


@pytest.mark.parametrize(("draft", "after"), TURNED)
def test_a_condition_is_turned_round(draft, after):
    """A refusal with one clear condition becomes what can be done under that condition."""
    assert became("turn-condition", draft) == after


@pytest.mark.parametrize("draft", LEFT)
def test_a_doubtful_condition_is_left_alone(draft):
    """On any doubt about the condition nothing is offered."""
    assert became("turn-condition", draft) is None


@pytest.mark.parametrize(("name", "draft", "after"), CASES)
def test_each_other_rewording(name, draft, after):
    """Each rewording makes exactly this of the draft, or leaves it alone."""
    assert became(name, draft) == after


@pytest.mark.parametrize("draft", [after for _, after in TURNED])
def test_turning_a_turned_condition_changes_nothing(draft):
    """What has been turned round once is not turned again."""
    assert became("turn-condition", draft) is None


@pytest.mark.parametrize(("name", "draft", "after"), [case for case in CASES if case[2]])
def test_a_rewording_does_not_repeat_itself(name, draft, after):
    """A rewording finds nothing more to do in its own result."""
    del draft
    assert became(name, after) is None
