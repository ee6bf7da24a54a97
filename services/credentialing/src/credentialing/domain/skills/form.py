"""A skills form: a unit's sections and the skills in each, every skill with an id that stays when its words change."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """One thing that somebody can do, such as `airway.suction`; ids are unique within a form."""

    skill_id: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Skills that belong together."""

    name: str
    skills: tuple[Skill, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The form of a unit; `edition` is raised when a skill is added or dropped, so that old answers keep theirs."""

    unit: str
    title: str
    edition: int
    sections: tuple[Section, ...]

    @property
    def skills(self) -> tuple[Skill, ...]:
        """All skills in order."""
        return tuple(skill for section in self.sections for skill in section.skills)


def section(key: str, name: str, **skills: str) -> Section:
    """A section whose skills are named `key.word`."""
    return Section(
        name=name, skills=tuple(Skill(skill_id=f"{key}.{word}", words=words) for word, words in skills.items())
    )
