"""WordPiece: training of a vocabulary, encoding, and tokenizer.json."""
import collections
import json
import re
import unicodedata

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
PAD, UNK, CLS, SEP, MASK = range(5)
# Letters alone and inside of words, so that no English word is unknown.
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
SIGNS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~×"


def words(text):
    text = unicodedata.normalize("NFD", text.lower())
    text = "".join(c for c in text if unicodedata.category(c) != "Mn")
    # The same split as BertPreTokenizer, for the signs that the corpus has.
    return re.findall(r"[^\W_]+|[^\w\s]|_", text)


def train(texts, size):
    """Joins the most frequent pair of pieces until the vocabulary is full."""
    counts = collections.Counter(w for t in texts for w in words(t))
    splits = {w: [w[0]] + ["##" + c for c in w[1:]] for w in counts}
    vocab = dict.fromkeys(SPECIAL + list(SIGNS) + list(LETTERS) + ["##" + c for c in LETTERS])
    while len(vocab) < size:
        pairs = collections.Counter()
        for w, n in counts.items():
            for pair in zip(splits[w], splits[w][1:]):
                pairs[pair] += n
        if not pairs:
            break
        first, second = max(pairs, key=lambda p: (pairs[p], p))
        joined = first + second[2:]
        vocab[joined] = None
        for w, s in splits.items():
            if first in s:
                splits[w] = join(s, first, second, joined)
    return list(vocab)


def join(pieces, first, second, joined):
    out, i = [], 0
    while i < len(pieces):
        if pieces[i] == first and pieces[i + 1:i + 2] == [second]:
            out.append(joined)
            i += 2
        else:
            out.append(pieces[i])
            i += 1
    return out


class Encoder:
    def __init__(self, vocab):
        self.vocab = vocab
        self.ids = {p: i for i, p in enumerate(vocab)}

    def word(self, w):
        """The longest piece first; a word that cannot be put together is unknown as a whole."""
        out, at = [], 0
        while at < len(w):
            end = len(w)
            while end > at and ("##" if at else "") + w[at:end] not in self.ids:
                end -= 1
            if end == at:
                return [UNK]
            out.append(self.ids[("##" if at else "") + w[at:end]])
            at = end
        return out

    def __call__(self, text):
        return [i for w in words(text) for i in self.word(w)]


def tokenizer_json(vocab):
    special = [{"id": i, "content": s, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
               for i, s in enumerate(SPECIAL)]
    mark = lambda name, kind: {"SpecialToken": {"id": name, "type_id": kind}}
    text = lambda name, kind: {"Sequence": {"id": name, "type_id": kind}}
    return json.dumps({
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": special,
        "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": None, "lowercase": True},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [mark("[CLS]", 0), text("A", 0), mark("[SEP]", 0)],
            "pair": [mark("[CLS]", 0), text("A", 0), mark("[SEP]", 0), text("B", 1), mark("[SEP]", 1)],
            "special_tokens": {s: {"id": s, "ids": [i], "tokens": [s]} for s, i in (("[CLS]", CLS), ("[SEP]", SEP))}},
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
                  "vocab": {p: i for i, p in enumerate(vocab)}}}, ensure_ascii=False)
