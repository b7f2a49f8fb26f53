package org.batonjdbc.tests.twin;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/** Random statements on three tables, many of which meet the same few rows, and some of which fail. */
final class Statements {
    static final List<String> TABLES = List.of("parent", "child", "thing");

    private static final Pattern NUMBER = Pattern.compile("#");

    private static final List<String> FORMS = List.of(
            "INSERT INTO parent(id, code, qty) VALUES (#, 'c#', #)",
            "INSERT INTO parent(id, code) VALUES (#, 'c#'), (#, 'c#'), (#, 'd#')",
            "INSERT INTO parent SELECT id + 40, code || 'x', qty, price FROM parent WHERE id < # AND id < 8",
            "INSERT INTO child(parent_id, line, note) VALUES (#, #, 'n#')",
            "INSERT INTO child(parent_id, line) SELECT id, # FROM parent WHERE qty > #",
            "INSERT INTO thing(name, size) VALUES ('t#', #.25)",
            "INSERT INTO thing(name) VALUES ('t#'), ('u#'), ('v#')",
            "INSERT INTO thing DEFAULT VALUES",
            "UPDATE parent SET qty = qty + 1 WHERE id = #",
            "UPDATE parent SET qty = -1 WHERE id = #",
            "UPDATE parent SET code = 'c#' WHERE id = #",
            "UPDATE parent SET id = # WHERE id = #",
            "UPDATE parent SET price = price * 1.1, qty = NULL WHERE id BETWEEN # AND #",
            "UPDATE child SET note = note || '!' WHERE parent_id = #",
            "UPDATE child SET line = line + 1",
            "UPDATE child SET parent_id = # WHERE line = #",
            "UPDATE thing SET size = size + # WHERE MOD(id, 7) = 3",
            "UPDATE thing SET name = 'a name that is much too long for its column' WHERE id = #",
            "UPDATE thing SET name = NULL WHERE size > #",
            "DELETE FROM parent WHERE id = #",
            "DELETE FROM parent WHERE id > #",
            "DELETE FROM child WHERE parent_id = # AND line = #",
            "DELETE FROM thing WHERE id IN (SELECT id FROM thing ORDER BY id LIMIT 3)",
            "DELETE FROM thing WHERE size < #",
            "MERGE INTO parent(id, code, qty) KEY(id) VALUES (#, 'm#', #)",
            "MERGE INTO thing(id, name) KEY(id) VALUES (#, 'merged')",
            "MERGE INTO parent p USING (SELECT # AS i) s ON (p.id = s.i)"
                    + " WHEN MATCHED THEN UPDATE SET qty = 5 WHEN NOT MATCHED THEN INSERT (id, code) VALUES (s.i, 'g#')",
            "SELECT * FROM parent ORDER BY id",
            "SELECT COUNT(*), SUM(qty) FROM parent WHERE id < #",
            "SELECT p.code, c.line FROM parent p JOIN child c ON c.parent_id = p.id ORDER BY 1, 2",
            "SELECT * FROM parent WHERE id = # FOR UPDATE",
            "SELECT * FROM nowhere",
            "INSERT INTO parent(id, nothing) VALUES (1, 1)",
            "INSERT INTO parent(id, code) VALUES ('not a number', 'x')",
            "UPDATE parent SET qty = 1 / 0 WHERE id = #",
            "DELETE FROM parent WHERE");

    private static final List<String> CHANGES = FORMS.stream()
            .filter(form -> form.matches("(INSERT INTO|UPDATE|DELETE FROM) (child|thing) .*"))
            .toList();

    private final Random random;

    Statements(Random random) {
        this.random = random;
    }

    /** What both stores begin with. */
    static List<String> schema() {
        return List.of(
                "CREATE TABLE parent(id INT PRIMARY KEY, code VARCHAR(20) NOT NULL UNIQUE, qty INT DEFAULT 3"
                        + " CHECK (qty >= 0), price DECIMAL(10, 2) DEFAULT 9.99)",
                "CREATE TABLE child(parent_id INT NOT NULL, line INT NOT NULL, note VARCHAR(40) DEFAULT 'none',"
                        + " PRIMARY KEY (parent_id, line), FOREIGN KEY (parent_id) REFERENCES parent(id)"
                        + " ON DELETE CASCADE ON UPDATE CASCADE)",
                "CREATE TABLE thing(id IDENTITY PRIMARY KEY, name VARCHAR(12), size DECIMAL(12, 2) DEFAULT 1)");
    }

    /** One statement, with numbers from 0 to 19. */
    String next() {
        return filled(FORMS.get(random.nextInt(FORMS.size())));
    }

    /**
     * One that inserts, updates or deletes without cascades, or fails while it does. Others are no part of batches: if an
     * element fails before it begins, or another cascades, Baton cannot tell which rows each element has changed, and
     * says 40001.
     */
    String change() {
        return filled(CHANGES.get(random.nextInt(CHANGES.size())));
    }

    private String filled(String form) {
        return NUMBER.matcher(form).replaceAll(place -> Integer.toString(random.nextInt(20)));
    }

    /** A statement with parameters instead of numbers, for batches. */
    String insert() {
        return random.nextBoolean()
                ? "INSERT INTO parent(id, code) VALUES (?, ?)"
                : "UPDATE parent SET qty = ? WHERE code = ?";
    }
}
