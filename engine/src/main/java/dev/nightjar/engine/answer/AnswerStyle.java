package dev.nightjar.engine.answer;

import dev.nightjar.engine.answer.call.CallSyntax;
import dev.nightjar.engine.answer.part.AnswerSetup;
import dev.nightjar.engine.answer.part.AnswerWriter;
import dev.nightjar.engine.answer.part.Beginning;
import dev.nightjar.engine.answer.part.CallIds;
import dev.nightjar.engine.answer.part.Calls;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * How a model writes its answers. Immutable, safe for use by many threads.
 *
 * @param format how it calls tools
 * @param reasoning how it marks reasoning, if it does
 * @param ids how calls are named of which it gives no name
 */
public record AnswerStyle(AnswerFormat format, Optional<ReasoningTags> reasoning, CallIds ids) {

    /** Answers that are nothing but text. */
    public static AnswerStyle plain() {
        return new AnswerStyle(AnswerFormat.NONE, Optional.empty(), CallIds.LONG);
    }

    /** Calls in another format. */
    public AnswerStyle withFormat(AnswerFormat value) {
        return new AnswerStyle(value, reasoning, ids);
    }

    /** Whether an answer may hold anything but content. */
    public boolean isMarked(AnswerSetup setup) {
        return format == AnswerFormat.HARMONY
                || reasoning.isPresent()
                || !format.silent().isEmpty()
                || (format != AnswerFormat.NONE && !setup.tools().isEmpty());
    }

    /** The markers of such an answer: text, or spelled control tokens. */
    public Set<String> markers(AnswerSetup setup) {
        Set<String> markers = new LinkedHashSet<>(format.silent());
        reasoning.ifPresent(tags -> markers.addAll(List.of(tags.open(), tags.close())));
        if (format == AnswerFormat.HARMONY) {
            markers.addAll(Harmony.MARKERS);
        }
        if (!setup.tools().isEmpty()) {
            markers.addAll(format.syntax().markers(List.of(), true));
            markers.addAll(format.inner());
        }
        return markers;
    }

    /** Where the answer to a prompt begins. */
    public Beginning beginning(String prompt) {
        return reasoning.filter(tags -> prompt.stripTrailing().endsWith(tags.open())).isPresent()
                ? Beginning.REASONING
                : Beginning.START;
    }

    /** A parser of one answer. */
    public AnswerParser parser(AnswerSetup setup) {
        return parser(setup, ids);
    }

    /** A parser of one answer that names calls as it is told. */
    AnswerParser parser(AnswerSetup setup, Supplier<String> names) {
        AnswerWriter writer = new AnswerWriter();
        Calls calls = new Calls(writer, setup, names);
        return new AnswerParser(writer, calls, start(calls, setup));
    }

    private Place start(Calls calls, AnswerSetup setup) {
        if (format == AnswerFormat.HARMONY) {
            return new Harmony(calls);
        }
        CallSyntax syntax = setup.tools().isEmpty() ? CallSyntax.none() : format.syntax();
        Markup markup = new Markup(syntax, new ArrayList<>(format.silent()));
        if (reasoning.isEmpty()) {
            return new Prose(calls, markup, Prose.Since.START);
        }
        return setup.beginning() == Beginning.REASONING
                ? new Reasoning(calls, markup, reasoning.get())
                : new Opening(calls, markup, reasoning.get());
    }
}
