package dev.nightjar.engine.format.gguf;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of the files of a split checkpoint: {@code name-00001-of-00003.gguf} and so on. Each
 * part states {@code split.count} and {@code split.no}, counted from 0; the metadata of the model
 * stand in the first.
 */
final class GgufSplits {
    static final String COUNT_KEY = "split.count";
    static final String NUMBER_KEY = "split.no";
    static final String TENSORS_KEY = "split.tensors.count";

    private static final int MAX_PARTS = 0xFFFF;
    private static final Pattern NAME = Pattern.compile("(.+)-(\\d{5})-of-(\\d{5})\\.gguf");

    private GgufSplits() {}

    /** Number of parts that a part says there are; 1 for a file that is not split. */
    static int count(GgufPart part) {
        int count = part.metadata().optionalInt(COUNT_KEY).orElse(1);
        if (count < 0 || count > MAX_PARTS) {
            throw part.metadata()
                    .error(COUNT_KEY, "expected 1 to %d, found %d".formatted(MAX_PARTS, count));
        }
        return Math.max(count, 1);
    }

    /** The path of part {@code number}, counted from 0, beside any one part of the checkpoint. */
    static Path sibling(Path anyPart, GgufPart part, int number) {
        Matcher name = NAME.matcher(anyPart.getFileName().toString());
        int count = count(part);
        if (!name.matches() || Integer.parseInt(name.group(3)) != count) {
            throw part.metadata()
                    .error(
                            COUNT_KEY,
                            "expected a file name like model-00001-of-%05d.gguf by which to find the"
                                            .formatted(count)
                                    + " other parts, found "
                                    + anyPart.getFileName());
        }
        return anyPart.resolveSibling(
                String.format(
                        Locale.ROOT, "%s-%05d-of-%05d.gguf", name.group(1), number + 1, count));
    }

    /** Checks that a file is the part that its name says. */
    static void requirePart(GgufPart part, int number, int count) {
        int found = part.metadata().intValue(NUMBER_KEY);
        if (found != number) {
            throw part.metadata()
                    .error(
                            NUMBER_KEY,
                            "expected %d by the file name, found %d".formatted(number, found));
        }
        int foundCount = count(part);
        if (foundCount != count) {
            throw part.metadata()
                    .error(
                            COUNT_KEY,
                            "expected %d as in the first part, found %d"
                                    .formatted(count, foundCount));
        }
    }
}
