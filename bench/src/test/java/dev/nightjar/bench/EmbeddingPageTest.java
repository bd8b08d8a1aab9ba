package dev.nightjar.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every program of docs/embedding.md compiles, runs and prints what the page shows. */
class EmbeddingPageTest {

    private static final Pattern PROGRAM =
            Pattern.compile(
                    "^## ([^\\n]+)\\n(?:(?!^## ).)*?```java\\n(.*?)```\\n\\n```text\\n(.*?)```",
                    Pattern.DOTALL | Pattern.MULTILINE);

    @TempDir static Path folder;
    private static URLClassLoader classes;

    /** A program and what it prints; {@code …} stands for anything. */
    record Example(String title, String source, String output) {

        String className() {
            return Arrays.stream(title.split("\\W+"))
                    .map(word -> word.substring(0, 1).toUpperCase() + word.substring(1))
                    .collect(Collectors.joining());
        }

        @Override
        public String toString() {
            return title;
        }
    }

    static List<Example> examples() throws IOException {
        String page = Files.readString(Project.root().resolve("docs/embedding.md"));
        List<Example> examples = new ArrayList<>();
        Matcher program = PROGRAM.matcher(page);
        while (program.find()) {
            examples.add(new Example(program.group(1), program.group(2), program.group(3)));
        }
        long blocks = page.lines().filter("```java"::equals).count();
        assertEquals(blocks, examples.size(), "each program has a section and shows its output");
        return examples;
    }

    @BeforeAll
    static void compile() throws Exception {
        List<Path> sources = new ArrayList<>();
        for (Example example : examples()) {
            Path source = folder.resolve(example.className() + ".java");
            Files.writeString(source, example.source());
            sources.add(source);
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options =
                    List.of(
                            "-Xlint:all,-processing,-classfile",
                            "-d",
                            folder.toString(),
                            "-cp",
                            System.getProperty("java.class.path"));
            boolean isCompiled =
                    compiler.getTask(
                                    messages,
                                    files,
                                    null,
                                    options,
                                    null,
                                    files.getJavaFileObjectsFromPaths(sources))
                            .call();
            assertTrue(isCompiled, messages::toString);
        }
        classes = new URLClassLoader(new URL[] {folder.toUri().toURL()});
    }

    @AfterAll
    static void close() throws IOException {
        classes.close();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void printsWhatThePageShows(Example example) throws Exception {
        String printed = run(example);
        Pattern shown =
                Pattern.compile(
                        Arrays.stream(example.output().split("…", -1))
                                .map(Pattern::quote)
                                .collect(Collectors.joining(".*?")),
                        Pattern.DOTALL);
        assertTrue(
                shown.matcher(printed).matches(),
                () -> "shown:\n%s\nprinted:\n%s".formatted(example.output(), printed));
    }

    private static String run(Example example) throws Exception {
        Class<?> program = classes.loadClass(example.className());
        Constructor<?> constructor = program.getDeclaredConstructor();
        constructor.setAccessible(true);
        Method main = program.getDeclaredMethod("main");
        main.setAccessible(true);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream console = System.out;
        try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(out);
            main.invoke(constructor.newInstance());
        } finally {
            System.setOut(console);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
