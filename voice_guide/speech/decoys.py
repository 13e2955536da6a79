"""Common words that are listened for so that they are not taken for commands (English).

``[unk]`` alone lets many short words through. With these beside it, half as many words that mean
nothing here are heard as a command; models/history.md has the figures.
"""

_FREQUENT = """
the have for not with you but from they say her she will one all would there their what out about
who get which when make can like time just him take people into year good some could see other
than then now look only its over think also after use how our work first well way even want
because give day most us three four five six seven eight nine ten up down left right in at here
was were had has did said went got very much long great old big high small large early young
important few public bad same able
"""

COMMON_WORDS = tuple(_FREQUENT.split())
"""Frequent words, none of which is close to a universal phrase: no "know", no "many" (ready)."""

NOT_STOP = ("up", "off", "out")
"""Listened for beside stop alone: short words that would come back as "stop" otherwise."""

_SOUNDING_ALIKE = """
stew stove stone star snap seven seventh seconds second step top shop stock stuff staff soap sub
steep stand start store story study still sit set sat so saw sauce soft socks scalp spot slot swap
drop chop hop cop pop stamp steam state stay stiff pose post boss cause course horse parts force
pass paul small
"""

LIKE_URGENT = tuple(_SOUNDING_ALIKE.split())
"""What "stop" and "pause" are compared with: words that begin or sound like them."""
