package dev.nightjar.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's Java program compiles and runs as it stands there. */
class ReadmeTest {

    private static final Pattern PROGRAM =
            Pattern.compile("```java\\n(.*?public class (\\w+).*?)```", Pattern.DOTALL);

    @Test
    void programCompilesAndPrintsText(@TempDir Path folder) throws Exception {
        String readme = Files.readString(Project.root().resolve("README.md"));
        Matcher program = PROGRAM.matcher(readme);
        assertTrue(program.find(), "the README holds a Java program");
        String className = program.group(2);
        Path source = folder.resolve(className + ".java");
        Files.writeString(source, program.group(1));

        String classPath = System.getProperty("java.class.path");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        int compiled =
                compiler.run(
                        null,
                        null,
                        null,
                        "-d",
                        folder.toString(),
                        "-cp",
                        classPath,
                        source.toString());
        assertEquals(0, compiled, "the README's program compiles");

        String output =
                Commands.runJava(
                        List.of(
                                "--add-modules=jdk.incubator.vector",
                                "-cp",
                                folder + java.io.File.pathSeparator + classPath,
                                className));
        assertTrue(output.strip().length() > 20, () -> "output: " + output);
    }
}
