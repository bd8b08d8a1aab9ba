package dev.nightjar.server.config;

import dev.nightjar.server.yaml.Section;
import dev.nightjar.server.yaml.Value;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A machine that a value of the configuration names, which is every value that is a URL: so no
 * feature can forget to tell.
 *
 * @param key the value's, such as {@code store.url}
 * @param host a name or address, without port and brackets
 */
public record Reach(String key, String host) {

    private static final Pattern URL =
            Pattern.compile("(?:[a-z][a-z0-9+.-]*:)+//(?:[^/?@\\s]*@)?([^/?\\s]+)(?:[/?]\\S*)?");
    private static final Pattern HOST =
            Pattern.compile("\\[([^\\]]*)](?::\\d+)?|([^:]*)(?::\\d+)?");

    /** All of a section and those within it. */
    static List<Reach> of(Section section) {
        return of(section.values().values()).toList();
    }

    private static Stream<Reach> of(Collection<Value> values) {
        return values.stream().flatMap(Reach::of);
    }

    @SuppressWarnings("unchecked") // of the contract of Value
    private static Stream<Reach> of(Value value) {
        return switch (value.content()) {
            case Map<?, ?> section -> of(((Map<String, Value>) section).values());
            case List<?> list -> of((List<Value>) list);
            case Object text -> ofText(value.path(), text.toString());
        };
    }

    /** A database may have several nodes: {@code jdbc:postgresql://a:5432,b/name}. */
    private static Stream<Reach> ofText(String key, String text) {
        Matcher url = URL.matcher(text);
        return url.matches()
                ? Stream.of(url.group(1).split(",")).map(node -> new Reach(key, host(node)))
                : Stream.empty();
    }

    private static String host(String node) {
        Matcher host = HOST.matcher(node);
        if (!host.matches()) {
            return node;
        }
        return host.group(1) == null ? host.group(2) : host.group(1);
    }
}
