package dev.nightjar.server.cli.predict;

import dev.nightjar.engine.tabular.TableBuilder;
import dev.nightjar.engine.tabular.TabularModel;
import java.io.IOException;
import java.util.Optional;

/** A label, which is passed over, then {@code index:value} from 0; what is absent is missing. */
final class LibsvmRows implements Rows {
    private final Lines lines;
    private final TabularModel model;

    LibsvmRows(Lines lines, TabularModel model) {
        this.lines = lines;
        this.model = model;
    }

    @Override
    public boolean read(TableBuilder table) throws IOException {
        Optional<String> line = lines.next();
        if (line.isEmpty()) {
            return false;
        }
        String text = line.get();
        int comment = text.indexOf('#');
        String[] words = (comment < 0 ? text : text.substring(0, comment)).strip().split("\\s+");
        lines.inLine(
                () -> {
                    table.addRow();
                    for (int i = 0; i < words.length; i++) {
                        boolean isPair = words[i].indexOf(':') >= 0;
                        if (isPair) {
                            pair(words[i], table);
                        } else if (i > 0) {
                            throw lines.error(
                                    "expected index:value, found \"%s\"".formatted(words[i]));
                        }
                    }
                });
        return true;
    }

    private void pair(String word, TableBuilder table) {
        int colon = word.indexOf(':');
        String index = word.substring(0, colon);
        if (index.equals("qid")) {
            return;
        }
        int column;
        try {
            column = Integer.parseInt(index);
        } catch (NumberFormatException e) {
            throw lines.error("expected index:value, found \"%s\"".formatted(word));
        }
        if (column < 0 || column >= model.numFeatures()) {
            throw lines.error(
                    "expected features 0 to %d, found %d"
                            .formatted(model.numFeatures() - 1, column));
        }
        table.setWord(column, word.substring(colon + 1));
    }
}
