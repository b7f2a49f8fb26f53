package org.batonjdbc.tests.twin;

import java.util.Map;
import java.util.TreeMap;

/** How many statements a run has executed, by their forms and what came of them. */
final class Tally {
    private final Map<String, int[]> forms = new TreeMap<>();
    private int statements;
    private int scenarios;

    void scenario() {
        scenarios++;
    }

    void add(Step.Use step, Outcome outcome) {
        String form = form(step);
        if (!(step instanceof Step.Control)) {
            statements += count(step);
        }
        int[] counts = forms.computeIfAbsent(form, key -> new int[2]);
        counts[0]++;
        counts[1] += outcome.isError() ? 1 : 0;
    }

    void refused(Step.Refused step) {
        statements++;
        forms.computeIfAbsent("refused " + firstWord(step.sql()), key -> new int[2])[0]++;
    }

    private static int count(Step.Use step) {
        if (step instanceof Step.Batch batch) {
            return batch.sql().rows().size();
        }
        if (step instanceof Step.TextBatch batch) {
            return batch.texts().size();
        }
        return step instanceof Step.RowChanges changes ? changes.changes().size() + 1 : 1;
    }

    private static String form(Step.Use step) {
        String kind = step.getClass().getSimpleName();
        if (step instanceof Step.Execute execute) {
            return execute.how() + " " + verb(execute.sql().text());
        }
        return step instanceof Step.Batch batch ? kind + " " + verb(batch.sql().text()) : kind;
    }

    private static String verb(String sql) {
        return sql.contains(" TABLE (") ? "SELECT FROM TABLE" : firstWord(sql);
    }

    private static String firstWord(String sql) {
        return sql.substring(0, sql.indexOf(' '));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(scenarios + " scenarios, " + statements + " statements\n");
        forms.forEach((form, counts) -> text.append(form)
                .append(": ")
                .append(counts[0])
                .append(", failing ")
                .append(counts[1])
                .append('\n'));
        return text.toString();
    }
}
