package dev.nightjar.engine.grammar;

import dev.nightjar.engine.grammar.gbnf.GbnfParser;
import dev.nightjar.engine.grammar.json.JsonRules;
import dev.nightjar.engine.grammar.part.GrammarProblem;
import dev.nightjar.engine.grammar.part.Part;
import dev.nightjar.engine.grammar.regex.Regex;
import dev.nightjar.engine.grammar.schema.SchemaCompiler;
import dev.nightjar.engine.request.OutputFormat;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * A grammar put together by code, such as that of tool calls.
 *
 * @param rules parts by the names they are referred to
 * @param root the rule that a whole text must fit
 */
public record Grammar(Map<String, Part> rules, String root) {

    private static final String ROOT = "root";

    /** No grammar in text form can have a rule of this name. */
    private static final String WHOLE = " whole";

    /** Protects the rules. */
    public Grammar {
        rules = Collections.unmodifiableMap(new LinkedHashMap<>(rules));
    }

    /** Starts without rules, for a vocabulary whose tokens no grammar in text form names. */
    public static Builder builder() {
        return new Builder(name -> OptionalInt.empty());
    }

    /** Collects rules. */
    public static final class Builder {

        private final Map<String, Part> rules = new LinkedHashMap<>();
        private final Function<String, OptionalInt> tokenIds;
        private int numSchemas;

        Builder(Function<String, OptionalInt> tokenIds) {
            this.tokenIds = tokenIds;
        }

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

        /**
         * A text of a format; one in a grammar of text form at most.
         *
         * @throws GrammarException if the format has parts that are unknown, malformed or
         *     unsupported
         */
        public Part format(OutputFormat format) {
            return switch (format) {
                case OutputFormat.JsonObject any -> jsonObject();
                case OutputFormat.JsonSchema schema -> json(schema.schema());
                case OutputFormat.Regex regex -> regex(regex.pattern());
                case OutputFormat.Choice choice ->
                        Part.choice(choice.options().stream().map(Part::literal).toList());
                case OutputFormat.Grammar grammar -> gbnf(grammar.gbnf());
            };
        }

        private Part gbnf(String grammar) {
            try {
                rules.putAll(GbnfParser.parse(grammar, tokenIds));
            } catch (GrammarProblem problem) {
                throw new GrammarException(problem.place(), problem.getMessage());
            }
            return Part.ref(ROOT);
        }

        /** The grammar of a whole text. */
        public Grammar build(Part whole) {
            rules.put(WHOLE, whole);
            return new Grammar(rules, WHOLE);
        }
    }
}
