package dev.nightjar.tokenizer.algorithm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AddedTokenSplitterTest {
    private final AddedTokenSplitter splitter =
            splitter(Map.of(1, "<a>", 2, "<a><b>", 3, "é", 4, ""));

    @Test
    void cutsTextAtTokens() {
        assertEquals(List.of("x", "#1", "y"), split("x<a>y"));
        assertEquals(List.of("#3", "è", "#3"), split("éèé"));
        assertEquals(List.of("no token"), split("no token"));
        assertEquals(List.of(), split(""));
    }

    @Test
    void longestTokenWins() {
        assertEquals(List.of("#2"), split("<a><b>"));
        assertEquals(List.of("#1", "<b"), split("<a><b"));
        assertEquals(List.of("<", "#1", "#1"), split("<<a><a>"));
    }

    private List<String> split(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        List<String> parts = new ArrayList<>();
        splitter.split(
                utf8,
                new AddedTokenSplitter.PartConsumer() {
                    @Override
                    public void text(int from, int to) {
                        parts.add(new String(utf8, from, to - from, StandardCharsets.UTF_8));
                    }

                    @Override
                    public void token(int id, int end) {
                        parts.add("#" + id);
                    }
                });
        return parts;
    }

    private static AddedTokenSplitter splitter(Map<Integer, String> tokens) {
        return AddedTokenSplitter.of(
                tokens.entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey,
                                        token ->
                                                token.getValue()
                                                        .getBytes(StandardCharsets.UTF_8))));
    }
}
