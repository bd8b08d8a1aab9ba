package dev.nightjar.tokenizer.normalizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What BERT does to a text, as a sequence of its four steps. */
public final class BertNormalizer {
    private BertNormalizer() {}

    /** A step that a BERT vocabulary may ask for. */
    public enum Step {
        /** Control characters out, white space to spaces. */
        CLEAN_TEXT,
        /** Spaces around Chinese characters. */
        CHINESE_SPACING,
        /** Decompose and leave accents out. */
        STRIP_ACCENTS,
        /** Lower case. */
        LOWERCASE
    }

    /** The normalizer with these steps, in the order of {@link Step}. */
    public static Normalizer of(Set<Step> steps) {
        List<Normalizer> normalizers = new ArrayList<>();
        for (Step step : Step.values()) {
            if (steps.contains(step)) {
                normalizers.addAll(normalizersOf(step));
            }
        }
        return new NormalizerSequence(normalizers);
    }

    private static List<Normalizer> normalizersOf(Step step) {
        return switch (step) {
            case CLEAN_TEXT -> List.of(CodePointNormalizer.CLEAN_TEXT);
            case CHINESE_SPACING -> List.of(new ChineseSpacing());
            case STRIP_ACCENTS ->
                    List.of(UnicodeForm.NFD, CodePointNormalizer.STRIP_NON_SPACING_MARKS);
            case LOWERCASE -> List.of(CodePointNormalizer.LOWERCASE);
        };
    }
}
