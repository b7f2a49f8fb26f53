package org.batonjdbc.driver.option;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.batonjdbc.store.SqlState;

/**
 * What the values of an option look like, and how their text becomes a value. Names of units and of choices may be
 * written in any case.
 */
public final class Kind<T> {
    /** Of any amount, whatever its unit: deadlines in nanoseconds and sizes in bytes must not overflow. */
    private static final long LARGEST = 1_000_000;

    private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,15})\\s*([a-zA-Z]*)");

    /** A time such as {@code 30s}. */
    public static final Kind<Duration> DURATION =
            new Kind<>("a time such as 500ms, 30s or 2min", List.of(), Kind::duration);
    /** A size such as {@code 64MB}; units are powers of 1024. */
    public static final Kind<Long> BYTES = new Kind<>("a size such as 64MB or 1GB, from 1KB", List.of(), Kind::bytes);
    /** A count that must be positive. */
    public static final Kind<Integer> COUNT = new Kind<>("a whole number from 1 to 1000000", List.of(), Kind::count);
    /** {@code true} or {@code false}. */
    public static final Kind<Boolean> FLAG =
            new Kind<>("true or false", List.of("true", "false"), text -> switch (text.toLowerCase(Locale.ROOT)) {
                case "true" -> true;
                case "false" -> false;
                default -> null;
            });
    /** A directory, which need not exist. */
    public static final Kind<Path> DIRECTORY = new Kind<>("the path of a directory", List.of(), Kind::path);

    private final String allowed;
    private final List<String> choices;
    private final Reader<T> reader;

    /** Makes a value of a text; null if it cannot. */
    @FunctionalInterface
    private interface Reader<T> {
        T read(String text);
    }

    private Kind(String allowed, List<String> choices, Reader<T> reader) {
        this.allowed = allowed;
        this.choices = choices;
        this.reader = reader;
    }

    /** One of the constants of an enum, in lower case. */
    public static <E extends Enum<E>> Kind<E> oneOf(Class<E> type) {
        List<String> choices = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
        return new Kind<>(
                "one of " + String.join(", ", choices),
                choices,
                text -> Arrays.stream(type.getEnumConstants())
                        .filter(constant -> constant.name().equalsIgnoreCase(text))
                        .findFirst()
                        .orElse(null));
    }

    /** What may be written, for messages and documentation, such as {@code true or false}. */
    public String allowed() {
        return allowed;
    }

    /** All values that there are, if they can be listed; else empty. */
    public List<String> choices() {
        return choices;
    }

    /**
     * Reads the value of the option of that name.
     *
     * @throws SQLException 22023 saying what is allowed
     */
    public T parse(String name, String text) throws SQLException {
        T value = reader.read(text.strip());
        if (value == null) {
            throw SqlState.BAD_OPTION.error("option " + name + "=" + text + ": allowed is " + allowed);
        }
        return value;
    }

    private static Duration duration(String text) {
        Matcher matcher = AMOUNT.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        long amount = Long.parseLong(matcher.group(1));
        if (amount > LARGEST) {
            return null;
        }
        return switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "min" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> null;
        };
    }

    private static Long bytes(String text) {
        Matcher matcher = AMOUNT.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        long unit = switch (matcher.group(2).toUpperCase(Locale.ROOT)) {
            case "KB" -> 1L << 10;
            case "MB" -> 1L << 20;
            case "GB" -> 1L << 30;
            case "TB" -> 1L << 40;
            default -> 0;
        };
        long amount = Long.parseLong(matcher.group(1));
        return unit == 0 || amount < 1 || amount > LARGEST ? null : Long.valueOf(amount * unit);
    }

    private static Integer count(String text) {
        Matcher matcher = AMOUNT.matcher(text);
        if (!matcher.matches() || !matcher.group(2).isEmpty()) {
            return null;
        }
        long number = Long.parseLong(matcher.group(1));
        return number < 1 || number > LARGEST ? null : Integer.valueOf((int) number);
    }

    private static Path path(String text) {
        try {
            return text.isEmpty() ? null : Path.of(text);
        } catch (InvalidPathException e) {
            return null; // parse() says what is allowed
        }
    }
}
