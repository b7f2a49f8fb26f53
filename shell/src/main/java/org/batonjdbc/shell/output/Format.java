package org.batonjdbc.shell.output;

import java.io.Writer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The forms in which results can be printed. */
public enum Format {
    /** Aligned columns between bars. */
    TABLE("aligned columns", true),
    /** A line for each value, for wide rows. */
    VERTICAL("a line for each value", true),
    /** A table where it fits the screen, else a line for each value. */
    AUTO("a table where it fits the screen, else vertical", true),
    /** RFC 4180 with a heading; null is an empty field, an empty string is {@code ""}. */
    CSV("comma-separated, null is empty, an empty string is \"\"", false),
    /** Tab-separated with a heading; tabs, line ends and backslashes are escaped, null is {@code \N}. */
    TSV("tab-separated, null is \\N", false),
    /** One array of objects. */
    JSON("an array of objects", false),
    /** One object a line. */
    JSONLINES("an object a line", false),
    /** A table as GitHub and others render it. */
    MARKDOWN("a Markdown table", false),
    /** A table as browsers render it. */
    HTML("an HTML table", false),
    /** Statements that would insert the rows. */
    INSERT("an INSERT statement for each row", false);

    private final String meaning;
    private final boolean forPeople;

    Format(String meaning, boolean forPeople) {
        this.meaning = meaning;
        this.forPeople = forPeople;
    }

    /** Finds a format by its name in any case. */
    public static Optional<Format> named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.toString().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** The names of all formats, as one reads them in a sentence. */
    public static String names() {
        return Arrays.stream(values()).map(Format::toString).collect(Collectors.joining(", "));
    }

    /** A few words that say what it looks like. */
    public String meaning() {
        return meaning;
    }

    /** Whether counts may be printed between results; programs that read the other formats would stumble over them. */
    public boolean isForPeople() {
        return forPeople;
    }

    /** A printer for one result; that of {@link #AUTO} is a table, since no screen is known here. */
    public ResultPrinter printer(Writer out, Look look) {
        return switch (this) {
            case TABLE, AUTO -> new TablePrinter(out, look);
            case VERTICAL -> new VerticalPrinter(out, look);
            case CSV -> new CsvPrinter(out);
            case TSV -> new TsvPrinter(out);
            case JSON -> JsonPrinter.array(out);
            case JSONLINES -> JsonPrinter.lines(out);
            case MARKDOWN -> new MarkdownPrinter(out, look);
            case HTML -> new HtmlPrinter(out, look);
            case INSERT -> new InsertPrinter(out);
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
