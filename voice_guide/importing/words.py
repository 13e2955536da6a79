"""English words that the importer goes by."""

_VERBS = """
add adjust allow angle apply arrange ask attach avoid bake balance bandage bathe beat begin bend
blend blot boil bow break breathe bring brush bundle burst button call carry catch change check
chill choose chop circle clasp clean clear climb clip close coat collect comb combine come comfort
connect continue cook cool count cover crack crease cross cup curl cut dampen detach dip discard
dissolve divide do drain draw dress dribble drink drizzle drop dry dust ease elevate empty
encourage engage enjoy ensure enter exhale explain extend face fasten feel fetch fill find finish
fix flex flip float fold follow form freeze fry garnish gather gently get give glide go grab grate
grease grip hang heat help hinge hold hug immerse inhale insert inspect interlace invite join keep
knead kneel lather lay lead lean leave let level lie lift light line listen lock look loosen lower
make massage measure melt mix moisten mop mound move note observe offer open pack pass pat pause
peel pick pin pinch pivot place plug point position pour preheat prepare press pull push put raise
reach read refill relax release remain remove repeat replace rest return reverse rinse rock roll
rotate rub run salt sanitize scoop scrape scrub seal season seat secure see select separate serve
set settle shake shape sift simmer sit skim slice slide slip slow smooth soak soften spit spoon
spray spread sprinkle squat squeeze stack stand start stay steady steam steep step stir store
straighten strain stretch strip stroke support swap sweep swing swirl switch take tap taste test
thin thread tie tighten tilt toss touch trace transfer trim tuck turn twist uncover undo undress
unfold unplug untie unwrap use wait walk warm wash watch water wear weigh wet whisk wind wipe work
wrap wring
"""
VERBS = frozenset(_VERBS.split())
"""Verbs that instructions begin with."""

_ADVERBS = """
slowly gently carefully lightly softly firmly quickly smoothly evenly briefly simply always
immediately gradually keeping holding using while when once after as with without from on in for
starting beginning standing sitting lying until before during every each at to if whenever
"""
OPENERS = frozenset(_ADVERBS.split())
"""Words that come before the verb of an instruction: "slowly ...", "using a roller, ..."."""

_FINITE = """
allows are becomes boosts can could did does feels gets gives goes had has have helps improves
increases is keeps looks makes may might must needs offers provides recipients reduces seems
should takes was were will would
"""
FINITE = frozenset(_FINITE.split())
"""After a word such as "massage" these show that it is no verb but a noun."""

_PARTS = (
    "lower back", "upper back", "back", "shoulders", "neck", "upper arms", "forearms", "arms",
    "elbows", "wrists", "hands", "fingers", "chest", "belly", "hips", "thighs", "knees", "calves",
    "legs", "ankles", "feet", "heels", "toes", "scalp",
)  # fmt: skip
BODY_PARTS = _PARTS
"""Parts of the body that can be named as sore, the narrower before the wider."""

SINGULAR = {"calves": "calf", "thighs": "thigh", "feet": "foot"}

THINGS = (
    "foam roller", "tennis ball", "massage ball", "lotion", "cocoa butter", "oil", "lanolin",
    "cream", "towel", "washcloth", "flannel", "pillow", "cushion", "chair", "mat", "bed", "basin",
    "bowl", "warm water", "soap", "gloves", "bandage", "gauze", "plaster", "teapot", "kettle",
    "whisk", "cup", "pan", "blanket", "sheet", "brush", "comb", "scissors", "strap", "wall",
    "toothbrush", "toothpaste",
)  # fmt: skip
"""What has to be at hand, where the text has no list of it."""

NEEDS = (
    "ingredients", "you will need", "you'll need", "what you need", "what you'll need", "supplies",
    "equipment", "materials", "tools", "things to have ready", "you need", "before you start, get",
    "gather", "what to get", "to get ready", "have ready", "shopping list", "you want",
)  # fmt: skip
"""Headings of lists of what is needed."""

NO_STEPS = (
    "benefit", "why ", "about us", "about the author", "related", "comments", "advantage", "share",
    "references", "sources", "contact", "subscribe", "newsletter", "history", "nutrition", "faq",
    "what is", "more articles", "you may also like", "disclaimer", "leave a reply", "advertisement",
)  # fmt: skip
"""Headings of parts in which no steps are looked for."""

ADVERTISEMENT = (
    "subscribe", "click here", "sign up", "newsletter", "book now", "book an appointment",
    "call us",
    "contact us", "our team", "our clinic", "our therapist", "our shop", "discount", "% off",
    "free shipping", "buy now", "add to cart", "coupon", "affiliate", "sponsored", "advertisement",
    "follow us", "like us on", "share this", "cookie", "privacy policy", "all rights reserved",
    "read more", "related article", "leave a comment", "photo by", "posted on", "posted by",
    "order online", "in our store", "visit our", "download our", "http://", "https://", "www.",
    "let me know", "in the comments", "comment below", "like and subscribe", "thumbs up",
    "department store", "sports store", "our recipe box", "rate this recipe", "pin this",
)  # fmt: skip

SIGNS = {
    "pain": ("pain", "hurt", "painful", "sore", "ache"),
    "numb": ("numb", "numbness"),
    "tingling": ("tingl", "pins and needles"),
    "dizzy": ("dizz", "faint", "lighthead", "light-head", "giddy"),
    "skin": ("rash", "itch", "redness", "blister", "burn", "irritat", "allerg"),
    "bleeding": ("bleed", "blood"),
    "breath": (
        "short of breath",
        "breathless",
        "trouble breath",
        "cannot breath",
        "can't breath",
        "chok",
    ),
    "sick": ("nausea", "sick", "vomit", "unwell"),
    "cramp": ("cramp",),
    "swelling": ("swell", "swollen"),
    "fever": ("fever",),
}
"""Signs to stop for, by the words that tell of them."""

SIGN_PHRASES = {
    "pain": ("very strong pain", "the pain is [very] strong", "(sharp|terrible|severe) pain"),
    "numb": ("(my|the) (arm|leg|hand|foot) (is|feels) numb", "numb (arm|leg|hand|foot)"),
    "tingling": ("(my|the) (arm|leg|hand|foot) is tingling", "pins and needles"),
    "dizzy": ("[I feel] very dizzy", "the room is turning"),
    "skin": ("[there is] a rash", "it is itching", "the skin has changed"),
    "bleeding": ("it is bleeding", "there is blood"),
    "breath": ("[I am] short of breath", "no air"),
    "sick": ("I feel very sick", "[I] feel bad"),
    "cramp": ("[I have] a cramp",),
    "swelling": ("it is swelling", "it is swollen"),
    "fever": ("[I have] a fever",),
}
"""How a person may say that a sign is there. What the model cannot hear is left out."""

OTHER_SIGN = ("something is wrong", "this is not right", "I am worried")
"""How a person may say that there is some other sign to stop for."""
