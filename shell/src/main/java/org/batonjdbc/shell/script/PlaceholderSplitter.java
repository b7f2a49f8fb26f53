package org.batonjdbc.shell.script;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Placeholder until the driver's splitter is there. */
final class PlaceholderSplitter {
    record Piece(int start, int end, boolean terminated, boolean blank) {}

    private static final Pattern TOKEN = Pattern.compile(
            "(?s)(?<skip>\\s+|--[^\n]*|/\\*.*?\\*/)|'[^']*'|\"[^\"]*\"|\\$\\$.*?\\$\\$|(?<end>;)|(?<open>'|\"|/\\*|\\$\\$).*|.");

    static List<Piece> split(String text) {
        List<Piece> pieces = new ArrayList<>();
        Matcher m = TOKEN.matcher(text);
        int start = -1;
        while (m.find()) {
            if (m.group("skip") != null) {
                continue;
            }
            if (m.group("end") != null) {
                pieces.add(new Piece(start < 0 ? m.start() : start, m.start(), true, start < 0));
                start = -1;
            } else if (start < 0) {
                start = m.start();
            }
        }
        if (start >= 0) {
            pieces.add(new Piece(start, text.length(), false, false));
        }
        return pieces;
    }

    private PlaceholderSplitter() {}
}
