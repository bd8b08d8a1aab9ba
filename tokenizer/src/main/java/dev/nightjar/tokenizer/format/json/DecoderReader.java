package dev.nightjar.tokenizer.format.json;

import dev.nightjar.tokenizer.decoder.ByteFallbackDecoder;
import dev.nightjar.tokenizer.decoder.ByteLevelDecoder;
import dev.nightjar.tokenizer.decoder.CtcDecoder;
import dev.nightjar.tokenizer.decoder.DecoderSequence;
import dev.nightjar.tokenizer.decoder.FuseDecoder;
import dev.nightjar.tokenizer.decoder.MetaspaceDecoder;
import dev.nightjar.tokenizer.decoder.ReplaceDecoder;
import dev.nightjar.tokenizer.decoder.SpacedDecoder;
import dev.nightjar.tokenizer.decoder.StripDecoder;
import dev.nightjar.tokenizer.decoder.SuffixDecoder;
import dev.nightjar.tokenizer.decoder.TokenDecoder;
import dev.nightjar.tokenizer.decoder.WordPieceDecoder;
import dev.nightjar.tokenizer.format.syntax.JsonNode;
import dev.nightjar.tokenizer.pipeline.Decoding;
import dev.nightjar.tokenizer.pretokenizer.Metaspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the fifth stage. */
final class DecoderReader {
    private DecoderReader() {}

    /**
     * The stage.
     *
     * @param wordSuffix what ends the last token of a word in the model, mostly empty
     */
    static Decoding read(Optional<JsonNode> node, String wordSuffix) {
        List<JsonNode> rules = new ArrayList<>();
        node.ifPresent(root -> flatten(root, rules));
        List<TokenDecoder> decoders = rules.stream().map(DecoderReader::read).toList();
        boolean isBytes = decoders.size() == 1 && decoders.getFirst() instanceof ByteLevelDecoder;
        boolean hasByteTokens = decoders.stream().anyMatch(ByteFallbackDecoder.class::isInstance);
        return new Decoding(
                decoders.isEmpty() ? new SpacedDecoder() : new DecoderSequence(decoders),
                isBytes ? Decoding.Alphabet.BYTES : Decoding.Alphabet.CHARACTERS,
                hasByteTokens ? Decoding.ByteTokenUse.BYTE : Decoding.ByteTokenUse.TEXT,
                isBytes ? wordSuffix : "",
                Decoding.TextCleanup.NONE);
    }

    private static void flatten(JsonNode node, List<JsonNode> rules) {
        if (node.require("type").string().equals("Sequence")) {
            node.require("decoders").elements().forEach(rule -> flatten(rule, rules));
        } else {
            rules.add(node);
        }
    }

    private static TokenDecoder read(JsonNode node) {
        JsonNode type = node.require("type");
        return switch (type.string()) {
            case "ByteLevel" -> new ByteLevelDecoder();
            case "WordPiece" ->
                    new WordPieceDecoder(node.string("prefix", "##"), node.flag("cleanup", true));
            case "Metaspace" ->
                    new MetaspaceDecoder(
                            Character.toString(node.require("replacement").codePoint()),
                            SplitterReader.prepend(node) != Metaspace.Prepend.NEVER);
            case "BPEDecoder" -> new SuffixDecoder(notEmpty(node, "suffix", "</w>"));
            case "CTC" ->
                    new CtcDecoder(
                            notEmpty(node, "pad_token", "<pad>"),
                            notEmpty(node, "word_delimiter_token", "|"),
                            node.flag("cleanup", true));
            case "Replace" ->
                    new ReplaceDecoder(
                            PatternReader.read(node.require("pattern")),
                            node.require("content").string());
            case "Fuse" -> new FuseDecoder();
            case "Strip" ->
                    new StripDecoder(
                            node.require("content").codePoint(),
                            node.integer("start", 0, 0, Integer.MAX_VALUE),
                            node.integer("stop", 0, 0, Integer.MAX_VALUE));
            case "ByteFallback" -> new ByteFallbackDecoder();
            default -> throw type.error("\"%s\" is no known decoder".formatted(type.string()));
        };
    }

    private static String notEmpty(JsonNode node, String name, String absent) {
        String text = node.string(name, absent);
        if (text.isEmpty()) {
            throw node.error("%s: expected at least one character, found none".formatted(name));
        }
        return text;
    }
}
