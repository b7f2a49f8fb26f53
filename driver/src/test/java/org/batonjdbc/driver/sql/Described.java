package org.batonjdbc.driver.sql;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A skeleton in words, one clause after the other, with the parameters of each in braces. */
final class Described {
    private final String text;
    private final StringBuilder words = new StringBuilder();

    private Described(String text) {
        this.text = text;
    }

    static String of(String text, Optional<Skeleton> skeleton) {
        return skeleton.map(found -> new Described(text).describe(found)).orElse("none");
    }

    private String describe(Skeleton skeleton) {
        skeleton.with().ifPresent(slice -> add("", slice));
        String verb = skeleton.getClass().getSimpleName().toUpperCase(java.util.Locale.ROOT);
        Skeleton.Target target = skeleton.target();
        word(verb + " " + target.slice().in(text)
                + target.alias().map(alias -> " as " + alias.text()).orElse(""));
        if (skeleton instanceof Skeleton.Insert insert) {
            describe(insert);
        } else if (skeleton instanceof Skeleton.Update update) {
            update.set().forEach(part -> add("set " + join(part.columns()) + " =", part.value()));
            add("from", update.from());
            add("where", update.where());
            add("order by", update.orderBy());
            add("limit", update.limit());
        } else if (skeleton instanceof Skeleton.Delete delete) {
            add("using", delete.using());
            add("where", delete.where());
            add("order by", delete.orderBy());
            add("limit", delete.limit());
        } else if (skeleton instanceof Skeleton.Merge merge) {
            add("using", merge.using());
            add("on", merge.on());
            merge.branches().forEach(this::describe);
        }
        add("returning", skeleton.returning());
        return words.toString();
    }

    private void describe(Skeleton.Insert insert) {
        if (insert.replaces()) {
            word("replaces");
        }
        if (!insert.columns().isEmpty()) {
            word("columns " + parts(insert.columns()));
        }
        if (!insert.key().isEmpty()) {
            word("key " + parts(insert.key()));
        }
        if (insert.source() instanceof Skeleton.Source.Rows rows) {
            rows.rows()
                    .forEach(row -> word("row " + row.stream().map(this::words).collect(Collectors.joining(", "))));
        } else if (insert.source() instanceof Skeleton.Source.Query query) {
            add("query", query.text());
        } else {
            word("defaults");
        }
        add("conflict", insert.conflict());
    }

    private void describe(Skeleton.Branch branch) {
        add("when", branch.matched());
        add("and", branch.condition());
        add("then " + branch.action(), branch.text());
    }

    private void add(String name, Optional<Slice> slice) {
        slice.ifPresent(present -> add(name, present));
    }

    private void add(String name, Slice slice) {
        word((name + " " + words(slice)).strip());
    }

    private String words(Slice slice) {
        return slice.in(text) + (slice.parameters().isEmpty() ? "" : " " + slice.parameters());
    }

    private void word(String word) {
        words.append(words.isEmpty() ? "" : " | ").append(word);
    }

    private static String join(List<Name> names) {
        return names.stream().map(Name::toString).collect(Collectors.joining(", "));
    }

    private static String parts(List<Name.Part> parts) {
        return parts.stream().map(Name.Part::text).collect(Collectors.joining(", "));
    }
}
