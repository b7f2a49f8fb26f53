package org.batonjdbc.driver.sql;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The functions of each engine that are known to change no row, and the words that may stand before a parenthesis
 * without being a function. They are listed in {@code functions.txt}; all others are unknown.
 */
final class Functions {
    private static final Map<Syntax, Set<String>> KNOWN = load();

    private Functions() {}

    static boolean leaveRowsAlone(Syntax syntax, String text, int start, int end) {
        return KNOWN.get(syntax).contains(text.substring(start, end).toUpperCase(Locale.ROOT));
    }

    private static Map<Syntax, Set<String>> load() {
        Map<Syntax, Set<String>> known = new EnumMap<>(Syntax.class);
        for (Syntax syntax : Syntax.values()) {
            known.put(syntax, new HashSet<>());
        }
        try (InputStream in = Functions.class.getResourceAsStream("functions.txt");
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            String[] section = {};
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String words = line.strip();
                if (words.startsWith("[")) {
                    section = words.substring(1, words.length() - 1).split(" ");
                } else if (!words.isEmpty() && !words.startsWith("#")) {
                    for (String name : section) {
                        known.get(Syntax.valueOf(name)).addAll(List.of(words.split("\\s+")));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return known;
    }
}
