package org.batonjdbc.driver.sql;

/** A way in which one engine's SQL is read or acts differently from another's; each {@link Syntax} is a set of them. */
enum Trait {
    /** A comment inside a comment must be closed too. */
    NESTED_COMMENTS,
    /** Some releases nest comments and others do not, so that texts which do are read in both ways. */
    NESTING_VARIES,
    /** {@code // comment}. */
    SLASH_COMMENTS,
    /** {@code # comment}. */
    HASH_COMMENTS,
    /** {@code --} begins a comment only where white space follows. */
    DASHES_NEED_SPACE,
    /** A carriage return alone does not end a line. */
    LINE_FEED_ENDS_COMMENT,
    /** What stands in {@code /*! ... *}{@code /} is code. */
    EXECUTABLE_COMMENTS,
    /** A backslash escapes the next character of every string, unless a setting says otherwise. */
    BACKSLASHES,
    /** A backslash escapes in every string if an old setting says so. */
    BACKSLASHES_VARY,
    /** {@code E'...'}, in which a backslash escapes. */
    ESCAPE_STRINGS,
    /** {@code "..."} is a string, unless a setting says otherwise. */
    DOUBLE_QUOTED_STRINGS,
    /** {@code `identifier`}. */
    BACKTICKS,
    /** {@code [identifier]}. */
    BRACKETS,
    /** {@code $$string$$}. */
    DOLLAR_QUOTES,
    /** {@code $tag$string$tag$}. */
    DOLLAR_TAGS,
    /** {@code $1} is a parameter. */
    DOLLAR_PARAMETERS,
    /** {@code ?1} is a parameter. */
    NUMBERED_PARAMETERS,
    /** {@code ??} stands for the operator {@code ?}. */
    DOUBLED_QUESTION_MARKS,
    /** {@code @name} is a variable. */
    VARIABLES,
    /** Routines hold blocks from BEGIN to END, in which semicolons do not end the statement. */
    BLOCKS,
    /** The same, but only from BEGIN ATOMIC. */
    ATOMIC_BLOCKS,
    /** CALL takes any expression, so that one of functions which leave rows alone is a read. */
    CALL_READS,
    /** DO takes any expression too, and is no block of code. */
    DO_READS,
    /** LOCK TABLES commits and keeps the session from every other table. */
    LOCK_TABLES_EXCLUDES,
    /** Schema changes, and what else the classifier lists, commit. */
    DDL_COMMITS,
    /** Creating a temporary table commits like any other schema change. */
    TEMPORARY_DDL_COMMITS,
    /** TRUNCATE commits. */
    TRUNCATE_COMMITS,
    /** BEGIN and START TRANSACTION commit what is open. */
    BEGIN_COMMITS,
    /** BACKUP, CHECKPOINT, ALTER SEQUENCE and ALTER TABLE ... SET REFERENTIAL_INTEGRITY leave the transaction open. */
    SOME_DDL_LEAVES_OPEN,
    /** PREPARE and DEALLOCATE commit. */
    PREPARE_COMMITS,
    /** RETURNING begins a clause of INSERT, UPDATE and DELETE. */
    RETURNING_CLAUSE,
    /** DELETE ... USING names the table that is changed again. */
    USING_NAMES_TARGET,
    /** SELECT ... INTO name creates a table. */
    SELECT_INTO_CREATES
}
