package dev.nightjar.tokenizer.format.json;

import dev.nightjar.tokenizer.SharedData;
import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.format.GoldenCases;
import dev.nightjar.tokenizer.format.TokenizerLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Published tokenizer.json files: exact ids and decoded text, text pairs included. */
class TokenizerJsonGoldenTest {
    @Test
    void bert() throws IOException {
        check("daulet/bert-base-uncased.json", "bert", "Xenova/bert-base-uncased", 30);
    }

    @Test
    void distilBert() throws IOException {
        check(
                "daulet/bert-base-uncased.json",
                "distilbert",
                "Xenova/distilbert-base-uncased-finetuned-sst-2-english",
                12);
    }

    @Test
    void clip() throws IOException {
        check("hf/clip/tokenizer.json", "clip", "Xenova/clip-vit-base-patch16", 25);
    }

    @Test
    void t5() throws IOException {
        check("hf/t5-small/tokenizer.json", "t5", "google-t5/t5-small", 29);
    }

    @Test
    void roberta() throws IOException {
        check("hf/roberta-base/tokenizer.json", "roberta", "Xenova/all-distilroberta-v1", 11);
    }

    /**
     * The file at hand has spaces where the published one has no-break spaces, three tokens; the
     * two cases with such spaces become bytes.
     */
    @Test
    void llama2() throws IOException {
        Tokenizer tokenizer = open("hf/llama2/tokenizer.json");
        GoldenCases.of("llama", "Xenova/llama-tokenizer")
                .check(
                        tokenizer,
                        37,
                        Set.of("TEXT_WITH_ESCAPE_CHARACTERS", "TEXT_WITH_ESCAPE_CHARACTERS_2"));
    }

    private static void check(String file, String family, String model, int numCases)
            throws IOException {
        GoldenCases.of(family, model).check(open(file), numCases, Set.of());
    }

    private static Tokenizer open(String file) throws IOException {
        Path path = SharedData.path("data/tok/" + file);
        return TokenizerLoader.ofJson(Files.readAllBytes(path), file).tokenizer();
    }
}
