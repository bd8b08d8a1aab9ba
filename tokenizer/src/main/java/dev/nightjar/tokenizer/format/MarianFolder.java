package dev.nightjar.tokenizer.format;

import dev.nightjar.tokenizer.SpecialIds;
import dev.nightjar.tokenizer.TokenType;
import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.Vocabulary;
import dev.nightjar.tokenizer.algorithm.StringTable;
import dev.nightjar.tokenizer.format.json.TokenList;
import dev.nightjar.tokenizer.format.model.MarianTokenizer;
import dev.nightjar.tokenizer.format.model.SentencePieceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the tokenizer of a Marian translation model: source.spm and vocab.json. */
final class MarianFolder {
    private MarianFolder() {}

    /** The tokenizer of the source language, if there are such files. */
    static Optional<Tokenizer> read(Folder folder, TokenizerConfig config) throws IOException {
        Optional<Path> source = folder.file("source.spm");
        Optional<Path> json = folder.file("vocab.json");
        if (source.isEmpty() || json.isEmpty()) {
            return Optional.empty();
        }
        TokenList list = VocabularyFolder.readTokens(folder, json.get());
        Tokenizer pieces = Tokenizer.of(SentencePieceFile.read(source.get()).build());
        return Optional.of(new MarianTokenizer(pieces, vocabulary(list, config)));
    }

    private static Vocabulary vocabulary(TokenList list, TokenizerConfig config) {
        SpecialIds specialIds =
                new SpecialIds(
                        OptionalInt.empty(),
                        id(list, config.special("eos_token").orElse("</s>")),
                        id(list, config.special("unk_token").orElse("<unk>")),
                        id(list, config.special("pad_token").orElse("<pad>")),
                        OptionalInt.empty(),
                        OptionalInt.empty());
        List<String> tokens = new ArrayList<>();
        List<TokenType> types = new ArrayList<>();
        for (String token : list.byId()) {
            types.add(token == null ? TokenType.UNUSED : TokenType.NORMAL);
            tokens.add(token == null ? "" : token);
        }
        specialIds.eos().ifPresent(id -> types.set(id, TokenType.CONTROL));
        specialIds.padding().ifPresent(id -> types.set(id, TokenType.CONTROL));
        specialIds.unknown().ifPresent(id -> types.set(id, TokenType.UNKNOWN));
        return Vocabulary.of(tokens, types, specialIds);
    }

    private static OptionalInt id(TokenList list, String token) {
        int id = list.table().find(token);
        return id == StringTable.NOT_FOUND ? OptionalInt.empty() : OptionalInt.of(id);
    }
}
