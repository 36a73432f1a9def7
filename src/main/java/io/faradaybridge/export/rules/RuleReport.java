package io.faradaybridge.export.rules;

import io.faradaybridge.configuration.ExportRuleReport;
import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.configuration.ProjectSettings;
import io.faradaybridge.export.ExportAccount;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.web.KeptCounts;
import java.util.List;
import org.springframework.stereotype.Component;

/** Counts what the rules match and have exported. */
@Component
class RuleReport implements ExportRuleReport {

    private static final int SHOWN = 100;

    private final IntegrationConfigurationSource configuration;
    private final ExportAccount account;
    private final RuleTerms terms;
    private final RuleMatching matching;
    private final RuleRows rows;
    private final KeptCounts<String, Matches> counts = new KeptCounts<>();

    RuleReport(
            IntegrationConfigurationSource configuration,
            ExportAccount account,
            RuleTerms terms,
            RuleMatching matching,
            RuleRows rows) {
        this.configuration = configuration;
        this.account = account;
        this.terms = terms;
        this.matching = matching;
        this.rows = rows;
    }

    @Override
    public Matches matches(ProjectSettings project) {
        FaradayUser user;
        try {
            user = account.orElseThrow(ExportRules.WHO, IllegalStateException::new);
        } catch (IllegalStateException refused) {
            return new Matches(0, List.of(), refused.getMessage());
        }
        RuleMatching.All all = matching.all(terms.of(List.of(project), user), SHOWN);
        return new Matches(all.count(), all.first(), null);
    }

    @Override
    public List<State> states() {
        return configuration.current().projectsAtWork().stream()
                .filter(project -> project.exportRule().enabled())
                .map(this::state)
                .toList();
    }

    /** Only a rule that has reached its limit keeps anything waiting for long. */
    private State state(ProjectSettings project) {
        int limit = project.exportRule().limitPerHour();
        long exported = rows.exportedLastHour(project.key());
        Matches matches = exported < limit
                ? new Matches(0, List.of(), null)
                : counts.get(project.key() + project.exportVersion(), () -> matches(project));
        return new State(project.key(), limit, exported, matches.count(), matches.problem());
    }
}
