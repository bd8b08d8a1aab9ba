package dev.nightjar.engine.hub;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model by the name that a hub knows it under, such as {@code
 * bartowski/Llama-3.2-1B-Instruct-GGUF:Q4_K_M}. Every part is safe to use as a file name.
 *
 * @param owner a user or an organisation
 * @param name the repository
 * @param part which of several quantizations, or the name of one file
 * @param revision a branch, tag or commit
 */
public record ModelRef(
        String owner, String name, Optional<String> part, Optional<String> revision) {

    /** How a reference looks, for messages. */
    public static final String FORM = "owner/name[:QUANT or :file.gguf][@revision]";

    private static final int MAX_LENGTH = 96;
    private static final Pattern SHAPE =
            Pattern.compile("([^/:@]*)/([^/:@]*)(?::([^:@]*))?(?:@([^:@]*))?");
    private static final Pattern WORD =
            Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0," + (MAX_LENGTH - 1) + "}");
    private static final Pattern REVISION = Pattern.compile("\\w[\\w./+-]{0,199}");

    /**
     * Checks every part.
     *
     * @throws HubException.BadReference naming the part
     */
    public ModelRef {
        require(isWord(owner), "owner", owner);
        require(isWord(name), "name", name);
        part.ifPresent(text -> require(isPart(text), "quant or file", text));
        revision.ifPresent(text -> require(isRevision(text), "revision", text));
    }

    /**
     * Reads {@link #FORM}.
     *
     * @throws HubException.BadReference if the text has another form
     */
    public static ModelRef parse(String text) {
        Matcher shape = SHAPE.matcher(text);
        if (!shape.matches()) {
            throw new HubException.BadReference(
                    "expected a model such as %s, found '%s'".formatted(FORM, text));
        }
        return new ModelRef(
                shape.group(1),
                shape.group(2),
                Optional.ofNullable(shape.group(3)),
                Optional.ofNullable(shape.group(4)));
    }

    /** Whether a text is a reference rather than the path of a file. */
    public static boolean isReference(String text) {
        Matcher shape = SHAPE.matcher(text);
        return shape.matches()
                && isWord(shape.group(1))
                && isWord(shape.group(2))
                && (shape.group(3) != null || !shape.group(2).endsWith(".gguf"));
    }

    /** Owner and name, as in {@code owner/name}. */
    public String id() {
        return owner + "/" + name;
    }

    /** The same model at another revision. */
    public ModelRef withRevision(String value) {
        return new ModelRef(owner, name, part, Optional.of(value));
    }

    /** Another part of the same repository. */
    public ModelRef withPart(String value) {
        return new ModelRef(owner, name, Optional.of(value), revision);
    }

    /** In the form that {@link #parse} reads. */
    @Override
    public String toString() {
        return id() + part.map(":"::concat).orElse("") + revision.map("@"::concat).orElse("");
    }

    private static boolean isWord(String text) {
        return WORD.matcher(text).matches() && !text.contains("..");
    }

    private static boolean isPart(String text) {
        return !RelativeName.isHostile(text) && RelativeName.isPortable(text);
    }

    private static boolean isRevision(String text) {
        return REVISION.matcher(text).matches()
                && !text.contains("..")
                && !text.contains("//")
                && !text.endsWith("/");
    }

    private static void require(boolean isValid, String what, String found) {
        if (!isValid) {
            throw new HubException.BadReference(
                    "'%s' is no %s of a model; expected %s".formatted(found, what, FORM));
        }
    }
}
