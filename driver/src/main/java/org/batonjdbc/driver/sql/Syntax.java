package org.batonjdbc.driver.sql;

import static org.batonjdbc.driver.sql.Trait.ATOMIC_BLOCKS;
import static org.batonjdbc.driver.sql.Trait.BACKSLASHES;
import static org.batonjdbc.driver.sql.Trait.BACKSLASHES_VARY;
import static org.batonjdbc.driver.sql.Trait.BACKTICKS;
import static org.batonjdbc.driver.sql.Trait.BEGIN_COMMITS;
import static org.batonjdbc.driver.sql.Trait.BLOCKS;
import static org.batonjdbc.driver.sql.Trait.BRACKETS;
import static org.batonjdbc.driver.sql.Trait.CALL_READS;
import static org.batonjdbc.driver.sql.Trait.DASHES_NEED_SPACE;
import static org.batonjdbc.driver.sql.Trait.DDL_COMMITS;
import static org.batonjdbc.driver.sql.Trait.DOLLAR_PARAMETERS;
import static org.batonjdbc.driver.sql.Trait.DOLLAR_QUOTES;
import static org.batonjdbc.driver.sql.Trait.DOLLAR_TAGS;
import static org.batonjdbc.driver.sql.Trait.DOUBLED_QUESTION_MARKS;
import static org.batonjdbc.driver.sql.Trait.DOUBLE_QUOTED_STRINGS;
import static org.batonjdbc.driver.sql.Trait.DO_READS;
import static org.batonjdbc.driver.sql.Trait.ESCAPE_STRINGS;
import static org.batonjdbc.driver.sql.Trait.EXECUTABLE_COMMENTS;
import static org.batonjdbc.driver.sql.Trait.HASH_COMMENTS;
import static org.batonjdbc.driver.sql.Trait.LINE_FEED_ENDS_COMMENT;
import static org.batonjdbc.driver.sql.Trait.LOCK_TABLES_EXCLUDES;
import static org.batonjdbc.driver.sql.Trait.NESTED_COMMENTS;
import static org.batonjdbc.driver.sql.Trait.NESTING_VARIES;
import static org.batonjdbc.driver.sql.Trait.NUMBERED_PARAMETERS;
import static org.batonjdbc.driver.sql.Trait.PREPARE_COMMITS;
import static org.batonjdbc.driver.sql.Trait.RETURNING_CLAUSE;
import static org.batonjdbc.driver.sql.Trait.SELECT_INTO_CREATES;
import static org.batonjdbc.driver.sql.Trait.SLASH_COMMENTS;
import static org.batonjdbc.driver.sql.Trait.SOME_DDL_LEAVES_OPEN;
import static org.batonjdbc.driver.sql.Trait.TEMPORARY_DDL_COMMITS;
import static org.batonjdbc.driver.sql.Trait.TRUNCATE_COMMITS;
import static org.batonjdbc.driver.sql.Trait.USING_NAMES_TARGET;
import static org.batonjdbc.driver.sql.Trait.VARIABLES;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;

/** The SQL of one engine, as data: in what its text is read, and its statements act, unlike others'. */
public enum Syntax {
    /** H2 of any release in any mode but MSSQLServer. */
    H2(
            NESTED_COMMENTS,
            NESTING_VARIES,
            SLASH_COMMENTS,
            BACKTICKS,
            DOLLAR_QUOTES,
            DOLLAR_PARAMETERS,
            NUMBERED_PARAMETERS,
            VARIABLES,
            CALL_READS,
            SOME_DDL_LEAVES_OPEN,
            PREPARE_COMMITS,
            DDL_COMMITS,
            TEMPORARY_DDL_COMMITS,
            TRUNCATE_COMMITS),
    /** H2 in MODE=MSSQLServer, where brackets quote identifiers. */
    H2_MSSQLSERVER(
            NESTED_COMMENTS,
            NESTING_VARIES,
            SLASH_COMMENTS,
            BACKTICKS,
            BRACKETS,
            DOLLAR_QUOTES,
            DOLLAR_PARAMETERS,
            NUMBERED_PARAMETERS,
            VARIABLES,
            CALL_READS,
            SOME_DDL_LEAVES_OPEN,
            PREPARE_COMMITS,
            DDL_COMMITS,
            TEMPORARY_DDL_COMMITS,
            TRUNCATE_COMMITS),
    HSQLDB(SLASH_COMMENTS, BLOCKS, CALL_READS, DDL_COMMITS, TEMPORARY_DDL_COMMITS),
    DERBY(NESTED_COMMENTS, NESTING_VARIES),
    POSTGRESQL(
            NESTED_COMMENTS,
            BACKSLASHES_VARY,
            ESCAPE_STRINGS,
            DOLLAR_QUOTES,
            DOLLAR_TAGS,
            DOLLAR_PARAMETERS,
            DOUBLED_QUESTION_MARKS,
            ATOMIC_BLOCKS,
            RETURNING_CLAUSE,
            SELECT_INTO_CREATES),
    MARIADB(
            HASH_COMMENTS,
            DASHES_NEED_SPACE,
            LINE_FEED_ENDS_COMMENT,
            DO_READS,
            EXECUTABLE_COMMENTS,
            BACKSLASHES,
            DOUBLE_QUOTED_STRINGS,
            BACKTICKS,
            VARIABLES,
            BLOCKS,
            LOCK_TABLES_EXCLUDES,
            USING_NAMES_TARGET,
            RETURNING_CLAUSE,
            DDL_COMMITS,
            TRUNCATE_COMMITS,
            BEGIN_COMMITS),
    /** An engine that is not known: what may commit by itself is taken to do so. */
    GENERIC(
            NESTED_COMMENTS,
            NESTING_VARIES,
            BACKSLASHES_VARY,
            BACKTICKS,
            DOLLAR_QUOTES,
            DOLLAR_TAGS,
            RETURNING_CLAUSE,
            BLOCKS,
            DDL_COMMITS,
            TEMPORARY_DDL_COMMITS,
            TRUNCATE_COMMITS,
            BEGIN_COMMITS,
            SELECT_INTO_CREATES);

    @SuppressWarnings("ImmutableEnumChecker") // nobody else gets hold of it, and no other set is as fast
    private final EnumSet<Trait> traits;

    Syntax(Trait... traits) {
        this.traits = EnumSet.copyOf(List.of(traits));
    }

    boolean has(Trait trait) {
        return traits.contains(trait);
    }

    /** The syntax of an engine by its name as a dialect or its JDBC driver gives it, such as {@code Apache Derby}. */
    public static Syntax of(String engineName) {
        String name = engineName.toLowerCase(Locale.ROOT);
        if (name.contains("h2")) {
            return H2;
        } else if (name.contains("hsql")) {
            return HSQLDB;
        } else if (name.contains("derby")) {
            return DERBY;
        } else if (name.contains("postgres")) {
            return POSTGRESQL;
        }
        return name.contains("maria") || name.contains("mysql") ? MARIADB : GENERIC;
    }
}
