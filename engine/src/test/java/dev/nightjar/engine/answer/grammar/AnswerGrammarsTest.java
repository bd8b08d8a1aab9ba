package dev.nightjar.engine.answer.grammar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.answer.AnswerFormat;
import dev.nightjar.engine.answer.AnswerStyle;
import dev.nightjar.engine.answer.CallForm;
import dev.nightjar.engine.answer.ReasoningTags;
import dev.nightjar.engine.answer.part.AnswerPart;
import dev.nightjar.engine.answer.part.AnswerSetup;
import dev.nightjar.engine.answer.part.Beginning;
import dev.nightjar.engine.answer.part.CallIds;
import dev.nightjar.engine.answer.part.CallLimit;
import dev.nightjar.engine.answer.part.DeclaredTools;
import dev.nightjar.engine.answer.part.Ending;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.request.OutputFormat;
import dev.nightjar.engine.request.TokenConstraint;
import dev.nightjar.engine.request.ToolChoice;
import dev.nightjar.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What answers are held to, token by token, in each format. */
class AnswerGrammarsTest {

    /** Everything that models have as control tokens, and the end of a text. */
    private static final List<String> CONTROL =
            List.of(
                    "<|eos|>",
                    "[TOOL_CALLS]",
                    "[ARGS]",
                    "[THINK]",
                    "[/THINK]",
                    "<|channel|>",
                    "<|message|>",
                    "<|start|>",
                    "<|end|>",
                    "<|call|>",
                    "<|constrain|>",
                    "<｜tool▁calls▁begin｜>",
                    "<｜tool▁call▁begin｜>",
                    "<｜tool▁sep｜>",
                    "<｜tool▁call▁end｜>",
                    "<｜tool▁calls▁end｜>",
                    "<|START_ACTION|>",
                    "<|END_ACTION|>");

    private static final String BERN = "{\"city\":\"Bern\"}";

    private static DeclaredTools tools(boolean isStrict) {
        Map<String, Object> weather =
                Map.of(
                        "type",
                        "object",
                        "properties",
                        Map.of("city", Map.of("enum", List.of("Bern", "Oslo"))),
                        "required",
                        List.of("city"),
                        "additionalProperties",
                        false);
        return DeclaredTools.of(
                List.of(
                        Map.of("name", "weather", "parameters", weather, "strict", isStrict),
                        Map.of("name", "time")));
    }

    /** Free in what it says and in whether it calls. */
    private static AnswerDemand demand(
            AnswerFormat format, DeclaredTools tools, Beginning beginning) {
        ReasoningTags tags =
                format == AnswerFormat.MISTRAL_ARGS
                        ? new ReasoningTags("[THINK]", "[/THINK]")
                        : new ReasoningTags("<think>", "</think>");
        AnswerStyle style = new AnswerStyle(format, Optional.of(tags), CallIds.LONG);
        return new AnswerDemand(
                style,
                new AnswerSetup(tools, CallLimit.MANY, beginning),
                new ToolChoice.Auto(),
                Optional.empty());
    }

    private static final Alphabet ALPHABET = new Alphabet(CONTROL);

    private static final Tokenizer TOKENIZER = ALPHABET.tokenizer();

    private static final AnswerGrammars GRAMMARS =
            new AnswerGrammars(TOKENIZER, Set.of(0), TOKENIZER.vocabulary().size());

    private static AnswerDemand choosing(AnswerDemand demand, ToolChoice choice) {
        return new AnswerDemand(demand.answers(), demand.setup(), choice, demand.format());
    }

    private static AnswerDemand formed(AnswerDemand demand, OutputFormat format) {
        return new AnswerDemand(
                demand.answers(), demand.setup(), demand.choice(), Optional.of(format));
    }

    private static TokenConstraint held(AnswerDemand demand) {
        return GRAMMARS.answer(demand).orElseThrow();
    }

    /** How far a text may be written, and whether it may end there. */
    private String accepted(TokenConstraint constraint, String text) {
        long[] mask = new long[(TOKENIZER.vocabulary().size() + 63) / 64];
        int at = 0;
        for (int id : ALPHABET.ids(text)) {
            constraint.fillMask(mask);
            if ((mask[id / 64] >>> id % 64 & 1) == 0) {
                return text.substring(0, at);
            }
            constraint.accept(id);
            at +=
                    CONTROL.contains(TOKENIZER.vocabulary().token(id))
                            ? TOKENIZER.vocabulary().token(id).length()
                            : 1;
        }
        constraint.fillMask(mask);
        boolean mayEnd = (mask[0] & 1) != 0 || text.endsWith("<|call|>");
        return mayEnd ? text : text + "…";
    }

    static Stream<AnswerFormat> formats() {
        return Arrays.stream(AnswerFormat.values()).filter(format -> format != AnswerFormat.NONE);
    }

    private static String call(AnswerFormat format, String name, String arguments) {
        CallForm form = format.form();
        return form.head()
                + name
                + form.afterName()
                + arguments
                + form.afterArguments()
                + form.closing();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void demandedCallsAreWritten(AnswerFormat format) {
        AnswerDemand demand = demand(format, tools(false), Beginning.START);
        ToolChoice required = new ToolChoice.Required();
        for (String text :
                List.of(call(format, "weather", BERN), call(format, "time", "{\"a\":[]}"))) {
            assertEquals(text, accepted(held(choosing(demand, required)), text));
        }
        String wrong = call(format, "weather", "{\"city\":\"Ulm\"}");
        String right = wrong.substring(0, wrong.indexOf("Ulm"));
        assertEquals(right, accepted(held(choosing(demand, required)), wrong));
        assertEquals("", accepted(held(choosing(demand, required)), "Hello"));
        ToolChoice named = new ToolChoice.Named("time");
        assertEquals(format.form().head(), accepted(held(choosing(demand, named)), wrong));
    }

    @Test
    void severalCallsMayBeWritten() {
        CallForm form = AnswerFormat.HERMES.form();
        String one = call(AnswerFormat.HERMES, "weather", BERN);
        String two = one + form.between() + one;
        AnswerDemand demand = demand(AnswerFormat.HERMES, tools(false), Beginning.START);
        assertEquals(two, accepted(held(choosing(demand, new ToolChoice.Required())), two));
        ToolChoice named = new ToolChoice.Named("weather");
        assertEquals(one, accepted(held(choosing(demand, named)), two));
    }

    @Test
    void reasoningMayComeFirst() {
        ToolChoice required = new ToolChoice.Required();
        String call = call(AnswerFormat.HERMES, "weather", BERN);
        for (String text : List.of("<think>Hm {.</think>\n\n" + call, call)) {
            AnswerDemand demand = demand(AnswerFormat.HERMES, tools(false), Beginning.START);
            assertEquals(text, accepted(held(choosing(demand, required)), text));
        }
        AnswerDemand opened = demand(AnswerFormat.MISTRAL_ARGS, tools(false), Beginning.REASONING);
        String text = "Hm [.[/THINK]" + call(AnswerFormat.MISTRAL_ARGS, "weather", BERN);
        assertEquals(text, accepted(held(choosing(opened, required)), text));
        String harmony =
                "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant"
                        + call(AnswerFormat.HARMONY, "weather", BERN);
        assertEquals(
                harmony,
                accepted(
                        held(
                                choosing(
                                        demand(AnswerFormat.HARMONY, tools(false), Beginning.START),
                                        required)),
                        harmony));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void strictToolsGetValidArguments(AnswerFormat format) {
        AnswerDemand demand = demand(format, tools(true), Beginning.START);
        String before = format == AnswerFormat.HARMONY ? "" : "Let me look. ";
        String text = before + call(format, "weather", BERN);
        assertEquals(text, accepted(held(demand), text));
        String wrong = before + call(format, "weather", "{\"city\":\"Ulm\"}");
        assertEquals(wrong.substring(0, wrong.indexOf("Ulm")), accepted(held(demand), wrong));
        assertEquals("Just text.", accepted(held(demand), "Just text."));
    }

    @Test
    void toolsThatAreNotStrictAreFree() {
        AnswerDemand demand = demand(AnswerFormat.HERMES, tools(false), Beginning.START);
        assertTrue(GRAMMARS.answer(demand).isEmpty());
    }

    @Test
    void formatsHoldTheContent() {
        OutputFormat output = new OutputFormat.JsonObject();
        AnswerDemand demand =
                demand(AnswerFormat.HERMES, DeclaredTools.none(), Beginning.REASONING);
        assertEquals(
                "Hm.</think>\n{\"a\":1}",
                accepted(held(formed(demand, output)), "Hm.</think>\n{\"a\":1}"));
        String harmony =
                "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final"
                        + "<|message|>{\"a\":1}";
        AnswerDemand channels = demand(AnswerFormat.HARMONY, DeclaredTools.none(), Beginning.START);
        assertEquals(harmony, accepted(held(formed(channels, output)), harmony));
        OutputFormat gbnf = new OutputFormat.Grammar("root ::= \"a\" root | \"b\"");
        assertEquals("Hm.</think>aab", accepted(held(formed(demand, gbnf)), "Hm.</think>aab"));
        AnswerDemand withTools = demand(AnswerFormat.HERMES, tools(false), Beginning.START);
        assertEquals("{}", accepted(held(formed(withTools, output)), "{}"));
        String call = call(AnswerFormat.HERMES, "time", "{\"a\":1}");
        assertEquals(call, accepted(held(formed(withTools, output)), call));
        assertEquals("", accepted(held(formed(withTools, output)), "Hi"));
    }

    @Test
    void schemasThatCannotBeHeldToAreNamed() {
        DeclaredTools tools =
                DeclaredTools.of(
                        List.of(
                                Map.of("name", "time"),
                                Map.of(
                                        "name",
                                        "weather",
                                        "parameters",
                                        Map.of(
                                                "properties",
                                                Map.of("a", Map.of("not", Map.of()))))));
        AnswerDemand demand = demand(AnswerFormat.HERMES, tools, Beginning.START);
        InvalidRequestException failure =
                assertThrows(
                        InvalidRequestException.class,
                        () -> held(choosing(demand, new ToolChoice.Required())));
        assertEquals("tools[1].function.parameters", failure.parameter());
        assertTrue(failure.getMessage().contains("not"), failure.getMessage());
        assertTrue(GRAMMARS.answer(demand).isEmpty());
    }

    @Test
    void formatsThatCannotBeUsedAreNamed() {
        InvalidRequestException failure =
                assertThrows(
                        InvalidRequestException.class,
                        () -> GRAMMARS.text(new OutputFormat.JsonSchema("{\"not\": {}}")));
        assertEquals("response_format", failure.parameter());
    }

    /** A model that writes anything it may writes calls that are read as such. */
    @ParameterizedTest
    @MethodSource("formats")
    void whateverIsAllowedIsRead(AnswerFormat format) {
        AnswerStyle style = new AnswerStyle(format, Optional.empty(), CallIds.LONG);
        AnswerSetup setup = new AnswerSetup(tools(false), CallLimit.MANY, Beginning.START);
        AnswerDemand demand =
                new AnswerDemand(style, setup, new ToolChoice.Named("weather"), Optional.empty());
        Random random = new Random(7);
        for (int run = 0; run < 8; run++) {
            TokenConstraint constraint = held(demand);
            String text = written(constraint, random);
            List<AnswerPart> parts = style.parser(setup).whole(text, Ending.COMPLETE);
            boolean isCall = parts.stream().anyMatch(part -> part instanceof AnswerPart.Call);
            assertTrue(isCall, text);
            assertFalse(parts.stream().anyMatch(part -> part instanceof AnswerPart.Content), text);
        }
    }

    private String written(TokenConstraint constraint, Random random) {
        long[] mask = new long[(TOKENIZER.vocabulary().size() + 63) / 64];
        StringBuilder text = new StringBuilder();
        for (int step = 0; step < 3000; step++) {
            constraint.fillMask(mask);
            List<Integer> allowed = new ArrayList<>();
            for (int id = 0; id < TOKENIZER.vocabulary().size(); id++) {
                if ((mask[id / 64] >>> id % 64 & 1) != 0) {
                    allowed.add(id);
                }
            }
            int id = allowed.get(random.nextInt(allowed.size()));
            String token = TOKENIZER.vocabulary().token(id);
            if (id == 0) {
                break;
            }
            constraint.accept(id);
            text.append(token.replace("Ġ", " ").replace("Ċ", "\n"));
        }
        return text.toString();
    }
}
