package dev.nightjar.engine.hub;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which names of files may be trusted to stay inside a folder, on any system. */
final class RelativeName {

    private static final int MAX_BYTES = 1024;
    private static final int MAX_SEGMENT_BYTES = 200;
    private static final Pattern ESCAPING = Pattern.compile("[\\p{Cntrl}\\\\]");
    private static final Pattern UNPORTABLE = Pattern.compile("[:<>\"|?*]");

    private RelativeName() {}

    /**
     * Whether a name leads out of its folder somewhere, or tries to; nobody does so by accident.
     */
    static boolean isHostile(String name) {
        return ESCAPING.matcher(name).find()
                || segments(name)
                        .anyMatch(each -> each.isEmpty() || each.equals(".") || each.equals(".."));
    }

    /** Whether a name that is not hostile can be a file's name on every system. */
    static boolean isPortable(String name) {
        return bytes(name) <= MAX_BYTES
                && !UNPORTABLE.matcher(name).find()
                && segments(name)
                        .allMatch(
                                each ->
                                        bytes(each) <= MAX_SEGMENT_BYTES
                                                && each.equals(each.strip())
                                                && !each.endsWith("."));
    }

    private static Stream<String> segments(String name) {
        return Stream.of(name.split("/", -1));
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
