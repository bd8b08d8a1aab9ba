package dev.nightjar.engine.hub.select;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells weights that stand in a repository a second time. */
final class Copies {

    /** The same weights in another type, as in {@code model.fp16.safetensors}. */
    private static final Pattern TYPED =
            Pattern.compile("(.*)\\.(?:fp16|bf16|fp32|non_ema)((?:-\\d{5}-of-\\d{5})?\\.\\w+)");

    /** The same weights in the layout of their makers, beside {@code model.safetensors}. */
    private static final Pattern CONSOLIDATED = Pattern.compile("consolidated[^/]*\\.safetensors");

    private static final Pattern MODEL = Pattern.compile("model[^/]*\\.safetensors");

    private Copies() {}

    /** Whether the same weights stand in another one of the files. */
    static boolean isCopy(String path, Set<String> paths) {
        Matcher typed = TYPED.matcher(path);
        if (typed.matches() && paths.contains(typed.group(1) + typed.group(2))) {
            return true;
        }
        return CONSOLIDATED.matcher(path).matches()
                && paths.stream().anyMatch(other -> MODEL.matcher(other).matches());
    }
}
