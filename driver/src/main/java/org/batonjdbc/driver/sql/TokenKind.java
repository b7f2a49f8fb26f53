package org.batonjdbc.driver.sql;

/** What a {@link Token} is. */
public enum TokenKind {
    /** A keyword or an identifier without quotes; also a variable such as {@code @total}. */
    WORD,
    /** An identifier in quotes of any kind. */
    QUOTED,
    /** A character or binary string with its prefix, dollar-quoted ones included. */
    STRING,
    /** A number without its sign. */
    NUMBER,
    /** {@code ?}, {@code ?1} or {@code $1}. */
    PARAMETER,
    /** Punctuation, or an operator of one to three characters. */
    OPERATOR,
    /** A comment; of an executable one only its delimiters, for what is between them is code. */
    COMMENT,
    /** White space. */
    SPACE
}
