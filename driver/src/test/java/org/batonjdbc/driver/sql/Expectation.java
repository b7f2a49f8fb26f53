package org.batonjdbc.driver.sql;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A row of {@code statements.txt}: a statement in one syntax, and what it is expected to mean. */
record Expectation(Syntax syntax, String sql, StatementKind kind, Verdict verdict, String target, Set<String> marks) {

    static List<Expectation> all() throws IOException {
        List<Expectation> all = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Expectation.class.getResourceAsStream("statements.txt"), StandardCharsets.UTF_8))) {
            String[] heading = {};
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("[")) {
                    heading = line.substring(1, line.length() - 1).split(" ");
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    all.addAll(row(heading, line.split("\t", -1)));
                }
            }
        }
        return all;
    }

    private static List<Expectation> row(String[] heading, String[] cells) {
        Set<String> marks = new TreeSet<>(Arrays.asList(heading).subList(2, heading.length));
        if (cells.length > 3) {
            marks.addAll(List.of(cells[3].split(" ")));
        }
        List<Syntax> syntaxes = cells[0].equals("ALL")
                ? List.of(Syntax.values())
                : Arrays.stream(cells[0].split(",")).map(Syntax::valueOf).toList();
        return syntaxes.stream()
                .map(syntax -> new Expectation(
                        syntax,
                        cells[2].replace("\\n", "\n").replace("\\r", "\r"),
                        StatementKind.valueOf(heading[0]),
                        Verdict.valueOf(heading[1]),
                        cells[1].equals("-") ? null : cells[1],
                        marks))
                .toList();
    }

    /** What of a meaning the table speaks about, in its own words. */
    static Expectation of(Syntax syntax, String sql, Meaning meaning) {
        Set<String> marks = new TreeSet<>();
        mark(marks, "read", meaning.certainRead());
        mark(marks, "locks", meaning.locks());
        mark(marks, "draws", meaning.drawsSequence());
        mark(marks, "calls", meaning.callsUnknown());
        mark(marks, "commits", meaning.commitsByItself());
        mark(marks, "disguised", meaning.disguised());
        mark(marks, "temporary", meaning.temporary());
        return new Expectation(syntax, sql, meaning.kind(), meaning.verdict(), meaning.target(), marks);
    }

    private static void mark(Set<String> marks, String mark, boolean holds) {
        if (holds) {
            marks.add(mark);
        }
    }
}
