package org.batonjdbc.store.preflight;

import java.util.List;
import org.batonjdbc.store.catalog.UserTrigger;

/** The users' triggers edit only the rows for which they fire; what they write elsewhere would be written twice. */
final class TriggerRule implements Rule {
    @Override
    public String name() {
        return "triggers";
    }

    private static List<UserTrigger> watched(Facts facts) {
        return facts.catalog().triggers().stream()
                .filter(trigger -> !facts.isExcluded(trigger.table()))
                .toList();
    }

    @Override
    public void check(Facts facts, Findings findings) {
        for (UserTrigger trigger : watched(facts)) {
            switch (trigger.effect()) {
                case OWN_ROW, QUIET -> {}
                case OTHER_ROWS ->
                    findings.error(
                            name(),
                            trigger.name(),
                            "it writes other rows than those of " + trigger.table()
                                    + " for which it fires, or fires too" + " late to edit its own (" + trigger.body()
                                    + ")",
                            "drop it for the time of the upgrade and do its work in the application, or make it a BEFORE"
                                    + " trigger that only edits its own row");
                case UNKNOWN ->
                    findings.warning(
                            name(),
                            trigger.name(),
                            "it fires on " + trigger.table() + ", and its code cannot be looked into (" + trigger.body()
                                    + ")",
                            "make sure that it edits only the row for which it fires; if it writes other rows, drop it for"
                                    + " the time of the upgrade");
            }
        }
    }

    @Override
    public String passed(Facts facts) {
        int count = watched(facts).size();
        return count == 0
                ? "there are no triggers"
                : "all " + count + " triggers edit only the rows they fire for, or keep quiet when Baton writes";
    }
}
