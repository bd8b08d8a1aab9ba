package dev.nightjar.tokenizer.jinja;

import dev.nightjar.tokenizer.jinja.syntax.Statement.Parameter;
import dev.nightjar.tokenizer.jinja.syntax.Statement.Routine;
import dev.nightjar.tokenizer.jinja.value.Arguments;
import dev.nightjar.tokenizer.jinja.value.Bool;
import dev.nightjar.tokenizer.jinja.value.Dict;
import dev.nightjar.tokenizer.jinja.value.Dynamic;
import dev.nightjar.tokenizer.jinja.value.JinjaException;
import dev.nightjar.tokenizer.jinja.value.Nothing;
import dev.nightjar.tokenizer.jinja.value.Seq;
import dev.nightjar.tokenizer.jinja.value.Str;
import dev.nightjar.tokenizer.jinja.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A macro, or the body of a call block, bound to the place where it stands. */
final class MacroFunction implements Dynamic {
    /** Under this name a macro finds the body of the call block that calls it. */
    static final String CALLER = "caller";

    private static final String KEYWORDS = "kwargs";
    private static final String VARARGS = "varargs";

    private final String name;
    private final Routine routine;
    private final List<Parameter> parameters;
    private final Scope scope;
    private final Interpreter interpreter;

    MacroFunction(String name, Routine routine, Scope scope, Interpreter interpreter) {
        this.name = name;
        this.routine = routine;
        this.parameters = routine.parameters();
        this.scope = scope;
        this.interpreter = interpreter;
    }

    private boolean uses(String special) {
        return routine.names().contains(special)
                && parameters.stream().noneMatch(parameter -> parameter.name().equals(special));
    }

    @Override
    public Value call(Arguments arguments) {
        Scope inner = scope.inner();
        Map<String, Value> left = new LinkedHashMap<>(arguments.keywords());
        List<Value> positional = arguments.positional();
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            Value given = i < positional.size() ? positional.get(i) : left.remove(parameter.name());
            inner.set(
                    parameter.name(), given != null ? given : interpreter.absent(parameter, inner));
        }
        setSpecials(positional, left, inner);
        return Str.of(interpreter.render(routine.body(), inner));
    }

    private void setSpecials(List<Value> positional, Map<String, Value> left, Scope inner) {
        if (uses(CALLER)) {
            Value caller = left.remove(CALLER);
            inner.set(CALLER, caller != null ? caller : interpreter.undefined("No caller defined"));
        }
        if (uses(KEYWORDS)) {
            Map<Value, Value> keywords = new LinkedHashMap<>();
            left.forEach((keyword, value) -> keywords.put(Str.of(keyword), value));
            inner.set(KEYWORDS, Dict.of(keywords));
        } else if (!left.isEmpty()) {
            throw JinjaException.type(
                    "macro '%s' takes no keyword argument '%s'"
                            .formatted(name, left.keySet().iterator().next()));
        }
        int extra = Math.max(0, positional.size() - parameters.size());
        if (uses(VARARGS)) {
            inner.set(
                    VARARGS,
                    Seq.of(
                            Seq.Kind.TUPLE,
                            positional.subList(positional.size() - extra, positional.size())));
        } else if (extra > 0) {
            throw JinjaException.type(
                    "macro '%s' takes not more than %d argument(s)"
                            .formatted(name, parameters.size()));
        }
    }

    @Override
    public Optional<Value> member(String member) {
        return switch (member) {
            case "name" -> Optional.of(name.equals(CALLER) ? Nothing.NONE : Str.of(name));
            case "arguments" ->
                    Optional.of(
                            Seq.of(
                                    Seq.Kind.TUPLE,
                                    parameters.stream().map(p -> Str.of(p.name())).toList()));
            case "catch_kwargs" -> Optional.of(Bool.of(uses(KEYWORDS)));
            case "catch_varargs" -> Optional.of(Bool.of(uses(VARARGS)));
            case "caller" -> Optional.of(Bool.of(uses(CALLER)));
            default -> Optional.empty();
        };
    }

    @Override
    public boolean isCallable() {
        return true;
    }

    @Override
    public String typeName() {
        return "Macro";
    }

    @Override
    public String description() {
        return name.equals(CALLER) ? "<Macro anonymous>" : "<Macro '%s'>".formatted(name);
    }
}
