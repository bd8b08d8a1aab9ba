package dev.nightjar.tokenizer.format.json;

import dev.nightjar.tokenizer.algorithm.PreTokenizer;
import dev.nightjar.tokenizer.algorithm.UnicodeSets;
import dev.nightjar.tokenizer.format.syntax.JsonNode;
import dev.nightjar.tokenizer.pretokenizer.Behavior;
import dev.nightjar.tokenizer.pretokenizer.BertWords;
import dev.nightjar.tokenizer.pretokenizer.ByteLevel;
import dev.nightjar.tokenizer.pretokenizer.ClassSplit;
import dev.nightjar.tokenizer.pretokenizer.FixedLength;
import dev.nightjar.tokenizer.pretokenizer.KnownPatterns;
import dev.nightjar.tokenizer.pretokenizer.Metaspace;
import dev.nightjar.tokenizer.pretokenizer.PatternSplit;
import dev.nightjar.tokenizer.pretokenizer.PieceSplitter;
import dev.nightjar.tokenizer.pretokenizer.ScriptSplit;
import dev.nightjar.tokenizer.pretokenizer.SplitterSequence;
import dev.nightjar.tokenizer.pretokenizer.WordRule;
import dev.nightjar.tokenizer.pretokenizer.WordsOnly;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the second stage. */
final class SplitterReader {
    private static final int DEFAULT_LENGTH = 5;
    private static final String MATCHES_EVERYTHING = "|\\s+(?!\\S)|\\s+";

    private SplitterReader() {}

    static Splitting read(Optional<JsonNode> node) {
        List<JsonNode> rules = new ArrayList<>();
        node.ifPresent(root -> flatten(root, rules));
        boolean worksOnBytes = !rules.isEmpty() && isByteLevel(rules.getLast());
        List<PieceSplitter> splitters = new ArrayList<>();
        for (int i = 0; i < rules.size(); ) {
            int knownEnd = endOfKnown(rules, i);
            if (knownEnd > i) {
                splitters.add(new WordRule(knownRule(rules.subList(i, knownEnd)).orElseThrow()));
                i = knownEnd;
                continue;
            }
            PieceSplitter splitter = read(rules.get(i), i == rules.size() - 1);
            if (!(splitter instanceof ByteLevel bytes && changesNothing(bytes))) {
                splitters.add(splitter);
            }
            i++;
        }
        PieceSplitter all =
                switch (splitters.size()) {
                    case 0 -> PieceSplitter.NONE;
                    case 1 -> splitters.getFirst();
                    default -> new SplitterSequence(splitters);
                };
        return new Splitting(all, worksOnBytes);
    }

    /** Where the longest row of splits ends, from a place on, that is a known rule. */
    private static int endOfKnown(List<JsonNode> rules, int from) {
        int end = from;
        while (end < rules.size() && pattern(rules.get(end)).isPresent()) {
            end++;
        }
        while (end > from && knownRule(rules.subList(from, end)).isEmpty()) {
            end--;
        }
        return end;
    }

    private static Optional<PreTokenizer> knownRule(List<JsonNode> splits) {
        return KnownPatterns.ruleOf(
                splits.stream().map(split -> pattern(split).orElseThrow()).toList());
    }

    /** The expression of a split that makes every match a piece of its own and loses nothing. */
    private static Optional<String> pattern(JsonNode node) {
        if (!node.require("type").string().equals("Split")) {
            return Optional.empty();
        }
        Behavior behavior = behavior(node.require("behavior"));
        boolean isInverted = node.flag("invert", false);
        Optional<String> pattern = node.require("pattern").find("Regex").map(JsonNode::string);
        if (behavior == Behavior.ISOLATED) {
            return pattern;
        }
        // Of expressions that match everything, the rest between the matches is empty.
        return behavior == Behavior.REMOVED && isInverted
                ? pattern.filter(source -> source.endsWith(MATCHES_EVERYTHING))
                : Optional.empty();
    }

    private static boolean changesNothing(ByteLevel bytes) {
        return !bytes.addsSpace() && !bytes.cutsWords() && !bytes.writesLetters();
    }

    private static boolean isByteLevel(JsonNode node) {
        return node.require("type").string().equals("ByteLevel");
    }

    private static void flatten(JsonNode node, List<JsonNode> rules) {
        if (node.require("type").string().equals("Sequence")) {
            node.require("pretokenizers").elements().forEach(rule -> flatten(rule, rules));
        } else {
            rules.add(node);
        }
    }

    private static PieceSplitter read(JsonNode node, boolean isLast) {
        JsonNode type = node.require("type");
        return switch (type.string()) {
            case "ByteLevel" -> byteLevel(node, isLast);
            case "Metaspace" -> metaspace(node);
            case "Whitespace" -> new WordsOnly();
            case "WhitespaceSplit" -> new ClassSplit(UnicodeSets::isSpace, Behavior.REMOVED);
            case "BertPreTokenizer" -> new BertWords();
            case "Punctuation" ->
                    new ClassSplit(
                            UnicodeSets::isPunctuation,
                            node.find("behavior")
                                    .map(SplitterReader::behavior)
                                    .orElse(Behavior.ISOLATED));
            case "Digits" ->
                    new ClassSplit(
                            UnicodeSets::isNumeric,
                            node.flag("individual_digits", false)
                                    ? Behavior.ISOLATED
                                    : Behavior.CONTIGUOUS);
            case "CharDelimiterSplit" -> {
                int delimiter = node.require("delimiter").codePoint();
                yield new ClassSplit(codePoint -> codePoint == delimiter, Behavior.REMOVED);
            }
            case "Split" -> split(node);
            case "UnicodeScripts" -> new ScriptSplit();
            case "FixedLength" ->
                    new FixedLength(node.integer("length", DEFAULT_LENGTH, 1, Integer.MAX_VALUE));
            default ->
                    throw type.error("\"%s\" is no known pre-tokenizer".formatted(type.string()));
        };
    }

    private static PieceSplitter byteLevel(JsonNode node, boolean isLast) {
        boolean addsSpace = node.flag("add_prefix_space", true);
        boolean cutsWords = node.flag("use_regex", true);
        return isLast && cutsWords && !addsSpace
                ? new WordRule(PreTokenizer.GPT2)
                : new ByteLevel(addsSpace, cutsWords, !isLast);
    }

    private static PieceSplitter split(JsonNode node) {
        return new PatternSplit(
                PatternReader.read(node.require("pattern")),
                behavior(node.require("behavior")),
                node.flag("invert", false));
    }

    private static PieceSplitter metaspace(JsonNode node) {
        JsonNode replacement = node.require("replacement");
        byte[] symbol =
                Character.toString(replacement.codePoint()).getBytes(StandardCharsets.UTF_8);
        return new Metaspace(symbol, prepend(node), node.flag("split", true));
    }

    /** Old files say {@code add_prefix_space}, newer ones {@code prepend_scheme}. */
    static Metaspace.Prepend prepend(JsonNode node) {
        Optional<JsonNode> scheme = node.find("prepend_scheme");
        boolean addsNone = !node.flag("add_prefix_space", true);
        if (scheme.isEmpty()) {
            return addsNone ? Metaspace.Prepend.NEVER : Metaspace.Prepend.ALWAYS;
        }
        Metaspace.Prepend prepend =
                switch (scheme.get().string()) {
                    case "always" -> Metaspace.Prepend.ALWAYS;
                    case "first" -> Metaspace.Prepend.FIRST;
                    case "never" -> Metaspace.Prepend.NEVER;
                    default ->
                            throw scheme.get()
                                    .error(
                                            "expected always, first or never, found "
                                                    + scheme.get().kind());
                };
        if (addsNone && prepend != Metaspace.Prepend.NEVER) {
            throw scheme.get().error("expected never, as add_prefix_space is false");
        }
        return prepend;
    }

    private static Behavior behavior(JsonNode node) {
        return switch (node.string()) {
            case "Removed" -> Behavior.REMOVED;
            case "Isolated" -> Behavior.ISOLATED;
            case "MergedWithPrevious" -> Behavior.MERGED_WITH_PREVIOUS;
            case "MergedWithNext" -> Behavior.MERGED_WITH_NEXT;
            case "Contiguous" -> Behavior.CONTIGUOUS;
            default ->
                    throw node.error(
                            "expected Removed, Isolated, MergedWithPrevious, MergedWithNext or"
                                    + " Contiguous, found "
                                    + node.kind());
        };
    }
}
