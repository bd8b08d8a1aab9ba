package dev.nightjar.server.yaml;

import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts the environment's values in the place of {@code ${NAME}} and {@code ${NAME:-otherwise}};
 * {@code $$} stands for a dollar sign.
 */
final class Substitution {

    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\$|\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}");

    private final Function<String, String> environment;

    /**
     * @param environment values by name; null for a name that has none
     */
    Substitution(Function<String, String> environment) {
        this.environment = environment;
    }

    /**
     * The text with all references replaced.
     *
     * @throws ConfigException if a name has no value and nothing is said for that
     */
    String apply(String text, String place, String path) {
        return REFERENCE.matcher(text).replaceAll(found -> replacement(found, place, path));
    }

    private String replacement(MatchResult found, String place, String path) {
        if (found.group(1) == null) {
            return Matcher.quoteReplacement("$");
        }
        String value = environment.apply(found.group(1));
        if (value == null) {
            value = found.group(2);
        }
        if (value == null) {
            throw new ConfigException(
                    "%s: %s names the environment variable %s, which is not set; set it, or write ${%s:-value}"
                            .formatted(place, path, found.group(1), found.group(1)));
        }
        return Matcher.quoteReplacement(value);
    }
}
