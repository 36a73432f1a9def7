package io.faradaybridge.jira;

import java.util.Locale;

/**
 * A status of a Jira workflow. The id stays the same after a renaming or translation; webhooks and users give the name.
 *
 * @param id Jira's id, such as {@code 10001}; empty if only the name is known (from a webhook, or a mapping without
 *     ids)
 * @param name the name, such as {@code In Progress}
 */
public record JiraStatus(String id, String name) {

    public static JiraStatus named(String name) {
        return new JiraStatus("", name);
    }

    /** Whether it is the same status: by id if both have one, otherwise by name, ignoring case and outer blanks. */
    public boolean sameAs(JiraStatus other) {
        if (!id.isEmpty() && !other.id.isEmpty()) {
            return id.equals(other.id);
        }
        return name.strip().equalsIgnoreCase(other.name.strip());
    }

    /** Tells the statuses of a site apart: the id, or the name in lower case where Jira gave no id. */
    public String key() {
        return id.isEmpty() ? name.strip().toLowerCase(Locale.ROOT) : id;
    }

    @Override
    public String toString() {
        return id.isEmpty() ? "'" + name + "'" : "'" + name + "' (" + id + ")";
    }
}
