package dev.nightjar.engine.request;

import java.util.List;

/** What a generated text must look like. */
public sealed interface OutputFormat {

    /** Any JSON object. */
    record JsonObject() implements OutputFormat {}

    /**
     * A JSON value that is valid under a schema.
     *
     * @param schema JSON schema, as a JSON document
     */
    record JsonSchema(String schema) implements OutputFormat {
        /** Checks that there is one. */
        public JsonSchema {
            require(schema != null && !schema.isBlank(), "json_schema", "a JSON schema");
        }
    }

    /**
     * A text that a regular expression matches as a whole.
     *
     * @param pattern the expression
     */
    record Regex(String pattern) implements OutputFormat {
        /** Checks that there is one. */
        public Regex {
            require(pattern != null && !pattern.isEmpty(), "regex", "a regular expression");
        }
    }

    /**
     * One of some texts.
     *
     * @param options the texts, none of them empty
     */
    record Choice(List<String> options) implements OutputFormat {
        /** Checks that there are some. */
        public Choice {
            require(options != null && !options.isEmpty(), "choice", "at least one text");
            for (String option : options) {
                require(option != null && !option.isEmpty(), "choice", "texts that are not empty");
            }
            options = List.copyOf(options);
        }
    }

    /**
     * A text of a context-free grammar.
     *
     * @param gbnf the grammar in GBNF
     */
    record Grammar(String gbnf) implements OutputFormat {
        /** Checks that there is one. */
        public Grammar {
            require(gbnf != null && !gbnf.isBlank(), "grammar", "a grammar in GBNF");
        }
    }

    private static void require(boolean isValid, String parameter, String expected) {
        if (!isValid) {
            throw new InvalidRequestException(
                    parameter, "%s: expected %s, found nothing".formatted(parameter, expected));
        }
    }
}
