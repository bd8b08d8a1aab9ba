package dev.nightjar.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Texts to encode, the same in every run: lists of documents of some kilobytes. */
final class PeerTexts {
    private static final int DOCUMENT_CHARS = 10_000;
    private static final int NUM_WORDS = 20_000;

    /** First and last letter of the scripts of the generated text. */
    private static final String SCRIPTS = "azzaàÿаяαωابतअहあんアヴ一龠가힣กฮ";

    private PeerTexts() {}

    /** Lines of an English novel in random order. */
    static List<String> english(Path book, int numBytes) throws IOException {
        return shuffled(List.of(Files.readString(book).split("\n")), numBytes, "\n", 1);
    }

    /** Lines of Java and Markdown files below a folder in random order. */
    static List<String> code(Path folder, int numBytes) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.toString().matches(".*/src/.*\\.java|.*\\.md"))
                    .sorted()
                    .forEach(file -> lines.addAll(linesOf(file)));
        }
        return shuffled(lines, numBytes, "\n", 2);
    }

    /**
     * Invented words in a dozen scripts, the frequent ones more often (Zipf), with numbers, signs
     * and emoji between.
     */
    static List<String> multilingual(int numBytes) {
        Random random = new Random(3);
        List<String> words = new ArrayList<>();
        int[] scripts = SCRIPTS.codePoints().toArray();
        for (int i = 0; i < NUM_WORDS; i++) {
            int script = random.nextInt(scripts.length / 2) * 2;
            words.add(word(scripts[script], scripts[script + 1], random));
        }
        List<String> documents = new ArrayList<>();
        for (long bytes = 0; bytes < numBytes; ) {
            StringBuilder document = new StringBuilder();
            while (document.length() < DOCUMENT_CHARS) {
                double zipf = Math.pow(NUM_WORDS, random.nextDouble());
                document.append(words.get((int) zipf % NUM_WORDS)).append(sign(random));
            }
            documents.add(document.toString());
            bytes += document.toString().getBytes(StandardCharsets.UTF_8).length;
        }
        return documents;
    }

    private static String word(int first, int last, Random random) {
        StringBuilder word = new StringBuilder();
        int low = Math.min(first, last);
        for (int length = 1 + random.nextInt(8); length > 0; length--) {
            word.appendCodePoint(low + random.nextInt(Math.abs(last - first) + 1));
        }
        return word.toString();
    }

    private static String sign(Random random) {
        return switch (random.nextInt(24)) {
            case 0 -> ", ";
            case 1 -> ". ";
            case 2 -> "。";
            case 3 -> "\n";
            case 4 -> " " + random.nextInt(100_000) + " ";
            case 5 -> " 🦙 ";
            default -> " ";
        };
    }

    private static List<String> linesOf(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> shuffled(
            List<String> lines, int numBytes, String separator, long seed) {
        List<String> order = new ArrayList<>(lines);
        Random random = new Random(seed);
        List<String> documents = new ArrayList<>();
        StringBuilder document = new StringBuilder();
        for (long bytes = 0; bytes < numBytes; ) {
            Collections.shuffle(order, random);
            for (String line : order) {
                document.append(line).append(separator);
                if (document.length() >= DOCUMENT_CHARS && bytes < numBytes) {
                    documents.add(document.toString());
                    bytes += document.toString().getBytes(StandardCharsets.UTF_8).length;
                    document.setLength(0);
                }
            }
        }
        return documents;
    }
}
