package dev.nightjar.engine.grammar.schema;

import dev.nightjar.engine.format.json.JsonValue;
import dev.nightjar.engine.grammar.json.JsonKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads schemas that must hold together, with all they refer to. */
final class ConstraintReader {

    private final SchemaDocument document;
    private final Constraints constraints = new Constraints();
    private final Set<String> seen = new HashSet<>();
    private final Set<String> open = new HashSet<>();

    private ConstraintReader(SchemaDocument document) {
        this.document = document;
    }

    static Constraints read(SchemaDocument document, List<Source> schemas) {
        ConstraintReader reader = new ConstraintReader(document);
        schemas.forEach(reader::add);
        return reader.constraints;
    }

    private void add(Source source) {
        if (!seen.add(source.key())) {
            return;
        }
        if (!(source.value() instanceof JsonValue.JsonObject object)) {
            if (source.value() == JsonValue.JsonBoolean.FALSE) {
                constraints.restrictNothing();
            }
            return;
        }
        Members members = new Members(source, object);
        Keywords.check(source, members.all().keySet());
        open.add(source.pointer());
        members.text("$ref").ifPresent(reference -> addReference(source, reference));
        members.schemas("allOf").forEach(this::add);
        open.remove(source.pointer());
        Source rest = source.without("$ref").without("allOf");
        constraints.sources.add(rest);
        addAlternatives(rest, members, "anyOf");
        addAlternatives(rest, members, "oneOf");
        addGeneral(source, members);
        addOfKinds(source, members);
    }

    private void addReference(Source source, String reference) {
        Source target = document.resolve(source, reference);
        if (open.contains(target.pointer())) {
            throw source.error("$ref", "\"%s\" refers to itself".formatted(reference));
        }
        add(target);
    }

    private void addAlternatives(Source owner, Members members, String keyword) {
        List<Source> branches = members.schemas(keyword);
        if (!branches.isEmpty()) {
            constraints.alternatives.add(new Constraints.Alternatives(owner, keyword, branches));
        }
    }

    private void addGeneral(Source source, Members members) {
        if (members.value("type").isPresent()) {
            Set<JsonKind> kinds = kinds(source, members);
            if (members.flag("nullable")) {
                kinds.add(JsonKind.NULL);
            }
            constraints.restrictKinds(kinds);
        } else {
            members.flag("nullable");
        }
        members.array("enum").ifPresent(constraints::restrictValues);
        members.value("const").ifPresent(value -> constraints.restrictValues(List.of(value)));
    }

    private static Set<JsonKind> kinds(Source source, Members members) {
        Set<JsonKind> kinds = EnumSet.noneOf(JsonKind.class);
        boolean isOne = members.all().get("type") instanceof JsonValue.JsonString;
        List<String> names =
                isOne ? List.of(members.text("type").orElseThrow()) : members.texts("type");
        for (String name : names) {
            kinds.add(
                    JsonKind.of(name)
                            .orElseThrow(
                                    () ->
                                            source.error(
                                                    "type",
                                                    "unknown type \"%s\"".formatted(name))));
        }
        if (kinds.contains(JsonKind.NUMBER)) {
            kinds.remove(JsonKind.INTEGER);
        }
        return kinds;
    }

    private void addOfKinds(Source source, Members members) {
        List<JsonKind> found = new ArrayList<>();
        Keywords.OF_KIND.forEach(
                (kind, keywords) -> {
                    if (keywords.stream().anyMatch(members.all()::containsKey)) {
                        found.add(kind);
                    }
                });
        found.forEach(constraints::mention);
        if (found.contains(JsonKind.STRING)) {
            constraints.strings.add(source, members);
        }
        if (found.contains(JsonKind.NUMBER) || members.all().containsKey("format")) {
            constraints.numbers.add(source, members);
        }
        if (found.contains(JsonKind.ARRAY)) {
            constraints.arrays.add(source, members);
        }
        if (found.contains(JsonKind.OBJECT)) {
            constraints.objects.add(source, members);
        }
    }
}
