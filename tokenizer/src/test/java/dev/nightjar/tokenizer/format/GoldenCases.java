package dev.nightjar.tokenizer.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.tokenizer.SharedData;
import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.decoder.Cleanup;
import dev.nightjar.tokenizer.encoding.EncodingOptions;
import dev.nightjar.tokenizer.encoding.TextInput;
import dev.nightjar.tokenizer.format.syntax.JsonFile;
import dev.nightjar.tokenizer.format.syntax.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Texts with the ids, and the text decoded from them, that another implementation gives. */
public final class GoldenCases {
    private final List<GoldenCase> cases;
    private final UnaryOperator<String> afterDecoding;

    private GoldenCases(List<GoldenCase> cases, UnaryOperator<String> afterDecoding) {
        this.cases = cases;
        this.afterDecoding = afterDecoding;
    }

    /** The same cases, whose decoded text was cleaned up by the other implementation. */
    GoldenCases cleanedUp() {
        return new GoldenCases(cases, Cleanup::ofText);
    }

    /** One case; the ids have the special tokens that the checkpoint adds. */
    private record GoldenCase(String name, TextInput input, int[] ids, String decoded) {}

    public static GoldenCases of(String family, String model) throws IOException {
        byte[] json = Files.readAllBytes(SharedData.path("data/tok/vectors/hf_tokenization.json"));
        JsonNode cases = JsonFile.read(json, "hf_tokenization.json").require(family).require(model);
        List<GoldenCase> list = new ArrayList<>();
        cases.members().forEach((name, node) -> list.add(golden(name, node)));
        return new GoldenCases(list, UnaryOperator.identity());
    }

    private static GoldenCase golden(String name, JsonNode node) {
        String text = node.require("text").string();
        Optional<String> pair = node.find("text_pair").map(JsonNode::string);
        int[] ids =
                node.require("ids").elements().stream()
                        .mapToInt(id -> id.integer(0, Integer.MAX_VALUE))
                        .toArray();
        return new GoldenCase(
                name, new TextInput(text, pair), ids, node.require("decoded").string());
    }

    /** Requires all cases but the named ones to be exact, and those to differ. */
    public void check(Tokenizer tokenizer, int expectedCases, Set<String> knownToDiffer) {
        assertEquals(expectedCases, cases.size());
        List<String> wrong = new ArrayList<>();
        for (GoldenCase golden : cases) {
            int[] ids = tokenizer.encode(golden.input, EncodingOptions.standard()).ids();
            String decoded = afterDecoding.apply(tokenizer.decodeWithSpecials(golden.ids));
            if (!Arrays.equals(golden.ids, ids) || !golden.decoded.equals(decoded)) {
                wrong.add(
                        "%s: %s%n  expected %s %s%n  found    %s %s"
                                .formatted(
                                        golden.name,
                                        golden.input,
                                        Arrays.toString(golden.ids),
                                        golden.decoded,
                                        Arrays.toString(ids),
                                        decoded));
            }
        }
        List<String> unexpected =
                wrong.stream().filter(text -> !knownToDiffer.contains(text.split(":")[0])).toList();
        assertEquals("", String.join("\n", unexpected));
        assertEquals(knownToDiffer.size(), wrong.size(), "cases known to differ");
    }
}
