package dev.nightjar.tokenizer.jinja;

import dev.nightjar.tokenizer.jinja.builtin.Globals;
import dev.nightjar.tokenizer.jinja.builtin.Library;
import dev.nightjar.tokenizer.jinja.syntax.Statement;
import dev.nightjar.tokenizer.jinja.syntax.TemplateParser;
import dev.nightjar.tokenizer.jinja.value.JinjaException;
import dev.nightjar.tokenizer.jinja.value.RenderLimits;
import dev.nightjar.tokenizer.jinja.value.Undefined;
import dev.nightjar.tokenizer.jinja.value.Values;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * A compiled template. Immutable; safe for use by many threads, each rendering on its own.
 *
 * <p>A rendering can neither reach anything outside of its variables nor take more than its limits
 * allow, whatever the template says.
 */
public final class JinjaTemplate {
    private final String source;
    private final List<Statement> statements;
    private final RenderLimits limits;
    private final Undefined.Mode undefinedMode;

    private JinjaTemplate(
            String source,
            List<Statement> statements,
            RenderLimits limits,
            Undefined.Mode undefinedMode) {
        this.source = source;
        this.statements = statements;
        this.limits = limits;
        this.undefinedMode = undefinedMode;
    }

    /**
     * Compiles a template that comes with a checkpoint: names it does not know print nothing.
     *
     * @throws JinjaException of kind syntax, unsupported or limit
     */
    public static JinjaTemplate ofCheckpoint(String source) {
        return compile(source, RenderLimits.ofCheckpoint(), Undefined.Mode.PRINTS_NOTHING);
    }

    /**
     * Compiles a template that a client sent: smaller limits, and printing a name it does not know
     * fails.
     *
     * @throws JinjaException of kind syntax, unsupported or limit
     */
    public static JinjaTemplate ofRequest(String source) {
        return compile(source, RenderLimits.ofRequest(), Undefined.Mode.FAILS);
    }

    /** Compiles a template with limits of its own. */
    public static JinjaTemplate compile(
            String source, RenderLimits limits, Undefined.Mode undefinedMode) {
        if (source.length() > limits.maxSourceChars()) {
            throw JinjaException.limit(
                    "a template may have at most %d characters, found %d"
                            .formatted(limits.maxSourceChars(), source.length()));
        }
        return new JinjaTemplate(source, TemplateParser.parse(source), limits, undefinedMode);
    }

    /** What it was compiled from. */
    public String source() {
        return source;
    }

    /**
     * The text for these variables: plain values as JSON has them (null, Boolean, Number, String,
     * List, Map), by name.
     *
     * @param clock what {@code strftime_now} reads
     * @throws JinjaException if the template fails, refuses or exceeds its limits
     */
    public String render(Map<String, ?> variables, Clock clock) {
        Library library = new Library(limits, undefinedMode);
        Scope scope = Scope.root(Globals.of(library, clock));
        variables.forEach((name, value) -> scope.set(name, Values.of(value)));
        return new Interpreter(library).render(statements, scope);
    }
}
