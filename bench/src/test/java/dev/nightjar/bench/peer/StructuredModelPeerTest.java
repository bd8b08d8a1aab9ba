package dev.nightjar.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.nightjar.engine.Engine;
import dev.nightjar.engine.request.FinishReason;
import dev.nightjar.engine.request.OutputFormat;
import dev.nightjar.engine.text.Completion;
import dev.nightjar.engine.text.TextRequest;
import dev.nightjar.engine.text.TextStream;
import dev.nightjar.tokenizer.template.ChatMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Answers of the demo model, sampled wildly, held to many forms: what ended by itself must be right
 * in the eyes of others, and nothing else may happen than that or a cut.
 */
@Tag("full")
class StructuredModelPeerTest {

    private static final int TEXTS_PER_FORM = 4;
    private static final int MAX_TOKENS = 400;

    /** Balanced brackets with letters between them: no regular expression can check it. */
    private static final String BRACKETS = "root ::= \"(\" [a-z]{0,3} root? \")\"";

    private static final List<String> PATTERNS =
            List.of(
                    "[A-Z][a-z]{2,8} [A-Z][a-z]{2,8}",
                    "\\d{4}-(0[1-9]|1[0-2])-([0-2]\\d|3[01])",
                    "(yes|no|maybe)( (yes|no|maybe)){0,3}",
                    "[\\w.]{1,12}@[a-z]{2,8}\\.(com|org)",
                    "(\\+\\d{1,2} )?\\(\\d{3}\\) \\d{3}-\\d{4}",
                    "[äöüß€😀]{1,5}x?",
                    "#[0-9a-fA-F]{6}",
                    "v?(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){2}");

    private static Engine engine;

    @BeforeAll
    static void open() {
        engine = Engine.openDemo();
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void answersByASchemaAreValid() throws InterruptedException {
        SchemaRegistry registry =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        int finished = 0;
        for (String source : SchemaCases.all()) {
            Schema judge = registry.getSchema(source, InputFormat.JSON);
            finished +=
                    check(
                            new OutputFormat.JsonSchema(source),
                            text -> StructuredOutputPeerTest.problems(judge, text).isEmpty());
        }
        report("schemas", SchemaCases.all().size(), finished);
    }

    @Test
    void answersByAnExpressionMatchIt() throws InterruptedException {
        int finished = 0;
        for (String pattern : PATTERNS) {
            Predicate<String> judge =
                    Pattern.compile(pattern, Pattern.UNICODE_CASE).asMatchPredicate();
            finished += check(new OutputFormat.Regex(pattern), judge);
        }
        report("expressions", PATTERNS.size(), finished);
    }

    @Test
    void answersByAGrammarBalance() throws InterruptedException {
        int finished = check(new OutputFormat.Grammar(BRACKETS), StructuredModelPeerTest::balances);
        report("grammars", 1, finished);
    }

    private static boolean balances(String text) {
        int depth = text.length() - text.replace("(", "").length();
        String letters = "(\\([a-z]{0,3}){%d}\\){%d}".formatted(depth, depth);
        return depth > 0 && text.matches(letters);
    }

    private static void report(String what, int numForms, int numFinished) {
        int numTexts = numForms * TEXTS_PER_FORM;
        System.out.printf("%d %s, %d texts, %d finished%n", numForms, what, numTexts, numFinished);
        assertTrue(numFinished > numTexts / 2, "finished: " + numFinished);
    }

    /** Side by side, as the engine batches them; the number that finished. */
    private static int check(OutputFormat format, Predicate<String> judge)
            throws InterruptedException {
        List<TextStream> streams = new ArrayList<>();
        for (int i = 0; i < TEXTS_PER_FORM; i++) {
            int seed = i;
            streams.add(
                    engine.stream(
                            TextRequest.chat(List.of(ChatMessage.user("Tell me something.")))
                                    .withFormat(format)
                                    .withSampling(
                                            sampling ->
                                                    sampling.temperature(1.5)
                                                            .seed(seed)
                                                            .maxTokens(MAX_TOKENS))));
        }
        int finished = 0;
        for (TextStream stream : streams) {
            Completion answer = stream.await();
            if (answer.reason() == FinishReason.STOP) {
                finished++;
                assertTrue(judge.test(answer.text()), format + " <- " + answer.text());
            } else {
                assertEquals(FinishReason.LENGTH, answer.reason());
            }
        }
        return finished;
    }
}
