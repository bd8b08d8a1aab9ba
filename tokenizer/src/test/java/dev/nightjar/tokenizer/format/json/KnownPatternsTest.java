package dev.nightjar.tokenizer.format.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.tokenizer.algorithm.PreTokenizer;
import dev.nightjar.tokenizer.format.syntax.JsonFile;
import dev.nightjar.tokenizer.format.syntax.JsonNode;
import dev.nightjar.tokenizer.pattern.RegexPattern;
import dev.nightjar.tokenizer.pretokenizer.Behavior;
import dev.nightjar.tokenizer.pretokenizer.KnownPatterns;
import dev.nightjar.tokenizer.pretokenizer.PatternSplit;
import dev.nightjar.tokenizer.pretokenizer.PieceSplitter;
import dev.nightjar.tokenizer.pretokenizer.PieceText;
import dev.nightjar.tokenizer.pretokenizer.SplitterSequence;
import dev.nightjar.tokenizer.pretokenizer.WordRule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The rules that stand for known regular expressions cut exactly as these do. */
class KnownPatternsTest {
    private static final String SIGNS =
            "aAzZéÉßǅʰª中あ한0١Ⅷ½ \t\n\r\u00a0\u2003\u0301\u0903'’.,!-_/$+…🦙👨\u200d9sStTreEvVlLmMdD";

    @Property(tries = 600)
    void rulesCutAsTheirExpressions(@ForAll("texts") String text) {
        for (Map.Entry<List<String>, PreTokenizer> known : KnownPatterns.all().entrySet()) {
            assertEquals(
                    pieces(splitterOf(known.getKey()), text),
                    pieces(new WordRule(known.getValue()), text),
                    () -> known.getValue() + " of \"" + text + "\"");
        }
    }

    @Test
    void readersRecogniseThem() {
        for (List<String> patterns : KnownPatterns.all().keySet()) {
            List<String> splits = new ArrayList<>();
            for (String pattern : patterns) {
                String escaped = pattern.replace("\\", "\\\\").replace("\"", "\\\"");
                splits.add(
                        """
                        {"type": "Split", "pattern": {"Regex": "%s"}, "behavior": "Isolated",
                         "invert": false}
                        """
                                .formatted(escaped));
            }
            String json =
                    """
                    {"s": {"type": "Sequence", "pretokenizers": [%s, {"type": "ByteLevel",
                      "add_prefix_space": false, "use_regex": false}]}}
                    """
                            .formatted(String.join(",", splits));
            JsonNode root = JsonFile.read(json.getBytes(StandardCharsets.UTF_8), "test");
            Splitting splitting = SplitterReader.read(root.find("s"));
            assertTrue(splitting.splitter() instanceof WordRule, () -> patterns.toString());
            assertTrue(splitting.worksOnBytes());
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.of(SIGNS.codePoints().boxed().toList())
                        .list()
                        .ofMaxSize(30)
                        .map(KnownPatternsTest::joined),
                Arbitraries.strings()
                        .ofMaxLength(20)
                        .map(text -> new String(utf8(text), StandardCharsets.UTF_8)));
    }

    private static String joined(List<Integer> codePoints) {
        StringBuilder text = new StringBuilder();
        codePoints.forEach(text::appendCodePoint);
        return text.toString();
    }

    private static PieceSplitter splitterOf(List<String> patterns) {
        return new SplitterSequence(
                patterns.stream()
                        .<PieceSplitter>map(
                                pattern ->
                                        new PatternSplit(
                                                RegexPattern.ofOniguruma(pattern),
                                                Behavior.ISOLATED,
                                                false))
                        .toList());
    }

    private static List<String> pieces(PieceSplitter splitter, String text) {
        List<String> pieces = new ArrayList<>();
        byte[] utf8 = utf8(text);
        if (utf8.length > 0) {
            splitter.split(
                    PieceText.atStart(utf8),
                    0,
                    utf8.length,
                    (part, from, to) ->
                            pieces.add(
                                    new String(
                                            part.utf8(), from, to - from, StandardCharsets.UTF_8)));
        }
        return pieces;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
