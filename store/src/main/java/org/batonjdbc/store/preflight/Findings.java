package org.batonjdbc.store.preflight;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what rules find; used by one thread. */
final class Findings {
    private final List<Finding> findings = new ArrayList<>();

    void error(String rule, Object object, String message, String remedy) {
        findings.add(new Finding(Severity.ERROR, rule, object.toString(), message, remedy));
    }

    void warning(String rule, Object object, String message, String remedy) {
        findings.add(new Finding(Severity.WARNING, rule, object.toString(), message, remedy));
    }

    void passed(String rule, Object object, String message) {
        findings.add(new Finding(Severity.OK, rule, object.toString(), message, ""));
    }

    /** Whether the rule has found anything yet. */
    boolean mentions(String rule) {
        return findings.stream().anyMatch(finding -> finding.rule().equals(rule));
    }

    /** Errors first, then warnings, each in the order in which they were found. */
    List<Finding> sorted() {
        return findings.stream().sorted(Comparator.comparing(Finding::severity)).toList();
    }
}
