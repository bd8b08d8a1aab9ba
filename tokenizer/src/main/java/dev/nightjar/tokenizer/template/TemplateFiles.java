package dev.nightjar.tokenizer.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds the templates in a model folder: {@code chat_template.jinja} with {@code
 * additional_chat_templates/NAME.jinja}, else {@code chat_template.json}, else {@code
 * tokenizer_config.json} with one template or a list of named ones.
 */
public final class TemplateFiles {
    private static final long MAX_BYTES = 64L << 20;
    private static final String MEMBER = "chat_template";
    private static final String EXTENSION = ".jinja";
    private static final List<String> TOKENS =
            List.of("bos_token", "eos_token", "unk_token", "pad_token", "sep_token", "cls_token");
    private static final String MORE_TOKENS = "additional_special_tokens";

    private final Path folder;

    private TemplateFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * The templates of a folder, empty if it has none.
     *
     * @throws UnsupportedTemplateException if a file is malformed
     */
    public static Optional<TemplateSources> read(Path folder) {
        TemplateFiles files = new TemplateFiles(folder);
        try {
            Map<?, ?> config = files.object("tokenizer_config.json");
            Map<String, String> sources = files.jinjaFiles();
            if (sources.isEmpty()) {
                sources = sources(files.object("chat_template.json").get(MEMBER));
            }
            if (sources.isEmpty()) {
                sources = sources(config.get(MEMBER));
            }
            return sources.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new TemplateSources(sources, tokens(config)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(
                    "reading the chat template in " + folder + " failed", unreadable);
        }
    }

    private Map<String, String> jinjaFiles() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        Optional<String> main = text(folder.resolve(MEMBER + EXTENSION));
        if (main.isEmpty()) {
            return sources;
        }
        sources.put(ChatTemplate.DEFAULT, main.get());
        Path more = folder.resolve("additional_chat_templates");
        if (Files.isDirectory(more)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(more, "*" + EXTENSION)) {
                for (Path file : files) {
                    String name = file.getFileName().toString();
                    String bare = name.substring(0, name.length() - EXTENSION.length());
                    sources.put(bare, text(file).orElseThrow());
                }
            }
        }
        return sources;
    }

    private Map<?, ?> object(String name) throws IOException {
        Path file = folder.resolve(name);
        Optional<String> text = text(file);
        if (text.isEmpty()) {
            return Map.of();
        }
        try {
            return PlainJson.read(text.get()) instanceof Map<?, ?> object ? object : Map.of();
        } catch (IOException malformed) {
            throw new UnsupportedTemplateException(
                    "%s is not valid JSON: %s".formatted(file, malformed.getMessage()), malformed);
        }
    }

    private static Optional<String> text(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        long size = Files.size(file);
        if (size > MAX_BYTES) {
            throw new UnsupportedTemplateException(
                    "%s: expected at most %d bytes, found %d".formatted(file, MAX_BYTES, size));
        }
        return Optional.of(Files.readString(file));
    }

    /** A template, or a list of objects with name and template. */
    private static Map<String, String> sources(Object member) {
        if (member instanceof String source) {
            return Map.of(ChatTemplate.DEFAULT, source);
        }
        Map<String, String> sources = new LinkedHashMap<>();
        if (member instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof Map<?, ?> named
                        && named.get("name") instanceof String name
                        && named.get("template") instanceof String source) {
                    sources.put(name, source);
                }
            }
        }
        return sources;
    }

    private static Map<String, Object> tokens(Map<?, ?> config) {
        Map<String, Object> tokens = new LinkedHashMap<>();
        for (String name : TOKENS) {
            token(config.get(name)).ifPresent(token -> tokens.put(name, token));
        }
        if (config.get(MORE_TOKENS) instanceof List<?> list) {
            tokens.put(
                    MORE_TOKENS,
                    list.stream().map(TemplateFiles::token).flatMap(Optional::stream).toList());
        }
        return tokens;
    }

    /** A text, or an object with the text as its content. */
    private static Optional<String> token(Object member) {
        Object text = member instanceof Map<?, ?> object ? object.get("content") : member;
        return Optional.ofNullable(text).filter(String.class::isInstance).map(Objects::toString);
    }
}
