package dev.nightjar.engine.grammar.schema;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The formats of strings as regular expressions, each a subset that every validator takes. */
final class StringFormats {

    private static final String YEAR = "[1-9]\\d{3}";
    private static final String LEAP_YEAR =
            "(?:[1-9]\\d(?:0[48]|[2468][048]|[13579][26])|(?:[2468][048]|[13579][26])00)";
    private static final String DATE =
            "(?:"
                    + YEAR
                    + "-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])"
                    + "|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)"
                    + "|02-(?:0[1-9]|1\\d|2[0-8]))|"
                    + LEAP_YEAR
                    + "-02-29)";
    private static final String TIME =
            "(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d{1,6})?(?:Z|[+-](?:0\\d|1[0-3]):[0-5]\\d)";
    private static final String DURATION =
            "P(?:\\d{1,4}W|(?:\\d{1,4}Y(?:\\d{1,4}M(?:\\d{1,4}D)?)?|\\d{1,4}M(?:\\d{1,4}D)?|\\d{1,4}D)"
                    + "(?:T(?:\\d{1,4}H(?:\\d{1,4}M(?:\\d{1,4}S)?)?|\\d{1,4}M(?:\\d{1,4}S)?|\\d{1,4}S))?"
                    + "|T(?:\\d{1,4}H(?:\\d{1,4}M(?:\\d{1,4}S)?)?|\\d{1,4}M(?:\\d{1,4}S)?|\\d{1,4}S))";
    private static final String UUID =
            "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
    private static final String BYTE = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final String IPV4 = BYTE + "(?:\\." + BYTE + "){3}";
    private static final String GROUP = "[0-9a-f]{1,4}";
    private static final String LABEL = "[a-z](?:-?[a-z0-9]){0,20}";
    private static final String HOST = LABEL + "(?:\\." + LABEL + "){0,3}";
    private static final String DOMAIN = LABEL + "(?:\\." + LABEL + "){1,3}";

    /** Domains of the top that validators know: those of countries, and the common ones. */
    private static final String TOP_LEVEL =
            "(?:com|org|net|edu|gov|mil|int|info|biz|name|pro|app|dev|cloud|tech|online|site|store|shop"
                    + "|blog|xyz|club|live|news|world|email|agency|company|digital|media|group|team"
                    + "|space|design|studio|software|systems|network|solutions|services|consulting"
                    + "|academy|health|finance|bank|museum|uk|eu|"
                    + countries()
                    + ")";

    private static final String EMAIL =
            "[A-Za-z0-9_+-]{1,20}(?:\\.[A-Za-z0-9_+-]{1,20}){0,2}@(?:"
                    + LABEL
                    + "\\.){1,3}"
                    + TOP_LEVEL;
    private static final String URI =
            "(?:https?|ftp)://"
                    + DOMAIN
                    + "(?::[1-9]\\d{0,3})?(?:/[A-Za-z0-9_.~-]+)*/?"
                    + "(?:\\?[A-Za-z0-9_.~=&-]+)?(?:#[A-Za-z0-9_.~-]+)?";

    private static final Map<String, String> PATTERNS =
            Map.of(
                    "date",
                    DATE,
                    "time",
                    TIME,
                    "date-time",
                    DATE + "T" + TIME,
                    "duration",
                    DURATION,
                    "uuid",
                    UUID,
                    "ipv4",
                    IPV4,
                    "ipv6",
                    ipv6(),
                    "hostname",
                    HOST,
                    "email",
                    EMAIL,
                    "uri",
                    URI);

    /** Formats of numbers, which are no business of strings. */
    private static final Set<String> OF_NUMBERS = Set.of("int32", "int64", "float", "double");

    private StringFormats() {}

    private static String countries() {
        Set<String> unused = Set.of("bl", "bq", "eh", "mf", "um");
        return Stream.of(Locale.getISOCountries())
                .map(code -> code.toLowerCase(Locale.ROOT))
                .filter(code -> !unused.contains(code))
                .collect(Collectors.joining("|"));
    }

    private static String ipv6() {
        StringBuilder pattern = new StringBuilder("(?:(?:" + GROUP + ":){7}" + GROUP);
        for (int before = 1; before <= 6; before++) {
            pattern.append("|(?:%s:){%d}(?::%s){1,%d}".formatted(GROUP, before, GROUP, 7 - before));
        }
        return pattern.append("|(?:%s:){1,7}:|::(?:%s:){0,6}%s|::)".formatted(GROUP, GROUP, GROUP))
                .toString();
    }

    /** The expression that the whole string must match; none for formats of numbers. */
    static Optional<String> pattern(Source source, String format) {
        if (OF_NUMBERS.contains(format)) {
            return Optional.empty();
        }
        String pattern = PATTERNS.get(format);
        if (pattern == null) {
            throw source.error(
                    "format",
                    "format \"%s\" is not supported; known ones are %s"
                            .formatted(
                                    format,
                                    String.join(
                                            ", ", PATTERNS.keySet().stream().sorted().toList())));
        }
        return Optional.of(pattern);
    }
}
