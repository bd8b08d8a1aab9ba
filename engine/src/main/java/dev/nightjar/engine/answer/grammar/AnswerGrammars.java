package dev.nightjar.engine.answer.grammar;

import dev.nightjar.engine.answer.AnswerFormat;
import dev.nightjar.engine.answer.part.DeclaredTool;
import dev.nightjar.engine.grammar.CompiledGrammar;
import dev.nightjar.engine.grammar.Grammar;
import dev.nightjar.engine.grammar.GrammarCompiler;
import dev.nightjar.engine.grammar.GrammarException;
import dev.nightjar.engine.grammar.part.Part;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.request.OutputFormat;
import dev.nightjar.engine.request.TokenConstraint;
import dev.nightjar.tokenizer.Tokenizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the answers of one model are held to: formats of texts and, in conversations, calls of tools
 * behind reasoning. Made when it is first needed. Safe for use by many threads.
 */
public final class AnswerGrammars {

    private static final int MAX_ANSWERS = 64;

    private final Tokenizer tokenizer;
    private final Set<Integer> endTokens;
    private final int numLogits;
    private GrammarCompiler compiler;

    /** Those used last at the end. */
    private final Map<AnswerDemand, CompiledGrammar> answers = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Of a model.
     *
     * @param endTokens ids that end its answers
     * @param numLogits how many tokens it chooses from
     */
    public AnswerGrammars(Tokenizer tokenizer, Set<Integer> endTokens, int numLogits) {
        this.tokenizer = tokenizer;
        this.endTokens = endTokens;
        this.numLogits = numLogits;
    }

    /**
     * What a text is held to that answers nothing.
     *
     * @throws InvalidRequestException if the format cannot be used
     */
    public TokenConstraint text(OutputFormat format) {
        try {
            return compiler().compile(format).start();
        } catch (GrammarException problem) {
            throw unusable(problem);
        }
    }

    /**
     * What an answer is held to, if it is held to anything.
     *
     * @throws InvalidRequestException if the format, or the schema of a tool, cannot be used
     */
    public Optional<TokenConstraint> answer(AnswerDemand demand) {
        if (demand.mustCall() && !demand.mayCall()) {
            throw new InvalidRequestException(
                    "tool_choice",
                    "tool_choice: this model writes no calls; load it with another answer format");
        }
        if (demand.isFree()) {
            return Optional.empty();
        }
        try {
            return Optional.of(compiled(demand).start());
        } catch (GrammarException problem) {
            throw unusable(problem);
        }
    }

    private static InvalidRequestException unusable(GrammarException problem) {
        return new InvalidRequestException(
                "response_format", "response_format: " + problem.getMessage());
    }

    private synchronized GrammarCompiler compiler() {
        if (compiler == null) {
            compiler = GrammarCompiler.of(tokenizer, endTokens, numLogits);
        }
        return compiler;
    }

    private CompiledGrammar compiled(AnswerDemand demand) {
        synchronized (answers) {
            CompiledGrammar known = answers.get(demand);
            if (known != null) {
                return known;
            }
        }
        CompiledGrammar made = compiler().compile(grammar(demand));
        synchronized (answers) {
            answers.put(demand, made);
            if (answers.size() > MAX_ANSWERS) {
                answers.remove(answers.keySet().iterator().next());
            }
        }
        return made;
    }

    private Grammar grammar(AnswerDemand demand) {
        AnswerParts parts = new AnswerParts(tokenizer, demand.answers(), demand.setup());
        Grammar.Builder grammar = compiler().builder();
        if (demand.mustCall()) {
            CallParts calls = calls(demand, parts, grammar);
            return grammar.build(Part.sequence(parts.reasoning(), calls.calls(demand.isOneCall())));
        }
        if (demand.format().isEmpty()) {
            Part then = calls(demand, parts, grammar).afterTrigger(demand.isOneCall());
            Part anything = parts.triggered(then);
            return grammar.build(
                    demand.answers().format() == AnswerFormat.HARMONY
                            ? anything
                            : Part.sequence(parts.reasoning(), anything));
        }
        Part content =
                Part.sequence(
                        parts.text(parts.contentHeader()),
                        grammar.format(demand.format().get()),
                        parts.afterContent());
        Part proper =
                demand.mayCall()
                        ? Part.choice(
                                List.of(
                                        content,
                                        calls(demand, parts, grammar).calls(demand.isOneCall())))
                        : content;
        return grammar.build(Part.sequence(parts.reasoning(), proper));
    }

    /** A tool that has to be called, or is strict, gets valid arguments; others any. */
    private static CallParts calls(
            AnswerDemand demand, AnswerParts parts, Grammar.Builder grammar) {
        CallParts calls = new CallParts(parts, demand.answers().format(), grammar);
        List<DeclaredTool> tools = demand.setup().tools().list();
        for (int i = 0; i < tools.size(); i++) {
            DeclaredTool tool = tools.get(i);
            if (demand.admits(tool) && (demand.mustCall() || tool.isStrict())) {
                calls.addValid(i, tool);
            } else if (demand.admits(tool)) {
                calls.addAny(tool);
            }
        }
        return calls;
    }
}
