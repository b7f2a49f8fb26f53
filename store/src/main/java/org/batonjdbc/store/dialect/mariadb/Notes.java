package org.batonjdbc.store.dialect.mariadb;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.dialect.RowSink;

/**
 * Names and text of what one upgrade's triggers need: the temporary tables in which a session notes changed rows, the real
 * tables behind them, which whoever has no temporary ones meets, and routines that act with the rights of Baton's user.
 *
 * @param sink whom the triggers serve
 * @param tables the replicated tables; a table's number is its place
 */
record Notes(RowSink sink, List<Table> tables) {
    /** A noted row was not there before the change. */
    static final int ABSENT = 0;
    /** It was there. */
    static final int THERE = 1;
    /** Nobody knows. */
    static final int MAYBE = 2;

    /** How many bytes a column of a key takes at most, for as many columns as a row may have of that. */
    private static final int LONGEST = 3072;

    private static final int ROW = 60_000;
    private static final int NAME = 16;

    /** What stands behind the names of all objects of one upgrade. */
    String suffix() {
        return "_" + sink.name().substring(0, NAME);
    }

    /** One line for each noted row. */
    String noted() {
        return MariadbNames.baton("NOTES" + suffix());
    }

    /** One line in a transaction that is admitted. */
    String admitted() {
        return MariadbNames.baton("ADMITTED" + suffix());
    }

    /** One line if all changes are to be let through. Of an engine without transactions, so that nobody waits for it. */
    String open() {
        return MariadbNames.baton("OPEN" + suffix());
    }

    String admit() {
        return MariadbNames.baton("ADMIT" + suffix());
    }

    String changed() {
        return MariadbNames.baton("CHANGED" + suffix());
    }

    String rows(int number) {
        return MariadbNames.baton("ROWS" + suffix() + "_" + number);
    }

    /** The quoted name of a trigger. */
    String trigger(int number, String kind) {
        return MariadbNames.quote(tables.get(number).name().schema()) + "."
                + MariadbNames.quote(MariadbNames.TRIGGER + sink.name().substring(0, NAME) + "_" + number + "_" + kind);
    }

    /** Everything but the triggers and what reads the rows of each table. */
    List<String> create() {
        int columns =
                tables.stream().mapToInt(table -> table.key().size()).max().orElse(1);
        String keys = each(columns, i -> ", k" + i + " VARBINARY(" + Math.min(LONGEST, ROW / columns) + ")", "");
        String notes = noted() + "(id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, t INT NOT NULL,"
                + " existed TINYINT NOT NULL, node INT NOT NULL" + keys + ", KEY(t)) ENGINE = InnoDB";
        String admitted = admitted() + "(admitted INT NOT NULL) ENGINE = InnoDB";
        String mark = "INSERT INTO " + admitted() + " VALUES (1)";
        return List.of(
                "CREATE TABLE " + notes,
                "CREATE TABLE " + admitted,
                "CREATE TABLE " + open() + "(open INT NOT NULL) ENGINE = MyISAM",
                "CREATE TRIGGER " + MariadbNames.baton("REFUSE" + suffix()) + " BEFORE INSERT ON " + admitted()
                        + " FOR EACH ROW SIGNAL SQLSTATE '55000'",
                "CREATE PROCEDURE " + admit() + "() SQL SECURITY DEFINER BEGIN\n"
                        + "DECLARE CONTINUE HANDLER FOR SQLSTATE '55000' BEGIN\n"
                        + "  CREATE TEMPORARY TABLE " + notes + ";\n"
                        + "  CREATE TEMPORARY TABLE " + admitted + ";\n  " + mark + ";\nEND;\n"
                        + mark + ";\nEND",
                // Nothing may follow: whoever writes behind it is refused.
                "CREATE PROCEDURE " + changed() + "() SQL SECURITY DEFINER BEGIN\nSELECT -1 FROM " + admitted()
                        + " UNION SELECT DISTINCT t FROM " + noted() + ";\nDELETE FROM " + admitted() + ";\nEND");
    }

    /** Everything that is dropped once no trigger refers to it. */
    static String each(int count, IntFunction<String> text, String separator) {
        return IntStream.range(0, count).mapToObj(text).collect(Collectors.joining(separator));
    }
}
