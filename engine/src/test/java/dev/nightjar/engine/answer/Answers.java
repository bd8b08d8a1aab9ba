package dev.nightjar.engine.answer;

import dev.nightjar.engine.answer.part.AnswerPart;
import dev.nightjar.engine.answer.part.AnswerSetup;
import dev.nightjar.engine.answer.part.Beginning;
import dev.nightjar.engine.answer.part.CallIds;
import dev.nightjar.engine.answer.part.CallLimit;
import dev.nightjar.engine.answer.part.DeclaredTools;
import dev.nightjar.engine.answer.part.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the tests of answers share: tools, parsers with countable ids, and short names of parts. */
final class Answers {

    static final ReasoningTags THINK = new ReasoningTags("<think>", "</think>");

    static final DeclaredTools TOOLS =
            DeclaredTools.of(
                    List.of(
                            tool("weather", Map.of("city", "string", "days", "integer")),
                            tool("time", Map.of())));

    private Answers() {}

    private static Map<String, Object> tool(String name, Map<String, String> types) {
        Map<String, Object> properties = new java.util.TreeMap<>();
        types.forEach((key, type) -> properties.put(key, Map.of("type", type)));
        return Map.of(
                "type",
                "function",
                "function",
                Map.of(
                        "name",
                        name,
                        "parameters",
                        Map.of("type", "object", "properties", properties)));
    }

    static AnswerStyle style(AnswerFormat format) {
        return new AnswerStyle(format, Optional.of(THINK), CallIds.LONG);
    }

    static AnswerSetup setup() {
        return new AnswerSetup(TOOLS, CallLimit.MANY, Beginning.START);
    }

    static AnswerParser parser(AnswerFormat format, AnswerSetup setup) {
        int[] count = {0};
        return style(format).parser(setup, () -> "id" + count[0]++);
    }

    /** The parts of a whole text. */
    static List<AnswerPart> whole(AnswerFormat format, String text) {
        return whole(format, setup(), text, Ending.COMPLETE);
    }

    static List<AnswerPart> whole(
            AnswerFormat format, AnswerSetup setup, String text, Ending ending) {
        return AnswerParser.joined(parser(format, setup).whole(text, ending));
    }

    /** The parts of a text that arrives in pieces. */
    static List<AnswerPart> pieces(
            AnswerFormat format, AnswerSetup setup, List<String> pieces, Ending ending) {
        AnswerParser parser = parser(format, setup);
        List<AnswerPart> parts = new ArrayList<>();
        pieces.forEach(piece -> parts.addAll(parser.accept(piece)));
        parts.addAll(parser.finish(ending));
        return AnswerParser.joined(parts);
    }

    /** Parts as lines: {@code content|…}, {@code think|…}, {@code call|id|name|arguments}. */
    static List<String> lines(List<AnswerPart> parts) {
        List<String> lines = new ArrayList<>();
        for (AnswerPart part : parts) {
            switch (part) {
                case AnswerPart.Content content -> lines.add("content|" + content.text());
                case AnswerPart.Reasoning thought -> lines.add("think|" + thought.text());
                case AnswerPart.Call call ->
                        lines.add("call|" + call.id() + "|" + call.name() + "|");
                case AnswerPart.Arguments piece ->
                        lines.set(lines.size() - 1, lines.getLast() + piece.json());
            }
        }
        return lines;
    }
}
