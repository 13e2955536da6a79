"""``include`` and groups: putting parts and rounds into a script, before it is checked.

A part adds its questions, replies, scales, areas and so on to the script, once; its steps come
where it is included among the steps. Where the script has a scale or an area of the same name, that
counts.
"""

import difflib
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from voice_guide.script.areas import name_areas
from voice_guide.script.codes import form
from voice_guide.script.findings import Finding
from voice_guide.script.groups import spread
from voice_guide.script.merging import Whole, add_contents, join, put
from voice_guide.script.model import MOST_STEPS, Group, Include, Part
from voice_guide.script.parts import PartRefusedError, Parts
from voice_guide.script.plain_words import findings_from, unknown_key, valid_keys
from voice_guide.script.positions import Node, Position, split_lines
from voice_guide.script.tree import TreeReader

DEEPEST = 4
"""Parts that include parts that include parts ... so deep, and no deeper."""

_GROUP_IN_GROUP = (
    "A group of steps cannot be inside another. Give the outer one 'each' and 'repeat', or write "
    "the steps of the inner one without 'steps:'."
)

MOST_INCLUSIONS = 200
"""So many times something is included in one script."""


class Includer:
    """Puts the parts into one script."""

    def __init__(self, parts: Parts) -> None:
        """Take them from ``parts``."""
        self.errors: list[Finding] = []
        self.lines: dict[str, Sequence[str]] = {}
        """The lines of the files that were included, by name."""
        self._parts = parts
        self._taken: set[str] = set()
        self._inclusions = 0

    def include(self, data: dict[str, Any], root: Node) -> None:
        """Put what a script includes into its data and its nodes."""
        self._fill(Whole(data, root))

    def _fill(self, whole: Whole) -> None:
        named = whole.data.get("include")
        node = whole.root.items.get("include")
        if node is not None:
            names = [named] if isinstance(named, str) else named if isinstance(named, list) else []
            for index, name in enumerate(names):
                if isinstance(name, str):
                    self._add_part(whole, name, node.items.get(index, node))
        if isinstance(whole.data.get("steps"), list):
            self._fill_steps(whole)
        for key, added in whole.first.items():
            join(whole, key, added, first=True)

    def _add_part(self, whole: Whole, name: str, node: Node) -> None:
        part = self._open(whole, name, node.position)
        if part is None:
            return
        if part.data.get("steps"):
            message = (
                f'"{name}" has steps. Say where they come: "- include: {name}" among the steps.'
            )
            self._error(node.position, message)
            return
        self._take(whole, part)

    def _fill_steps(self, whole: Whole) -> None:
        steps = whole.root.items["steps"]
        found = self._plain(whole, whole.data["steps"], steps)
        whole.data["steps"] = [step for step, _ in found]
        steps.items = dict(enumerate(place for _, place in found))

    def _plain(
        self, whole: Whole, steps: list[Any], node: Node, *, grouped: bool = False
    ) -> list[tuple[Any, Node]]:
        """Return steps with those of parts and of groups in their places."""
        found: list[tuple[Any, Node]] = []
        for index, step in enumerate(steps):
            place = node.items[index]
            if isinstance(step, dict) and "include" in step:
                found += self._steps_of(whole, step, place)
            elif isinstance(step, dict) and "steps" in step and not grouped:
                found += self._group(whole, step, place)
            elif isinstance(step, dict) and "steps" in step:
                self._error(place.keys["steps"], _GROUP_IN_GROUP)
            else:
                found.append((step, place))
            if len(found) > MOST_STEPS:
                break
        return found

    def _group(self, whole: Whole, item: dict[str, Any], node: Node) -> list[tuple[Any, Node]]:
        """Return the steps of a group, as often as it asks for."""
        try:
            group = Group.model_validate(item)
        except ValidationError as error:
            self.errors.extend(findings_from(error.errors(include_url=False), node, Group))
            return []
        steps = self._plain(whole, item["steps"], node.items["steps"], grouped=True)
        for step, place in steps:
            if isinstance(step, dict):
                for key in ("when", "unless"):
                    self._add_conditions(step, place, key, item.get(key, {}), node.items.get(key))
        return spread(steps, group)

    def _steps_of(self, whole: Whole, item: dict[str, Any], node: Node) -> list[tuple[Any, Node]]:
        """Return the steps of a part, changed as the item asks for."""
        try:
            Include.model_validate(item)
        except ValidationError as error:
            self.errors.extend(findings_from(error.errors(include_url=False), node, Include))
            return []
        name = item["include"].strip()
        part = self._open(whole, name, node.items["include"].position)
        if part is None:
            return []
        self._take(whole, part)
        steps = part.data.get("steps")
        places = part.root.items["steps"].items if isinstance(steps, list) else {}
        found = [(step, places[index]) for index, step in enumerate(steps or []) if index in places]
        return self._changed(found, item, node)

    def _changed(
        self, steps: list[tuple[Any, Node]], item: dict[str, Any], node: Node
    ) -> list[tuple[Any, Node]]:
        names = [step.get("name") for step, _ in steps if isinstance(step, dict)]
        left_out = item.get("leave_out", [])
        for index, name in enumerate(left_out):
            self._look_up(name, names, node.items["leave_out"].items[index].position)
        for name in item.get("change", {}):
            self._look_up(name, names, node.items["change"].keys[name])
        kept = []
        for step, place in steps:
            if isinstance(step, dict):
                if step.get("name") in left_out:
                    continue
                name = str(step.get("name"))
                changes = node.items.get("change", Node(node.position)).items.get(name)
                put(step, place, item.get("change", {}).get(name, {}), changes)
                for key in ("when", "unless"):
                    self._add_conditions(step, place, key, item.get(key, {}), node.items.get(key))
            kept.append((step, place))
        return kept

    def _add_conditions(
        self,
        step: dict[str, Any],
        place: Node,
        key: str,
        more: Mapping[str, Any],
        node: Node | None,
    ) -> None:
        if node is None:
            return
        own = step.setdefault(key, {})
        if not isinstance(own, dict):
            return  # told when the step is checked
        where = place.items.setdefault(key, Node(node.position))
        place.keys.setdefault(key, node.position)
        for name in more:
            if name in own:
                message = f"'{name}' is asked for by the step '{step.get('name')}' itself, too."
                self._error(node.keys[name], message)
        put(own, where, more, node)

    def _look_up(self, name: str, names: Sequence[Any], position: Position) -> None:
        if name not in names:
            known = [one for one in names if isinstance(one, str)]
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.6) or known
            message = f"There is no step '{name}' in the part. There is: {', '.join(near)}."
            self._error(position, message)

    def _open(self, whole: Whole, name: str, position: Position) -> Whole | None:
        """Return a part with all that it includes itself, or note why it cannot be included."""
        self._inclusions += 1
        if self._inclusions > MOST_INCLUSIONS:
            if self._inclusions == MOST_INCLUSIONS + 1:
                self._error(position, f"More than {MOST_INCLUSIONS} times something is included.")
            return None
        if name in whole.chain:
            self._error(position, f'"{name}" includes itself, so there is no end to it.')
            return None
        if len(whole.chain) >= DEEPEST:
            self._error(position, f"Parts can include parts {DEEPEST} deep, and no deeper.")
            return None
        try:
            text = self._parts.text(name)
        except PartRefusedError as error:
            self._error(position, str(error))
            return None
        self.lines[name] = split_lines(text)
        tree = TreeReader(text)
        _move_to(tree.root, name)
        errors = [_moved(error, name) for error in tree.errors]
        if not tree.broken:
            errors += _not_a_part(tree)
        self.errors.extend(error for error in errors if error not in self.errors)
        if errors:
            return None
        name_areas(tree.data, tree.root)
        part = Whole(tree.data, tree.root, (*whole.chain, name))
        self._fill(part)
        return part

    def _take(self, whole: Whole, part: Whole) -> None:
        """Add all but the steps of a part, unless that was done before."""
        if part.chain[-1] not in self._taken:
            self._taken.add(part.chain[-1])
            add_contents(whole, part)

    def _error(self, position: Position, message: str) -> None:
        self.errors.append(Finding(form.INCLUDE, position, message))


def _not_a_part(tree: TreeReader) -> list[Finding]:
    """Return why a file is no part."""
    root, data = tree.root, tree.data
    if not isinstance(data, dict):
        message = 'A part is a mapping. It begins with "format: 1" and "part: ..." with its name.'
        return [Finding(form.INCLUDE, root.position, message)]
    if "part" not in data and "title" in data:
        message = "This is a whole session. A part has 'part:' with its name in place of 'title:'."
        return [Finding(form.INCLUDE, root.keys["title"], message)]
    known = valid_keys((), Part)
    found = [
        Finding(form.UNKNOWN_KEY, root.keys[key], unknown_key(key, (), Part))
        for key in data
        if key not in known
    ]
    own = {key: data[key] for key in ("format", "part", "sources") if key in data}
    try:
        Part.model_validate(own)
    except ValidationError as error:
        found += findings_from(error.errors(include_url=False), root, Part)
    return found


def _move_to(root: Node, part: str) -> None:
    """Say of every place under a node that it is in an included file."""
    nodes = [root]
    while nodes:
        node = nodes.pop()
        at = node.position
        node.position = Position(at.line, at.column, part=part)
        for key, place in node.keys.items():
            node.keys[key] = Position(place.line, place.column, part=part)
        nodes.extend(node.items.values())


def _moved(finding: Finding, part: str) -> Finding:
    at = Position(finding.position.line, finding.position.column, part=part)
    return Finding(finding.code, at, finding.message)
