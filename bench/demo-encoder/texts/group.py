"""A group: questions and statements about one and the same thing."""
from dataclasses import dataclass, field

LABELS = "animal colour food greeting other place story sum weather".split()


@dataclass
class Group:
    """Texts of a group are paraphrases of one another; its statements answer its questions."""
    subject: str                 # what it is about; groups of one subject are hard to tell apart
    kind: str                    # what it says; so are groups of one kind
    label: str                   # one of LABELS, or None where two would do
    questions: list
    statements: list
    texts: list = field(init=False)

    def __post_init__(self):
        self.questions = list(dict.fromkeys(self.questions))
        self.statements = list(dict.fromkeys(self.statements))
        self.texts = self.questions + self.statements
