package dev.nightjar.engine.hub.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.hub.HubException;
import dev.nightjar.engine.hub.HubFile;
import dev.nightjar.engine.hub.ModelRef;
import dev.nightjar.engine.hub.select.FileSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelStoreTest {

    @TempDir Path folder;

    private StoredModel model(String id, String variant, String commit, String revision, int day)
            throws IOException {
        ModelStore store = new ModelStore(folder);
        HubFile file = new HubFile("m-" + variant + ".gguf", 3, Optional.empty(), Optional.empty());
        FileSet files = new FileSet(variant, List.of(file));
        Path home = store.folder(ModelRef.parse(id), files, commit.repeat(40));
        StoredModel model =
                new StoredModel(
                        home,
                        id,
                        "https://hub",
                        commit.repeat(40),
                        new LinkedHashSet<>(List.of(revision)),
                        files,
                        Optional.of(Instant.parse("2026-01-0" + day + "T00:00:00Z")));
        Files.createDirectories(home);
        Files.writeString(model.path(), "abc");
        Manifest.write(model);
        return model;
    }

    @ParameterizedTest
    @CsvSource({
        "o/n, Q4_K_M, b",
        "O/N, Q4_K_M, b",
        "o/n@v1, Q4_K_M, a",
        "o/n:q8_0, Q8_0, a",
        "o/n:m-Q8_0.gguf, Q8_0, a",
        "o/n:Q4_K_M@aaaaaaaaa, Q4_K_M, a",
        "o/other, X, c"
    })
    void findsWhatIsMeant(String ref, String variant, String commit) throws IOException {
        model("o/n", "Q8_0", "a", "main", 9);
        model("o/n", "Q4_K_M", "a", "v1", 8);
        model("o/n", "Q4_K_M", "b", "main", 2);
        model("o/n", "Q4_K_M", "d", "main", 1);
        model("o/other", "X", "c", "main", 1);
        StoredModel found = new ModelStore(folder).require(ModelRef.parse(ref));
        assertEquals(variant, found.files().variant());
        assertEquals(commit.repeat(40), found.commit());
        assertEquals("abc", Files.readString(found.path()));
        assertEquals(5, new ModelStore(folder).list().size());
    }

    @Test
    void saysWhatThereIsInstead() throws IOException {
        model("o/n", "Q8_0", "a", "main", 1);
        ModelStore store = new ModelStore(folder);
        String message =
                assertThrows(
                                HubException.NotFound.class,
                                () -> store.require(ModelRef.parse("o/n:Q4_0")))
                        .getMessage();
        assertTrue(message.contains("which has o/n:Q8_0@aaaaaaaaaaaa"), message);
        assertTrue(message.endsWith("nightjar pull o/n:Q4_0"), message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"format\": 2}",
                "{\"format\": 1, \"model\": \"../..\"}",
                "{\"format\": 1, \"model\": \"o/n\", \"commit\": \"x\"}",
                "{\"format\":1,\"model\":\"o/n\",\"variant\":\"V\",\"commit\":\"%s\",\"files\":[{\"path\":\"../x\",\"bytes\":1}]}",
                "{\"format\":1,\"model\":\"o/n\",\"pulled\":\"yesterday\"}",
                "{\"format\":\"1\"}"
            })
    void aDamagedManifestIsNoModel(String manifest) throws IOException {
        StoredModel good = model("o/n", "Q8_0", "a", "main", 1);
        StoredModel bad = model("o/n", "Q4_0", "b", "main", 1);
        Files.writeString(
                bad.folder().resolve(Manifest.NAME), manifest.replace("%s", "b".repeat(40)));
        assertEquals(List.of(good), new ModelStore(folder).list());
        assertThrows(HubException.Damaged.class, () -> Manifest.read(bad.folder()));
    }

    @Test
    void theFolderFollowsTheEnvironment() {
        assertEquals(Path.of("/m"), ModelStore.defaultRoot(Map.of("NIGHTJAR_MODELS", "/m")));
        assertEquals(Path.of("/h/models"), ModelStore.defaultRoot(Map.of("NIGHTJAR_HOME", "/h")));
        assertTrue(ModelStore.defaultRoot(Map.of()).endsWith(Path.of(".nightjar", "models")));
        assertEquals(List.of(), new ModelStore(folder.resolve("none")).list());
    }
}
