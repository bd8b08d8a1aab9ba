"""Tokenizers of tiny encoders: words apart by spaces, and the special tokens of each family."""

BERT_ALIKE = ("bert", "distilbert", "modernbert")


class Words:

    def __init__(self, family, config):
        self.is_bert = family in BERT_ALIKE
        self.has_types = family == "bert"
        self.pad = config["pad_token_id"]
        self.size = config["vocab_size"]
        rows = config["max_position_embeddings"]
        offsets = {"roberta": self.pad + 1, "xlm-roberta": self.pad + 1, "mpnet": 2}
        self.positions = rows - offsets.get(family, 0)
        free = [i for i in range(5) if i != self.pad]
        self.first, self.last, self.unknown, self.mask = free
        self.words = [f"{letter}{i}" for letter in "ab" for i in range(1, 29)][: self.size - 5]

    def limit(self):
        return self.positions

    def text(self, count):
        return " ".join(self.words[i % len(self.words)] for i in range(count))

    def ids(self, text):
        return [5 + self.words.index(word) for word in text.split()]

    def item(self, text):
        ids = [self.first, *self.ids(text), self.last]
        return {"ids": ids, "types": [0] * len(ids)}

    def pair(self, a, b):
        return self._pair(a, b, self.is_bert)

    def other_pair(self, a, b):
        return self._pair(a, b, not self.is_bert)

    def _pair(self, a, b, is_bert):
        left = [self.first, *self.ids(a), self.last]
        right = ([] if is_bert else [self.last]) + [*self.ids(b), self.last]
        types = [0] * len(left) + [int(self.has_types)] * len(right)
        return {"ids": left + right, "types": types}

    def names(self):
        bert = {"first": "[CLS]", "last": "[SEP]", "unknown": "[UNK]", "mask": "[MASK]", "pad": "[PAD]"}
        other = {"first": "<s>", "last": "</s>", "unknown": "<unk>", "mask": "<mask>", "pad": "<pad>"}
        return bert if self.is_bert else other

    def document(self):
        names = self.names()
        special = {names[role]: getattr(self, role) for role in names}
        added = [
            {"id": i, "content": token, "single_word": False, "lstrip": False, "rstrip": False,
             "normalized": False, "special": True}
            for token, i in sorted(special.items(), key=lambda pair: pair[1])]
        vocab = special | {word: 5 + i for i, word in enumerate(self.words)}
        processing = {
            "type": "BertProcessing" if self.is_bert else "RobertaProcessing",
            "sep": [names["last"], self.last],
            "cls": [names["first"], self.first]}
        if not self.is_bert:
            processing |= {"trim_offsets": True, "add_prefix_space": False}
        return {
            "version": "1.0",
            "truncation": None,
            "padding": None,
            "added_tokens": added,
            "normalizer": None,
            "pre_tokenizer": {"type": "WhitespaceSplit"},
            "post_processor": processing,
            "decoder": None,
            "model": {"type": "WordLevel", "vocab": vocab, "unk_token": names["unknown"]}}
