package dev.nightjar.engine.grammar;

import dev.nightjar.engine.grammar.part.GrammarProblem;
import dev.nightjar.engine.grammar.part.Part;
import dev.nightjar.engine.grammar.regex.Regex;
import dev.nightjar.engine.grammar.schema.JsonRules;
import dev.nightjar.engine.grammar.schema.SchemaCompiler;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A grammar put together by code, such as that of tool calls.
 *
 * @param rules parts by the names they are referred to
 * @param root the rule that a whole text must fit
 */
public record Grammar(Map<String, Part> rules, String root) {

    private static final String ROOT = "root";

    /** Protects the rules. */
    public Grammar {
        rules = Collections.unmodifiableMap(new LinkedHashMap<>(rules));
    }

    /** Starts without rules. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects rules. */
    public static final class Builder {

        private final Map<String, Part> rules = new LinkedHashMap<>();
        private int numSchemas;

        private Builder() {}

        /** Defines a rule, which parts can refer to. */
        public Builder rule(String name, Part part) {
            rules.put(name, part);
            return this;
        }

        /**
         * A JSON value that is valid under a schema.
         *
         * @throws GrammarException naming the keyword that is unknown, malformed or unsupported
         */
        public Part json(String schema) {
            String name = "schema" + numSchemas++;
            try {
                rules.putAll(SchemaCompiler.compile(schema, name));
            } catch (GrammarProblem problem) {
                throw new GrammarException(problem.place(), problem.getMessage());
            }
            return Part.ref(name);
        }

        /** Any JSON object. */
        public Part jsonObject() {
            return JsonRules.OBJECT;
        }

        /** Any JSON value. */
        public Part jsonValue() {
            return JsonRules.VALUE;
        }

        /**
         * A text that a regular expression matches as a whole.
         *
         * @throws GrammarException naming the position of what is wrong or unknown
         */
        public Part regex(String pattern) {
            try {
                return Regex.whole(pattern).part();
            } catch (GrammarProblem problem) {
                throw new GrammarException(problem.place(), problem.getMessage());
            }
        }

        /** The grammar of a whole text. */
        public Grammar build(Part root) {
            rules.put(ROOT, root);
            return new Grammar(rules, ROOT);
        }
    }
}
