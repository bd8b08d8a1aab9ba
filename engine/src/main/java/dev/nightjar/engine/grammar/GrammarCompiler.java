package dev.nightjar.engine.grammar;

import dev.nightjar.engine.grammar.gbnf.GbnfParser;
import dev.nightjar.engine.grammar.json.JsonRules;
import dev.nightjar.engine.grammar.mask.MaskCache;
import dev.nightjar.engine.grammar.mask.MaskedGrammar;
import dev.nightjar.engine.grammar.mask.TokenIndex;
import dev.nightjar.engine.grammar.mask.TokenTexts;
import dev.nightjar.engine.grammar.part.GrammarProblem;
import dev.nightjar.engine.grammar.part.Part;
import dev.nightjar.engine.grammar.regex.Regex;
import dev.nightjar.engine.grammar.rule.Rule;
import dev.nightjar.engine.grammar.rule.RuleCompiler;
import dev.nightjar.engine.grammar.rule.RuleLibrary;
import dev.nightjar.engine.grammar.schema.SchemaCompiler;
import dev.nightjar.engine.request.OutputFormat;
import dev.nightjar.tokenizer.Tokenizer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes grammars for the vocabulary of one model, and remembers those that were used last. Safe for
 * use by many threads.
 */
public final class GrammarCompiler {

    /** Memory for masks of all grammars of a model. */
    private static final long MAX_MASK_BYTES = 32L << 20;

    private static final int MAX_GRAMMARS = 64;

    /** Memory for what is computed ahead of all grammars. */
    private static final long MAX_GRAMMAR_BYTES = 64L << 20;

    private static final String ROOT = "root";

    private final TokenIndex index;
    private final Function<String, OptionalInt> tokenIds;
    private final RuleLibrary library;
    private final MaskCache masks = new MaskCache(MAX_MASK_BYTES);

    /** By format or grammar, those used last at the end. */
    private final Map<Object, CompiledGrammar> compiled = new LinkedHashMap<>(16, 0.75f, true);

    private long compiledBytes;

    private GrammarCompiler(TokenTexts texts, Function<String, OptionalInt> tokenIds) {
        this.tokenIds = tokenIds;
        index = TokenIndex.of(texts);
        library = RuleLibrary.of(JsonRules.all(), index.maxTokenBytes());
    }

    /**
     * Prepares a vocabulary.
     *
     * @param tokenizer the model's
     * @param endTokens tokens that end a text
     * @param numLogits the model's number of logits; ids beyond the vocabulary are never allowed
     */
    public static GrammarCompiler of(Tokenizer tokenizer, Set<Integer> endTokens, int numLogits) {
        return new GrammarCompiler(
                TokenTexts.of(tokenizer, endTokens, numLogits), tokenizer.vocabulary()::id);
    }

    /** Prepares a vocabulary that is given by its texts. */
    static GrammarCompiler of(TokenTexts texts) {
        return new GrammarCompiler(texts, name -> OptionalInt.empty());
    }

    /** Starts a grammar that is put together by code, for this vocabulary. */
    public Grammar.Builder builder() {
        return new Grammar.Builder(tokenIds);
    }

    /**
     * The grammar of a format.
     *
     * @throws GrammarException if the format has parts that are unknown, malformed or unsupported
     */
    public CompiledGrammar compile(OutputFormat format) {
        return compiled(format, () -> compile(rules(format), ROOT));
    }

    /**
     * A grammar that was put together by code.
     *
     * @throws GrammarException if a rule is not defined, or no text fits
     */
    public CompiledGrammar compile(Grammar grammar) {
        return compiled(grammar, () -> compile(grammar.rules(), grammar.root()));
    }

    private CompiledGrammar compiled(Object key, Supplier<CompiledGrammar> make) {
        synchronized (compiled) {
            CompiledGrammar known = compiled.get(key);
            if (known != null) {
                return known;
            }
        }
        CompiledGrammar made;
        try {
            made = make.get();
        } catch (GrammarProblem problem) {
            throw new GrammarException(problem.place(), problem.getMessage());
        }
        remember(key, made);
        return made;
    }

    private void remember(Object key, CompiledGrammar made) {
        synchronized (compiled) {
            CompiledGrammar before = compiled.put(key, made);
            compiledBytes += made.sizeBytes() - (before == null ? 0 : before.sizeBytes());
            var oldest = compiled.entrySet().iterator();
            while (compiled.size() > 1
                    && (compiled.size() > MAX_GRAMMARS || compiledBytes > MAX_GRAMMAR_BYTES)) {
                compiledBytes -= oldest.next().getValue().sizeBytes();
                oldest.remove();
            }
        }
    }

    private CompiledGrammar compile(Map<String, Part> rules, String root) {
        Rule rule = new RuleCompiler(library).compile(rules, root);
        MaskedGrammar grammar = new MaskedGrammar(rule, index, masks);
        grammar.prepare();
        return new CompiledGrammar(grammar);
    }

    private Map<String, Part> rules(OutputFormat format) {
        return switch (format) {
            case OutputFormat.JsonObject any -> Map.of(ROOT, JsonRules.OBJECT);
            case OutputFormat.JsonSchema schema -> SchemaCompiler.compile(schema.schema(), ROOT);
            case OutputFormat.Regex regex -> Map.of(ROOT, Regex.whole(regex.pattern()).part());
            case OutputFormat.Choice choice ->
                    Map.of(
                            ROOT,
                            Part.choice(choice.options().stream().map(Part::literal).toList()));
            case OutputFormat.Grammar grammar -> GbnfParser.parse(grammar.gbnf(), tokenIds);
        };
    }
}
