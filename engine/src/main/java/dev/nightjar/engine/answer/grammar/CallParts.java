package dev.nightjar.engine.answer.grammar;

import dev.nightjar.engine.answer.AnswerFormat;
import dev.nightjar.engine.answer.CallForm;
import dev.nightjar.engine.answer.part.DeclaredTool;
import dev.nightjar.engine.grammar.Grammar;
import dev.nightjar.engine.grammar.GrammarException;
import dev.nightjar.engine.grammar.part.Part;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.tokenizer.template.ChatMessage;
import dev.nightjar.tokenizer.template.ChatPrompt;
import dev.nightjar.tokenizer.template.ChatTemplate;
import dev.nightjar.tokenizer.template.ChatTemplates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Calls of tools as parts of a grammar, in the form that a model's format has. */
final class CallParts {

    private static final ChatTemplate JSON = ChatTemplates.of("{{ schema | tojson }}");
    private static final String TYPE = "type";

    private final AnswerParts parts;
    private final AnswerFormat format;
    private final Grammar.Builder grammar;
    private final List<Part> named = new ArrayList<>();

    CallParts(AnswerParts parts, AnswerFormat format, Grammar.Builder grammar) {
        this.parts = parts;
        this.format = format;
        this.grammar = grammar;
    }

    /** Allows calls of a tool whose arguments are valid under its schema. */
    void addValid(int index, DeclaredTool tool) {
        add(tool, arguments(index, tool));
    }

    /** Allows calls of a tool with any arguments. */
    void addAny(DeclaredTool tool) {
        add(tool, grammar.jsonObject());
    }

    private void add(DeclaredTool tool, Part arguments) {
        CallForm form = format.form();
        named.add(
                Part.sequence(
                        parts.text(tool.name() + form.afterName()),
                        arguments,
                        parts.text(form.afterArguments())));
    }

    private Part arguments(int index, DeclaredTool tool) {
        String parameter = "tools[%d].function.parameters".formatted(index);
        if (tool.parameters().isEmpty()) {
            return grammar.jsonObject();
        }
        Map<Object, Object> schema = new LinkedHashMap<>(tool.parameters());
        schema.putIfAbsent(TYPE, "object");
        if (!"object".equals(schema.get(TYPE))) {
            throw new InvalidRequestException(
                    parameter,
                    "%s: arguments are objects, so \"type\" must be \"object\", found %s"
                            .formatted(parameter, schema.get(TYPE)));
        }
        try {
            return grammar.json(json(schema));
        } catch (GrammarException unsupported) {
            throw new InvalidRequestException(
                    parameter, "%s: %s".formatted(parameter, unsupported.getMessage()));
        }
    }

    private static String json(Map<?, ?> schema) {
        return JSON.render(
                ChatPrompt.of(List.of(new ChatMessage("user", "")))
                        .withVariables(Map.of("schema", schema)));
    }

    /** Calls from their very beginning: one, or as many as the model likes. */
    Part calls(boolean isOne) {
        CallForm form = format.form();
        return Part.sequence(parts.text(form.head()), rest(isOne));
    }

    /** The same behind what triggers calls, which is the beginning of their head. */
    Part afterTrigger(boolean isOne) {
        String head = format.form().head();
        String trigger = format.trigger();
        String more = head.substring(head.indexOf(trigger) + trigger.length());
        return Part.sequence(parts.text(more), rest(isOne));
    }

    private Part rest(boolean isOne) {
        CallForm form = format.form();
        Part call = Part.choice(named);
        Part more = Part.sequence(parts.text(form.between() + form.beforeName()), call);
        Part others = isOne ? Part.NOTHING : Part.repeat(more, 0, Part.UNBOUNDED);
        return Part.sequence(call, others, parts.text(form.closing()));
    }
}
