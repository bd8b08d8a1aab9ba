package dev.nightjar.engine.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.answer.part.AnswerSetup;
import dev.nightjar.engine.answer.part.Beginning;
import dev.nightjar.engine.answer.part.CallIds;
import dev.nightjar.engine.answer.part.CallLimit;
import dev.nightjar.engine.answer.part.DeclaredTools;
import dev.nightjar.engine.answer.part.Ending;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole answers in each format. */
class AnswerParserTest {

    static Stream<Sample> samples() {
        return Stream.concat(Sample.all().stream(), Sample.broken().stream());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void samplesBecomeTheirParts(Sample sample) {
        assertEquals(sample.parts(), Answers.lines(Answers.whole(sample.format(), sample.text())));
    }

    @Test
    void everyFormatHasASample() {
        Set<AnswerFormat> formats =
                Sample.all().stream().map(Sample::format).collect(Collectors.toSet());
        assertEquals(EnumSet.allOf(AnswerFormat.class), formats);
    }

    /** What a model is told to write, or held to, is what its parser reads. */
    @ParameterizedTest
    @MethodSource("formats")
    void formsAreReadAsCalls(AnswerFormat format) {
        CallForm form = format.form();
        String one = form.beforeName() + "weather" + form.afterName();
        String text =
                form.opening()
                        + one
                        + "{\"city\":\"Bern\"}"
                        + form.afterArguments()
                        + form.between()
                        + one
                        + "{}"
                        + form.afterArguments()
                        + form.closing();
        List<String> calls =
                Answers.lines(Answers.whole(format, text)).stream()
                        .map(line -> line.replaceAll("^call\\|[^|]*\\|", ""))
                        .toList();
        assertEquals(List.of("weather|{\"city\":\"Bern\"}", "weather|{}"), calls);
    }

    static Stream<AnswerFormat> formats() {
        return Arrays.stream(AnswerFormat.values()).filter(format -> format != AnswerFormat.NONE);
    }

    @Test
    void promptsMayOpenReasoning() {
        AnswerSetup setup = new AnswerSetup(Answers.TOOLS, CallLimit.MANY, Beginning.REASONING);
        String text = "Hm.\n</think>\n\nYes.";
        assertEquals(
                List.of("think|Hm.", "content|Yes."),
                Answers.lines(Answers.whole(AnswerFormat.HERMES, setup, text, Ending.COMPLETE)));
        assertEquals(
                List.of("think|Hm."),
                Answers.lines(
                        Answers.whole(AnswerFormat.HERMES, setup, "<think>\nHm.", Ending.CUT)));
        assertEquals(Beginning.REASONING, beginning("<|im_start|>assistant\n<think>\n"));
        assertEquals(Beginning.START, beginning("<|im_start|>assistant\n<think>\n\n</think>\n\n"));
    }

    private static Beginning beginning(String prompt) {
        return Answers.style(AnswerFormat.HERMES).beginning(prompt);
    }

    @Test
    void oneCallEndsTheAnswer() {
        AnswerSetup setup = new AnswerSetup(Answers.TOOLS, CallLimit.ONE, Beginning.START);
        for (Sample sample : Sample.all()) {
            AnswerParser parser = Answers.parser(sample.format(), setup);
            List<String> parts = Answers.lines(parser.whole(sample.text(), Ending.COMPLETE));
            boolean hasCall = sample.parts().stream().anyMatch(part -> part.startsWith("call"));
            assertEquals(hasCall, parser.isEnded(), sample.text());
            assertEquals(
                    hasCall ? 1 : 0,
                    parts.stream().filter(part -> part.startsWith("call")).count(),
                    sample.text());
        }
    }

    @Test
    void withoutToolsCallsAreText() {
        AnswerSetup setup = new AnswerSetup(DeclaredTools.none(), CallLimit.MANY, Beginning.START);
        String text = "<tool_call>{\"name\": \"time\"}</tool_call>";
        assertEquals(
                List.of("content|" + text),
                Answers.lines(Answers.whole(AnswerFormat.HERMES, setup, text, Ending.COMPLETE)));
    }

    @Test
    void idsAreLongOrMistrals() {
        assertTrue(CallIds.LONG.get().matches("call_[0-9A-Za-z]{24}"));
        assertTrue(CallIds.NINE.get().matches("[0-9A-Za-z]{9}"));
    }
}
