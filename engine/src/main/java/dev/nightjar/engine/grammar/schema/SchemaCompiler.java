package dev.nightjar.engine.grammar.schema;

import dev.nightjar.engine.format.json.JsonValue;
import dev.nightjar.engine.grammar.json.JsonKind;
import dev.nightjar.engine.grammar.json.JsonLiterals;
import dev.nightjar.engine.grammar.json.JsonRules;
import dev.nightjar.engine.grammar.part.GrammarProblem;
import dev.nightjar.engine.grammar.part.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Makes rules of a JSON schema. Schemas that must hold together become one rule, so that a
 * reference to them, itself included, is a reference to that rule.
 */
public final class SchemaCompiler {

    private static final int MAX_RULES = 5000;

    private final SchemaDocument document;
    private final String prefix;
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<String, Part> rules = new LinkedHashMap<>();

    private SchemaCompiler(SchemaDocument document, String prefix) {
        this.document = document;
        this.prefix = prefix;
    }

    /**
     * The rules of a schema; they refer to those of {@link JsonRules}.
     *
     * @param root the name of the rule for the whole schema; other names begin with it
     * @throws GrammarProblem naming the keyword that is unknown, malformed or unsupported
     */
    public static Map<String, Part> compile(String schema, String root) {
        SchemaDocument document = SchemaDocument.parse(schema);
        SchemaCompiler compiler = new SchemaCompiler(document, root + ":");
        compiler.rules.put(root, compiler.part(List.of(document.root())));
        return compiler.rules;
    }

    /** The values that are valid under all of some schemas. */
    Part part(List<Source> schemas) {
        if (schemas.isEmpty()) {
            return JsonRules.VALUE;
        }
        String key = schemas.stream().map(Source::key).collect(Collectors.joining(" & "));
        String known = names.get(key);
        if (known == null) {
            known = prefix + (names.size() < 1000 ? key : Integer.toString(names.size()));
            names.put(key, known);
            if (names.size() > MAX_RULES) {
                throw new GrammarProblem(
                        schemas.getFirst().pointer(),
                        "%s: the schema is too large: its combinations need more than %d rules"
                                .formatted(schemas.getFirst().pointer(), MAX_RULES));
            }
            rules.put(known, rule(schemas));
        }
        return Part.ref(known);
    }

    private Part rule(List<Source> schemas) {
        Constraints constraints = ConstraintReader.read(document, schemas);
        if (!constraints.alternatives.isEmpty()) {
            return alternatives(constraints);
        }
        Optional<List<JsonValue>> values = constraints.values();
        if (values.isPresent()) {
            return listed(constraints, values.get());
        }
        if (isFree(constraints)) {
            return JsonRules.VALUE;
        }
        List<Part> parts = new ArrayList<>();
        for (JsonKind kind : constraints.kinds()) {
            parts.add(ofKind(constraints, kind));
        }
        return Part.choice(parts);
    }

    private static boolean isFree(Constraints constraints) {
        return constraints.kinds().size() == JsonKind.values().length - 1
                && constraints.strings.isFree()
                && constraints.arrays.isFree()
                && constraints.objects.isFree()
                && constraints.numbers.isFree();
    }

    private Part alternatives(Constraints constraints) {
        List<List<Source>> branches = Alternation.branches(constraints);
        Constraints.Alternatives first = constraints.alternatives.getFirst();
        if (first.keyword().equals("oneOf")) {
            List<Integer> overlap = new Exclusion(document).firstOverlap(branches);
            if (!overlap.isEmpty()) {
                throw first.owner()
                        .error(
                                "oneOf",
                                ("schemas %d and %d may be valid for the same value; give them"
                                                + " different types or a required property with different"
                                                + " \"const\" values, or use \"anyOf\"")
                                        .formatted(overlap.getFirst(), overlap.getLast()));
            }
        }
        return Part.choice(branches.stream().map(this::part).toList());
    }

    private static Part listed(Constraints constraints, List<JsonValue> values) {
        for (JsonValue value : values) {
            boolean isUnchecked =
                    (value instanceof JsonValue.JsonArray && constraints.arrays.hasItems())
                            || (value instanceof JsonValue.JsonObject
                                    && constraints.objects.hasMemberSchemas());
            if (isUnchecked) {
                throw constraints
                        .sources
                        .getFirst()
                        .error(
                                "enum",
                                "arrays and objects in \"enum\" or \"const\" are not supported"
                                        + " beside schemas of their items or members");
            }
        }
        return Part.choice(values.stream().distinct().map(JsonLiterals::of).toList());
    }

    private Part ofKind(Constraints constraints, JsonKind kind) {
        return switch (kind) {
            case NULL -> JsonRules.NULL;
            case BOOLEAN -> JsonRules.BOOLEAN;
            case INTEGER, NUMBER -> constraints.numbers.part(kind);
            case STRING -> constraints.strings.part();
            case ARRAY -> ArrayParts.of(constraints.arrays, this::part);
            case OBJECT -> new ObjectParts(document, constraints.objects, this::part).part();
        };
    }

    /** Whether a schema lets nothing through. */
    static boolean isFalse(List<Source> schemas) {
        return schemas.stream().anyMatch(s -> s.value() == JsonValue.JsonBoolean.FALSE);
    }
}
