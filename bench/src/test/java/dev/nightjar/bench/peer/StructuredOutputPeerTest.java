package dev.nightjar.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.nightjar.engine.grammar.CompiledGrammar;
import dev.nightjar.engine.grammar.GrammarCompiler;
import dev.nightjar.engine.request.OutputFormat;
import dev.nightjar.engine.request.TokenConstraint;
import dev.nightjar.tokenizer.Tokenizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Texts drawn from the masks of many schemas, judged by a validator of others. */
@Tag("full")
class StructuredOutputPeerTest {

    private static final int TEXTS_PER_SCHEMA = 4;
    private static final int MAX_TOKENS = 400;
    private static final int NUM_LOGITS = 128_256;

    /** An ordinary token of the vocabulary that stands in for its end token. */
    private static final int END = 127_999;

    private final Random random = new Random(11);

    @Test
    void finishedTextsAreValid() throws IOException {
        Tokenizer tokenizer = PeerVocabulary.llama3(folder()).tokenizer();
        GrammarCompiler compiler = GrammarCompiler.of(tokenizer, Set.of(END), NUM_LOGITS);
        SchemaRegistry registry =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        List<String> wrong = new ArrayList<>();
        int numFinished = 0;
        int numTexts = 0;
        for (String schema : SchemaCases.all()) {
            CompiledGrammar grammar = compiler.compile(new OutputFormat.JsonSchema(schema));
            Schema judge = registry.getSchema(schema, InputFormat.JSON);
            for (int i = 0; i < TEXTS_PER_SCHEMA; i++) {
                numTexts++;
                Optional<String> text = text(grammar.start(), tokenizer, i % 2 == 0);
                if (text.isPresent()) {
                    numFinished++;
                    String found = problems(judge, text.get());
                    if (!found.isEmpty()) {
                        wrong.add(schema + " <- " + text.get() + ": " + found);
                    }
                }
            }
        }
        System.out.printf(
                "%d schemas, %d texts, %d finished%n",
                SchemaCases.all().size(), numTexts, numFinished);
        assertEquals(List.of(), wrong);
        assertTrue(SchemaCases.all().size() >= 200);
        assertTrue(numFinished > 0.9 * numTexts, "finished: " + numFinished);
    }

    static String problems(Schema judge, String text) {
        try {
            List<Error> errors =
                    judge.validate(
                            text,
                            InputFormat.JSON,
                            context ->
                                    context.executionConfig(
                                            config -> config.formatAssertionsEnabled(true)));
            return errors.isEmpty() ? "" : errors.toString();
        } catch (RuntimeException unreadable) {
            return unreadable.toString();
        }
    }

    /** Draws all tokens alike, or by random logits at temperature 1.5; ends are made likelier. */
    private Optional<String> text(TokenConstraint constraint, Tokenizer tokenizer, boolean isFlat) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        long[] mask = new long[NUM_LOGITS / 64];
        for (int i = 0; i < MAX_TOKENS; i++) {
            constraint.fillMask(mask);
            int token = draw(mask, tokenizer, isFlat, i);
            constraint.accept(token);
            if (token == END) {
                return Optional.of(text.toString(StandardCharsets.UTF_8));
            }
            text.writeBytes(tokenizer.bytesOf(token));
        }
        return Optional.empty();
    }

    private int draw(long[] mask, Tokenizer tokenizer, boolean isFlat, int step) {
        int best = -1;
        double highest = Double.NEGATIVE_INFINITY;
        double bonus = step < 12 ? 4 : 4 + 0.3 * step;
        for (int word = 0; word < mask.length; word++) {
            for (long left = mask[word]; left != 0; left &= left - 1) {
                int id = word * 64 + Long.numberOfTrailingZeros(left);
                double logit = isFlat ? 0 : 3 * random.nextGaussian() / 1.5;
                double score =
                        logit
                                + (closes(id, tokenizer) ? bonus : 0)
                                - Math.log(-Math.log(random.nextDouble()));
                if (score > highest) {
                    highest = score;
                    best = id;
                }
            }
        }
        return best;
    }

    private static boolean closes(int id, Tokenizer tokenizer) {
        byte[] text = tokenizer.bytesOf(id);
        return id == END || "\"]}".indexOf(text[0]) >= 0;
    }

    private static Path folder() {
        String configured = System.getenv("NIGHTJAR_SHARED");
        String root = System.getenv("NIGHTJAR_ROOT");
        Path base = Path.of(root == null ? ".." : root).toAbsolutePath().normalize();
        Path shared = configured == null ? base.resolveSibling("shared") : Path.of(configured);
        Path folder = shared.resolve(Path.of("data", "tok", "llama3.2"));
        if (!Files.exists(folder)) {
            Assumptions.abort("skipped: needs " + folder + "; set NIGHTJAR_SHARED");
        }
        return folder;
    }
}
