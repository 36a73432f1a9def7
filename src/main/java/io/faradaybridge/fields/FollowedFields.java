package io.faradaybridge.fields;

import io.faradaybridge.configuration.TicketConfig;
import io.faradaybridge.jira.answers.CreateMetaField;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which fields of an issue can follow its vulnerability. */
public final class FollowedFields {

    private static final Set<String> RENDERED = Set.of("summary", "description");

    /** Those that do not change with a vulnerability, and Labels, since users add their own beside the bridge's. */
    private static final Set<String> NEVER =
            Set.of("project", "issuetype", "reporter", "labels", "attachment", "issuelinks", "comment", "parent");

    private FollowedFields() {}

    /** Why the field cannot follow in issues of this type, and what to do; empty if it can. */
    public static Optional<String> problem(String name, List<CreateMetaField> screen, TicketConfig config) {
        List<CreateMetaField> found = IssueFields.named(name, screen);
        if (found.size() != 1) {
            return Optional.of(
                    found.isEmpty()
                            ? "is not on the create screen of " + config.issueType() + "; add it there or leave it out"
                            : "names several fields of " + config.issueType() + "; use the id of one");
        }
        CreateMetaField field = found.get(0);
        String system = IssueFields.system(field);
        if (NEVER.contains(system)) {
            return Optional.of("cannot follow the vulnerability; leave it out");
        }
        boolean configured = RENDERED.contains(system)
                || config.fields().keySet().stream()
                        .anyMatch(known -> IssueFields.named(known, screen).contains(field));
        return configured
                ? Optional.empty()
                : Optional.of("has no value in the ticket configuration of " + config.issueType()
                        + "; configure one, or leave it out");
    }
}
