package dev.nightjar.server.yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Reads a YAML 1.2 file as a {@link Section}: plain data, no types, no anchors that grow. */
public final class YamlFile {

    private static final int MAX_CODE_POINTS = 1 << 20;
    private static final int MAX_ALIASES = 50;
    private static final int MAX_DEPTH = 32;

    private final Substitution substitution;

    private YamlFile(Function<String, String> environment) {
        this.substitution = new Substitution(environment);
    }

    /**
     * Reads a file, taking values of {@code ${NAME}} from the environment.
     *
     * @throws ConfigException if it cannot be read, is no YAML, or has keys that are not declared
     */
    public static Section read(Path file, KeySet keys) {
        try {
            return parse(file.toString(), Files.readString(file), keys, System::getenv);
        } catch (IOException unreadable) {
            throw new ConfigException(
                    "cannot read the configuration file %s: %s"
                            .formatted(file, unreadable.getClass().getSimpleName()));
        }
    }

    /**
     * Reads a text.
     *
     * @param name stands for the file in errors
     * @param environment values by name; null for a name that has none
     */
    public static Section parse(
            String name, String text, KeySet keys, Function<String, String> environment) {
        YamlFile file = new YamlFile(environment);
        try {
            Optional<Node> top = compose(settings(name), text);
            return top.filter(node -> !isNull(node))
                    .map(node -> file.value("", node, 0).section(keys))
                    .orElse(new Section(name, "", Map.of()));
        } catch (YamlEngineException broken) {
            throw new ConfigException(
                    "%s is no valid YAML: %s"
                            .formatted(
                                    name,
                                    broken.getMessage().strip().replaceAll("\\s*\\R\\s*", " ")));
        }
    }

    private static Optional<Node> compose(LoadSettings settings, String text) {
        requireShallow(parser(settings, text));
        return new Composer(settings, parser(settings, text)).getSingleNode();
    }

    private static Parser parser(LoadSettings settings, String text) {
        return new ParserImpl(settings, new StreamReader(settings, text));
    }

    /** The composer calls itself for each level, and has no limit. */
    private static void requireShallow(Parser events) {
        int depth = 0;
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
                throw new ConfigException(
                        "%s: nested deeper than %d levels"
                                .formatted(place(event.getStartMark()), MAX_DEPTH));
            }
            if (event instanceof CollectionEndEvent) {
                depth--;
            }
        }
    }

    private static String place(Optional<Mark> mark) {
        return mark.map(found -> "%s:%d".formatted(found.getName(), found.getLine() + 1))
                .orElse("");
    }

    private static LoadSettings settings(String name) {
        return LoadSettings.builder()
                .setLabel(name)
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(MAX_ALIASES)
                .setCodePointLimit(MAX_CODE_POINTS)
                .build();
    }

    private Value value(String path, Node node, int depth) {
        String place = place(node);
        if (depth > MAX_DEPTH) {
            throw new ConfigException(
                    "%s: %s is an anchor that holds itself".formatted(place, path));
        }
        return switch (node) {
            case MappingNode mapping -> new Value(place, path, members(path, mapping, depth));
            case SequenceNode sequence -> new Value(place, path, elements(path, sequence, depth));
            case ScalarNode scalar ->
                    new Value(place, path, substitution.apply(scalar.getValue(), place, path));
            default ->
                    throw new ConfigException(
                            "%s: %s is an anchor that holds itself".formatted(place, path));
        };
    }

    private Map<String, Value> members(String path, MappingNode mapping, int depth) {
        Map<String, Value> members = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = key(tuple.getKeyNode());
            String below = path.isEmpty() ? key : path + "." + key;
            if (members.containsKey(key)) {
                throw new ConfigException(
                        "%s: %s stands there twice".formatted(place(tuple.getKeyNode()), below));
            }
            if (!isNull(tuple.getValueNode())) {
                members.put(key, value(below, tuple.getValueNode(), depth + 1));
            }
        }
        return members;
    }

    private List<Value> elements(String path, SequenceNode sequence, int depth) {
        List<Value> elements = new ArrayList<>();
        for (Node element : sequence.getValue()) {
            String below = "%s[%d]".formatted(path, elements.size());
            elements.add(value(below, element, depth + 1));
        }
        return elements;
    }

    private static String key(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw new ConfigException(place(node) + ": a key must be a single word");
    }

    private static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private static String place(Node node) {
        return place(node.getStartMark());
    }
}
