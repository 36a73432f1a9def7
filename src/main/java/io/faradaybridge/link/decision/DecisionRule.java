package io.faradaybridge.link.decision;

import io.faradaybridge.configuration.ConflictPolicy;
import io.faradaybridge.configuration.StatusMapping;
import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.jira.JiraStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The decision of the bridge: a three-way merge of two statuses with the agreed pair.
 *
 * <p>A side has moved only if it differs from that pair. So echoes of the bridge's own changes, repeated and late
 * events, and a crash between a change and its commit need no timers and no markers of expected events.
 */
public final class DecisionRule {

    private DecisionRule() {}

    /**
     * @param agreed the pair (F0, J0)
     * @param faraday the vulnerability's status now
     * @param jira the status now
     * @param reason what forbids a change of Faraday, or null; it turns applying into blocked
     */
    public static Decision decide(
            StatusPair agreed,
            FaradayStatus faraday,
            JiraStatus jira,
            StatusMapping mapping,
            ConflictPolicy policy,
            @Nullable BlockReason reason) {
        boolean inTransit = agreed.transit() != null;
        boolean faradayMoved = inTransit || faraday != agreed.faraday(); // L14: half way is no place to stay
        boolean jiraMoved = !jira.sameAs(agreed.jira());
        if (!faradayMoved && !jiraMoved) {
            return new Decision.Nothing();
        }

        Optional<JiraStatus> out = mapping.out(faraday);
        Optional<FaradayStatus> in = mapping.in(jira);
        if (mapping.agree(faraday, jira)) {
            return new Decision.Settle(true, "both sides agree");
        }

        // if both moved, a move to a status with the same meaning for the other side does not count
        boolean jiraSpeaks = jiraMoved && in.isPresent() && !(faradayMoved && in.equals(mapping.in(agreed.jira())));
        boolean sameForJira = !inTransit && sameTarget(out, mapping.out(agreed.faraday()));
        boolean faradaySpeaks = faradayMoved && out.isPresent() && !(jiraMoved && sameForJira);

        if (jiraSpeaks && faradaySpeaks) {
            Decision chosen = policy == ConflictPolicy.JIRA_WINS
                    ? apply(in.orElseThrow(), reason)
                    : new Decision.DriveJira(out.orElseThrow());
            return chosen instanceof Decision.Act act ? new Decision.Conflict(act) : chosen;
        }
        if (jiraSpeaks) {
            return apply(in.orElseThrow(), reason);
        }
        if (faradaySpeaks) {
            return new Decision.DriveJira(out.orElseThrow());
        }
        return new Decision.Settle(false, silence(faradayMoved, jiraMoved, faraday, jira));
    }

    private static Decision apply(FaradayStatus target, @Nullable BlockReason reason) {
        return reason == null ? new Decision.ApplyToFaraday(target) : new Decision.Blocked(reason);
    }

    private static boolean sameTarget(Optional<JiraStatus> now, Optional<JiraStatus> before) {
        return now.isPresent() && before.isPresent() && now.get().sameAs(before.get());
    }

    private static String silence(boolean faradayMoved, boolean jiraMoved, FaradayStatus faraday, JiraStatus jira) {
        if (faradayMoved && jiraMoved) {
            return "neither status has a mapping: '" + faraday + "', " + jira;
        }
        return jiraMoved ? "no incoming mapping for " + jira : "no outgoing mapping for '" + faraday + "'";
    }
}
