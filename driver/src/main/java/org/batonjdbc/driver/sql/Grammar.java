package org.batonjdbc.driver.sql;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl.LexicalState;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.batonjdbc.driver.sql.parser.BatonSqlParserImpl;
import org.batonjdbc.driver.sql.parser.Outline;
import org.batonjdbc.driver.sql.parser.ParseException;
import org.batonjdbc.driver.sql.parser.TokenMgrError;

/**
 * A second opinion on how a statement is put together, by the parser that is generated from Calcite's grammar. Where it
 * can read a statement it must see the same parts as the slices do; where it cannot, which is where engines differ from
 * the standard, it has no say. The first call loads Calcite.
 */
final class Grammar {
    private Grammar() {}

    /** What the grammar found in a text, in the words of {@link Outline}; empty if it cannot read it. */
    static Optional<List<String>> outline(String sql, Syntax syntax) {
        BatonSqlParserImpl parser = new BatonSqlParserImpl(new StringReader(StandIn.of(sql, syntax)));
        parser.setTabSize(1);
        parser.setQuotedCasing(Casing.UNCHANGED);
        parser.setUnquotedCasing(Casing.UNCHANGED);
        parser.setIdentifierMaxLength(Integer.MAX_VALUE);
        parser.setConformance(SqlConformanceEnum.BABEL);
        parser.switchTo(LexicalState.DQID);
        try {
            return Optional.of(parser.StatementEof().words());
        } catch (ParseException | TokenMgrError | RuntimeException e) {
            return Optional.empty(); // Calcite answers some of what it cannot read with a NullPointerException
        } catch (StackOverflowError e) {
            return Optional.empty(); // nested deeper than a recursive parser can follow
        }
    }

    /** Whether the grammar sees other parts in a statement than its skeleton has. */
    static boolean contradicts(String sql, Syntax syntax, Skeleton skeleton) {
        return outline(sql, syntax)
                .filter(words -> !words.equals(words(sql, skeleton)))
                .isPresent();
    }

    /** A skeleton in the words of {@link Outline}. */
    static List<String> words(String sql, Skeleton skeleton) {
        List<String> words = new ArrayList<>();
        skeleton.with().ifPresent(with -> words.add("with"));
        if (skeleton instanceof Skeleton.Insert insert) {
            target(words, "INSERT", insert.target());
            if (insert.replaces()) {
                words.add("replaces");
            }
            count(words, "columns", insert.columns().size());
            count(words, "key", insert.key().size());
            words.add(source(insert.source()));
            insert.conflict().ifPresent(conflict -> words.add("conflict"));
        } else if (skeleton instanceof Skeleton.Update update) {
            limit(words, sql, update.limit(), true);
            target(words, "UPDATE", update.target());
            words.add("set " + update.set().size());
            update.from().ifPresent(from -> words.add("from"));
            tail(words, update.where(), update.orderBy());
            limit(words, sql, update.limit(), false);
        } else if (skeleton instanceof Skeleton.Delete delete) {
            limit(words, sql, delete.limit(), true);
            target(words, "DELETE", delete.target());
            delete.using().ifPresent(using -> words.add("using"));
            tail(words, delete.where(), delete.orderBy());
            limit(words, sql, delete.limit(), false);
        } else if (skeleton instanceof Skeleton.Merge merge) {
            target(words, "MERGE", merge.target());
            words.add("branches " + merge.branches().size());
        }
        skeleton.returning().ifPresent(returning -> words.add("returning"));
        return words;
    }

    private static void target(List<String> words, String verb, Skeleton.Target target) {
        words.add(verb);
        words.add(Outline.plain(target.name().last().text()));
        target.alias().ifPresent(alias -> words.add("alias"));
    }

    private static void count(List<String> words, String word, int count) {
        if (count > 0) {
            words.add(word + " " + count);
        }
    }

    private static String source(Skeleton.Source source) {
        if (source instanceof Skeleton.Source.Rows rows) {
            return "rows " + rows.rows().size();
        }
        return source instanceof Skeleton.Source.Defaults ? "defaults" : "query";
    }

    private static void tail(List<String> words, Optional<Slice> where, Optional<Slice> orderBy) {
        where.ifPresent(slice -> words.add("where"));
        orderBy.ifPresent(slice -> words.add("orderBy"));
    }

    /** TOP stands before the target, LIMIT and its like behind everything else. */
    private static void limit(List<String> words, String sql, Optional<Slice> limit, boolean before) {
        limit.filter(slice -> slice.in(sql).regionMatches(true, 0, "TOP", 0, 3) == before)
                .ifPresent(slice -> words.add("limit"));
    }
}
