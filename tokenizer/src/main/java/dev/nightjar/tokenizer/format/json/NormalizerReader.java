package dev.nightjar.tokenizer.format.json;

import dev.nightjar.tokenizer.algorithm.CharsMap;
import dev.nightjar.tokenizer.algorithm.ClusterNormalizer;
import dev.nightjar.tokenizer.format.syntax.JsonNode;
import dev.nightjar.tokenizer.normalizer.BertNormalizer;
import dev.nightjar.tokenizer.normalizer.BertNormalizer.Step;
import dev.nightjar.tokenizer.normalizer.ByteLetters;
import dev.nightjar.tokenizer.normalizer.CodePointNormalizer;
import dev.nightjar.tokenizer.normalizer.Normalizer;
import dev.nightjar.tokenizer.normalizer.NormalizerSequence;
import dev.nightjar.tokenizer.normalizer.Precompiled;
import dev.nightjar.tokenizer.normalizer.Prepend;
import dev.nightjar.tokenizer.normalizer.Replace;
import dev.nightjar.tokenizer.normalizer.Strip;
import dev.nightjar.tokenizer.normalizer.UnicodeForm;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Reads the first stage. */
final class NormalizerReader {
    private NormalizerReader() {}

    static Normalizer read(Optional<JsonNode> node) {
        return node.map(NormalizerReader::read).orElse(Normalizer.NONE);
    }

    private static Normalizer read(JsonNode node) {
        JsonNode type = node.require("type");
        return switch (type.string()) {
            case "Sequence" ->
                    new NormalizerSequence(
                            node.require("normalizers").elements().stream()
                                    .map(NormalizerReader::read)
                                    .toList());
            case "NFC" -> UnicodeForm.NFC;
            case "NFD" -> UnicodeForm.NFD;
            case "NFKC" -> UnicodeForm.NFKC;
            case "NFKD" -> UnicodeForm.NFKD;
            case "Lowercase" -> CodePointNormalizer.LOWERCASE;
            case "StripAccents" -> CodePointNormalizer.STRIP_ACCENTS;
            case "Nmt" -> CodePointNormalizer.NMT;
            case "ByteLevel" -> new ByteLetters();
            case "Strip" ->
                    new Strip(
                            node.require("strip_left").bool(), node.require("strip_right").bool());
            case "Prepend" -> new Prepend(node.require("prepend").string());
            case "Replace" ->
                    new Replace(
                            PatternReader.read(node.require("pattern")),
                            node.require("content").string());
            case "BertNormalizer" -> BertNormalizer.of(bertSteps(node));
            case "Precompiled" -> precompiled(node);
            default -> throw type.error("\"%s\" is no known normalizer".formatted(type.string()));
        };
    }

    /** Accents are stripped where letters become lower case, unless the file says otherwise. */
    static Set<Step> bertSteps(JsonNode node) {
        boolean isLowercase = node.flag("lowercase", true);
        Set<Step> steps = EnumSet.noneOf(Step.class);
        addIf(node.flag("clean_text", true), Step.CLEAN_TEXT, steps);
        addIf(node.flag("handle_chinese_chars", true), Step.CHINESE_SPACING, steps);
        addIf(node.flag("strip_accents", isLowercase), Step.STRIP_ACCENTS, steps);
        addIf(isLowercase, Step.LOWERCASE, steps);
        return steps;
    }

    static void addIf(boolean isAdded, Step step, Set<Step> steps) {
        if (isAdded) {
            steps.add(step);
        }
    }

    private static Normalizer precompiled(JsonNode node) {
        Optional<JsonNode> table = node.find("precompiled_charsmap");
        if (table.isEmpty()) {
            return Normalizer.NONE;
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(table.get().string());
            return new Precompiled(new ClusterNormalizer(CharsMap.parse(bytes)));
        } catch (IllegalArgumentException e) {
            throw table.get().error("expected a charsmap in base 64, found: " + e.getMessage());
        }
    }
}
