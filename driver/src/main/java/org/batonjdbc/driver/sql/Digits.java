package org.batonjdbc.driver.sql;

/**
 * Finds the end of a number: digits, a fraction and an exponent, or hexadecimal digits. Letters right behind one are a
 * word of their own, as in {@code WHERE id = 1FOR UPDATE}.
 */
final class Digits {
    private final String text;
    private int at;

    private Digits(String text, int start) {
        this.text = text;
        this.at = start;
    }

    /** Behind the number that begins at {@code start} with a digit or a point. */
    static int end(String text, int start) {
        Digits digits = new Digits(text, start);
        if (!digits.hexadecimal()) {
            digits.decimal();
        }
        return digits.at;
    }

    private boolean hexadecimal() {
        boolean prefix = at + 2 < text.length() && text.charAt(at) == '0' && (text.charAt(at + 1) | 0x20) == 'x';
        if (!prefix || Character.digit(text.charAt(at + 2), 16) < 0) {
            return false;
        }
        at += 2;
        while (at < text.length() && Character.digit(text.charAt(at), 16) >= 0) {
            at++;
        }
        return true;
    }

    private void decimal() {
        skip();
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            skip();
        }
        if (at < text.length() && (text.charAt(at) | 0x20) == 'e') {
            int sign = at + 1 < text.length() && "+-".indexOf(text.charAt(at + 1)) >= 0 ? 2 : 1;
            if (isDigit(at + sign)) {
                at += sign;
                skip();
            }
        }
    }

    private void skip() {
        while (isDigit(at) || (at < text.length() && text.charAt(at) == '_' && isDigit(at + 1))) {
            at++;
        }
    }

    private boolean isDigit(int index) {
        return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }
}
