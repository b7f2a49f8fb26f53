package org.batonjdbc.shell.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Objects whose names are the column labels: in one array, or one a line. A label that comes twice gets a number, since
 * most readers would drop all but the last of the same name. A result that ends early leaves the array open, so that no
 * reader takes it for a whole one.
 */
final class JsonPrinter implements ResultPrinter {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
            .build();

    private final Writer out;
    private final boolean array;
    private JsonGenerator generator;
    private String[] names = {};
    private boolean first = true;

    private JsonPrinter(Writer out, boolean array) {
        this.out = out;
        this.array = array;
    }

    static JsonPrinter array(Writer out) {
        return new JsonPrinter(out, true);
    }

    static JsonPrinter lines(Writer out) {
        return new JsonPrinter(out, false);
    }

    @Override
    public void begin(List<Column> columns) throws IOException {
        names = distinct(columns);
        generator = FACTORY.createGenerator(out);
        generator.setPrettyPrinter(new MinimalPrettyPrinter(""));
        if (array) {
            out.append('[');
        }
    }

    private static String[] distinct(List<Column> columns) {
        Set<String> taken = new HashSet<>();
        columns.forEach(column -> taken.add(column.label()));
        Set<String> used = new HashSet<>();
        String[] names = new String[columns.size()];
        for (int i = 0; i < names.length; i++) {
            String name = columns.get(i).label();
            for (int n = 2; !used.add(name); n++) {
                String numbered = columns.get(i).label() + "_" + n;
                if (!taken.contains(numbered)) {
                    name = numbered;
                }
            }
            names[i] = name;
        }
        return names;
    }

    @Override
    public void row(Object[] values) throws IOException {
        out.append(array ? first ? "\n" : ",\n" : "");
        first = false;
        generator.writeStartObject();
        for (int i = 0; i < values.length; i++) {
            generator.writeFieldName(names[i]);
            write(values[i]);
        }
        generator.writeEndObject();
        generator.flush();
        out.append(array ? "" : "\n");
    }

    private void write(Object value) throws IOException {
        if (value == null) {
            generator.writeNull();
        } else if (value instanceof Boolean bool) {
            generator.writeBoolean(bool);
        } else if (value instanceof Number number) {
            writeNumber(number);
        } else if (value instanceof List<?> list) {
            generator.writeStartArray();
            for (Object element : list) {
                write(element);
            }
            generator.writeEndArray();
        } else {
            generator.writeString(Cell.text(value));
        }
    }

    /** Infinity and NaN are no numbers in JSON and become strings. */
    private void writeNumber(Number number) throws IOException {
        if (number instanceof Double || number instanceof Float) {
            if (Double.isFinite(number.doubleValue())) {
                generator.writeNumber(number.toString());
            } else {
                generator.writeString(number.toString());
            }
        } else if (number instanceof BigDecimal || number instanceof BigInteger) {
            generator.writeNumber(Cell.text(number));
        } else {
            generator.writeNumber(number.longValue());
        }
    }

    @Override
    public void end(boolean complete) throws IOException {
        if (array) {
            out.append(complete ? first ? "]\n" : "\n]\n" : "\n");
        }
    }
}
