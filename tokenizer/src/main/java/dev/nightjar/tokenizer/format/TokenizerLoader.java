package dev.nightjar.tokenizer.format;

import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.TokenizerException;
import dev.nightjar.tokenizer.TokenizerFormatException;
import dev.nightjar.tokenizer.TokenizerSpecBuilder;
import dev.nightjar.tokenizer.format.json.TokenizerJson;
import dev.nightjar.tokenizer.format.model.TekkenFile;
import dev.nightjar.tokenizer.format.model.TokenizerModelFile;
import dev.nightjar.tokenizer.mistral.MistralVersion;
import dev.nightjar.tokenizer.pipeline.PipelineSpec;
import dev.nightjar.tokenizer.pipeline.PipelineTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Opens the tokenizer of a checkpoint.
 *
 * <p>Of a folder the first of these counts: tokenizer.json; vocab.json with merges.txt; vocab.txt;
 * source.spm with vocab.json; tekken.json; a SentencePiece or tiktoken file ({@code *.model.vN},
 * {@code *.model}, {@code *.tiktoken}). The small files beside it say the rest.
 */
public final class TokenizerLoader {
    private static final List<String> MODEL_FILES =
            List.of("*.model.v*", "tokenizer.model", "spiece.model", "*.model", "*.tiktoken");

    private TokenizerLoader() {}

    /**
     * The tokenizer of a tokenizer.json alone.
     *
     * @param json the bytes of the file
     * @param name how errors call the file
     * @throws TokenizerException if it is damaged or says something that is not implemented
     */
    public static LoadedTokenizer ofJson(byte[] json, String name) {
        return loaded(TokenizerJson.read(json, name, List.of()), TokenizerConfig.EMPTY);
    }

    /**
     * The tokenizer of a folder.
     *
     * @throws TokenizerException if there is none, or its files are damaged or say something that
     *     is not implemented
     * @throws IOException if a file cannot be read
     */
    public static LoadedTokenizer ofFolder(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            throw new TokenizerFormatException(
                    path + ": expected a folder with a tokenizer, found none");
        }
        Folder folder = new Folder(path);
        ConfigFiles files = ConfigFiles.read(folder);
        Optional<Path> json = folder.file("tokenizer.json");
        if (json.isPresent()) {
            TokenizerJson.Content content =
                    TokenizerJson.read(
                            folder.bytes(json.get()), json.get().toString(), files.addedTokens());
            return loaded(content, files.config());
        }
        Optional<TokenizerJson.Content> vocabulary = VocabularyFolder.read(folder, files);
        if (vocabulary.isPresent()) {
            return loaded(vocabulary.get(), files.config());
        }
        Optional<Tokenizer> marian = MarianFolder.read(folder, files.config());
        return marian.isPresent()
                ? new LoadedTokenizer(
                        marian.get(),
                        files.config(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())
                : ofModelFile(folder, files.config());
    }

    private static LoadedTokenizer loaded(TokenizerJson.Content content, TokenizerConfig config) {
        PipelineSpec spec = new ConfigRules(config).apply(content.spec());
        return new LoadedTokenizer(
                PipelineTokenizer.of(spec),
                config,
                content.truncation(),
                content.padding(),
                Optional.empty());
    }

    private static LoadedTokenizer ofModelFile(Folder folder, TokenizerConfig config)
            throws IOException {
        Optional<Path> tekken = folder.file("tekken.json");
        if (tekken.isPresent()) {
            TekkenFile.Content content =
                    TekkenFile.read(folder.bytes(tekken.get()), tekken.get().toString());
            return loaded(content.spec(), config, Optional.of(content.version()));
        }
        for (String name : MODEL_FILES) {
            Optional<Path> file = folder.firstMatch(name);
            if (file.isPresent()) {
                return ofModelFile(file.get(), config);
            }
        }
        throw new TokenizerFormatException(
                ("%s: expected tokenizer.json, vocab.json with merges.txt, vocab.txt,"
                                + " tekken.json, or a file *.model, *.model.vN or *.tiktoken, found none of them")
                        .formatted(folder.path()));
    }

    /**
     * Only the ending says that a file is Mistral's own: others are called tokenizer.model, too.
     */
    private static LoadedTokenizer ofModelFile(Path file, TokenizerConfig config)
            throws IOException {
        TokenizerSpecBuilder spec = TokenizerModelFile.read(file);
        String name = file.getFileName().toString();
        Optional<MistralVersion> version =
                name.endsWith(".model") ? Optional.empty() : MistralVersion.ofFile(name);
        if (version.isPresent()) {
            spec.addBos(true);
        }
        return loaded(spec, config, version);
    }

    private static LoadedTokenizer loaded(
            TokenizerSpecBuilder spec, TokenizerConfig config, Optional<MistralVersion> version) {
        config.addsBos().ifPresent(spec::addBos);
        config.addsEos().ifPresent(spec::addEos);
        return new LoadedTokenizer(
                Tokenizer.of(spec.build()), config, Optional.empty(), Optional.empty(), version);
    }
}
