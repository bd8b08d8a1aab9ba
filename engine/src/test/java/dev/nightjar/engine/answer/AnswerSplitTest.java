package dev.nightjar.engine.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.answer.part.AnswerPart;
import dev.nightjar.engine.answer.part.AnswerSetup;
import dev.nightjar.engine.answer.part.Beginning;
import dev.nightjar.engine.answer.part.CallLimit;
import dev.nightjar.engine.answer.part.Ending;
import dev.nightjar.engine.format.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Streamed answers are whole answers, and nothing that a model writes breaks anything. */
class AnswerSplitTest {

    @Property(tries = 1000)
    void piecesGiveWhatTheWholeGives(
            @ForAll("texts") String text,
            @ForAll AnswerFormat format,
            @ForAll Beginning beginning,
            @ForAll CallLimit limit,
            @ForAll Ending ending,
            @ForAll List<Integer> cuts) {
        AnswerSetup setup = new AnswerSetup(Answers.TOOLS, limit, beginning);
        List<AnswerPart> whole = Answers.whole(format, setup, text, ending);
        assertEquals(whole, Answers.pieces(format, setup, cut(text, cuts), ending));
        assertEquals(
                whole,
                Answers.pieces(
                        format,
                        setup,
                        text.chars().mapToObj(c -> String.valueOf((char) c)).toList(),
                        ending));
        checkArguments(whole, ending);
    }

    /** Samples of all formats, mixed, damaged and repeated. */
    @Provide
    Arbitrary<String> texts() {
        List<String> texts =
                Stream.concat(Sample.all().stream(), Sample.broken().stream())
                        .map(Sample::text)
                        .toList();
        Arbitrary<String> samples = Arbitraries.of(texts);
        Arbitrary<String> damaged =
                samples.flatMap(
                        text ->
                                Arbitraries.integers()
                                        .between(0, text.length())
                                        .tuple2()
                                        .map(at -> damage(text, at.get1(), at.get2())));
        Arbitrary<String> noise =
                Arbitraries.of(
                                "<",
                                "{",
                                "}",
                                "[",
                                "]",
                                "\"",
                                "\\",
                                " ",
                                "\n",
                                "🦉",
                                "é",
                                "(",
                                ")",
                                "<tool_call>",
                                "</tool_call>",
                                "[TOOL_CALLS]",
                                "<|channel|>",
                                "\ud83e",
                                "<|message|>",
                                "<think>",
                                "</think>",
                                "name",
                                ":",
                                ",",
                                "1",
                                "-",
                                "ü")
                        .list()
                        .ofMaxSize(30)
                        .map(list -> String.join("", list));
        return Arbitraries.oneOf(
                samples,
                damaged,
                noise,
                damaged.list().ofMaxSize(3).map(list -> String.join("", list)));
    }

    private static String damage(String text, int one, int other) {
        return text.substring(0, Math.min(one, other)) + text.substring(Math.max(one, other));
    }

    private static List<String> cut(String text, List<Integer> cuts) {
        List<String> pieces = new ArrayList<>();
        int at = 0;
        for (int cut : cuts) {
            int next = Math.min(text.length(), at + Math.floorMod(cut, 7));
            pieces.add(text.substring(at, next));
            at = next;
        }
        pieces.add(text.substring(at));
        return pieces;
    }

    /** Arguments are JSON objects, unless the answer was cut within them. */
    private static void checkArguments(List<AnswerPart> parts, Ending ending) {
        List<String> calls =
                Answers.lines(parts).stream().filter(line -> line.startsWith("call|")).toList();
        for (int i = 0; i < calls.size(); i++) {
            boolean mayBeCut = ending == Ending.CUT && i == calls.size() - 1;
            if (!mayBeCut) {
                String json = calls.get(i).split("\\|", 4)[3];
                assertTrue(isObject(json), json);
            }
        }
    }

    private static boolean isObject(String json) {
        byte[] document = ("{\"arguments\": " + json + "}").getBytes(StandardCharsets.UTF_8);
        return json.startsWith("{")
                && JsonReader.readObject(document, "test", 0).members().size() == 1;
    }

    /** An answer may be cut anywhere: what was written is there, but for white space and marks. */
    @Property(tries = 1)
    void cutAnywhereNothingIsLost() {
        for (Sample sample : Sample.all()) {
            for (int end = 0; end <= sample.text().length(); end++) {
                String text = sample.text().substring(0, end);
                List<String> parts =
                        Answers.lines(
                                Answers.whole(sample.format(), Answers.setup(), text, Ending.CUT));
                String all = String.join("", parts);
                Stream.of("Hm", "Let me", "weather", "Bern", "time", "Think", "First", "unheard")
                        .filter(text::contains)
                        .forEach(word -> assertTrue(all.contains(word), text + " -> " + all));
                assertFalse(all.contains("\u0000"));
            }
        }
    }
}
