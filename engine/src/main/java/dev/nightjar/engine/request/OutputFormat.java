package dev.nightjar.engine.request;

import java.util.List;

/** A form that a generated text is held to, token by token. */
public sealed interface OutputFormat {

    /** Any JSON object. */
    record JsonObject() implements OutputFormat {}

    /**
     * JSON that is valid under a schema.
     *
     * @param schema a JSON schema, as JSON text
     */
    record JsonSchema(String schema) implements OutputFormat {
        /** Refuses an empty schema. */
        public JsonSchema {
            requireText(schema, "json_schema", "a JSON schema");
        }
    }

    /**
     * Text that a regular expression matches as a whole.
     *
     * @param pattern without lookaround and backreferences
     */
    record Regex(String pattern) implements OutputFormat {
        /** Refuses an empty pattern. */
        public Regex {
            requireText(pattern, "regex", "a regular expression");
        }
    }

    /**
     * One of several texts.
     *
     * @param options at least one, none empty
     */
    record Choice(List<String> options) implements OutputFormat {
        /** Copies the options. */
        public Choice {
            options = List.copyOf(options);
            if (options.isEmpty() || options.contains("")) {
                throw new InvalidRequestException(
                        "choice", "choice must list at least one text, and no empty one");
            }
        }
    }

    /**
     * Text that a grammar derives.
     *
     * @param gbnf the grammar in GBNF, starting at the rule {@code root}
     */
    record Grammar(String gbnf) implements OutputFormat {
        /** Refuses an empty grammar. */
        public Grammar {
            requireText(gbnf, "grammar", "a grammar");
        }
    }

    private static void requireText(String value, String name, String what) {
        if (value.isBlank()) {
            throw new InvalidRequestException(
                    name, "%s must be %s, found nothing".formatted(name, what));
        }
    }
}
