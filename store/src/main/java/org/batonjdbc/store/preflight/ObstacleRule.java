package org.batonjdbc.store.preflight;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.batonjdbc.store.dialect.Obstacle;

/** What the active store has beyond what its dialect carries over, as far as the dialect itself knows. */
final class ObstacleRule implements Rule {
    @Override
    public String name() {
        return "carried-over";
    }

    /** Schemas of engines in this process are tried out instead. */
    @Override
    public boolean applies(Facts facts) {
        return facts.from().keyTriggers().isPresent();
    }

    @Override
    public void check(Facts facts, Findings findings) throws SQLException {
        List<Obstacle> obstacles = new ArrayList<>(facts.from().obstacles(facts.active(), facts.excluded()));
        if (facts.to().filter(to -> !to.engine().equals(facts.from().engine())).isPresent()) {
            obstacles.addAll(facts.from().obstaclesToOther(facts.active(), facts.excluded()));
        }
        if (facts.target().isPresent()) {
            facts.from().mismatch(facts.active(), facts.target().orElseThrow()).ifPresent(obstacles::add);
        }
        for (Obstacle obstacle : obstacles) {
            if (obstacle.prevents()) {
                findings.error(name(), obstacle.object(), obstacle.message(), obstacle.remedy());
            } else {
                findings.warning(name(), obstacle.object(), obstacle.message(), obstacle.remedy());
            }
        }
    }

    @Override
    public String passed(Facts facts) {
        return "nothing is known that would be left behind";
    }
}
